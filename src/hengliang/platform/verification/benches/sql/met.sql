-- Rows of a lot whose meter the ledger will not date: before it is submitted from what was staged, after it from its
-- results. The same meter as in candidates.sql; one only, or it is nobody's.
SELECT bar, count(*), (array_agg(number ORDER BY number))[1:20], min(serial) FROM (
    SELECT f.number, f.serial, min({barred}) AS bar
    FROM {source} f
    JOIN registry_instrument i ON i.serial_number = f.serial AND lower(i.manufacturer) = lower(f.maker)
        AND (i.model = '' OR f.model = '' OR lower(i.model) = lower(f.model))
        AND i.item_id = ANY (%(items)s) AND i.part_of_id IS NULL AND i.merged_into_id IS NULL AND i.quantity = 1
    GROUP BY f.number, f.serial HAVING count(*) = 1
) AS met WHERE bar <> '' GROUP BY bar ORDER BY bar
