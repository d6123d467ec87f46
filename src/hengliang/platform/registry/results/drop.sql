DROP TABLE IF EXISTS result_entry;
DROP TABLE IF EXISTS result_void;
DROP TABLE IF EXISTS result_span;
