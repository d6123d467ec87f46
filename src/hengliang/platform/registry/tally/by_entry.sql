-- The wave of a body, or of one county, is read without that of all others.
CREATE INDEX tally_bodies ON registry_tally (body_id) WHERE by_day;
CREATE INDEX tally_regions ON registry_tally (region_id) WHERE by_day;

-- The tally takes the item from the entry itself; a corrected item comes to it as a change of the entries.
DROP TRIGGER tally_item ON registry_instrument;
DROP FUNCTION registry_tally_reclassified();

CREATE OR REPLACE FUNCTION registry_tally_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO registry_tally
    SELECT CASE WHEN grouping(due_on) = 0 THEN due_on END, grouping(due_on) = 0, region_id, item_id, body_id, status,
        mandatory, on_site, last_result, extract(year FROM last_on)::int, count(*)
    FROM added WHERE known_to IS NULL AND valid_to IS NULL AND NOT is_part
    GROUP BY GROUPING SETS (
        (region_id, item_id, body_id, status, mandatory, on_site, last_result, extract(year FROM last_on)::int),
        (region_id, item_id, body_id, status, mandatory, on_site, last_result, extract(year FROM last_on)::int, due_on));
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION registry_tally_removed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO registry_tally
    SELECT CASE WHEN grouping(due_on) = 0 THEN due_on END, grouping(due_on) = 0, region_id, item_id, body_id, status,
        mandatory, on_site, last_result, extract(year FROM last_on)::int, -count(*)
    FROM removed WHERE known_to IS NULL AND valid_to IS NULL AND NOT is_part
    GROUP BY GROUPING SETS (
        (region_id, item_id, body_id, status, mandatory, on_site, last_result, extract(year FROM last_on)::int),
        (region_id, item_id, body_id, status, mandatory, on_site, last_result, extract(year FROM last_on)::int, due_on));
    RETURN NULL;
END $$;
