"""One form, one act: shown, refused beside the field, done."""

from collections.abc import Callable
from typing import Any

import pytest
from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpResponse
from django.test import RequestFactory

from hengliang.platform.core.errors import InputRefused, NotPermitted, Refused
from hengliang.platform.core.pages.form_page import form_page, given


class Asked(forms.Form):
    """A name and a number."""

    name = forms.CharField()
    number = forms.IntegerField(required=False)


def answered(data: dict[str, Any] | None, act: Callable[[], Any], **options: Any) -> tuple[HttpResponse, Asked, Any]:
    factory = RequestFactory()
    request: Any = factory.get("/x/") if data is None else factory.post("/x/", data)
    request._messages = CookieStorage(request)
    form = Asked(*given(request)[:1])
    shown: dict[str, Any] = {"title": "Ask", "back": "/back/", "template": "core/form/form.html", **options}
    return form_page(request, form, act, **shown), form, request


def never() -> str:
    raise AssertionError("the act must not be done")


def test_a_form_that_was_not_sent_is_shown_and_nothing_is_done():
    answer, form, _request = answered(None, never)
    assert answer.status_code == 200
    assert not form.errors


def test_what_does_not_fit_is_told_at_its_field_and_nothing_is_done():
    answer, form, _request = answered({"number": "seven"}, never)
    assert answer.status_code == 422
    assert set(form.errors) == {"name", "number"}


@pytest.mark.parametrize(("given_back", "address"), [(None, "/back/"), ("/on/", "/on/")])
def test_done_leads_on_and_says_so(given_back: str | None, address: str):
    answer, _form, request = answered({"name": "a"}, lambda: given_back, done="It is done.")
    assert (answer.status_code, answer["Location"]) == (302, address)
    assert [str(message) for message in get_messages(request)] == ["It is done."]


def test_an_answer_of_the_act_itself_is_the_answer():
    answer, _form, _request = answered({"name": "a"}, lambda: HttpResponse("the secret, once"))
    assert answer.content == b"the secret, once"


@pytest.mark.parametrize(
    ("refused", "otherwise", "field"),
    [
        (InputRefused("taken", "This number is taken.", field="number"), None, "number"),
        (InputRefused("taken", "This number is taken.", field="elsewhere"), None, "__all__"),
        (InputRefused("taken", "This number is taken.", field="elsewhere"), "name", "name"),
        (Refused("late", "Somebody was faster."), None, "__all__"),
    ],
)
def test_a_refusal_stands_beside_its_field_and_what_was_typed_stays(refused, otherwise, field):
    def act() -> str:
        raise refused

    answer, form, _request = answered({"name": "kept", "number": "7"}, act, otherwise=otherwise)
    assert answer.status_code == 422
    assert form.errors[field] == [str(refused)]
    assert form["name"].value() == "kept"


def test_what_is_not_permitted_is_no_matter_of_the_form():
    def act() -> str:
        raise NotPermitted("not_permitted", "You may not.")

    with pytest.raises(NotPermitted):
        answered({"name": "a"}, act)
