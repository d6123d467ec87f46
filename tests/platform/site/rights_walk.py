"""What the walk over all addresses expects, as data: who may knock where, and with which object.

A new address needs no line here as long as its app stands in `KINDS`; with a parameter it needs its object in
`ARGUMENTS`. Whatever stands in neither fails the walk. The longest prefix decides.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

PUBLIC = "public"  # anybody: answers without a login
ACCOUNT = "account"  # the way in: the login's own pages, which send whom they don't want elsewhere
OPEN = "open"  # everybody with an account sees the same
SCOPED = "scoped"  # an account is needed; foreign objects are not there
# Parameters that name no object of anybody's: every reader gets the answer of the own scope.
NO_OBJECT = ("registry:export", "supervision:statistics_file", "/api/v1/plan/figures", "plan:target")
KEEPERS = "keepers"  # those who decide on the rules of the whole platform; everybody else is told so
PROGRAM = "program"  # the interface: 401 without a token or session, problems instead of pages

# By name of the address; for the interface by its path, because its names are those of functions.
KINDS: Mapping[str, str] = {
    "healthz": PUBLIC,
    "metrics": PUBLIC,
    "set_language": PUBLIC,
    "public_": PUBLIC,
    "pages:theme": PUBLIC,
    "parties:invitation_accept": PUBLIC,
    "/api/v1/$": PUBLIC,
    "/api/v1/openapi.json": PUBLIC,
    "/api/v1/docs": PUBLIC,
    "/api/v1/certificates/check/": PUBLIC,
    "/api/v1/marks/check": PUBLIC,
    "account_": ACCOUNT,
    "mfa_": ACCOUNT,
    "socialaccount_": ACCOUNT,
    "openid_connect_": ACCOUNT,
    "/accounts/social/": ACCOUNT,
    "desk$": PUBLIC,  # without a login it asks the citizen for a code
    "desk": SCOPED,
    "pages:": OPEN,
    "rules:": OPEN,
    "rules:check": KEEPERS,
    "rules:correct": KEEPERS,
    "rules:approval": KEEPERS,
    "rules:own_add": KEEPERS,
    "rules:own_remove": KEEPERS,
    "plan:": SCOPED,
    "core:": SCOPED,
    "parties:": SCOPED,
    "registry:": SCOPED,
    "standards:": SCOPED,
    "verification:": SCOPED,
    "verification:arbitration_blank": OPEN,
    "certificates:": SCOPED,
    "supervision:": SCOPED,
    "comparison:": SCOPED,
    "exchange:": SCOPED,
    "/api/v1/": PROGRAM,
}

# Which object an address with parameters is asked for: the attributes of the `World`, all of the cast's own city.
ARGUMENTS: Mapping[str, Mapping[str, str]] = {
    "account_confirm_email": {"key": "nothing"},
    "account_reset_password_from_key": {"uidb36": "nothing", "key": "nothing"},
    "openid_connect_": {"provider_id": "nothing"},
    "public_": {"code": "code"},
    "public_log_tile": {"name": "nothing"},
    "core:notification": {"pk": "notification"},
    "core:attachment": {"pk": "missing"},
    "certificates:": {"pk": "certificate"},
    "certificates:budget_": {"pk": "certificate", "attached": "attached"},
    "certificates:issue": {"record_pk": "approved"},
    "certificates:mark": {"pk": "mark", "record_pk": "approved", "body_pk": "body"},
    "certificates:photograph": {"pk": "picture"},
    "certificates:stock": {"pk": "stocktaking", "body_pk": "body"},
    "certificates:finding_settle": {"pk": "stock_finding"},
    "verification:application": {"pk": "application"},
    "verification:task": {"pk": "task"},
    "verification:lot": {"pk": "lot", "act": "lot_act", "form": "sheet_form"},
    "verification:bench_profile": {"pk": "bench_profile"},
    "verification:lot_result": {"lot": "lot", "place": "lot_place", "code": "instrument_code"},
    "certificates:lot_result": {"lot": "lot", "place": "lot_place"},
    "public_lot_": {"lot": "lot", "place": "lot_place"},
    "verification:arbitration": {"pk": "arbitration", "side": "side", "paper": "notice"},
    "verification:arbitration_blank": {"paper": "application_paper"},
    "verification:retest": {"pk": "retest"},
    "verification:retest_order": {"pk": "approved"},
    "verification:round": {"pk": "round", "act": "cancel", "entry": "round_entry", "upload": "round_upload"},
    "verification:draft_save": {"pk": "task", "key": "section"},
    "verification:record_verdict": {"pk": "task", "key": "section"},
    "verification:record": {"pk": "record", "act": "review", "answer": "confirm"},
    "verification:record_entry": {"pk": "task"},
    "verification:deposit": {"pk": "deposit"},
    "verification:receipt_slip": {"pk": "deposit"},
    "verification:hand_back_slip": {"pk": "hand_back"},
    "verification:fee": {"pk": "fee"},
    "verification:fee_assess": {"pk": "task"},
    "verification:invoice": {"pk": "invoice", "kind": "invoice_file"},
    "verification:worktime": {"pk": "worktime"},
    "verification:print_": {"pk": "print_job"},
    "supervision:statistics_file": {"kind": "statistics_kind"},
    "supervision:return": {"pk": "filed", "kind": "statistics_kind", "act": "statistics_act"},
    "/api/v1/verification/counter/deposits/": {"pk": "deposit"},
    "/api/v1/verification/fees/": {"pk": "fee"},
    "/api/v1/verification/invoices/": {"pk": "invoice"},
    "/api/v1/verification/worktimes/": {"pk": "worktime"},
    "/api/v1/supervision/statistics/returns/": {"pk": "filed"},
    "parties:organisation": {"pk": "enterprise"},
    "parties:invite": {"pk": "enterprise"},
    "parties:role_end": {"pk": "role"},
    "parties:token_revoke": {"pk": "token"},
    "parties:invitation_accept": {"token": "nothing"},
    "standards:standard": {"pk": "standard"},
    "standards:authorisation": {"pk": "authorisation"},
    "standards:designation": {"pk": "designation"},
    "standards:qualification": {"pk": "qualification"},
    "standards:budget": {"pk": "budget", "number": "version"},
    "supervision:order": {"pk": "order"},
    "supervision:finding": {"pk": "finding", "act": "finding_act"},
    "/api/v1/supervision/findings/": {"pk": "finding", "act": "finding_act"},
    "public_plan": {"pk": "plan"},
    "plan:": {"pk": "plan", "name": "target", "part": "part"},
    "plan:plan_target": {"pk": "plan_target"},
    "plan:goal_drop": {"pk": "plan_target"},
    "plan:goal_restore": {"pk": "plan_target"},
    "plan:goal_rate": {"pk": "plan_target"},
    "plan:goal_add": {"pk": "plan"},
    "plan:confirm_goals": {"pk": "plan"},
    "plan:task": {"pk": "plan_task", "act": "close"},
    "plan:task_add": {"pk": "plan"},
    "plan:progress_report": {"pk": "plan_task"},
    "plan:achievement": {"pk": "achievement"},
    "plan:snapshot": {"pk": "snapshot", "target": "plan_target"},
    "plan:snapshot_take": {"pk": "plan"},
    "public_consultation": {"pk": "consultation"},
    "plan:scor": {"pk": "plan"},
    "plan:amendment_confirm": {"pk": "amendment"},
    "plan:amendment_refuse": {"pk": "amendment"},
    "plan:scoring_confirm": {"pk": "scoring"},
    "plan:scoring_refuse": {"pk": "scoring"},
    "plan:consultation": {"pk": "consultation", "act": "withdraw"},
    "plan:comment": {"pk": "comment", "act": "publish"},
    "plan:conference": {"pk": "conference"},
    "plan:member_join": {"pk": "conference"},
    "plan:meeting_hold": {"pk": "conference"},
    "plan:member_leave": {"pk": "member"},
    "plan:follow_up": {"pk": "resolution"},
    "plan:resolution_act": {"pk": "resolution", "act": "drop"},
    "plan:assessment": {"pk": "assessment", "act": "withdraw"},
    "plan:assessment_commission": {"pk": "snapshot"},
    "plan:practice_add": {"pk": "assessment"},
    "plan:opine": {"pk": "assessment", "target": "plan_target"},
    "rules:": {"norm": "norm"},
    "rules:own_": {"pk": "own_rule"},
    "rules:approval": {"pk": "rule_approval", "act": "rule_act"},
    "registry:": {"pk": "missing", "code": "instrument_code", "form": "sheet_form", "act": "instrument_act"},
    "registry:transfer": {"pk": "transfer"},
    "/api/v1/ledger/transfers/": {"pk": "transfer"},
    "/api/v1/ledger/": {"code": "instrument_code", "pk": "missing"},
    "/api/v1/parties/organisations/": {"pk": "enterprise"},
    "/api/v1/parties/roles/": {"pk": "role"},
    "/api/v1/standards/measurement-standards/": {"pk": "standard"},
    "/api/v1/standards/authorisations/": {"pk": "authorisation"},
    "/api/v1/standards/designations/": {"pk": "designation"},
    "/api/v1/standards/qualifications/": {"pk": "qualification"},
    "/api/v1/verification/applications/": {"pk": "application"},
    "/api/v1/verification/tasks/": {"pk": "task", "section": "section"},
    "/api/v1/verification/records/": {"pk": "record"},
    "/api/v1/verification/lots/": {"pk": "lot"},
    "/api/v1/verification/bench-profiles/": {"pk": "bench_profile"},
    "/api/v1/verification/results/": {"lot": "lot", "place": "lot_place"},
    "/api/v1/verification/arbitrations/": {"pk": "arbitration", "paper": "notice"},
    "/api/v1/verification/retests/": {"pk": "retest"},
    "/api/v1/verification/rounds/": {"pk": "round"},
    "/api/v1/certificates/": {"pk": "certificate"},
    "/api/v1/marks/": {"pk": "mark", "body": "body", "person": "holder"},
    "/api/v1/marks/stocktakings/": {"pk": "stocktaking"},
    "/api/v1/marks/stocktakings/findings/": {"pk": "stock_finding"},
    "/api/v1/supervision/orders/": {"pk": "order"},
    "/api/v1/plan/": {"name": "target", "part": "part", "pk": "plan"},
    "/api/v1/plan/targets/": {"pk": "plan_target"},
    "/api/v1/plan/amendments/": {"pk": "amendment"},
    "/api/v1/plan/tasks/": {"pk": "plan_task"},
    "/api/v1/plan/files/": {"pk": "plan_file"},
    "/api/v1/plan/scorings/": {"pk": "scoring"},
    "/api/v1/plan/snapshots/": {"pk": "snapshot", "target": "plan_target"},
    "/api/v1/plan/achievements/": {"pk": "achievement"},
    "/api/v1/plan/consultations/": {"pk": "consultation"},
    "/api/v1/plan/comments/": {"pk": "comment"},
    "/api/v1/plan/conferences/": {"pk": "conference"},
    "/api/v1/plan/resolutions/": {"pk": "resolution"},
    "/api/v1/plan/assessments/": {"pk": "assessment", "target": "plan_target"},
    "/api/v1/certificates/check/": {"code": "code"},
    "exchange:system": {"pk": "system", "act": "close"},
    "exchange:mapping": {"pk": "system"},
    "exchange:batch_new": {"pk": "system"},
    "exchange:dispatch_new": {"pk": "system"},
    "exchange:batch": {"pk": "batch", "act": "batch_act"},
    "exchange:receipts": {"pk": "batch", "form": "sheet_form"},
    "exchange:refused_rows": {"pk": "batch", "form": "sheet_form"},
    "exchange:dispatch": {"pk": "dispatch"},
    "exchange:discrepancy": {"pk": "discrepancy", "act": "keep"},
    "exchange:webhook": {"pk": "webhook", "act": "webhook_act"},
    "exchange:webhook_delivery": {"pk": "webhook_delivery"},
    "exchange:webhook_replay": {"pk": "webhook_delivery"},
    "/api/v1/exchange/systems/": {"pk": "system"},
    "/api/v1/exchange/files/": {"pk": "batch", "act": "batch_act"},
    "/api/v1/exchange/sheets/": {"pk": "dispatch", "key": "dispatch_key"},
    "/api/v1/exchange/differences/": {"pk": "discrepancy", "act": "keep"},
    "/api/v1/exchange/webhooks/": {"pk": "webhook", "act": "webhook_act", "delivery": "webhook_delivery"},
}


@dataclass(frozen=True)
class Route:
    """One address of the URL map."""

    name: str
    pattern: URLPattern
    prefix: str

    @property
    def parameters(self) -> list[str]:
        """The names of its parameters, those fixed in the map left out."""
        return [name for name in _named(self.prefix, self.pattern) if name not in self.pattern.default_args]


def _named(prefix: str, pattern: URLPattern) -> list[str]:
    found = list(pattern.pattern.converters) or list(pattern.pattern.regex.groupindex)
    return found or []


def routes() -> list[Route]:
    """Every address of the platform, by name; the interface and nameless ones by path."""
    return list(_routes(get_resolver().url_patterns, (), "/"))


def _routes(patterns: Any, spaces: tuple[str, ...], prefix: str) -> Any:
    for one in patterns:
        here = prefix + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _routes(one.url_patterns, (*spaces, *filter(None, [one.namespace])), here)
        elif spaces[:1] == ("api",) or one.name is None:
            yield Route(here, one, here)
        else:
            yield Route(":".join((*spaces, one.name)), one, here)


def longest(table: Mapping[str, Any], name: str) -> Any:
    """What the longest prefix of a name stands for (`name$`: that name alone); None where no prefix does."""
    if f"{name}$" in table:
        return table[f"{name}$"]
    fitting = [prefix for prefix in table if name.startswith(prefix)]
    return table[max(fitting, key=len)] if fitting else None


def address(route: Route, value_of: Callable[[str], Any]) -> str:
    """The path of a route with its objects put in."""
    path = route.prefix
    named = longest(ARGUMENTS, route.name) or {}
    for name, converter in route.pattern.pattern.converters.items():
        kind = next(k for k in ("int", "str", "slug", "path", "uuid", "") if _tag(k, name) in path)
        path = path.replace(_tag(kind, name), str(value_of(named[name])))
        del converter
    if "(?P<" in path:
        path = _plain_regex(path, {name: str(value_of(named[name])) for name in route.parameters})
    return path


def _tag(kind: str, name: str) -> str:
    return f"<{kind}:{name}>" if kind else f"<{name}>"


def _plain_regex(path: str, values: Mapping[str, str]) -> str:
    for name, value in values.items():
        start = path.index(f"(?P<{name}>")
        depth, end = 0, start
        while True:
            depth += {"(": 1, ")": -1}.get(path[end], 0)
            end += 1
            if depth == 0:
                break
        path = path[:start] + value + path[end:]
    return path.replace("^", "").replace("$", "").replace("\\.", ".")
