-- Meters of this file that stand in an earlier lot: the same meter on the same day; or verified initially already.
-- The few that share a serial are found first, by its index: what else is asked of them then costs nothing, whatever
-- the planner believes of tables that were just filled.
INSERT INTO verification_lotfault (lot_id, number, field, code, value, hint)
WITH hit AS MATERIALIZED (
    SELECT r.number, r.serial, r.shared, o.lot_id, o.group_id, o.verdict
    FROM verification_lotrow r JOIN verification_lotresult o ON o.serial = r.serial
    WHERE r.lot_id = %(lot)s AND o.lot_id <> %(lot)s
)
SELECT DISTINCT ON (h.number) %(lot)s, h.number, 'serial',
    CASE WHEN g.verified_on = s.verified_on THEN 'twice_earlier' ELSE 'initial_twice' END,
    h.serial, e.number || ' · ' || g.verified_on
FROM hit h
JOIN verification_lotshared s ON s.lot_id = %(lot)s AND s.shared = h.shared
JOIN verification_lotgroup g ON g.id = h.group_id
JOIN verification_lot e ON e.id = h.lot_id
WHERE e.state <> ALL (%(over)s) AND lower(g.maker) = lower(s.maker)
    AND (g.verified_on = s.verified_on OR %(regime)s = 'initial' AND e.regime = 'initial' AND h.verdict = 'p')
ORDER BY h.number, g.verified_on DESC;
INSERT INTO verification_lotfault (lot_id, number, field, code, value, hint)
WITH hit AS MATERIALIZED (
    SELECT r.number, r.label, o.lot_id, o.serial
    FROM verification_lotrow r JOIN verification_lotresult o ON o.label = r.label AND o.label <> ''
    WHERE r.lot_id = %(lot)s AND r.label <> '' AND o.lot_id <> %(lot)s
)
SELECT DISTINCT ON (h.number) %(lot)s, h.number, 'label', 'label_earlier', h.label, e.number || ' · ' || h.serial
FROM hit h
JOIN verification_lot e ON e.id = h.lot_id
WHERE e.state <> ALL (%(over)s)
ORDER BY h.number, e.id;
