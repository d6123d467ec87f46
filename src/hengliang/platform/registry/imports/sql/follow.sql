-- A whole is due when the first of its parts in use is: find the wholes whose dates no longer say so.
TRUNCATE import_revision;
INSERT INTO import_revision
SELECT e.id, e.status, e.owner_id, e.market_id, e.region_id, e.place, e.purpose, e.regime, e.mandatory, e.on_site,
    e.body_id, parts.last_on, parts.last_result, parts.due_on, e.reason
FROM (
    SELECT i.part_of_id, min(part.due_on) AS due_on, max(part.last_on) AS last_on,
        CASE WHEN bool_or(part.last_result = 'fail') THEN 'fail' WHEN bool_or(part.last_result = '') THEN ''
            ELSE 'pass' END AS last_result
    FROM import_whole whole
    JOIN registry_instrument i ON i.part_of_id = whole.instrument_id
    JOIN registry_instrumentstate part ON part.instrument_id = i.id AND part.known_to IS NULL
        AND part.valid_to IS NULL AND part.status = 'in_use'
    GROUP BY i.part_of_id
) AS parts
JOIN registry_instrumentstate e ON e.instrument_id = parts.part_of_id AND e.known_to IS NULL AND e.valid_to IS NULL
WHERE (parts.due_on, parts.last_on, parts.last_result) IS DISTINCT FROM (e.due_on, e.last_on, e.last_result);
