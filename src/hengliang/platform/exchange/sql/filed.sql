-- The rows that were filed, with the instruments that the ledger's import made of them.
UPDATE exchange_inboundrow r SET instrument_id = i.id, matched_by = 'filed'
FROM registry_instrument i
JOIN registry_instrumentstate e ON e.instrument_id = i.id AND e.known_to IS NULL AND e.valid_to IS NULL
JOIN parties_organisation o ON o.id = e.owner_id
WHERE r.batch_id = %(batch)s AND r.outcome = 'new' AND i.act_id = %(filed_by)s
    AND i.serial_number = r.cells ->> 'serial_number'
    AND i.manufacturer = coalesce(r.cells ->> 'manufacturer', '') AND i.model = coalesce(r.cells ->> 'model', '')
    AND CASE WHEN r.cells ? 'owner_code' THEN o.credit_code = r.cells ->> 'owner_code'
        ELSE o.name = r.cells ->> 'owner' END;
