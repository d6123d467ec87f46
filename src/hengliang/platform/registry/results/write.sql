-- `revise` of core for a set: rows that speak of the span are closed; what they said of the days before stays said.
WITH closed AS (
    UPDATE registry_instrumentstate e SET known_to = %(at)s, ended_by_id = %(act)s
    FROM result_span r
    WHERE e.instrument_id = r.instrument_id AND e.known_to IS NULL
        AND (e.valid_to IS NULL OR e.valid_to > r.starts) AND (r.later_from IS NULL OR e.valid_from < r.later_from)
    RETURNING e.*
)
INSERT INTO registry_instrumentstate (act_id, valid_from, valid_to, known_from, instrument_id, is_part, item_id, status,
    owner_id, market_id, region_id, place, purpose, regime, mandatory, on_site, body_id, last_on, last_result, due_on,
    reason)
SELECT %(act)s, c.valid_from, r.starts, %(at)s, c.instrument_id, c.is_part, c.item_id, c.status, c.owner_id, c.market_id,
    c.region_id, c.place, c.purpose, c.regime, c.mandatory, c.on_site, c.body_id, c.last_on, c.last_result, c.due_on,
    c.reason
FROM closed c JOIN result_span r USING (instrument_id) WHERE c.valid_from < r.starts
UNION ALL
SELECT %(act)s, greatest(c.valid_from, r.starts), c.valid_to, %(at)s, c.instrument_id, c.is_part, c.item_id, c.status,
    c.owner_id, c.market_id, c.region_id, c.place, c.purpose, c.regime, c.mandatory, c.on_site, c.body_id, r.last_on,
    r.last_result, r.due_on, r.reason
FROM closed c JOIN result_span r USING (instrument_id);
