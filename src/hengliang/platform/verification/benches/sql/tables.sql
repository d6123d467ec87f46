-- The rows of a file as they were read and judged, and what is wrong with them. No Django models: they are written by
-- COPY, read as sets, never one by one, and taken away by the acts that end a lot's preparation.
CREATE TABLE verification_lotrow (
    lot_id bigint NOT NULL,
    number integer NOT NULL,
    serial text NOT NULL,
    label text NOT NULL,
    shared integer NOT NULL,
    verdict text NOT NULL,
    measured text NOT NULL
);
CREATE INDEX lotrow_lot ON verification_lotrow (lot_id, number);
CREATE TABLE verification_lotshared (
    lot_id bigint NOT NULL,
    shared integer NOT NULL,
    maker text NOT NULL,
    model text NOT NULL,
    batch text NOT NULL,
    made_on date,
    verified_on date NOT NULL,
    attributes text NOT NULL,
    tally text NOT NULL,
    PRIMARY KEY (lot_id, shared)
);
CREATE TABLE verification_lotfault (
    lot_id bigint NOT NULL,
    number integer NOT NULL,
    field text NOT NULL,
    code text NOT NULL,
    value text NOT NULL,
    hint text NOT NULL,
    cells text NOT NULL
);
CREATE INDEX lotfault_lot ON verification_lotfault (lot_id, number);
