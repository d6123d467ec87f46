-- Their numbers, for all rows that speak of an instrument without doubt and are not linked yet.
INSERT INTO exchange_outsideid
    (act_id, system_id, kind, value, instrument_id, valid_from, known_from)
SELECT %(act)s, %(system)s, 'instrument', r.outside_id, r.instrument_id, %(on)s, %(at)s
FROM exchange_inboundrow r
WHERE r.batch_id = %(batch)s AND r.instrument_id IS NOT NULL
    AND (r.outcome IN ('new', 'same', 'different') OR r.code = 'changed_on_both')
    AND NOT EXISTS (
        SELECT FROM exchange_outsideid o WHERE o.system_id = %(system)s AND o.kind = 'instrument'
            AND (o.value = r.outside_id OR o.instrument_id = r.instrument_id)
            AND o.known_to IS NULL AND o.valid_to IS NULL
    );
