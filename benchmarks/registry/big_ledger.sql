-- A ledger of %(count)s instruments in one city: 4,000 users in 12 counties, 30 items, three bodies, dates spread over
-- two years and a little overdue, one in twenty out of use, one in fifty failed. Codes look random, as in earnest.
INSERT INTO parties_organisation (act_id, name, name_en, region_id, is_verification_body, is_market, search_text)
SELECT %(act)s, '第' || n || '号用户', '', (%(regions)s::bigint[])[1 + n %% 12], false, false, lower('第' || n || '号用户 d' || n || 'hyh')
FROM generate_series(1, 4000) n;

INSERT INTO registry_instrument (id, act_id, code, item_id, part_label, name, category, model, serial_number,
    manufacturer, origin, measuring_range, accuracy_class, range_unit, quantity, details, search_text)
SELECT n, %(act)s, code, item.id, '', item.name, '', 'M-' || n %% 400, 'SN' || to_char(n, 'FM00000000'),
    '示例仪器第' || n %% 300 || '厂', '', '', '', '', 1, '{}',
    lower(code || ' ' || item.name || ' m-' || n %% 400 || ' sn' || to_char(n, 'FM00000000')
        || ' 示例仪器第' || n %% 300 || '厂 ' || item.initials || ' slyqd' || n %% 300 || 'c')
FROM generate_series(1, %(count)s) n
CROSS JOIN LATERAL (SELECT translate(upper(lpad(to_hex(n * 678152731737 & 1099511627775), 10, '0')), '01', 'XZ')) AS c (code)
JOIN unnest(%(items)s::bigint[], %(names)s::text[], %(initials)s::text[]) WITH ORDINALITY
    AS item (id, name, initials, place) ON item.place = 1 + n %% 30;

INSERT INTO registry_instrumentstate (act_id, valid_from, known_from, instrument_id, is_part, item_id, status,
    owner_id, region_id, place, purpose, regime, mandatory, on_site, body_id, last_on, last_result, due_on, reason)
SELECT %(act)s, '2024-01-01', now(), i.id, false, i.item_id, CASE WHEN i.id %% 20 = 7 THEN 'stopped' ELSE 'in_use' END, o.id,
    o.region_id, (i.id %% 9) || '号岛', 'trade', 'periodic', i.id %% 25 <> 3, i.id %% 2 = 0,
    (%(bodies)s::bigint[])[1 + i.id %% 3], day - 365, CASE WHEN i.id %% 50 = 11 THEN 'fail' ELSE 'pass' END, day, ''
FROM registry_instrument i
JOIN (SELECT row_number() OVER (ORDER BY id) - 1 AS place, id, region_id FROM parties_organisation
    WHERE name LIKE '第%%号用户') o ON o.place = abs(hashint8(i.id + 7) %% 4000)
CROSS JOIN LATERAL (SELECT current_date - 40 + abs(hashint8(i.id) %% 700) AS day) d;
