-- Entries under control that fall due from today until before a day, by month, on site or sent in.
SELECT date_trunc('month', due_on)::date AS month, on_site, sum(count)::bigint
FROM registry_tally
WHERE by_day AND due_on >= %(today)s AND due_on < %(until)s AND status = 'in_use' AND mandatory
    AND (%(everywhere)s OR region_id = ANY (%(regions)s) OR body_id = ANY (%(bodies)s))
GROUP BY 1, 2 HAVING sum(count) <> 0 ORDER BY 1, 2;
