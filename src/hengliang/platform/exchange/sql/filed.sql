-- The rows that were filed, with the instruments that the ledger's import made of them.
WITH mine AS MATERIALIZED (
    SELECT id, cells ->> 'serial_number' AS serial_number, coalesce(cells ->> 'manufacturer', '') AS manufacturer,
        coalesce(cells ->> 'model', '') AS model, cells ->> 'owner_code' AS owner_code, cells ->> 'owner' AS owner
    FROM exchange_inboundrow WHERE batch_id = %(batch)s AND outcome = 'new'
), made AS MATERIALIZED (
    SELECT i.id, i.serial_number, i.manufacturer, i.model, o.credit_code, o.name
    FROM registry_instrument i
    JOIN registry_instrumentstate e ON e.instrument_id = i.id AND e.known_to IS NULL AND e.valid_to IS NULL
    JOIN parties_organisation o ON o.id = e.owner_id
    WHERE i.act_id = %(filed_by)s
), found AS (
    SELECT mine.id, made.id AS instrument_id
    FROM mine JOIN made USING (serial_number, manufacturer, model)
    WHERE CASE WHEN mine.owner_code IS NOT NULL THEN made.credit_code = mine.owner_code
        ELSE made.name = mine.owner END
)
UPDATE exchange_inboundrow r SET instrument_id = found.instrument_id, matched_by = 'filed'
FROM found WHERE r.id = found.id;
