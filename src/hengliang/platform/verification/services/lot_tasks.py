"""What a lot proves needs no task any more: open tasks are closed as a set, and opened again when the lot is void."""

from typing import Any

from django.db import connection

from hengliang.platform.core.models import Act
from hengliang.platform.verification.models import Application, Lot, Task
from hengliang.platform.verification.states import APPLICATION, OPEN_TASKS, TASK

# What is measured already has a record of its own; it goes its way. The states are the table's, not this query's.
_CLOSED = """
WITH open AS (
    SELECT t.id, t.state, t.application_id FROM verification_task t
    WHERE t.body_id = %(body)s AND t.job = %(job)s AND t.state = ANY (%(sources)s) AND t.instrument_id IN (
        SELECT k.instrument_id FROM verification_lotlink k JOIN registry_instrumentstate s
            ON s.instrument_id = k.instrument_id AND s.last_on = k.verified_on
        WHERE k.act_id = %(act)s AND k.lot_id = %(lot)s AND k.entered AND s.known_to IS NULL AND s.valid_to IS NULL
    ) FOR UPDATE
), moved AS (
    UPDATE verification_task t SET state = %(target)s FROM open WHERE t.id = open.id
), noted AS (
    INSERT INTO core_statechange (act_id, subject_type, subject_id, source, target, at)
    SELECT %(act)s, %(label)s, id, state, %(target)s, %(at)s FROM open
) SELECT id, application_id FROM open
"""
_REOPENED = """
WITH closed AS (
    SELECT t.id, t.state, t.application_id FROM verification_task t
    WHERE t.state = ANY (%(sources)s) AND t.id IN (
        SELECT c.subject_id FROM core_statechange c WHERE c.subject_type = %(label)s AND c.target = ANY (%(sources)s)
            AND c.act_id IN (SELECT DISTINCT k.act_id FROM verification_lotlink k WHERE k.lot_id = %(lot)s)
    ) AND NOT EXISTS (
        SELECT FROM verification_task o WHERE o.instrument_id = t.instrument_id AND o.state = ANY (%(open)s)
    ) FOR UPDATE
), moved AS (
    UPDATE verification_task t SET state = %(target)s FROM closed WHERE t.id = closed.id
), noted AS (
    INSERT INTO core_statechange (act_id, subject_type, subject_id, source, target, at)
    SELECT %(act)s, %(label)s, id, state, %(target)s, %(at)s FROM closed
) SELECT id, application_id FROM closed
"""
_APPLICATIONS = """
WITH chosen AS (
    SELECT a.id, a.state FROM verification_application a
    WHERE a.id = ANY (%(applications)s) AND a.state = ANY (%(sources)s) AND (NOT %(whole)s OR NOT EXISTS (
        SELECT FROM verification_task t WHERE t.application_id = a.id AND t.state = ANY (%(open)s)
    )) FOR UPDATE
), moved AS (
    UPDATE verification_application a SET state = %(target)s FROM chosen WHERE a.id = chosen.id
) INSERT INTO core_statechange (act_id, subject_type, subject_id, source, target, at)
SELECT %(act)s, %(label)s, id, state, %(target)s, %(at)s FROM chosen
"""


def close_tasks(lot: Lot, act: Act) -> int:
    """Close the body's open tasks for the meters whose last date the ledger took under this act; gives how many.

    An application none of whose tasks is open any more is done. To be called inside the act that made the links.
    """
    return _set(_CLOSED, lot, act, whole=True)


def reopen_tasks(lot: Lot, act: Act) -> int:
    """Tasks that the lot had closed wait again, unless their instrument has another open one; gives how many."""
    return _set(_REOPENED, lot, act, whole=False)


def _set(statement: str, lot: Lot, act: Act, *, whole: bool) -> int:
    told: dict[str, Any] = {
        "act": act.pk,
        "at": act.at,
        "lot": lot.pk,
        "body": lot.body_id,
        "job": lot.job,
        "open": list(OPEN_TASKS),
    }
    sources, target = TASK.step(act.kind)
    with connection.cursor() as cursor:
        cursor.execute(statement, told | {"sources": sources, "target": target, "label": Task._meta.label_lower})
        rows = cursor.fetchall()
        if applications := sorted({application for _pk, application in rows if application is not None}):
            sources, target = APPLICATION.step(act.kind)
            told |= {"sources": sources, "target": target, "label": Application._meta.label_lower, "whole": whole}
            cursor.execute(_APPLICATIONS, told | {"applications": applications})
    return len(rows)
