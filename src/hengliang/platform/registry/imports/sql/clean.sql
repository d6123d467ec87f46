-- What an earlier check in the same transaction left.
DROP TABLE IF EXISTS pg_temp.import_word, pg_temp.import_move, pg_temp.import_right, pg_temp.import_overseen,
    pg_temp.import_visible_party, pg_temp.import_misfit,
    pg_temp.import_staged, pg_temp.import_region, pg_temp.import_party, pg_temp.import_read, pg_temp.import_match,
    pg_temp.import_plan, pg_temp.import_hint, pg_temp.import_newcode, pg_temp.import_initials, pg_temp.import_write,
    pg_temp.import_known, pg_temp.import_code, pg_temp.import_revision, pg_temp.import_part, pg_temp.import_whole;
