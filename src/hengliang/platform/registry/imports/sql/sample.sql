-- Some of what an import would do: changed rows with what changes, then new rows.
SELECT p.number, p.entry_id IS NULL AS is_new, coalesce(p.code, '') AS code, p.name, p.serial_number,
    array_to_json(p.kinds) AS kinds,
    CASE WHEN p.entry_id IS NOT NULL THEN (
        SELECT json_agg(json_build_array(field, coalesce(before, ''), coalesce(after, '')))
        FROM (VALUES
            ('item', old_item.name, p.item_name), ('name', i.name, p.name), ('category', i.category, p.category),
            ('model', i.model, p.model), ('measuring_range', i.measuring_range, p.measuring_range),
            ('accuracy_class', i.accuracy_class, p.accuracy_class),
            ('serial_number', i.serial_number, p.serial_number), ('manufacturer', i.manufacturer, p.manufacturer),
            ('origin', i.origin, p.origin), ('made_on', i.made_on::text, p.made_on::text),
            ('quantity', i.quantity::text, p.quantity::text), ('part_label', i.part_label, p.part_label),
            ('owner', old_owner.name, owner.name), ('market', old_market.name, market.name),
            ('region', old_region.code, region.code), ('place', e.place, p.place),
            ('purpose', e.purpose, p.purpose), ('regime', e.regime, p.regime),
            ('mandatory', e.mandatory::text, p.mandatory::text), ('on_site', e.on_site::text, p.on_site::text),
            ('body', old_body.name, body.name), ('last_on', e.last_on::text, p.last_on::text),
            ('last_result', e.last_result, p.last_result), ('due_on', e.due_on::text, p.due_on::text),
            ('status', e.status, p.status)
        ) AS pairs (field, before, after) WHERE before IS DISTINCT FROM after) END AS changes
FROM import_plan p
LEFT JOIN registry_instrument i ON i.id = p.instrument_id
LEFT JOIN registry_instrumentstate e ON e.id = p.entry_id
LEFT JOIN registry_catalogueitem old_item ON old_item.id = i.item_id
LEFT JOIN parties_organisation owner ON owner.id = p.owner_id
LEFT JOIN parties_organisation old_owner ON old_owner.id = e.owner_id
LEFT JOIN parties_organisation market ON market.id = p.market_id
LEFT JOIN parties_organisation old_market ON old_market.id = e.market_id
LEFT JOIN parties_organisation body ON body.id = p.body_id
LEFT JOIN parties_organisation old_body ON old_body.id = e.body_id
LEFT JOIN core_regionversion region ON region.region_id = p.region_id AND region.known_to IS NULL
    AND region.valid_from <= %(on)s AND (region.valid_to IS NULL OR region.valid_to > %(on)s)
LEFT JOIN core_regionversion old_region ON old_region.region_id = e.region_id AND old_region.known_to IS NULL
    AND old_region.valid_from <= %(on)s AND (old_region.valid_to IS NULL OR old_region.valid_to > %(on)s)
WHERE p.kinds <> '{}'
    AND NOT EXISTS (SELECT FROM registry_importfault f WHERE f.import_id = %(id)s AND f.number = p.number)
ORDER BY p.entry_id IS NULL, p.number
LIMIT 50;
