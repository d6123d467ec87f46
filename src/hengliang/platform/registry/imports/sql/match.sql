-- Which row speaks of which entry of the ledger: by our code, else by e-CQS number, else by serial number, maker and
-- model at the same user. An entry that the actor may not see is no match; import_hidden tells of it.
CREATE TEMP TABLE import_match ON COMMIT DROP AS
WITH by_code AS (
    SELECT s.number, coalesce(i.merged_into_id, i.id) AS instrument_id
    FROM import_staged s JOIN registry_instrument i ON i.code = s.code WHERE s.code <> ''
), by_ecqs AS (
    SELECT s.number, c.instrument_id
    FROM import_staged s JOIN registry_instrumentcode c
        ON c.kind = 'ecqs' AND c.value = s.ecqs AND c.known_to IS NULL AND c.valid_to IS NULL
    WHERE s.ecqs <> ''
), by_serial AS (
    SELECT s.number, min(i.id) FILTER (WHERE e.owner_id = r.owner_id) AS instrument_id,
        bool_or(e.owner_id IS DISTINCT FROM r.owner_id) AS elsewhere
    FROM import_staged s
    JOIN import_read r USING (number)
    JOIN registry_instrument i ON i.serial_number = s.serial_number AND i.manufacturer = s.manufacturer
        AND i.model = s.model AND i.part_label = s.part_label AND i.merged_into_id IS NULL
        AND i.part_of_id IS NOT DISTINCT FROM r.part_of_id
    JOIN registry_instrumentstate e ON e.instrument_id = i.id AND e.known_to IS NULL AND e.valid_to IS NULL
        AND e.status <> 'scrapped'
    WHERE s.serial_number <> '' AND s.code = ''
    GROUP BY s.number
)
SELECT s.number, found.instrument_id, e.id AS entry_id, false AS visible,
    by_ecqs.instrument_id <> by_code.instrument_id AS of_two,
    by_code.instrument_id IS NULL AND by_ecqs.instrument_id IS NULL AND by_serial.instrument_id IS NULL
        AND by_serial.elsewhere AS elsewhere
FROM import_staged s
LEFT JOIN by_code USING (number)
LEFT JOIN by_ecqs USING (number)
LEFT JOIN by_serial USING (number)
CROSS JOIN LATERAL (
    SELECT coalesce(by_code.instrument_id, by_ecqs.instrument_id, by_serial.instrument_id) AS instrument_id
) found
LEFT JOIN registry_instrumentstate e
    ON e.instrument_id = found.instrument_id AND e.known_to IS NULL AND e.valid_to IS NULL
WHERE found.instrument_id IS NOT NULL OR by_serial.elsewhere;
