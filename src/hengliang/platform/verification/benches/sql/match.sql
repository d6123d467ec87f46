-- Results whose meter is in the ledger: the same serial, maker, and model where both name one; and it is the only one.
CREATE TEMP TABLE lot_match ON COMMIT DROP AS
SELECT r.id AS result_id, min(i.id) AS instrument_id, g.verified_on, r.verdict, g.valid_until, g.validity_reason
FROM verification_lotresult r
JOIN verification_lotgroup g ON g.id = r.group_id
JOIN registry_instrument i ON i.serial_number = r.serial AND lower(i.manufacturer) = lower(g.maker)
    AND (i.model = '' OR g.model = '' OR lower(i.model) = lower(g.model))
    AND i.item_id = ANY (%(items)s) AND i.part_of_id IS NULL AND i.merged_into_id IS NULL AND i.quantity = 1
WHERE r.lot_id = %(lot)s AND (%(result)s::bigint IS NULL OR r.id = %(result)s)
    AND NOT EXISTS (SELECT FROM verification_lotlink k WHERE k.result_id = r.id)
GROUP BY r.id, g.verified_on, r.verdict, g.valid_until, g.validity_reason
HAVING count(*) = 1;
ANALYZE lot_match;
