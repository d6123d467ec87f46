-- Write what was planned, under one act. New identities, corrections, entries, codes: each as one set.
INSERT INTO registry_instrument (id, act_id, code, item_id, part_of_id, part_label, name, category, model,
    serial_number, manufacturer, origin, measuring_range, accuracy_class, range_unit, quantity, made_on, details,
    search_text)
SELECT p.instrument_id, %(act)s, p.code, p.item_id, p.part_of_id, p.part_label, p.name, p.category, p.model,
    p.serial_number, p.manufacturer, p.origin, p.measuring_range, p.accuracy_class, '', p.quantity, p.made_on, '{}',
    p.search_text
FROM import_write p WHERE p.entry_id IS NULL;

-- What concerns entries that stand already is set apart first. Joined with the whole sheet, a planner that has no
-- statistics yet of a ledger just filled walks the sheet once for each instrument: minutes for nothing.
CREATE TEMP TABLE import_known ON COMMIT DROP AS
SELECT * FROM import_write
WHERE entry_id IS NOT NULL AND kinds && '{instrument_file,instrument_correct,instrument_code_assign}';
ANALYZE import_known;
UPDATE registry_instrument i SET act_id = %(act)s, item_id = p.item_id, part_label = p.part_label, name = p.name,
    category = p.category, model = p.model, serial_number = p.serial_number, manufacturer = p.manufacturer,
    origin = p.origin, measuring_range = p.measuring_range, accuracy_class = p.accuracy_class, quantity = p.quantity,
    made_on = p.made_on
FROM import_known p
WHERE i.id = p.instrument_id AND p.kinds && '{instrument_file,instrument_correct}';

UPDATE registry_instrument i SET search_text = p.search_text
FROM import_known p
WHERE i.id = p.instrument_id AND i.search_text <> p.search_text;

INSERT INTO registry_instrumentstate (act_id, valid_from, known_from, instrument_id, is_part, item_id, status,
    owner_id, market_id, region_id, place, purpose, regime, mandatory, on_site, body_id, last_on, last_result, due_on,
    reason)
SELECT %(act)s, %(on)s, %(at)s, p.instrument_id, p.part_of_id IS NOT NULL, p.item_id, p.status, p.owner_id, p.market_id,
    p.region_id, p.place, p.purpose, p.regime, p.mandatory, p.on_site, p.body_id, p.last_on, p.last_result, p.due_on,
    CASE WHEN p.last_on IS NOT NULL THEN %(source)s ELSE '' END
FROM import_write p WHERE p.entry_id IS NULL;

-- Codes: a new e-CQS or own number ends the former one.
CREATE TEMP TABLE import_code ON COMMIT DROP AS
SELECT p.instrument_id, given.kind, given.value
FROM import_write p CROSS JOIN LATERAL (VALUES ('ecqs', p.ecqs), ('asset', p.asset)) AS given (kind, value)
WHERE given.value <> '' AND (p.entry_id IS NULL OR 'instrument_code_assign' = ANY (p.kinds))
    AND NOT EXISTS (SELECT FROM registry_instrumentcode c WHERE c.instrument_id = p.instrument_id
        AND c.kind = given.kind AND c.value = given.value AND c.known_to IS NULL AND c.valid_to IS NULL);
WITH ended AS (
    UPDATE registry_instrumentcode c SET known_to = %(at)s, ended_by_id = %(act)s FROM import_code n
    WHERE c.instrument_id = n.instrument_id AND c.kind = n.kind AND c.known_to IS NULL AND c.valid_to IS NULL
    RETURNING c.*
)
INSERT INTO registry_instrumentcode (act_id, valid_from, valid_to, known_from, instrument_id, kind, value)
SELECT %(act)s, valid_from, %(on)s, %(at)s, instrument_id, kind, value FROM ended WHERE valid_from < %(on)s;
INSERT INTO registry_instrumentcode (act_id, valid_from, known_from, instrument_id, kind, value)
SELECT %(act)s, %(on)s, %(at)s, instrument_id, kind, value FROM import_code;

-- Changed entries, and the parts that follow them. The small tables are made and measured first: in a fresh ledger
-- the planner would take the large ones for empty and walk them row by row.
CREATE TEMP TABLE import_revision ON COMMIT DROP AS
SELECT p.entry_id, p.status, p.owner_id, p.market_id, p.region_id, p.place, p.purpose, p.regime, p.mandatory,
    p.on_site, p.body_id, p.last_on, p.last_result, p.due_on,
    CASE WHEN 'earlier_result_enter' = ANY (p.kinds) THEN %(source)s ELSE e.reason END AS reason
FROM import_write p JOIN registry_instrumentstate e ON e.id = p.entry_id
WHERE p.entry_id IS NOT NULL AND p.kinds && %(dated)s;
CREATE TEMP TABLE import_part ON COMMIT DROP AS
SELECT p.number, i.id AS instrument_id
FROM import_write p JOIN registry_instrument i ON i.part_of_id = p.instrument_id AND i.merged_into_id IS NULL
WHERE p.entry_id IS NOT NULL AND p.kinds && %(dated)s;
ANALYZE import_revision;
ANALYZE import_part;
INSERT INTO import_revision
SELECT part.id,
    CASE WHEN p.status <> whole.status AND m.act IS NOT NULL
        AND (m.act NOT IN ('instrument_resume', 'instrument_find') OR part.act_id = whole.act_id)
        THEN p.status ELSE part.status END,
    p.owner_id, p.market_id, p.region_id, p.place, part.purpose, part.regime, part.mandatory, p.on_site, p.body_id,
    part.last_on, part.last_result, part.due_on, part.reason
FROM import_part
JOIN import_write p USING (number)
JOIN registry_instrumentstate whole ON whole.id = p.entry_id
JOIN registry_instrumentstate part ON part.instrument_id = import_part.instrument_id AND part.known_to IS NULL
    AND part.valid_to IS NULL
LEFT JOIN import_move m ON m.source = part.status AND m.target = p.status
WHERE part.status NOT IN ('scrapped', 'merged')
    AND NOT EXISTS (SELECT FROM import_revision r WHERE r.entry_id = part.id);
CREATE TEMP TABLE import_whole ON COMMIT DROP AS
SELECT DISTINCT part_of_id AS instrument_id FROM import_write WHERE part_of_id IS NOT NULL
UNION SELECT p.instrument_id FROM import_write p JOIN import_part USING (number);
ANALYZE import_whole;
