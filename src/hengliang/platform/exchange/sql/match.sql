-- Which row speaks of which instrument: by the number that was linked, by a code on the instrument, else by maker,
-- model, serial number and user, which a person confirms. Only instruments in the regions of the system.
UPDATE exchange_inboundrow r SET outcome = 'refused', code = 'id_twice',
    params = jsonb_build_object('rows', twice.rows)
FROM (
    SELECT outside_id, string_agg(number::text, ', ' ORDER BY number) AS rows FROM exchange_inboundrow
    WHERE batch_id = %(batch)s AND outside_id <> '' GROUP BY outside_id HAVING count(*) > 1
) twice
WHERE r.batch_id = %(batch)s AND r.outside_id = twice.outside_id AND r.outcome = '';

UPDATE exchange_inboundrow SET outcome = 'refused', code = 'foreign_region',
    params = jsonb_build_object('region', cells ->> 'region')
WHERE batch_id = %(batch)s AND outcome = '' AND cells ? 'region'
    AND NOT cells ->> 'region' = ANY (%(region_codes)s);

-- What a file of a later day has said of an instrument is not unsaid by one of an earlier.
UPDATE exchange_inboundrow r SET outcome = 'refused', code = 'said_later', params = jsonb_build_object('day', later.day)
FROM (
    SELECT line.outside_id, max(b.stated_on) AS day
    FROM exchange_inboundbatch b JOIN exchange_inboundrow line ON line.batch_id = b.id
    WHERE b.system_id = %(system)s AND b.kind = 'ledger' AND b.state = 'accepted' AND b.stated_on > %(stated_on)s
        AND line.outcome <> 'refused'
    GROUP BY line.outside_id
) later
WHERE r.batch_id = %(batch)s AND r.outcome = '' AND r.outside_id = later.outside_id;

DROP TABLE IF EXISTS exchange_match;
CREATE TEMP TABLE exchange_match ON COMMIT DROP AS
WITH mine AS (
    SELECT id, outside_id, cells FROM exchange_inboundrow WHERE batch_id = %(batch)s AND outcome = ''
), here AS (
    SELECT e.instrument_id, e.owner_id FROM registry_instrumentstate e
    WHERE e.known_to IS NULL AND e.valid_to IS NULL AND e.region_id = ANY (%(regions)s)
        AND e.status NOT IN ('scrapped', 'merged')
), by_id AS (
    SELECT m.id, coalesce(i.merged_into_id, i.id) AS instrument_id
    FROM mine m JOIN exchange_outsideid o ON o.system_id = %(system)s AND o.kind = 'instrument'
        AND o.value = m.outside_id AND o.known_to IS NULL AND o.valid_to IS NULL
    JOIN registry_instrument i ON i.id = o.instrument_id
), by_code AS (
    SELECT id, min(instrument_id) AS instrument_id FROM (
        SELECT m.id, coalesce(i.merged_into_id, i.id) AS instrument_id
        FROM mine m JOIN registry_instrument i ON i.code = m.cells ->> 'code'
        UNION ALL
        SELECT m.id, c.instrument_id FROM mine m JOIN registry_instrumentcode c
            ON %(code_kind)s <> '' AND c.kind = %(code_kind)s AND c.value = m.outside_id
            AND c.known_to IS NULL AND c.valid_to IS NULL
    ) coded GROUP BY id
), by_identity AS (
    SELECT m.id, min(i.id) AS instrument_id
    FROM mine m JOIN registry_instrument i ON i.serial_number = m.cells ->> 'serial_number'
        AND hengliang_plain(i.manufacturer) = hengliang_plain(coalesce(m.cells ->> 'manufacturer', ''))
        AND hengliang_plain(i.model) = hengliang_plain(coalesce(m.cells ->> 'model', ''))
        AND i.part_of_id IS NULL
    JOIN here ON here.instrument_id = i.id
    JOIN parties_organisation o ON o.id = here.owner_id
    WHERE CASE WHEN m.cells ? 'owner_code' AND o.credit_code IS NOT NULL THEN o.credit_code = m.cells ->> 'owner_code'
        ELSE o.name = m.cells ->> 'owner' END
    GROUP BY m.id HAVING count(*) = 1
)
SELECT m.id, by_id.instrument_id AS linked, by_code.instrument_id AS coded, by_identity.instrument_id AS alike,
    li.serial_number <> coalesce(m.cells ->> 'serial_number', li.serial_number) AS other_serial,
    known.value AS known_as,
    coalesce(by_id.instrument_id, by_code.instrument_id) IS NOT NULL AND NOT EXISTS (
        SELECT FROM here WHERE here.instrument_id = coalesce(by_id.instrument_id, by_code.instrument_id)
    ) AND NOT EXISTS (
        SELECT FROM registry_instrumentstate e WHERE e.region_id = ANY (%(regions)s)
            AND e.instrument_id = coalesce(by_id.instrument_id, by_code.instrument_id)
            AND e.known_to IS NULL AND e.valid_to IS NULL
    ) AS elsewhere
FROM mine m
LEFT JOIN by_id USING (id)
LEFT JOIN by_code USING (id)
LEFT JOIN by_identity USING (id)
LEFT JOIN registry_instrument li ON li.id = by_id.instrument_id
LEFT JOIN exchange_outsideid known ON known.system_id = %(system)s AND known.kind = 'instrument'
    AND known.instrument_id = coalesce(by_code.instrument_id, by_identity.instrument_id)
    AND known.known_to IS NULL AND known.valid_to IS NULL;

UPDATE exchange_inboundrow r SET
    instrument_id = CASE WHEN m.elsewhere THEN NULL WHEN m.linked IS NOT NULL THEN m.linked
        WHEN m.known_as IS NULL THEN m.coded END,
    proposed_id = CASE WHEN m.elsewhere THEN NULL
        WHEN m.linked IS NULL THEN CASE WHEN m.known_as IS NOT NULL THEN coalesce(m.coded, m.alike)
            WHEN m.coded IS NULL THEN m.alike END
        WHEN m.coded <> m.linked THEN m.coded
        WHEN m.alike <> m.linked AND m.other_serial THEN m.alike END,
    matched_by = CASE WHEN m.elsewhere THEN '' WHEN m.linked IS NOT NULL THEN 'id' WHEN m.coded IS NOT NULL THEN 'code'
        WHEN m.alike IS NOT NULL THEN 'identity' ELSE '' END,
    outcome = CASE WHEN m.elsewhere THEN 'refused'
        WHEN m.linked IS NOT NULL AND (m.coded <> m.linked OR m.alike <> m.linked AND m.other_serial) THEN 'conflict'
        WHEN m.linked IS NOT NULL THEN ''
        WHEN m.known_as IS NOT NULL THEN 'conflict'
        WHEN m.coded IS NOT NULL THEN ''
        WHEN m.alike IS NOT NULL THEN 'proposed'
        ELSE 'new' END,
    code = CASE WHEN m.elsewhere THEN 'foreign_region'
        WHEN m.linked IS NOT NULL AND (m.coded <> m.linked OR m.alike <> m.linked AND m.other_serial) THEN 'id_moved'
        WHEN m.linked IS NOT NULL THEN ''
        WHEN m.known_as IS NOT NULL THEN 'known_otherwise'
        WHEN m.coded IS NOT NULL THEN ''
        WHEN m.alike IS NOT NULL THEN 'to_confirm'
        ELSE '' END,
    params = CASE WHEN m.linked IS NULL AND m.known_as IS NOT NULL AND NOT m.elsewhere
        THEN jsonb_build_object('other', m.known_as) ELSE r.params END
FROM exchange_match m WHERE m.id = r.id;

UPDATE exchange_inboundrow r SET outcome = 'refused', code = 'instrument_twice', instrument_id = NULL,
    params = jsonb_build_object('rows', twice.rows)
FROM (
    SELECT instrument_id, string_agg(number::text, ', ' ORDER BY number) AS rows FROM exchange_inboundrow
    WHERE batch_id = %(batch)s AND instrument_id IS NOT NULL AND outcome = ''
    GROUP BY instrument_id HAVING count(*) > 1
) twice
WHERE r.batch_id = %(batch)s AND r.instrument_id = twice.instrument_id AND r.outcome = '';
