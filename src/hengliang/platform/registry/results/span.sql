-- From which day each is written, and before which later verification it ends; what a later one overrules is left out.
ANALYZE result_entry;
CREATE TEMP TABLE result_span ON COMMIT DROP AS
SELECT n.*, greatest(n.on_day, known.first_from) AS starts, known.later_from
FROM result_entry n
CROSS JOIN LATERAL (
    SELECT min(e.valid_from) AS first_from, min(e.valid_from) FILTER (WHERE e.last_on > n.on_day) AS later_from
    FROM registry_instrumentstate e WHERE e.instrument_id = n.instrument_id AND e.known_to IS NULL
) AS known
WHERE known.first_from IS NOT NULL
    AND (known.later_from IS NULL OR known.later_from > greatest(n.on_day, known.first_from));
ANALYZE result_span;
