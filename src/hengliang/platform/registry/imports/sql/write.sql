-- The rows that will be written, with the keys, codes and search texts of new entries.
CREATE TEMP TABLE import_write ON COMMIT DROP AS
WITH chosen AS (
    SELECT p.*, row_number() OVER (PARTITION BY p.entry_id IS NULL ORDER BY p.number) AS place_in_kind
    FROM import_plan p
    WHERE p.kinds <> '{}' AND NOT EXISTS (
        SELECT FROM registry_importfault f WHERE f.import_id = %(id)s AND f.number = p.number)
)
SELECT c.number, coalesce(c.instrument_id, nextval('registry_instrument_id_seq')) AS instrument_id, c.entry_id,
    coalesce(c.code, new.code) AS code, c.item_id, c.item_code, c.part_of_id, c.part_label, c.name, c.category,
    c.model, c.measuring_range, c.accuracy_class, c.serial_number, c.manufacturer, c.origin, c.made_on, c.quantity,
    c.owner_id, c.market_id, c.region_id, c.place, c.purpose, c.regime, c.mandatory, c.on_site, c.body_id, c.last_on,
    c.last_result, c.due_on, c.status, c.kinds, c.ecqs, c.asset,
    lower(concat_ws(' ', coalesce(c.code, new.code), CASE WHEN c.name <> c.item_name THEN c.name END, c.item_name, nullif(c.category, ''),
        nullif(c.model, ''), nullif(c.serial_number, ''), nullif(c.manufacturer, ''), nullif(c.part_label, ''),
        nullif(c.ecqs, ''), nullif(c.asset, ''), others.codes,
        i1.initials, i2.initials, i3.initials, i4.initials, i5.initials, i6.initials, i7.initials)) AS search_text
FROM chosen c
LEFT JOIN import_newcode new ON c.entry_id IS NULL AND new.place_in_kind = c.place_in_kind
LEFT JOIN LATERAL (
    SELECT string_agg(o.value, ' ' ORDER BY o.id) AS codes FROM registry_instrumentcode o
    WHERE o.instrument_id = c.instrument_id AND o.known_to IS NULL AND o.valid_to IS NULL
        AND NOT (o.kind = 'ecqs' AND c.ecqs <> '' OR o.kind = 'asset' AND c.asset <> '')
) AS others ON c.entry_id IS NOT NULL
LEFT JOIN import_initials i1 ON i1.word = c.name AND c.name <> c.item_name
LEFT JOIN import_initials i2 ON i2.word = c.item_name
LEFT JOIN import_initials i3 ON i3.word = c.category
LEFT JOIN import_initials i4 ON i4.word = c.model
LEFT JOIN import_initials i5 ON i5.word = c.serial_number
LEFT JOIN import_initials i6 ON i6.word = c.manufacturer
LEFT JOIN import_initials i7 ON i7.word = c.part_label;
ANALYZE import_write;
