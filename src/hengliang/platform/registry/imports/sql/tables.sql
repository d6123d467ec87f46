-- The staged rows of a sheet as they were read, and what is wrong with them. No Django models: they are written by
-- COPY, read as sets, never one by one, and taken away by the acts that end an import.
CREATE TABLE registry_importrow (
    import_id bigint NOT NULL,
    number integer NOT NULL,
    code text NOT NULL, ecqs text NOT NULL, asset text NOT NULL, item text NOT NULL, name text NOT NULL,
    category text NOT NULL, model text NOT NULL, measuring_range text NOT NULL, accuracy_class text NOT NULL,
    serial_number text NOT NULL, manufacturer text NOT NULL, origin text NOT NULL, made_on text NOT NULL,
    quantity text NOT NULL, part_of text NOT NULL, part_label text NOT NULL, owner text NOT NULL,
    owner_code text NOT NULL, market text NOT NULL, region text NOT NULL, place text NOT NULL, purpose text NOT NULL,
    regime text NOT NULL, mandatory text NOT NULL, on_site text NOT NULL, body text NOT NULL, last_on text NOT NULL,
    last_result text NOT NULL, due_on text NOT NULL, status text NOT NULL
);
CREATE INDEX importrow_import ON registry_importrow (import_id, number);
CREATE TABLE registry_importfault (
    import_id bigint NOT NULL,
    number integer NOT NULL,
    field text NOT NULL,
    code text NOT NULL,
    value text NOT NULL,
    hint text NOT NULL
);
CREATE INDEX importfault_import ON registry_importfault (import_id, number);
