-- Tasks: known already by their number, else the instrument by its number there, by our code, or by its serial number.
UPDATE exchange_inboundrow r SET outcome = 'refused', code = 'id_twice',
    params = jsonb_build_object('rows', twice.rows)
FROM (
    SELECT outside_id, string_agg(number::text, ', ' ORDER BY number) AS rows FROM exchange_inboundrow
    WHERE batch_id = %(batch)s AND outside_id <> '' GROUP BY outside_id HAVING count(*) > 1
) twice
WHERE r.batch_id = %(batch)s AND r.outside_id = twice.outside_id AND r.outcome = '';

UPDATE exchange_inboundrow r SET outcome = 'same', instrument_id = t.instrument_id, matched_by = 'id'
FROM exchange_outsideid o JOIN verification_task t ON t.id = o.task_id
WHERE r.batch_id = %(batch)s AND r.outcome = '' AND o.system_id = %(system)s AND o.kind = 'task'
    AND o.value = r.outside_id AND o.known_to IS NULL AND o.valid_to IS NULL;

WITH mine AS (
    SELECT id, cells FROM exchange_inboundrow WHERE batch_id = %(batch)s AND outcome = ''
), here AS (
    SELECT e.instrument_id, e.owner_id, o.name, o.credit_code FROM registry_instrumentstate e
    JOIN parties_organisation o ON o.id = e.owner_id
    WHERE e.known_to IS NULL AND e.valid_to IS NULL AND e.region_id = ANY (%(regions)s)
        AND e.status NOT IN ('scrapped', 'merged')
), candidates AS (
    SELECT m.id, o.instrument_id, 1 AS rank FROM mine m JOIN exchange_outsideid o ON o.system_id = %(system)s
        AND o.kind = 'instrument' AND o.value = m.cells ->> 'instrument_id'
        AND o.known_to IS NULL AND o.valid_to IS NULL
    UNION ALL
    SELECT m.id, i.id, 2 FROM mine m JOIN registry_instrument i ON i.code = m.cells ->> 'code'
    UNION ALL
    SELECT m.id, c.instrument_id, 2 FROM mine m JOIN registry_instrumentcode c ON %(code_kind)s <> ''
        AND c.kind = %(code_kind)s AND c.value = m.cells ->> 'instrument_id'
        AND c.known_to IS NULL AND c.valid_to IS NULL
    UNION ALL
    SELECT m.id, min(i.id), 3 FROM mine m JOIN registry_instrument i ON i.serial_number = m.cells ->> 'serial_number'
        AND i.part_of_id IS NULL
    JOIN here ON here.instrument_id = i.id
    WHERE CASE WHEN m.cells ? 'owner_code' AND here.credit_code IS NOT NULL
        THEN here.credit_code = m.cells ->> 'owner_code' ELSE here.name = m.cells ->> 'owner' END
    GROUP BY m.id HAVING count(*) = 1
), best AS (
    SELECT DISTINCT ON (c.id) c.id, c.instrument_id, c.rank, here.credit_code
    FROM candidates c JOIN here USING (instrument_id) ORDER BY c.id, c.rank
)
UPDATE exchange_inboundrow r SET instrument_id = best.instrument_id,
    matched_by = CASE best.rank WHEN 1 THEN 'id' WHEN 2 THEN 'code' WHEN 3 THEN 'identity' ELSE '' END,
    outcome = CASE WHEN best.id IS NULL THEN 'refused'
        WHEN mine.cells ? 'owner_code' AND best.credit_code IS DISTINCT FROM mine.cells ->> 'owner_code' THEN 'refused'
        WHEN unknown.body THEN 'refused' ELSE 'new' END,
    code = CASE WHEN best.id IS NULL THEN 'instrument_unknown'
        WHEN mine.cells ? 'owner_code' AND best.credit_code IS DISTINCT FROM mine.cells ->> 'owner_code'
            THEN 'owner_differs'
        WHEN unknown.body THEN 'body_unknown' ELSE '' END,
    params = CASE WHEN unknown.body THEN jsonb_build_object('body', mine.cells ->> 'body') ELSE '{}' END
FROM mine LEFT JOIN best USING (id)
CROSS JOIN LATERAL (
    SELECT mine.cells ? 'body' AND NOT EXISTS (
        SELECT FROM parties_organisation o WHERE o.is_verification_body AND o.name = mine.cells ->> 'body'
    ) AS body
) unknown
WHERE r.id = mine.id;
