-- The results of a lot, from what was staged: all rows without a fault, in the order of the file.
INSERT INTO verification_lotresult (act_id, lot_id, group_id, place, serial, label, verdict, measured)
SELECT %(act)s, %(lot)s, g.group_id, (row_number() OVER (ORDER BY r.number) - 1)::int, r.serial, r.label, r.verdict,
    r.measured
FROM verification_lotrow r
JOIN lot_group g ON g.shared = r.shared
WHERE r.lot_id = %(lot)s
    AND NOT EXISTS (SELECT FROM verification_lotfault f WHERE f.lot_id = r.lot_id AND f.number = r.number)
ORDER BY r.number;
