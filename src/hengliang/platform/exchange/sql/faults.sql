-- What the ledger's import has against the new rows stands at the rows.
UPDATE exchange_inboundrow r
SET outcome = 'refused', code = 'filing_refused', params = jsonb_build_object('faults', found.faults)
FROM (
    SELECT f.id, jsonb_agg(jsonb_build_array(i.field, i.code, i.value, i.hint) ORDER BY i.field, i.code) AS faults
    FROM exchange_filing f JOIN registry_importfault i ON i.number = f.line AND i.import_id = %(filing)s
    GROUP BY f.id
) found
WHERE r.id = found.id;
