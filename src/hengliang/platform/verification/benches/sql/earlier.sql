-- Meters of this file that stand in an earlier lot: the same meter on the same day; or verified initially already.
INSERT INTO verification_lotfault (lot_id, number, field, code, value, hint, cells)
SELECT DISTINCT ON (r.number) %(lot)s, r.number, 'serial',
    CASE WHEN g.verified_on = s.verified_on THEN 'twice_earlier' ELSE 'initial_twice' END,
    r.serial, e.number || ' · ' || g.verified_on, ''
FROM verification_lotrow r
JOIN verification_lotshared s ON s.lot_id = r.lot_id AND s.shared = r.shared
JOIN verification_lotresult o ON o.serial = r.serial
JOIN verification_lotgroup g ON g.id = o.group_id
JOIN verification_lot e ON e.id = o.lot_id
WHERE r.lot_id = %(lot)s AND e.id <> %(lot)s AND e.state <> ALL (%(over)s)
    AND lower(g.maker) = lower(s.maker)
    AND (g.verified_on = s.verified_on OR %(regime)s = 'initial' AND e.regime = 'initial' AND o.verdict = 'p')
ORDER BY r.number, g.verified_on DESC;
INSERT INTO verification_lotfault (lot_id, number, field, code, value, hint, cells)
SELECT DISTINCT ON (r.number) %(lot)s, r.number, 'label', 'label_earlier', r.label, e.number || ' · ' || o.serial, ''
FROM verification_lotrow r
JOIN verification_lotresult o ON o.label = r.label AND o.label <> ''
JOIN verification_lot e ON e.id = o.lot_id
WHERE r.lot_id = %(lot)s AND r.label <> '' AND e.id <> %(lot)s AND e.state <> ALL (%(over)s)
ORDER BY r.number, e.id;
