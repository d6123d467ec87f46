"""The interface of plans as each of the cast asks it."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hengliang.platform.core.rights import Role
from hengliang.platform.plan.services import plan_import
from tests.platform.cast import make_account
from tests.platform.plan.planned import TEXT, plan_of

ROOT = "/api/v1/plan/"
PDF = b"%PDF-1.4 evidence"


@pytest.fixture
def planned(cast, settings, tmp_path):
    """A plan in force with one of everything."""
    settings.MEDIA_ROOT = tmp_path
    return plan_of(cast)


@pytest.fixture
def drafted(cast) -> SimpleNamespace:
    """A plan as it was read, not yet in force."""
    plan = plan_import(actor=cast.actor("authority"), region=cast.city, text=TEXT)
    tested = plan.targets.get(indicator="tested-rate")
    return SimpleNamespace(plan=plan, target=tested, task=plan.tasks.get())


@pytest.fixture
def second(cast) -> str:
    """A second person at the authority."""
    cast.accounts["second"] = make_account("second", Role.AUTHORITY, cast.authority, cast.city)
    return "second"


@pytest.fixture
def ask(cast) -> Callable[..., Any]:
    """`ask(who, path)` reads; with `told` it sends JSON, with `form` (and files in it) a form."""

    def asked(who: str, path: str, told: Any = None, form: Any = None) -> Any:
        client = Client(headers={"accept-language": "en"})
        client.force_login(cast.accounts[who], backend="django.contrib.auth.backends.ModelBackend")
        if form is not None:
            return client.post(ROOT + path, form)
        if told is None:
            return client.get(ROOT + path)
        return client.post(ROOT + path, told, content_type="application/json")

    return asked


def paper(name: str = "批复.pdf") -> SimpleUploadedFile:
    """A document as it is sent."""
    return SimpleUploadedFile(name, PDF, "application/pdf")


def refused(answer: Any) -> tuple[int, str]:
    """Status and code of a refusal, which is a problem and no page."""
    assert answer["Content-Type"].startswith("application/problem+json"), answer.content
    return answer.status_code, answer.json()["title"]
