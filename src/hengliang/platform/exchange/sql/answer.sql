-- The receipts to the rows that were sent: the last one under each number.
UPDATE exchange_dispatchrow d
SET receipt = r.cells ->> 'receipt', receipt_reason = left(coalesce(r.cells ->> 'reason', ''), 500),
    answered_in_id = %(batch)s, answered_by_id = %(act)s
FROM exchange_inboundrow r
WHERE r.batch_id = %(batch)s AND r.outcome IN ('new', 'different')
    AND d.id = (SELECT max(last.id) FROM exchange_dispatchrow last
        WHERE last.system_id = %(system)s AND last.key = r.outside_id);
