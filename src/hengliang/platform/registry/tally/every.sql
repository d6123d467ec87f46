-- All entries of today by what a desk groups by; those under control are “later” until days.sql says otherwise.
SELECT region_id, item_id, body_id, coalesce(tested_in = %(year)s, false) AS tested, last_result,
    CASE WHEN status = 'filed' THEN 'filed' WHEN status <> 'in_use' OR NOT mandatory THEN 'out'
        WHEN last_result = 'fail' THEN 'failed' ELSE 'later' END AS standing,
    sum(count)::bigint
FROM registry_tally
WHERE NOT by_day AND (%(everywhere)s OR region_id = ANY (%(regions)s) OR body_id = ANY (%(bodies)s))
GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(count) <> 0;
