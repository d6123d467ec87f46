-- One leaf a row: the JSON list (RFC 8785: only texts, no blanks) of what the row made of the entry.
SELECT sha256('\x00'::bytea || convert_to('[' || concat_ws(',', to_json(number::text), to_json(code),
    to_json(array_to_string(kinds, ' ')), to_json(item_code), to_json(name), to_json(category), to_json(model),
    to_json(measuring_range), to_json(accuracy_class), to_json(serial_number), to_json(manufacturer), to_json(origin),
    to_json(coalesce(made_on::text, '')), to_json(quantity::text), to_json(part_label), to_json(owner_id::text),
    to_json(coalesce(market_id::text, '')), to_json(region_id::text), to_json(place), to_json(purpose),
    to_json(regime), to_json(mandatory::text), to_json(on_site::text), to_json(coalesce(body_id::text, '')),
    to_json(coalesce(last_on::text, '')), to_json(last_result), to_json(coalesce(due_on::text, '')), to_json(status),
    to_json(ecqs), to_json(asset)) || ']', 'UTF8'))
FROM import_write ORDER BY number;
