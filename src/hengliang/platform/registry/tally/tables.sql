-- Entries of today, whole instruments only. A row with `due_on` counts those that fall due on that day; a row without
-- counts all alike, whenever they are due: the one answers “by when”, the other “how many”, and neither is long.
-- What the functions do today stands in by_entry.sql, which a later migration lays over these.
CREATE TABLE registry_tally (
    due_on date,
    by_day boolean NOT NULL,
    region_id bigint NOT NULL,
    item_id bigint NOT NULL,
    body_id bigint,
    status text NOT NULL,
    mandatory boolean NOT NULL,
    on_site boolean NOT NULL,
    last_result text NOT NULL,
    tested_in integer,
    count bigint NOT NULL
);
CREATE INDEX tally_days ON registry_tally (due_on) INCLUDE (region_id) WHERE by_day;
CREATE INDEX tally_all ON registry_tally (region_id) WHERE NOT by_day;

CREATE FUNCTION registry_tally_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO registry_tally
    SELECT CASE WHEN grouping(e.due_on) = 0 THEN e.due_on END, grouping(e.due_on) = 0, e.region_id, i.item_id,
        e.body_id, e.status, e.mandatory, e.on_site, e.last_result, extract(year FROM e.last_on)::int, count(*)
    FROM added e JOIN registry_instrument i ON i.id = e.instrument_id
    WHERE e.known_to IS NULL AND e.valid_to IS NULL AND NOT e.is_part
    GROUP BY GROUPING SETS (
        (e.region_id, i.item_id, e.body_id, e.status, e.mandatory, e.on_site, e.last_result,
            extract(year FROM e.last_on)::int),
        (e.region_id, i.item_id, e.body_id, e.status, e.mandatory, e.on_site, e.last_result,
            extract(year FROM e.last_on)::int, e.due_on));
    RETURN NULL;
END $$;

CREATE FUNCTION registry_tally_removed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO registry_tally
    SELECT CASE WHEN grouping(e.due_on) = 0 THEN e.due_on END, grouping(e.due_on) = 0, e.region_id, i.item_id,
        e.body_id, e.status, e.mandatory, e.on_site, e.last_result, extract(year FROM e.last_on)::int, -count(*)
    FROM removed e JOIN registry_instrument i ON i.id = e.instrument_id
    WHERE e.known_to IS NULL AND e.valid_to IS NULL AND NOT e.is_part
    GROUP BY GROUPING SETS (
        (e.region_id, i.item_id, e.body_id, e.status, e.mandatory, e.on_site, e.last_result,
            extract(year FROM e.last_on)::int),
        (e.region_id, i.item_id, e.body_id, e.status, e.mandatory, e.on_site, e.last_result,
            extract(year FROM e.last_on)::int, e.due_on));
    RETURN NULL;
END $$;

CREATE TRIGGER tally_insert AFTER INSERT ON registry_instrumentstate
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION registry_tally_added();
CREATE TRIGGER tally_update_removed AFTER UPDATE ON registry_instrumentstate
    REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION registry_tally_removed();
CREATE TRIGGER tally_update_added AFTER UPDATE ON registry_instrumentstate
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION registry_tally_added();
CREATE TRIGGER tally_delete AFTER DELETE ON registry_instrumentstate
    REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION registry_tally_removed();

-- An emptied ledger has an empty tally.
CREATE FUNCTION registry_tally_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    TRUNCATE registry_tally;
    RETURN NULL;
END $$;
CREATE TRIGGER tally_emptied AFTER TRUNCATE ON registry_instrumentstate
    FOR EACH STATEMENT EXECUTE FUNCTION registry_tally_emptied();

-- A corrected catalogue item moves the entry from one count to the other.
CREATE FUNCTION registry_tally_reclassified() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO registry_tally
    SELECT CASE WHEN day THEN e.due_on END, day, e.region_id, side.item_id, e.body_id, e.status, e.mandatory, e.on_site,
        e.last_result, extract(year FROM e.last_on)::int, side.count
    FROM after a JOIN before b USING (id)
    JOIN registry_instrumentstate e ON e.instrument_id = a.id AND e.known_to IS NULL AND e.valid_to IS NULL
        AND NOT e.is_part
    CROSS JOIN LATERAL (VALUES (b.item_id, -1), (a.item_id, 1)) AS side (item_id, count)
    CROSS JOIN (VALUES (true), (false)) AS kinds (day)
    WHERE a.item_id <> b.item_id;
    RETURN NULL;
END $$;
CREATE TRIGGER tally_item AFTER UPDATE ON registry_instrument
    REFERENCING OLD TABLE AS before NEW TABLE AS after
    FOR EACH STATEMENT EXECUTE FUNCTION registry_tally_reclassified();

INSERT INTO registry_tally
SELECT CASE WHEN day THEN e.due_on END, day, e.region_id, i.item_id, e.body_id, e.status, e.mandatory, e.on_site,
    e.last_result, extract(year FROM e.last_on)::int, count(*)
FROM registry_instrumentstate e JOIN registry_instrument i ON i.id = e.instrument_id
CROSS JOIN (VALUES (true), (false)) AS kinds (day)
WHERE e.known_to IS NULL AND e.valid_to IS NULL AND NOT e.is_part
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10;
