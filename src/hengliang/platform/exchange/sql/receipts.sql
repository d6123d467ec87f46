-- Receipts: each to the row that was sent under this number and stands.
UPDATE exchange_inboundrow r SET outcome = 'refused', code = 'id_twice',
    params = jsonb_build_object('rows', twice.rows)
FROM (
    SELECT outside_id, string_agg(number::text, ', ' ORDER BY number) AS rows FROM exchange_inboundrow
    WHERE batch_id = %(batch)s AND outside_id <> '' GROUP BY outside_id HAVING count(*) > 1
) twice
WHERE r.batch_id = %(batch)s AND r.outside_id = twice.outside_id AND r.outcome = '';

WITH mine AS (
    SELECT id, outside_id, cells FROM exchange_inboundrow WHERE batch_id = %(batch)s AND outcome = ''
), sent AS (
    SELECT DISTINCT ON (d.key) d.key, d.instrument_id, d.receipt, d.receipt_reason, told.stated_on
    FROM exchange_dispatchrow d JOIN mine ON mine.outside_id = d.key
    JOIN exchange_dispatch of ON of.id = d.dispatch_id
    LEFT JOIN exchange_inboundbatch told ON told.id = d.answered_in_id
    WHERE d.system_id = %(system)s AND (%(all)s OR of.organisation_id = %(organisation)s)
    ORDER BY d.key, d.id DESC
)
UPDATE exchange_inboundrow r SET instrument_id = sent.instrument_id,
    outcome = CASE WHEN sent.key IS NULL OR NOT mine.cells ? 'receipt' THEN 'refused' WHEN sent.receipt = '' THEN 'new'
        WHEN sent.receipt = mine.cells ->> 'receipt'
            AND sent.receipt_reason = left(coalesce(mine.cells ->> 'reason', ''), 500) THEN 'same'
        WHEN sent.stated_on > %(stated_on)s THEN 'refused' ELSE 'different' END,
    code = CASE WHEN sent.key IS NULL THEN 'row_unknown' WHEN NOT mine.cells ? 'receipt' THEN 'receipt_missing'
        WHEN sent.receipt = '' THEN ''
        WHEN sent.receipt = mine.cells ->> 'receipt'
            AND sent.receipt_reason = left(coalesce(mine.cells ->> 'reason', ''), 500) THEN ''
        WHEN sent.stated_on > %(stated_on)s THEN 'said_later'
        WHEN sent.receipt <> mine.cells ->> 'receipt' THEN 'answered_otherwise' ELSE '' END,
    params = CASE WHEN sent.stated_on > %(stated_on)s THEN jsonb_build_object('day', sent.stated_on) ELSE '{}' END
FROM mine LEFT JOIN sent ON sent.key = mine.outside_id WHERE r.id = mine.id;
