-- What the ledger would say afterwards, row by row. An empty cell leaves what stands; a new entry gets the values of
-- its catalogue item. What could not be understood ("?…") counts as empty here and as a fault in faults.sql.
CREATE TEMP TABLE import_plan ON COMMIT DROP AS
WITH told AS (
    SELECT s.number, m.instrument_id, m.entry_id, coalesce(r.part_of_id, i.part_of_id) AS part_of_id,
        coalesce(r.item_id, i.item_id) AS item_id,
        coalesce(nullif(s.name, ''), i.name, item.name, '') AS name,
        coalesce(nullif(s.category, ''), i.category, '') AS category,
        coalesce(nullif(s.model, ''), i.model, '') AS model,
        coalesce(nullif(s.measuring_range, ''), i.measuring_range, '') AS measuring_range,
        coalesce(nullif(s.accuracy_class, ''), i.accuracy_class, '') AS accuracy_class,
        coalesce(nullif(s.serial_number, ''), i.serial_number, '') AS serial_number,
        coalesce(nullif(s.manufacturer, ''), i.manufacturer, '') AS manufacturer,
        coalesce(nullif(s.origin, ''), i.origin, '') AS origin,
        coalesce(nullif(s.part_label, ''), i.part_label, '') AS part_label,
        CASE WHEN s.made_on LIKE '?%%' OR s.made_on = '' THEN i.made_on ELSE s.made_on::date END AS made_on,
        CASE WHEN s.quantity LIKE '?%%' OR s.quantity = '' THEN coalesce(i.quantity, 1) ELSE s.quantity::int END
            AS quantity,
        coalesce(CASE WHEN s.owner = '' AND s.owner_code = '' THEN e.owner_id END, r.owner_id, e.owner_id) AS owner_id,
        coalesce(r.market_id, e.market_id) AS market_id,
        coalesce(r.body_id, e.body_id) AS body_id,
        coalesce(r.region_id, e.region_id, whole.region_id, owner.region_id) AS region_id,
        coalesce(nullif(s.place, ''), e.place, whole.place, '') AS place,
        coalesce(nullif(CASE WHEN s.purpose LIKE '?%%' THEN '' ELSE s.purpose END, ''), e.purpose, whole.purpose,
            item.purposes[1]) AS purpose,
        coalesce(nullif(CASE WHEN s.regime LIKE '?%%' THEN '' ELSE s.regime END, ''), e.regime,
            nullif(item.regime, ''), 'periodic') AS regime,
        CASE WHEN s.mandatory IN ('t', 'f') THEN s.mandatory::bool ELSE coalesce(e.mandatory, true) END AS mandatory,
        CASE WHEN s.on_site IN ('t', 'f') THEN s.on_site::bool ELSE coalesce(e.on_site, false) END AS on_site,
        CASE WHEN s.last_on LIKE '?%%' OR s.last_on = '' THEN e.last_on ELSE s.last_on::date END AS last_on,
        CASE WHEN s.last_result LIKE '?%%' OR s.last_result = '' THEN coalesce(e.last_result, '')
            WHEN s.last_result = 'none' THEN '' ELSE s.last_result END AS last_result,
        CASE WHEN s.due_on LIKE '?%%' OR s.due_on = '' THEN NULL ELSE s.due_on::date END AS told_due_on,
        CASE WHEN s.status LIKE '?%%' THEN '' ELSE s.status END AS told_status,
        s.ecqs, s.asset, item.period_months, item.name AS item_name, item.code AS item_code, i.code AS code,
        e.status AS old_status, e.due_on AS old_due_on, e.last_on AS old_last_on, e.valid_from AS old_from,
        whole.status AS whole_status
    FROM import_staged s
    JOIN import_read r USING (number)
    LEFT JOIN import_match m ON m.number = s.number AND m.visible
    LEFT JOIN registry_instrument i ON i.id = m.instrument_id
    LEFT JOIN registry_instrumentstate e ON e.id = m.entry_id
    LEFT JOIN registry_catalogueitem item ON item.id = coalesce(r.item_id, i.item_id)
    LEFT JOIN parties_organisation owner ON owner.id = r.owner_id
    LEFT JOIN registry_instrumentstate whole
        ON whole.instrument_id = r.part_of_id AND whole.known_to IS NULL AND whole.valid_to IS NULL
), decided AS (
    SELECT told.*,
        CASE
            WHEN told_due_on IS NOT NULL THEN told_due_on
            WHEN entry_id IS NOT NULL AND last_on IS NOT DISTINCT FROM old_last_on THEN old_due_on
            WHEN last_on IS NULL THEN CASE WHEN mandatory THEN %(on)s::date END
            WHEN last_result = 'fail' THEN last_on
            WHEN period_months IS NOT NULL
                THEN (last_on + make_interval(months => period_months) - interval '1 day')::date
        END AS due_on,
        CASE
            WHEN told_status <> '' THEN told_status
            WHEN entry_id IS NOT NULL THEN old_status
            WHEN part_of_id IS NOT NULL THEN whole_status
            WHEN EXISTS (SELECT FROM import_right g WHERE g.kind = 'instrument_accept'
                AND (g.everywhere OR region_id = ANY (g.regions))) THEN 'in_use'
            ELSE 'filed'
        END AS status
    FROM told
)
-- The acts that each row amounts to; a row without any changes nothing.
SELECT p.*, array_remove(CASE WHEN p.entry_id IS NULL THEN ARRAY[
    CASE WHEN p.part_of_id IS NULL THEN 'instrument_file' ELSE 'instrument_part_add' END,
    CASE WHEN p.part_of_id IS NULL AND p.status <> 'filed' THEN 'instrument_accept' END
] ELSE ARRAY[
    CASE WHEN (p.item_id, p.name, p.category, p.model, p.measuring_range, p.accuracy_class, p.serial_number,
            p.manufacturer, p.origin, p.part_label, p.quantity)
        <> (i.item_id, i.name, i.category, i.model, i.measuring_range, i.accuracy_class, i.serial_number,
            i.manufacturer, i.origin, i.part_label, i.quantity)
        OR p.made_on IS DISTINCT FROM i.made_on
        THEN CASE WHEN e.status IN ('filed', 'returned') THEN 'instrument_file' ELSE 'instrument_correct' END END,
    CASE WHEN (p.place, p.region_id) <> (e.place, e.region_id) OR p.market_id IS DISTINCT FROM e.market_id
        THEN 'instrument_move' END,
    CASE WHEN p.owner_id <> e.owner_id THEN 'instrument_transfer' END,
    CASE WHEN p.body_id IS DISTINCT FROM e.body_id THEN 'instrument_assign_body' END,
    CASE WHEN (p.purpose, p.regime, p.mandatory, p.on_site) <> (e.purpose, e.regime, e.mandatory, e.on_site)
        THEN 'instrument_reclassify' END,
    CASE WHEN p.last_on IS DISTINCT FROM e.last_on OR p.last_result <> e.last_result
        OR p.due_on IS DISTINCT FROM e.due_on THEN 'earlier_result_enter' END,
    CASE WHEN p.status <> e.status THEN coalesce(
        (SELECT act FROM import_move WHERE source = e.status AND target = p.status), 'impossible') END,
    CASE WHEN EXISTS (
        SELECT FROM (VALUES ('ecqs', p.ecqs), ('asset', p.asset)) AS given (kind, value) WHERE value <> ''
        AND NOT EXISTS (SELECT FROM registry_instrumentcode c WHERE c.instrument_id = p.instrument_id
            AND c.kind = given.kind AND c.value = given.value AND c.known_to IS NULL AND c.valid_to IS NULL)
    ) THEN 'instrument_code_assign' END
] END, NULL) AS kinds
FROM decided p
LEFT JOIN registry_instrumentstate e ON e.id = p.entry_id
LEFT JOIN registry_instrument i ON i.id = p.instrument_id;
CREATE INDEX ON import_plan (number);
ANALYZE import_plan;
