"""Work on a sheet that breaks off is told, nobody waits for a job that is no more; and missing pages keep the menu."""

import pytest
from django.test import Client

from hengliang.platform.core import tasks as core_tasks
from hengliang.platform.registry import services as s
from hengliang.platform.registry import tasks

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(cast):
    client = Client()
    client.force_login(cast.accounts["owner"], "django.contrib.auth.backends.ModelBackend")
    return client


def test_a_sheet_whose_job_was_given_up_says_so(cast, browser, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    batch = s.import_receive(actor=cast.actor("owner"), file_name="a.xlsx", chunks=[b"x"])
    tasks.read_soon(batch, cast.actor("owner"))
    assert "hx-trigger" in browser.get(f"/ledger/imports/{batch.pk}/").content.decode()
    core_tasks._tellers[tasks.read_sheet.name](batch_id=batch.pk, account_id=1)
    page = browser.get(f"/ledger/imports/{batch.pk}/").content.decode()
    assert "处理此表时中断" in page
    assert "every 2s" not in page
    assert f"/ledger/imports/{batch.pk}/drop/" in page


def test_a_missing_page_keeps_the_menu_of_whoever_is_at_work(browser):
    assert "/ledger/imports/" in browser.get("/nothing/").content.decode()
    assert "/ledger/imports/" not in Client().get("/nothing/").content.decode()
