"""Statistics: the form filled as of now, each figure leading to its rows."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from hengliang.platform.core.errors import InputRefused, NotPermitted
from hengliang.platform.core.pages.objects import Action, Crumb
from hengliang.platform.core.pages.rows import Rows
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import is_permitted
from hengliang.platform.registry.spoken import spoken
from hengliang.platform.supervision.models import StatisticsReturn
from hengliang.platform.supervision.statistics import Table, compute, form_of
from hengliang.platform.supervision.statistics.asked import Asked, AskedForm, asked_form
from hengliang.platform.supervision.statistics.compute import row_names
from hengliang.platform.supervision.statistics.files import statistics_pdf, statistics_sheet
from hengliang.platform.supervision.statistics.populations import POPULATIONS, rows_of
from hengliang.platform.supervision.tables_statistics import FigureTable

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS = 10_000


@login_required
def statistics(request: Request) -> HttpResponse:
    """The form that was asked for, filled as of now."""
    form = _form(request)
    context: dict[str, Any] = {"title": _("Statistics"), "form": form, "actions": _actions(request, form)}
    if form.is_valid():
        asked = form.asked
        table = filled(asked)
        context |= {"table": table, "head": shown_head(table), "lines": shown_lines(table, query_of(form))}
    return render(request, "supervision/statistics.html", context, status=200 if form.is_valid() else 422)


def _form(request: Request) -> AskedForm:
    form = asked_form(request.actor, request.GET)
    if not form.offered:
        raise NotPermitted("no_statistics", "Statistics are for verification bodies and authorities.")
    return form


def filled(asked: Asked) -> Table:
    """The form of what was asked."""
    return compute(form_of(asked.kind, asked.period.end), asked.scope, asked.period, asked.by)


def query_of(form: AskedForm) -> str:
    """The question as it stands in an address."""
    return urlencode({name: form.cleaned_data[name] for name in ("form", "period", "by", "of")})


def _actions(request: Request, form: AskedForm) -> list[Action]:
    verbs = [Action(_("Signed forms"), reverse("supervision:return_list"))]
    if not form.is_valid():
        return verbs
    asked, query = form.asked, query_of(form)
    files = reverse("supervision:statistics_file", args=["xlsx"]), reverse("supervision:statistics_file", args=["pdf"])
    verbs += [Action("XLSX", f"{files[0]}?{query}"), Action("PDF", f"{files[1]}?{query}")]
    may = is_permitted(
        request.actor, "statistics_prepare", organisations=[asked.body.pk if asked.body else None],
        region_id=asked.region.pk if asked.region else None,
    )  # fmt: skip
    over = asked.period.end < request.actor.today
    if stands := _standing(asked):
        verbs.insert(
            0, Action(_("The form that stands"), reverse("supervision:return", args=[stands.pk]), primary=True)
        )
    elif may:
        reason = "" if over else _("The period is not over yet.")
        verbs.insert(
            0, Action(_("Prepare for signature"), f"{reverse('supervision:statistics_prepare')}?{query}", primary=True,
                      blocked=reason),
        )  # fmt: skip
    return verbs


def _standing(asked: Asked) -> StatisticsReturn | None:
    """What was prepared or signed for the period already: there is no other beside it."""
    rows = StatisticsReturn.objects.filter(
        form=form_of(asked.kind, asked.period.end).norm, starts_on=asked.period.start, by=asked.by, body=asked.body,
        region=asked.region, state__in=["prepared", "signed"],
    )  # fmt: skip
    return rows.first()


def shown_head(table: Table) -> list[dict[str, str]]:
    """The heads of the columns, with unit and filling rule."""
    return [{"title": one.title, "unit": one.unit, "filling": one.filling} for one in table.form.columns]


def shown_lines(table: Table, query: str) -> list[dict[str, Any]]:
    """The lines with the address of the rows behind each figure."""
    base = reverse("supervision:statistics_rows")
    return [
        {
            "name": spoken(line.name),
            "cells": [
                {
                    "value": value, "before": before,
                    "url": f"{base}?{query}&{urlencode({'column': column.code, 'row': line.key})}",
                }
                for column, value, before in zip(table.form.columns, line.values, line.before, strict=True)
            ],
        }
        for line in table.lines
    ]  # fmt: skip


@login_required
def statistics_file(request: Request, kind: str) -> HttpResponse:
    """The form as of now as XLSX or PDF."""
    form = _form(request)
    if not form.is_valid():
        raise InputRefused("unknown_form", "Choose a form, its rows, and whose statistics it is.", field="form")
    return file_answer(filled(form.asked).as_data(), form.offered[form.cleaned_data["of"]][0], kind)


def file_answer(content: dict[str, Any], whose: str, kind: str, **signed: Any) -> HttpResponse:
    """A filled form as a file."""
    if kind == "pdf":
        answer = HttpResponse(statistics_pdf(content, whose, **signed), content_type="application/pdf")
        answer["Content-Disposition"] = f'inline; filename="statistics-{content["period"]}.pdf"'
        return answer
    answer = HttpResponse(statistics_sheet(content, whose), content_type=SHEET)
    answer["Content-Disposition"] = f'attachment; filename="statistics-{content["period"]}.xlsx"'
    return answer


@login_required
def statistics_rows(request: Request) -> HttpResponseBase:
    """The rows behind one figure."""
    form = _form(request)
    if not form.is_valid():
        raise InputRefused("unknown_form", "Choose a form, its rows, and whose statistics it is.", field="form")
    asked = form.asked
    column = form_of(asked.kind, asked.period.end).column(request.GET.get("column", ""))
    if column is None:
        raise InputRefused("unknown_column", "The form has no such column.", field="column")
    population, key = POPULATIONS[column.population], request.GET.get("row", "")
    rows = rows_of(column, asked.scope, asked.period).order_by("pk")
    if key == "none":
        rows = rows.filter(**{f"{population.paths[asked.by]}__isnull": True})
    elif key.isdecimal():
        rows = rows.filter(**{population.paths[asked.by]: int(key)})
    lines = [population.line(row) | {"key": row.pk} for row in rows[:MOST_ROWS]]
    back = Crumb(_("Statistics"), f"{reverse('supervision:statistics')}?{query_of(form)}")
    title = " · ".join(
        filter(None, [row_names(asked.by, [key], asked.period).get(key), column.title, asked.period.words])
    )
    return FigureTable().respond(request, Rows(lines), title=title, crumbs=[back])
