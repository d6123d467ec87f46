-- What both sides say alike now, on top of what they agreed on before; written only where it is something new.
INSERT INTO exchange_agreedvalues (act_id, system_id, instrument_id, values)
SELECT %(act)s, %(system)s, r.instrument_id, coalesce(agreed.values, '{}') || alike.values
FROM exchange_inboundrow r
CROSS JOIN LATERAL (
    SELECT coalesce(jsonb_object_agg(said.key, said.value), '{}') AS values FROM jsonb_each_text(r.cells) said
    WHERE said.key = ANY (%(fields)s) AND NOT EXISTS (
        SELECT FROM jsonb_array_elements(r.differences) d WHERE d ->> 'field' = said.key
    )
) alike
LEFT JOIN LATERAL (
    SELECT a.values FROM exchange_agreedvalues a
    WHERE a.system_id = %(system)s AND a.instrument_id = r.instrument_id ORDER BY a.id DESC LIMIT 1
) agreed ON true
WHERE r.batch_id = %(batch)s AND r.instrument_id IS NOT NULL
    AND (r.outcome IN ('new', 'same', 'different') OR r.code = 'changed_on_both')
    AND NOT coalesce(agreed.values, '{}') @> alike.values;
