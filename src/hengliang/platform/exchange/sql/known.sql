-- New rows that the ledger's import would write into an entry that is there.
UPDATE exchange_inboundrow r
SET outcome = 'proposed', code = 'to_confirm', matched_by = 'identity', proposed_id = p.instrument_id
FROM exchange_filing f JOIN import_plan p ON p.number = f.line AND p.entry_id IS NOT NULL
WHERE r.id = f.id;
