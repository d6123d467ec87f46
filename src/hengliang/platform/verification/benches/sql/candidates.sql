-- Every entry of the ledger that a result may be of, and the region in which it stands.
CREATE TEMP TABLE lot_candidate ON COMMIT DROP AS
SELECT r.id AS result_id, r.serial, i.id AS instrument_id, s.region_id, g.verified_on, r.verdict, g.valid_until,
    g.validity_reason
FROM verification_lotresult r
JOIN verification_lotgroup g ON g.id = r.group_id
JOIN registry_instrument i ON i.serial_number = r.serial AND lower(i.manufacturer) = lower(g.maker)
    AND (i.model = '' OR g.model = '' OR lower(i.model) = lower(g.model))
    AND i.item_id = ANY (%(items)s) AND i.part_of_id IS NULL AND i.merged_into_id IS NULL AND i.quantity = 1
JOIN registry_instrumentstate s ON s.instrument_id = i.id AND s.known_to IS NULL AND s.valid_to IS NULL
WHERE r.lot_id = %(lot)s AND (%(result)s::bigint IS NULL OR r.id = %(result)s)
    AND NOT EXISTS (SELECT FROM verification_lotlink k WHERE k.result_id = r.id);
ANALYZE lot_candidate;
