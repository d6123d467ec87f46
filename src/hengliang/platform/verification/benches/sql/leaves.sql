-- The entries of a lot's tree: each a JSON list of texts (RFC 8785, no blanks). What a proof proves.
-- What all results of a group say alike is written once for each group.
WITH alike AS MATERIALIZED (
    SELECT g.id, '[' || to_json(l.number) || ',"' AS head,
        ',' || concat_ws(',', to_json(i.code), to_json(l.regime), to_json(l.bench), to_json(l.procedure),
            to_json(l.edition), to_json(l.rule_id), to_json(g.maker), to_json(g.model), to_json(g.batch),
            to_json(coalesce(g.made_on::text, '')), to_json(g.verified_on::text),
            to_json(coalesce(g.valid_until::text, '')), to_json(g.attributes)) || ',' AS said
    FROM verification_lotgroup g
    JOIN verification_lot l ON l.id = g.lot_id
    JOIN registry_catalogueitem i ON i.id = l.item_id
    WHERE g.lot_id = %(lot)s
)
SELECT r.place, a.head || r.place || '",' || to_json(r.serial) || ',' || to_json(r.label) || a.said
    || to_json(r.measured) || ',' || to_json(r.verdict) || ']' AS entry
FROM verification_lotresult r
JOIN alike a ON a.id = r.group_id
WHERE r.lot_id = %(lot)s AND r.place >= %(first)s AND r.place < %(last)s
