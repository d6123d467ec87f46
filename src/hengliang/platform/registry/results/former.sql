-- What the ledger returns to where the last verification is that of the given day: the facts before it, from today on.
-- `result_entry` holds the verification to be taken back; it is filled anew with what was before.
CREATE TEMP TABLE result_former ON COMMIT DROP AS
SELECT n.instrument_id, former.last_on, coalesce(former.last_result, '') AS last_result,
    CASE WHEN former.found THEN former.due_on ELSE n.on_day END AS due_on, n.reason
FROM result_entry n
JOIN registry_instrumentstate e ON e.instrument_id = n.instrument_id AND e.known_to IS NULL
    AND e.valid_from <= %(on)s AND (e.valid_to IS NULL OR e.valid_to > %(on)s) AND e.last_on = n.on_day
LEFT JOIN LATERAL (
    SELECT true AS found, b.last_on, b.last_result, b.due_on FROM registry_instrumentstate b
    WHERE b.instrument_id = n.instrument_id AND b.known_to IS NULL AND b.valid_from < e.valid_from
        AND (b.last_on IS NULL OR b.last_on < n.on_day)
        AND NOT EXISTS (SELECT FROM result_void v WHERE v.instrument_id = n.instrument_id AND v.day = b.last_on)
    ORDER BY b.valid_from DESC LIMIT 1
) AS former ON true;
TRUNCATE result_entry;
INSERT INTO result_entry SELECT instrument_id, %(on)s, last_on, last_result, due_on, reason FROM result_former;
DROP TABLE result_former;
