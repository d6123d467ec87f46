-- `revise` of core for a set: each entry named in import_revision is closed; what it said of the days before stays
-- said, and what is new is said from %(on)s on.
WITH closed AS (
    UPDATE registry_instrumentstate e SET known_to = %(at)s, ended_by_id = %(act)s
    FROM import_revision r WHERE e.id = r.entry_id
    RETURNING e.*
)
INSERT INTO registry_instrumentstate (act_id, valid_from, valid_to, known_from, instrument_id, is_part, item_id, status,
    owner_id, market_id, region_id, place, purpose, regime, mandatory, on_site, body_id, last_on, last_result, due_on,
    reason)
SELECT %(act)s, valid_from, %(on)s, %(at)s, instrument_id, is_part, item_id, status, owner_id, market_id, region_id,
    place, purpose, regime, mandatory, on_site, body_id, last_on, last_result, due_on, reason
FROM closed WHERE valid_from < %(on)s
UNION ALL
SELECT %(act)s, greatest(c.valid_from, %(on)s), NULL, %(at)s, c.instrument_id, c.is_part, c.item_id, r.status, r.owner_id,
    r.market_id, r.region_id, r.place, r.purpose, r.regime, r.mandatory, r.on_site, r.body_id, r.last_on,
    r.last_result, r.due_on, r.reason
FROM closed c JOIN import_revision r ON r.entry_id = c.id;
