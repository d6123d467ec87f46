"""Jobs whose worker died are done all the same."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from procrastinate.contrib.django import app

from hengliang.platform.core import tasks
from hengliang.platform.core.tasks import begin_orphans_again, deliver_waiting

pytestmark = pytest.mark.django_db(transaction=True)


def orphan() -> int:
    """A job that a worker had begun when it was killed."""
    job = deliver_waiting.defer()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', attempts = 1 WHERE id = %s", [job])
    return job


def states() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT status::text FROM procrastinate_jobs ORDER BY id")
        return [row[0] for row in cursor.fetchall()]


def sweep() -> int:
    """The job as a worker runs it; in a thread of its own: a browser's test may have left a loop in this one."""

    async def once() -> int:
        with app.replace_connector(app.connector.get_worker_connector()) as worker:
            async with worker.open_async():
                return await begin_orphans_again.func()

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(once())).result()


@pytest.fixture(autouse=True)
def no_jobs():
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


def test_it_is_queued_again():
    orphan()
    assert sweep() == 1
    assert states() == ["todo"]
    assert sweep() == 0


def test_one_whose_like_waits_is_given_up():
    orphan()
    deliver_waiting.defer()
    assert sweep() == 1
    assert states() == ["failed", "todo"]


def test_one_whose_workers_died_of_it_is_given_up_and_that_is_told(monkeypatch):
    told = []
    job = orphan()
    monkeypatch.setitem(tasks._tellers, deliver_waiting.name, lambda **given: told.append(given))
    for died in range(1, tasks.MOST_BEGINNINGS):
        assert sweep() == 1
        assert states() == ["todo"], died
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = %s", [job])
    assert told == []
    assert sweep() == 1
    assert states() == ["failed"]
    assert told == [{}]
