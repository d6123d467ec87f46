-- Results whose meter is in the ledger: the same serial, maker, and model where both name one; where the body may do
-- this job on that day (a twin elsewhere is another meter); and it is the only one. `bar`: why it is not entered.
CREATE TEMP TABLE lot_match ON COMMIT DROP AS
SELECT m.result_id, m.instrument_id, m.verified_on, m.verdict, m.valid_until, m.validity_reason, ({barred}) AS bar
FROM (
    SELECT c.result_id, min(c.instrument_id) AS instrument_id, c.verified_on, c.verdict, c.valid_until,
        c.validity_reason
    FROM lot_candidate c
    JOIN (SELECT unnest(%(regions)s::bigint[]) AS region_id, unnest(%(days)s::date[]) AS day) AS may
        ON may.region_id = c.region_id AND may.day = c.verified_on
    GROUP BY c.result_id, c.verified_on, c.verdict, c.valid_until, c.validity_reason
    HAVING count(*) = 1
) AS m
JOIN registry_instrument i ON i.id = m.instrument_id;
ANALYZE lot_match;
