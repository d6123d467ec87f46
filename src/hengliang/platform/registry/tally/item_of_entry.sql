-- Each entry knows the catalogue item of its instrument, so that lists and counts by item need not ask a million
-- identities. Sets that are written at once bring it along; whatever does not gets it here.
CREATE FUNCTION registry_item_of_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.item_id := (SELECT item_id FROM registry_instrument WHERE id = NEW.instrument_id);
    RETURN NEW;
END $$;
CREATE TRIGGER item_of_entry BEFORE INSERT ON registry_instrumentstate
    FOR EACH ROW WHEN (NEW.item_id IS NULL) EXECUTE FUNCTION registry_item_of_entry();

-- A corrected item is that of all entries, former ones too: the identity is corrected, not changed.
CREATE FUNCTION registry_item_corrected() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE registry_instrumentstate e SET item_id = a.item_id
    FROM after a JOIN before b USING (id) WHERE a.item_id <> b.item_id AND e.instrument_id = a.id;
    RETURN NULL;
END $$;
CREATE TRIGGER item_corrected AFTER UPDATE ON registry_instrument
    REFERENCING OLD TABLE AS before NEW TABLE AS after
    FOR EACH STATEMENT EXECUTE FUNCTION registry_item_corrected();
