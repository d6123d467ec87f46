-- Four earlier years for every instrument of the ledger, a verification each: what 60 months are counted over.
UPDATE registry_instrumentstate SET valid_from = '2020-01-01', valid_to = last_on - 1460 WHERE last_on IS NOT NULL AND last_on - 1460 > '2020-01-01';
INSERT INTO registry_instrumentstate (act_id, valid_from, valid_to, known_from, instrument_id, is_part, item_id, status,
    owner_id, region_id, place, purpose, regime, mandatory, on_site, body_id, last_on, last_result, due_on, reason)
SELECT act_id, last_on - 1460 + 365 * n, CASE WHEN n < 4 THEN last_on - 1460 + 365 * (n + 1) END, known_from, instrument_id,
    is_part, item_id, status, owner_id, region_id, place,
    (ARRAY['trade', 'medical', 'safety', 'environment'])[1 + instrument_id % 4], regime, mandatory, on_site, body_id,
    last_on - 1460 + 365 * n, CASE WHEN instrument_id % 50 = n THEN 'fail' ELSE 'pass' END,
    last_on - 1460 + 365 * (n + 1) + (instrument_id % 20)::int, reason
FROM registry_instrumentstate CROSS JOIN generate_series(0, 4) n WHERE valid_to IS NOT NULL;
