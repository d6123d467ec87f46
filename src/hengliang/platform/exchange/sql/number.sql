-- The numbers that the other side gave our proofs, where neither number nor proof is linked yet; of a number that the file
-- gives twice the first row holds.
INSERT INTO exchange_outsideid (act_id, system_id, kind, value, certificate_id, valid_from, known_from)
SELECT %(act)s, %(system)s, 'certificate', told.value, told.certificate_id, %(on)s, %(at)s
FROM (
    SELECT DISTINCT ON (left(r.cells ->> 'outside_id', 100)) left(r.cells ->> 'outside_id', 100) AS value,
        d.certificate_id
    FROM exchange_inboundrow r JOIN exchange_dispatchrow d ON d.answered_in_id = %(batch)s AND d.key = r.outside_id
    WHERE r.batch_id = %(batch)s AND r.cells ? 'outside_id' AND d.certificate_id IS NOT NULL
    ORDER BY left(r.cells ->> 'outside_id', 100), r.number
) told
WHERE NOT EXISTS (
    SELECT FROM exchange_outsideid o WHERE o.system_id = %(system)s AND o.kind = 'certificate'
        AND (o.value = told.value OR o.certificate_id = told.certificate_id)
        AND o.known_to IS NULL AND o.valid_to IS NULL
);
