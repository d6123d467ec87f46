"""Every part of the kit in every state, on one page: for those who build pages, where debugging is on."""

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from . import cells, charts, desk, grid, looks, objects, values
from .confirm import Confirmation
from .forms import Answer, DayInput, LookupInput, UnitInput
from .rows import Rows
from .table import (
    BooleanFilter,
    BulkAct,
    ChoiceFilter,
    Column,
    DateFilter,
    Empty,
    LookupFilter,
    Selection,
    Table,
    TextFilter,
)
from .words import Words

ON = dt.date(2026, 11, 20)
STATES = ("valid", "due_soon", "overdue", "stopped", "to_seal", "undeterminable")
KINDS = ("电子计价秤", "燃油加油机", "膜式燃气表", "出租车计价器", "血压计", "电动汽车充电桩", "压力表")
PLACES = ("城东农贸市场", "江岸加油站", "滨湖小区 3 栋", "南城客运公司", "市第二人民医院", "高新区充电站")
DISTRICTS = {"4201": "江城市东湖区", "4202": "江城市南湖区", "4203": "江城市西山县", "4204": "江城市北港新区"}


def instruments() -> Rows:
    """Two hundred and thirty made-up instruments."""
    return Rows(_instrument(number) for number in range(1, 231))


def _instrument(n: int) -> dict[str, Any]:
    state = STATES[n % 11 % 6]
    return {
        "id": n,
        "code": f"HL{420100 + n * 7:07d}",
        "name": KINDS[n % len(KINDS)],
        "place": PLACES[n % len(PLACES)],
        "district": list(DISTRICTS)[n % 4],
        "capacity": None if n % 9 == 0 else [15, 30, 60, 150, 3000, 12000][n % 6],
        "error": None if n % 5 == 0 else round((n * 37 % 100 - 50) / 100, 2),
        "state": state,
        "due": None if n % 13 == 0 else ON + dt.timedelta(days=(n * 17) % 400 - 60),
        "in_use": state != "stopped",
        "note": '=HYPERLINK("x")' if n == 3 else "",
    }


def district(value: str, _actor: Any) -> str | None:
    """The name of a district."""
    return DISTRICTS.get(value)


class InstrumentTable(Table):
    """The list of the gallery."""

    name = "gallery"
    title = _("Instruments")
    columns = (
        Column("code", _("Code"), sort="code", opens=True),
        Column("name", _("Instrument"), sort="name", cell=cells.two_lines(lambda row: row["place"])),
        Column("capacity", _("Maximum capacity"), unit="kg", align="end", sort="capacity"),
        Column("error", _("Error of indication"), unit="%", align="end", sort="error", cell=cells.number(2)),
        Column("state", _("State"), sort="state", cell=cells.state, plain=lambda v, _row: str(looks.look_of(v).words)),
        Column("due", _("Next verification"), sort="due", cell=cells.due(ON)),
        Column("district", _("District"), get=lambda row: DISTRICTS[row["district"]], hidden=True),
        Column("note", _("Note"), hidden=True),
    )
    filters = (
        TextFilter("q", _("Search"), fields=("code", "name", "place"), hint=_("name, number, code, place")),
        ChoiceFilter("state", _("State"), several=True, choices=[(one, looks.look_of(one).words) for one in STATES]),
        LookupFilter("district", _("District"), options_url="pages:gallery_districts", label_of=district),
        DateFilter("due", _("Next verification")),
        BooleanFilter("in_use", _("Use"), yes=_("in use"), no=_("out of use"), more=True),
    )
    acts = (BulkAct(_("Remind"), "pages:gallery_remind"), BulkAct(_("Stop use"), "pages:gallery_stop", danger=True))
    default_sort = "due"
    empty = Empty(
        _("No instrument yet"), _("Instruments you use for trade, safety, health or environment belong here.")
    )

    def row_url(self, row: Any) -> str:
        """Its page."""
        return reverse("pages:gallery_object", args=[row["id"]])

    def row_name(self, row: Any) -> str:
        """Its code."""
        return str(row["code"])


class BareTable(InstrumentTable):
    """The same list, empty."""

    name = "gallery-empty"
    filters = ()
    acts: ClassVar[tuple[BulkAct, ...]] = ()


class ApplicationForm(forms.Form):
    """A form with every kind of field."""

    owner = forms.CharField(label=_("User of the instrument"), help_text=_("As it stands on the business licence."))
    kind = forms.ChoiceField(
        label=_("Kind of verification"),
        choices=[("first", _("first")), ("later", _("subsequent"))],
        widget=forms.RadioSelect,
    )
    district = forms.CharField(label=_("District"), widget=LookupInput("pages:gallery_districts", DISTRICTS.get))
    wanted_on = forms.DateField(label=_("Wanted day"), widget=DayInput)
    capacity = forms.DecimalField(label=_("Maximum capacity"), widget=UnitInput("kg"), min_value=0)
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    commit = forms.BooleanField(label=_("The particulars are true"))


class FaultForm(forms.Form):
    """One question."""

    what = forms.ChoiceField(
        label=_("What is wrong with the scale?"),
        help_text=_("Choose what fits best."),
        widget=forms.RadioSelect,
        choices=[("light", _("It shows too much")), ("seal", _("The seal is broken")), ("other", _("Something else"))],
    )


def index(request: HttpRequest) -> HttpResponse:
    """The parts, one below the other."""
    messages.success(request, _("Certificate issued."))
    messages.warning(request, _("Two rows were left out: see the list of errors."))
    form = ApplicationForm({"owner": "", "wanted_on": "soon", "capacity": "-1"} if "errors" in request.GET else None)
    return render(
        request,
        "core/gallery/index.html",
        {
            "title": _("Gallery"),
            "looks": sorted(looks._LOOKS),
            "form": form,
            "on": ON,
            "absences": [one.value for one in values.Absent],
            "overdue": ON - dt.timedelta(days=12),
            "soon": ON + dt.timedelta(days=9),
            "charts": [(chart, reverse("pages:gallery_chart", args=[name])) for name, chart in drawings().items()],
            "work": _work(),
            "figures": _figures(),
            "grid": _grid().render(request),
            "answers": [
                Answer(_("What is wrong?"), _("The seal is broken"), "#"),
                Answer(_("Your telephone"), None, "#"),
            ],
        },
    )


def _work() -> SafeString:
    url = reverse("pages:gallery_table")
    return desk.work_list(
        [
            desk.Work(12, _("instruments overdue"), f"{url}?state=overdue", "bad", dt.date(2026, 8, 3)),
            desk.Work(
                148, _("instruments due within 30 days"), f"{url}?state=due_soon", "warning", dt.date(2026, 11, 21)
            ),
            desk.Work(
                7, _("certificates awaiting your seal"), f"{url}?state=to_seal", "pending", dt.date(2026, 11, 18)
            ),
            desk.Work(0, _("complaints"), url),
        ]
    )


def _figures() -> SafeString:
    rate = _("Instruments tested, passed or failed, of all due by this day")
    return desk.figures(
        desk.Figure(_("Tested rate"), 94.27, rate, ON, "%", 1, reverse("pages:gallery_table")),
        desk.Figure(
            _("Instruments in use"), 20138, _("In the ledger and in use"), ON, url=reverse("pages:gallery_table")
        ),
        desk.Figure(_("Coverage of projects"), values.Absent.NO_SOURCE, _("Needs the approved list of projects"), ON),
    )


def _grid() -> grid.Grid:
    return grid.Grid(
        name="weighing",
        title=_("Weighing test"),
        row_heading=_("Load"),
        version=1,
        verdict_url=reverse("pages:gallery_verdict"),
        save_url=reverse("pages:gallery_save"),
        columns=(
            grid.GridColumn("up", _("Indication, rising"), "g"),
            grid.GridColumn("down", _("Indication, falling"), "g"),
            grid.GridColumn("limit", _("Maximum permissible error"), "g", given=True),
        ),
        rows=[
            grid.GridRow(f"p{load}", f"{load} g", {"limit": limit, "up": load if load < 1000 else ""})
            for load, limit in ((100, 2.5), (500, 2.5), (2500, 2.5), (10000, 5), (15000, 7.5))
        ],
    )


@require_POST
def verdict(request: HttpRequest) -> JsonResponse:
    """A verdict on each cell: within the limit of its row or not."""
    found: dict[str, Any] = {}
    rows = _grid().typed_json(request.body)[0]
    for line in _grid().rows:
        for column, text in rows.get(line.key, {}).items():
            if text:
                found[f"{line.key}.{column}"] = _judged(text, float(line.key[1:]), float(line.values["limit"]))
    failed = any(one["tone"] == "bad" for one in found.values())
    summary = {"tone": "bad" if failed else "good", "words": str(_("Failed") if failed else _("Passed so far"))}
    return JsonResponse({"cells": found, "fill": {}, "summary": summary})


def _judged(text: str, load: float, limit: float) -> dict[str, str]:
    try:
        off = float(text) - load
    except ValueError:
        return {"tone": "bad", "words": str(_("not a number"))}
    within = abs(off) <= limit
    return {"tone": "good" if within else "bad", "words": values.number_text(off, 1)}


@require_POST
def save(request: HttpRequest) -> JsonResponse:
    """Keeps nothing; refuses what was written on version 13."""
    version = _grid().typed_json(request.body)[1]
    return grid.stale() if version == 13 else grid.saved(version + 1)


def table(request: HttpRequest) -> HttpResponseBase:
    """The list."""
    actions = [objects.Action(_("File an instrument"), "#", primary=True), objects.Action(_("Import"), "#")]
    crumbs = [objects.Crumb(_("Gallery"), reverse("pages:gallery"))]
    return InstrumentTable().respond(request, instruments(), crumbs=crumbs, actions=actions)


def empty(request: HttpRequest) -> HttpResponseBase:
    """The empty list."""
    return BareTable().respond(request, Rows([]))


def stop(request: HttpRequest) -> HttpResponseBase:
    """An irreversible act on many."""
    rows = InstrumentTable().selected(request, instruments())
    ask = Confirmation(
        title=_("Stop the use of instruments"),
        verb=_("Stop use"),
        back=reverse("pages:gallery_table"),
        danger=True,
        consequences=[
            _("They may not be used from today on."),
            _("Their users are told in the platform and by e-mail."),
        ],
        affected=rows.count(),
        examples=[row["code"] for row in rows[:5]],
        carry=Selection.from_post(request).fields(),
    )
    if ask.confirmed(request):
        messages.success(request, _("Done."))
        return redirect("pages:gallery_table")
    return ask.respond(request)


def remind(request: HttpRequest) -> HttpResponseBase:
    """A harmless act on many."""
    count = InstrumentTable().selected(request, instruments()).count()
    messages.success(request, f"{count}")
    return redirect("pages:gallery_table")


def one(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The page of one instrument."""
    rows = instruments().filter(pk=pk)
    if not rows:
        raise Http404
    row = rows[0]
    at = dt.datetime(2026, 11, 18, 9, 20, tzinfo=dt.UTC)

    def overview(_request: HttpRequest) -> SafeString:
        return objects.facts(
            objects.Fact(_("Code"), row["code"]),
            objects.Fact(_("Place"), row["place"]),
            objects.Fact(_("Maximum capacity"), values.quantity(row["capacity"], "kg")),
            objects.Fact(_("Next verification"), values.due(row["due"], ON), _("JJG 539-2016, 1 year")),
            objects.Fact(_("Last error of indication"), values.Absent.UNKNOWN),
            title=_("Particulars"),
        )

    def past(_request: HttpRequest) -> SafeString:
        return objects.history(
            [
                objects.Event(at - dt.timedelta(days=300), _("Filed"), "王敏"),
                objects.Event(
                    at, _("Place changed"), "李强", "市场改造", [(_("Place"), "城东农贸市场 12 号", row["place"])]
                ),
            ]
        )

    return objects.ObjectPage(
        kind=row["name"],
        name=f"{row['name']} {row['code']}",
        where=row["place"],
        state=row["state"],
        since=ON,
        crumbs=[
            objects.Crumb(_("Gallery"), reverse("pages:gallery")),
            objects.Crumb(_("Instruments"), reverse("pages:gallery_table")),
        ],
        actions=[
            objects.Action(_("Apply for verification"), "#", primary=True),
            objects.Action(_("Move"), "#"),
            objects.Action(_("Stop use"), "#", danger=True),
            objects.Action(_("Scrap"), "#", blocked=_("A verification is under way.")),
        ],
        overview=overview,
        records=lambda req: InstrumentTable().embed(req, instruments().filter(name=row["name"])),
        proofs=lambda _req: SafeString(""),
        history=past,
    ).respond(request)


def districts(request: HttpRequest) -> JsonResponse:
    """Districts that match."""
    asked = request.GET.get("q", "")
    found = [{"value": k, "label": v, "hint": k} for k, v in DISTRICTS.items() if asked in v or asked in k]
    return JsonResponse(found, safe=False)


def drawings() -> dict[str, charts.Chart]:
    """One of each drawing."""
    days = [dt.date(2026, 1, 5) + dt.timedelta(days=14 * n) for n in range(20)]
    wave = [
        0.12,
        0.18,
        0.1,
        0.22,
        0.15,
        0.19,
        0.13,
        0.25,
        0.17,
        0.2,
        0.14,
        0.16,
        0.21,
        0.34,
        0.18,
        0.16,
        0.2,
        0.15,
        0.19,
        0.17,
    ]
    url = reverse("pages:gallery_table")
    months = [dt.date(2026 + (11 + n) // 12, (11 + n) % 12 + 1, 1) for n in range(8)]
    return {
        "bars": charts.bars(
            _("Scales are overdue most often"),
            [
                charts.Bar(k, c, "bad" if c > 30 else None, f"{url}?q={k}")
                for k, c in zip(KINDS, (41, 17, 12, 9, 6, 5, 2), strict=True)
            ],
            quantity=_("Instruments overdue"),
            subtitle=_("Click a bar to see its rows"),
        ),
        "lines": charts.lines(
            _("Is the rate of timely tests rising?"),
            {
                "东湖区": [
                    charts.Point(d, 88 + i * 0.4 + w * 10) for i, (d, w) in enumerate(zip(days, wave, strict=True))
                ],
                "西山县": [
                    charts.Point(d, 80 + i * 0.6 + w * 12)
                    for i, (d, w) in enumerate(zip(days, wave[::-1], strict=True))
                ],
            },
            quantity=_("Tested in time"),
            unit="%",
            limits=[charts.Limit(95, _("Target 95 % (clause 12)"), "warning")],
        ),
        "intervals": charts.intervals(
            _("Laboratory C lies outside the reference"),
            [
                charts.Interval(n, v, v - u, v + u, t)
                for n, v, u, t in (
                    ("A", 10.012, 0.02, None),
                    ("B", 10.004, 0.012, None),
                    ("C", 10.062, 0.018, "bad"),
                    ("D", 9.991, 0.025, None),
                )
            ],
            quantity=_("Mass"),
            unit="g",
            reference=(10.005, 0.008),
        ),
        "control": charts.control(
            _("One point beyond the upper limit"),
            [charts.Point(d, w, _("rule 1") if w > 0.3 else "") for d, w in zip(days, wave, strict=True)],
            centre=0.177,
            limits=[charts.Limit(0.3, "UCL", "bad"), charts.Limit(0.054, "LCL", "bad")],
            quantity=_("Error of indication"),
            unit="g",
        ),
        "due": charts.due_wave(
            _("March brings twice the usual work"),
            [
                charts.Due(m, k, c * f, t, url)
                for m, c in zip(months, (12, 14, 11, 28, 13, 12, 15, 10), strict=True)
                for k, t, f in (
                    (looks.look_of("valid").words, "good", 3),
                    (looks.look_of("due_soon").words, "warning", 2),
                    (looks.look_of("overdue").words, "bad", 1),
                )
            ],
            quantity=_("Instruments due"),
        ),
    }


def chart(request: HttpRequest, name: str) -> JsonResponse:
    """The specification of one drawing."""
    return drawings()[name].respond(request)


def citizen(request: HttpRequest, answer: str) -> HttpResponse:
    """The page a citizen sees after scanning."""
    tones: dict[str, tuple[str, Words]] = {
        "valid": ("good", _("This scale is within its period of verification")),
        "expired": ("bad", _("The verification of this scale has expired")),
        "unknown": ("open", _("No instrument has this code")),
    }
    tone, words = tones.get(answer, tones["unknown"])
    facts = objects.facts(
        objects.Fact(_("Code"), "HL0420107"),
        objects.Fact(_("Place"), PLACES[0]),
        objects.Fact(_("Valid until"), dt.date(2027, 3, 1)),
        title=_("Evidence"),
    )
    return render(
        request,
        "core/citizen/answer.html",
        {
            "title": words,
            "question": "电子计价秤 HL0420107",
            "answer": words,
            "answer_tone": tone,
            "evidence": facts,
            "answer_more": _("Verified on 2 March 2026 by the Metrology Institute of Jiangcheng."),
            "report_url": reverse("pages:gallery_question"),
        },
    )


def question(request: HttpRequest) -> HttpResponse:
    """One question of the report of a fault."""
    form = FaultForm(request.POST or None)
    return render(
        request, "core/citizen/question.html", {"form": form, "title": _("Report a fault"), "step": 1, "steps": 3}
    )


urlpatterns = [
    path("gallery", index, name="gallery"),
    path("gallery/table", table, name="gallery_table"),
    path("gallery/empty", empty, name="gallery_empty"),
    path("gallery/object/<int:pk>", one, name="gallery_object"),
    path("gallery/stop", stop, name="gallery_stop"),
    path("gallery/remind", remind, name="gallery_remind"),
    path("gallery/districts", districts, name="gallery_districts"),
    path("gallery/chart/<slug:name>", chart, name="gallery_chart"),
    path("gallery/citizen/<slug:answer>", citizen, name="gallery_citizen"),
    path("gallery/question", question, name="gallery_question"),
    path("gallery/verdict", verdict, name="gallery_verdict"),
    path("gallery/save", save, name="gallery_save"),
]
