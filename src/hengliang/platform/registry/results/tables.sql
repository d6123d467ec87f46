-- What is to be entered: from which day on an instrument has which last verification; filled by whoever calls.
CREATE TEMP TABLE result_entry (
    instrument_id bigint PRIMARY KEY, on_day date NOT NULL, last_on date, last_result text NOT NULL, due_on date,
    reason text NOT NULL
) ON COMMIT DROP;
-- Days of verifications that a withdrawal must not return to.
CREATE TEMP TABLE result_void (instrument_id bigint NOT NULL, day date NOT NULL) ON COMMIT DROP;
