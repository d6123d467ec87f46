-- Entries under control that are due by a day: overdue before today, soon from today on; with the earliest day.
-- What one statement counted is an int: a sum of bigint would be numeric, and a quarter slower.
WITH days AS (
    SELECT region_id, item_id, body_id, coalesce(tested_in = %(year)s, false) AS tested, last_result, due_on,
        CASE WHEN last_result = 'fail' THEN 'failed' WHEN due_on < %(today)s THEN 'overdue' ELSE 'soon' END AS standing,
        sum(count::int) AS count
    FROM registry_tally
    WHERE by_day AND due_on <= %(until)s AND status = 'in_use' AND mandatory
        AND (%(everywhere)s OR region_id = ANY (%(regions)s) OR body_id = ANY (%(bodies)s))
    GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(count::int) <> 0
)
SELECT region_id, item_id, body_id, tested, last_result, standing, sum(count)::bigint, min(due_on)
FROM days GROUP BY 1, 2, 3, 4, 5, 6;
