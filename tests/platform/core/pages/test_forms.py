import json
from typing import Any

import pytest
from django import forms
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms.renderers import get_default_renderer
from django.utils import translation

from hengliang.platform.core.pages import grid
from hengliang.platform.core.pages.confirm import Confirmation
from hengliang.platform.core.pages.forms import Answer, DayField, KitRenderer, answers_of
from hengliang.platform.core.pages.gallery.entry import ApplicationForm, weighing
from hengliang.platform.core.pages.grid import Grid, GridColumn, GridRow


def test_the_kit_draws_every_form() -> None:
    assert isinstance(get_default_renderer(), KitRenderer)


def test_a_field_has_its_label_above_its_hint_and_its_error_beside(ask: Any) -> None:
    ask()
    html = str(ApplicationForm({"owner": "", "capacity": "abc<b>"}))
    assert html.index('for="id_owner"') < html.index('id="id_owner_helptext"') < html.index('id="id_owner_error"')
    assert 'aria-describedby="id_owner_helptext id_owner_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'href="#id_owner"' in html and 'href="#id_kind_0"' in html
    assert "abc&lt;b&gt;" in html, "what was typed is not lost"
    assert "(optional)" in html


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("2026年11月22日", None),
        ("1900-01-01", None),
        ("2199/12/31", None),
        ("0202-11-22", "Before 1900-01-01: look at the year again."),
        ("1899-12-31", "Before 1900-01-01: look at the year again."),
        ("2200-01-01", "After 2199-12-31: look at the year again."),
    ],
)
def test_a_mistyped_year_is_told_at_the_field(typed: str, told: str | None) -> None:
    class Small(forms.Form):
        on = DayField()

    form = Small({"on": typed})
    assert form.is_valid() == (told is None)
    assert form.errors.get("on", []) == ([told] if told else [])


def test_the_summary_stands_only_where_there_is_something_to_mend(ask: Any) -> None:
    ask()
    assert "error-summary" not in str(ApplicationForm())


@pytest.mark.parametrize(("language", "says"), [("zh-hans", "请选择"), ("en", "Choose")])
def test_an_open_choice_says_what_to_do_and_shows_no_dashes(language: str, says: str) -> None:
    class Small(forms.Form):
        kind = forms.ChoiceField(choices=[*BLANK_CHOICE_DASH, ("a", "A")])

    with translation.override(language):
        html = str(Small())
    assert f">{says}</option>" in html and "---" not in html


def test_answers_are_told_in_the_words_of_the_choices() -> None:
    class Small(forms.Form):
        kind = forms.ChoiceField(label="Kind", choices=[("a", "First"), ("b", "Later")])
        days = forms.MultipleChoiceField(label="Days", choices=[("1", "Mon"), ("2", "Tue")])
        hidden = forms.CharField(widget=forms.HiddenInput, required=False)

    form = Small({"kind": "b", "days": ["1", "2"]})
    assert form.is_valid()
    assert answers_of(form, "/edit") == [
        Answer("Kind", "Later", "/edit#id_kind"),
        Answer("Days", "Mon, Tue", "/edit#id_days"),
    ]


def test_an_act_without_reason_needs_only_the_word(rf: Any) -> None:
    ask = Confirmation(title="Send", verb="Send", back="/", reason_needed=False)
    assert not ask.confirmed(rf.get("/"))
    assert not ask.confirmed(rf.post("/", {}))
    assert ask.confirmed(rf.post("/", {"confirmed": "1"})) and ask.reason == ""


SHEET = Grid(
    name="g",
    title="Weighing",
    columns=(GridColumn("up", "Up", "g"), GridColumn("limit", "MPE", "g", given=True)),
    rows=(GridRow("p1", "100 <g>", {"up": "99.5", "limit": "0.5"}), GridRow("p2", "200 g")),
    save_url="/save",
    version=4,
)


def test_a_grid_is_a_plain_form_too() -> None:
    html = SHEET.render()
    assert 'name="p1.up"' in html and 'value="99.5"' in html
    assert 'data-version="4"' in html and 'data-save="/save"' in html
    assert "p1.limit" in html and 'name="p1.limit"' not in html
    assert "<g>" not in html


def test_only_what_may_be_typed_is_read() -> None:
    typed = SHEET.typed({"p1.up": " 99.7 ", "p1.limit": "100", "p9.up": "1", "p2.up": ""})
    assert typed == {"p1": {"up": "99.7"}, "p2": {"up": ""}}
    rows, version = SHEET.typed_json(json.dumps({"rows": {"p1": {"up": "1", "limit": "9"}}, "version": 4}).encode())
    assert (rows, version) == ({"p1": {"up": "1"}, "p2": {}}, 4)


@pytest.mark.parametrize("body", [b"", b"[]", b'{"rows": 1}', b'{"rows": {}, "version": "x"}'])
def test_a_strange_post_is_refused(body: bytes) -> None:
    with pytest.raises(ValueError):
        SHEET.typed_json(body)


def test_a_disabled_grid_saves_nothing() -> None:
    html = Grid(name="g", title="T", columns=SHEET.columns, rows=SHEET.rows, save_url="/save", disabled=True).render()
    assert "data-save=" not in html and "disabled" in html


def test_a_stale_save_is_refused_in_words() -> None:
    answer = grid.stale()
    assert answer.status_code == 409 and "Somebody else" in json.loads(answer.content)["words"]
    assert json.loads(grid.saved(5).content) == {"version": 5}


def test_the_gallery_judges_as_its_limits_say(gallery: Any) -> None:
    sent = {"rows": {"p100": {"up": "102.5", "down": "102.6"}, "p500": {"up": "x"}}, "version": 1}
    answer = gallery.post("/_pages/gallery/verdict", sent, content_type="application/json").json()
    assert [answer["cells"][key]["tone"] for key in ("p100.up", "p100.down", "p500.up")] == ["good", "bad", "bad"]
    assert answer["summary"]["tone"] == "bad"
    assert len(weighing().rows) == 5
