DROP TRIGGER tally_insert ON registry_instrumentstate;
DROP TRIGGER tally_update_removed ON registry_instrumentstate;
DROP TRIGGER tally_update_added ON registry_instrumentstate;
DROP TRIGGER tally_delete ON registry_instrumentstate;
DROP TRIGGER tally_item ON registry_instrument;
DROP FUNCTION registry_tally_added();
DROP FUNCTION registry_tally_removed();
DROP FUNCTION registry_tally_reclassified();
DROP TABLE registry_tally;
