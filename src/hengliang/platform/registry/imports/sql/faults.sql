-- All that is wrong with a sheet, each fault with its row and column.
INSERT INTO registry_importfault (import_id, number, field, code, value, hint)
WITH cells AS (
    SELECT s.number, cell.field, cell.value, cell.longest
    FROM import_staged s CROSS JOIN LATERAL (VALUES {text_cells}) AS cell (field, value, longest)
    WHERE length(cell.value) > cell.longest OR left(cell.value, 1) = '?' AND cell.value ~ '^\?([0-9]{{16,}}|[0-9.]+E\+[0-9]+)$'
), unclear AS (
    SELECT s.number, cell.field, cell.value, cell.code
    FROM import_staged s CROSS JOIN LATERAL (VALUES {typed_cells}) AS cell (field, value, code)
    WHERE cell.value LIKE '?%%'
), new_rows AS (
    SELECT p.*, s.item AS told_item, s.owner AS told_owner, s.owner_code AS told_owner_code, s.region AS told_region,
        s.part_of AS told_part_of, s.purpose AS told_purpose
    FROM import_plan p JOIN import_staged s USING (number) WHERE p.entry_id IS NULL AND s.code = ''
), unresolved AS (
    SELECT s.number FROM import_staged s CROSS JOIN LATERAL (VALUES (owner), (owner_code), (market), (body)) AS w (word)
    LEFT JOIN import_party party USING (word) WHERE word <> '' AND party.found IS DISTINCT FROM 1
), standing AS (
    -- The words for parties that stand in the entry already: they need not be resolved again, nor be visible.
    SELECT p.number, party.role, word
    FROM (SELECT DISTINCT number FROM unresolved) AS u JOIN import_plan p USING (number) JOIN registry_instrumentstate e ON e.id = p.entry_id
    CROSS JOIN LATERAL (VALUES ('owner', e.owner_id), ('market', e.market_id), ('body', e.body_id)) AS party (role, id)
    JOIN parties_organisation o ON o.id = party.id
    CROSS JOIN LATERAL (VALUES (o.name), (o.credit_code)) AS words (word) WHERE word IS NOT NULL
), faults (number, field, code, value) AS (
    SELECT number, field, CASE WHEN value ~ '^\?([0-9]{{16,}}|[0-9.]+E\+[0-9]+)$' THEN 'number_imprecise' ELSE 'too_long' END, value FROM cells
    UNION ALL SELECT number, field, code, value FROM unclear

    -- What a new entry can't be without.
    UNION ALL SELECT number, 'item', 'missing', '' FROM new_rows WHERE item_id IS NULL AND told_item = '' AND name = ''
    UNION ALL SELECT number, 'serial_number', 'missing', '' FROM new_rows WHERE serial_number = '' AND told_part_of = ''
    UNION ALL SELECT number, 'owner', 'missing', '' FROM new_rows
        WHERE owner_id IS NULL AND told_owner = '' AND told_owner_code = '' AND told_part_of = ''
    UNION ALL SELECT number, 'region', 'missing', '' FROM new_rows
        WHERE region_id IS NULL AND told_region = '' AND owner_id IS NOT NULL
    UNION ALL SELECT number, 'purpose', 'missing', '' FROM new_rows
        WHERE purpose IS NULL AND told_purpose = '' AND item_id IS NOT NULL
    UNION ALL SELECT number, 'part_label', 'missing', '' FROM new_rows WHERE told_part_of <> '' AND part_label = ''

    -- Names that mean nothing, or more than one thing.
    UNION ALL SELECT s.number, CASE WHEN s.item = '' THEN 'name' ELSE 'item' END, 'item_unknown',
            CASE WHEN s.item = '' THEN s.name ELSE s.item END
        FROM import_staged s JOIN import_read r USING (number) JOIN import_plan p USING (number)
        WHERE r.item_id IS NULL AND (s.item <> '' OR p.entry_id IS NULL AND s.name <> '')
    UNION ALL SELECT s.number, 'owner', CASE WHEN party.found > 1 THEN 'party_ambiguous' ELSE 'party_unknown' END, s.owner
        FROM import_staged s LEFT JOIN import_party party ON party.word = s.owner
        WHERE s.owner <> '' AND party.found IS DISTINCT FROM 1 AND s.owner_code = ''
            AND NOT EXISTS (SELECT FROM standing t WHERE t.number = s.number AND t.role = 'owner' AND t.word = s.owner)
    UNION ALL SELECT s.number, 'owner_code', 'party_unknown', s.owner_code
        FROM import_staged s LEFT JOIN import_party party ON party.word = s.owner_code
        WHERE s.owner_code <> '' AND party.found IS DISTINCT FROM 1
            AND NOT EXISTS (SELECT FROM standing t WHERE t.number = s.number AND t.role = 'owner' AND t.word = s.owner_code)
    UNION ALL SELECT s.number, 'owner_code', 'party_contradiction', s.owner_code
        FROM import_staged s JOIN import_party a ON a.word = s.owner AND a.found = 1
        JOIN import_party b ON b.word = s.owner_code AND b.found = 1 WHERE a.id <> b.id
    UNION ALL SELECT s.number, 'market', CASE WHEN party.found > 1 THEN 'party_ambiguous' ELSE 'party_unknown' END, s.market
        FROM import_staged s LEFT JOIN import_party party ON party.word = s.market
        WHERE s.market <> '' AND party.found IS DISTINCT FROM 1
            AND NOT EXISTS (SELECT FROM standing t WHERE t.number = s.number AND t.role = 'market' AND t.word = s.market)
    UNION ALL SELECT s.number, 'body', CASE WHEN party.found > 1 THEN 'party_ambiguous' WHEN party.found = 1
            THEN 'no_body' ELSE 'party_unknown' END, s.body
        FROM import_staged s LEFT JOIN import_party party ON party.word = s.body
        WHERE s.body <> '' AND NOT coalesce(party.found = 1 AND party.is_body, false)
            AND NOT EXISTS (SELECT FROM standing t WHERE t.number = s.number AND t.role = 'body' AND t.word = s.body)
    UNION ALL SELECT s.number, 'region', CASE WHEN region.found > 1 THEN 'region_ambiguous' ELSE 'region_unknown' END,
            s.region
        FROM import_staged s LEFT JOIN import_region region ON region.word = s.region
        WHERE s.region <> '' AND region.found IS DISTINCT FROM 1
    UNION ALL SELECT s.number, 'part_of', 'part_of_unknown', s.part_of
        FROM import_staged s JOIN import_read r USING (number) WHERE s.part_of <> '' AND r.part_of_id IS NULL

    UNION ALL SELECT s.number, 'accuracy_class', 'not_of_item', p.accuracy_class
        FROM import_staged s JOIN import_plan p USING (number)
        JOIN import_misfit m ON m.item_id = p.item_id AND m.word = p.accuracy_class
        WHERE p.entry_id IS NULL OR s.accuracy_class <> '' OR s.item <> ''

    -- Codes and duplicates, in the ledger and inside the file.
    UNION ALL SELECT s.number, 'code', 'code_unknown', s.code
        FROM import_staged s LEFT JOIN import_match m USING (number) WHERE s.code <> '' AND m.visible IS NOT TRUE
    UNION ALL SELECT m.number, 'ecqs', 'ecqs_taken', s.ecqs
        FROM import_match m JOIN import_staged s USING (number)
        WHERE m.of_two OR s.code = '' AND s.ecqs <> '' AND m.instrument_id IS NOT NULL AND NOT m.visible
    UNION ALL SELECT m.number, 'serial_number', 'duplicate_elsewhere', s.serial_number
        FROM import_match m JOIN import_staged s USING (number) WHERE m.elsewhere
    UNION ALL SELECT number, CASE WHEN code <> '' THEN 'code' WHEN ecqs <> '' THEN 'ecqs' ELSE 'serial_number' END,
            'twice_in_file', first::text
        FROM (SELECT s.number, s.code, s.ecqs, min(s.number) OVER same AS first FROM import_staged s
            JOIN import_match m USING (number) WHERE m.instrument_id IS NOT NULL
            WINDOW same AS (PARTITION BY m.instrument_id)) AS known WHERE number > first
    UNION ALL SELECT number, 'ecqs', 'twice_in_file', first::text
        FROM (SELECT p.number, p.entry_id, min(p.number) OVER same AS first FROM import_plan p
            WHERE p.ecqs <> '' WINDOW same AS (PARTITION BY p.ecqs)) AS ecqs WHERE number > first AND entry_id IS NULL
    UNION ALL SELECT number, 'serial_number', 'twice_in_file', first::text
        FROM (SELECT number, min(number) OVER same AS first FROM import_plan
            WHERE entry_id IS NULL AND serial_number <> ''
            WINDOW same AS (PARTITION BY owner_id, serial_number, manufacturer, model, part_of_id, part_label)
        ) AS serials WHERE number > first
    UNION ALL SELECT number, 'part_label', 'twice_in_file', first::text
        FROM (SELECT number, min(number) OVER same AS first FROM import_plan WHERE part_of_id IS NOT NULL
            AND entry_id IS NULL WINDOW same AS (PARTITION BY part_of_id, part_label)) AS parts WHERE number > first
    UNION ALL SELECT p.number, 'part_label', 'part_taken', p.part_label
        FROM import_plan p JOIN registry_instrument i ON i.part_of_id = p.part_of_id AND i.part_label = p.part_label
            AND i.merged_into_id IS NULL WHERE p.entry_id IS NULL AND p.part_of_id IS NOT NULL

    -- Days that can't be, and results that say too little.
    UNION ALL SELECT p.number, 'made_on', 'day_ahead', p.made_on::text FROM import_plan p WHERE p.made_on > %(on)s
    UNION ALL SELECT p.number, 'last_on', 'day_ahead', p.last_on::text FROM import_plan p WHERE p.last_on > %(on)s
    UNION ALL SELECT p.number, 'last_on', 'before_made', p.last_on::text FROM import_plan p WHERE p.last_on < p.made_on
    UNION ALL SELECT p.number, 'due_on', 'due_before_verified', p.due_on::text FROM import_plan p
        WHERE p.last_result = 'pass' AND p.due_on < p.last_on
    UNION ALL SELECT p.number, 'last_result', 'result_missing', '' FROM import_plan p
        JOIN import_staged s USING (number) WHERE p.last_on IS NOT NULL AND p.last_result = '' AND s.last_on <> ''
    UNION ALL SELECT p.number, 'last_on', 'result_undated', '' FROM import_plan p
        JOIN import_staged s USING (number) WHERE p.last_on IS NULL AND p.last_result <> '' AND s.last_on NOT LIKE '?%%'
    UNION ALL SELECT p.number, 'due_on', 'due_missing', '' FROM import_plan p JOIN import_staged s USING (number)
        WHERE p.due_on IS NULL AND p.last_result = 'pass' AND p.mandatory AND p.regime <> 'first_till_failure'
            AND (p.entry_id IS NULL OR 'earlier_result_enter' = ANY (p.kinds)) AND s.due_on = ''

    -- What the state of the entry does not allow.
    UNION ALL SELECT p.number, 'status', 'state_impossible', p.old_status FROM import_plan p
        WHERE 'impossible' = ANY (p.kinds)
    UNION ALL SELECT p.number, 'status', 'state_new', p.status FROM import_plan p
        WHERE p.entry_id IS NULL AND p.part_of_id IS NULL AND p.status NOT IN ('filed', 'in_use')
    UNION ALL SELECT p.number, 'status', 'gone', p.old_status FROM import_plan p
        WHERE p.old_status IN ('scrapped', 'merged') AND p.kinds <> '{{}}'
    UNION ALL SELECT p.number, '', 'held', h.document FROM import_plan p
        JOIN registry_instrumentstate e ON e.id = p.entry_id JOIN registry_instrument i ON i.id = e.instrument_id
        JOIN registry_instrumenthold h ON h.instrument_id IN (i.id, i.part_of_id)
            AND h.known_to IS NULL AND h.valid_to IS NULL
        WHERE p.kinds && %(held)s
    UNION ALL SELECT p.number, '', 'later_change', p.old_from::text FROM import_plan p
        WHERE p.old_from > %(on)s AND p.kinds <> '{{}}'

    -- Rights, asked of the acts that the row amounts to: for a new entry where it will stand, for a change where it
    -- stands now.
    UNION ALL SELECT p.number, '', 'not_permitted', asked.act
        FROM import_plan p CROSS JOIN LATERAL unnest(p.kinds) AS asked (act)
        LEFT JOIN registry_instrumentstate e ON e.id = p.entry_id
        WHERE asked.act <> 'impossible' AND p.owner_id IS NOT NULL AND p.region_id IS NOT NULL AND NOT EXISTS (
            SELECT FROM import_right g WHERE g.kind = asked.act AND (
                g.everywhere
                OR coalesce(e.region_id, p.region_id) = ANY (g.regions)
                OR coalesce(e.owner_id, p.owner_id) = ANY (g.owners)
                OR CASE WHEN e.id IS NULL THEN p.market_id ELSE e.market_id END = ANY (g.markets)
                OR CASE WHEN e.id IS NULL THEN p.body_id ELSE e.body_id END = ANY (g.bodies)))

    -- Where it goes: as `services/destination.py` asks.
    UNION ALL SELECT p.number, 'region', 'region_without_authority', '' FROM import_plan p
        LEFT JOIN registry_instrumentstate e ON e.id = p.entry_id
        WHERE p.region_id IS DISTINCT FROM e.region_id AND p.region_id IS NOT NULL
            AND NOT EXISTS (SELECT FROM import_overseen o WHERE o.region_id = p.region_id)
            AND NOT (SELECT everywhere FROM import_right WHERE kind = 'instrument_file')
    UNION ALL SELECT p.number, 'region', 'leaves_authority', '' FROM import_plan p
        JOIN registry_instrumentstate e ON e.id = p.entry_id
        JOIN import_right g ON g.kind = 'instrument_move' AND NOT g.everywhere AND e.region_id <> ALL (g.regions)
        WHERE p.region_id <> e.region_id AND EXISTS (SELECT FROM import_overseen o WHERE o.region_id = p.region_id)
            AND NOT EXISTS (SELECT FROM import_overseen o JOIN import_overseen w USING (held)
                WHERE o.region_id = e.region_id AND w.region_id = p.region_id)
    UNION ALL SELECT p.number, 'owner', 'not_asked', '' FROM import_plan p
        JOIN registry_instrumentstate e ON e.id = p.entry_id
        JOIN import_right g ON g.kind = 'instrument_transfer' AND NOT g.everywhere AND e.region_id <> ALL (g.regions)
        WHERE p.owner_id <> e.owner_id AND p.owner_id <> ALL (g.owners)
)
SELECT %(id)s, f.number, f.field, f.code, left(f.value, 100), coalesce(hint.names, '')
FROM faults f LEFT JOIN import_hint hint ON f.code = 'item_unknown' AND hint.word = lower(f.value);
