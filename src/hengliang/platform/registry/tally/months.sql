-- Entries under control by the month in which they fall due; what is due before today stands under no month.
-- The order is left to who reads: a few hundred sums are sorted sooner than the rows that they are made of.
SELECT CASE WHEN due_on >= %(today)s THEN date_trunc('month', due_on::timestamp)::date END AS month,
    region_id, item_id, body_id, on_site, sum(count)::bigint
FROM registry_tally
WHERE by_day AND due_on <= %(until)s AND status = 'in_use' AND mandatory
    AND (%(everywhere)s OR region_id = ANY (%(regions)s) OR body_id = ANY (%(bodies)s))
GROUP BY 1, 2, 3, 4, 5 HAVING sum(count) <> 0
