-- What the words of a sheet mean: items, regions, organisations. The temporary tables import_word (names of the
-- catalogue), import_visible_party and import_right are filled before, from the same selectors that pages use.
CREATE TEMP TABLE import_staged ON COMMIT DROP AS
SELECT * FROM registry_importrow WHERE import_id = %(id)s;

CREATE TEMP TABLE import_region ON COMMIT DROP AS
WITH of_day AS (
    SELECT region_id, parent_id, code, name FROM core_regionversion
    WHERE known_to IS NULL AND valid_from <= %(on)s AND (valid_to IS NULL OR valid_to > %(on)s)
), words AS (
    SELECT code AS word, region_id FROM of_day
    UNION SELECT name, region_id FROM of_day
    UNION SELECT above.name || of_day.name, of_day.region_id FROM of_day JOIN of_day above
        ON of_day.parent_id = above.region_id
)
SELECT word, min(region_id) AS region_id, count(*) AS found FROM words WHERE word <> '' GROUP BY word;

CREATE TEMP TABLE import_party ON COMMIT DROP AS
WITH words AS (
    SELECT owner AS word FROM import_staged UNION SELECT owner_code FROM import_staged
    UNION SELECT market FROM import_staged UNION SELECT body FROM import_staged
), found AS (
    SELECT word, p.* FROM words JOIN import_visible_party p ON p.name = word
    UNION SELECT word, p.* FROM words JOIN import_visible_party p ON p.credit_code = word
)
SELECT word, min(id) AS id, min(region_id) AS region_id, bool_or(is_verification_body) AS is_body, count(*) AS found
FROM found WHERE word <> '' GROUP BY word;

CREATE TEMP TABLE import_read ON COMMIT DROP AS
SELECT s.number,
    item.item_id,
    coalesce(of_code.id, of_name.id, CASE WHEN s.owner = '' AND s.owner_code = '' THEN %(organisation)s::bigint END)
        AS owner_id,
    market.id AS market_id,
    body.id AS body_id,
    CASE WHEN region.found = 1 THEN region.region_id END AS region_id,
    whole.id AS part_of_id
FROM import_staged s
LEFT JOIN import_word item ON item.word = lower(CASE WHEN s.item = '' THEN s.name ELSE s.item END)
LEFT JOIN import_party of_code ON of_code.word = s.owner_code AND of_code.found = 1
LEFT JOIN import_party of_name ON of_name.word = s.owner AND of_name.found = 1
LEFT JOIN import_party market ON market.word = s.market AND market.found = 1
LEFT JOIN import_party body ON body.word = s.body AND body.found = 1 AND body.is_body
LEFT JOIN import_region region ON region.word = s.region
LEFT JOIN registry_instrument whole ON s.part_of <> '' AND whole.code = s.part_of
    AND whole.part_of_id IS NULL AND whole.merged_into_id IS NULL;
