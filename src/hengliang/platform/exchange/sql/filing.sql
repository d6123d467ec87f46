-- Which line of the ledger's sheet holds which new row. The sheet has its headers in line 1.
DROP TABLE IF EXISTS exchange_filing;
CREATE TEMP TABLE exchange_filing ON COMMIT DROP AS
SELECT id, row_number() OVER (ORDER BY number) + 1 AS line FROM exchange_inboundrow
WHERE batch_id = %(batch)s AND outcome = 'new';
