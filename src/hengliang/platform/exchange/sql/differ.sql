-- Field by field: what the row says beside what the ledger says, and what both said when they last agreed.
WITH mine AS (
    SELECT id, cells, instrument_id FROM exchange_inboundrow
    WHERE batch_id = %(batch)s AND outcome = '' AND instrument_id IS NOT NULL
), ours AS MATERIALIZED (
    -- Built once a row: let into the query, it would be built anew for every cell that is held against it.
    SELECT e.instrument_id, jsonb_strip_nulls(jsonb_build_object(
        'item', item.name, 'name', i.name, 'category', i.category, 'model', i.model,
        'measuring_range', i.measuring_range, 'accuracy_class', i.accuracy_class, 'serial_number', i.serial_number,
        'manufacturer', i.manufacturer, 'origin', i.origin, 'made_on', i.made_on::text, 'owner', owner.name,
        'owner_code', owner.credit_code, 'market', market.name, 'region', region.code, 'place', e.place,
        'purpose', e.purpose, 'regime', e.regime, 'mandatory', CASE WHEN e.mandatory THEN 't' ELSE 'f' END,
        'on_site', CASE WHEN e.on_site THEN 't' ELSE 'f' END, 'body', body.name, 'last_on', e.last_on::text,
        'last_result', CASE e.last_result WHEN '' THEN 'none' ELSE e.last_result END, 'due_on', e.due_on::text,
        'status', e.status
    )) AS says
    FROM mine
    JOIN registry_instrumentstate e USING (instrument_id)
    JOIN registry_instrument i ON i.id = e.instrument_id
    JOIN registry_catalogueitem item ON item.id = i.item_id
    JOIN parties_organisation owner ON owner.id = e.owner_id
    LEFT JOIN parties_organisation market ON market.id = e.market_id
    LEFT JOIN parties_organisation body ON body.id = e.body_id
    LEFT JOIN core_regionversion region ON region.region_id = e.region_id AND region.known_to IS NULL
        AND region.valid_from <= %(on)s AND (region.valid_to IS NULL OR region.valid_to > %(on)s)
    WHERE e.known_to IS NULL AND e.valid_to IS NULL
), found AS (
    SELECT mine.id, jsonb_agg(jsonb_build_object(
        'field', said.key, 'ours', coalesce(ours.says ->> said.key, ''), 'theirs', said.value,
        'base', agreed.values ->> said.key,
        'side', CASE
            WHEN agreed.values ->> said.key IS NULL THEN ''
            WHEN hengliang_plain(agreed.values ->> said.key) = hengliang_plain(coalesce(ours.says ->> said.key, ''))
                THEN 'theirs'
            WHEN hengliang_plain(agreed.values ->> said.key) = hengliang_plain(said.value) THEN 'ours'
            ELSE 'both' END
    ) ORDER BY array_position(%(fields)s, said.key)) AS differences
    -- A row that the ledger has letter by letter needs no look at its cells; that is nearly all of a file.
    FROM mine JOIN ours ON ours.instrument_id = mine.instrument_id
        AND NOT ours.says @> (mine.cells - '{outside_id, code}'::text[])
    LEFT JOIN LATERAL (
        SELECT a.values FROM exchange_agreedvalues a
        WHERE a.system_id = %(system)s AND a.instrument_id = mine.instrument_id ORDER BY a.id DESC LIMIT 1
    ) agreed ON true
    CROSS JOIN LATERAL jsonb_each_text(mine.cells) said
    WHERE said.key = ANY (%(fields)s)
        AND NOT (said.key = 'owner' AND mine.cells ? 'owner_code' AND ours.says ? 'owner_code')
        -- What is equal letter by letter needs no plain form.
        AND said.value <> coalesce(ours.says ->> said.key, '')
        AND hengliang_plain(said.value) <> hengliang_plain(coalesce(ours.says ->> said.key, ''))
    GROUP BY mine.id
)
UPDATE exchange_inboundrow r SET
    differences = coalesce(found.differences, '[]'),
    outcome = CASE WHEN found.id IS NULL THEN 'same'
        WHEN found.differences @> '[{"side": "both"}]' THEN 'conflict' ELSE 'different' END,
    code = CASE WHEN found.id IS NULL THEN ''
        WHEN found.differences @> '[{"side": "both"}]' THEN 'changed_on_both' ELSE 'differs' END
FROM mine LEFT JOIN found USING (id)
WHERE r.id = mine.id;
