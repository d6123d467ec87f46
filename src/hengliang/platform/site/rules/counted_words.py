"""What the selections and conditions of indicators are called: words of the platform for names of the rules."""

from django.utils.translation import gettext_lazy, pgettext_lazy

from hengliang.platform.core.pages.words import Words

SELECTIONS: dict[str, Words] = {
    "achievements": gettext_lazy("achievements entered with their proof"),
    "catalogue_items": gettext_lazy("items of the catalogue"),
    "committed_units": gettext_lazy("units that committed themselves to honest metrology"),
    "committees_founded": gettext_lazy("technical committees founded"),
    "comparisons_reported": gettext_lazy("comparisons with a final report"),
    "duty_items": gettext_lazy("items that the region must be able to verify"),
    "energy_reviews_concluded": gettext_lazy("energy measurement reviews concluded"),
    "energy_users": gettext_lazy("energy users under review"),
    "enterprises_served": gettext_lazy("enterprises served"),
    "institutes_graded": gettext_lazy("county institutes with a grade"),
    "instruments_due": gettext_lazy("instruments under mandatory verification that fell due"),
    "instruments_due_tested": gettext_lazy("instruments that fell due and were tested"),
    "instruments_in_use": gettext_lazy("instruments under mandatory verification in use"),
    "instruments_tested": gettext_lazy("instruments tested"),
    "items_first_authorised": gettext_lazy("items authorised for the first time"),
    "measurement_standards": gettext_lazy("measurement standards in service"),
    "model_units": gettext_lazy("model units"),
    "specifications_published": gettext_lazy("specifications published"),
    "standards_built": gettext_lazy("measurement standards newly built"),
}
CONDITIONS: dict[str, Words] = {
    "capability": pgettext_lazy("condition", "capability"),
    "equipped": pgettext_lazy("condition", "equipped"),
    "grade": pgettext_lazy("condition", "grade"),
    "kind": pgettext_lazy("condition", "kind"),
    "level": pgettext_lazy("condition", "level"),
    "on_time": pgettext_lazy("condition", "on time"),
    "proof": pgettext_lazy("condition", "proof"),
    "purpose": pgettext_lazy("condition", "purpose"),
    "result": pgettext_lazy("condition", "result"),
    "stage": pgettext_lazy("condition", "stage"),
}
# What a condition asks for; kinds of achievements are called what their own rule calls them.
ASKED: dict[str, Words] = {
    "A": "A",
    "B": "B",
    "all": pgettext_lazy("condition", "wholly"),
    "authorised": pgettext_lazy("condition", "authorised"),
    "completed": pgettext_lazy("condition", "completed"),
    "fail": pgettext_lazy("condition", "failed"),
    "medical": pgettext_lazy("condition", "medicine"),
    "national": pgettext_lazy("condition", "national"),
    "overdue": pgettext_lazy("condition", "overdue"),
    "pass": pgettext_lazy("condition", "passed"),
    "preparation": pgettext_lazy("condition", "in preparation"),
    "provincial": pgettext_lazy("condition", "provincial"),
    "public": pgettext_lazy("condition", "public"),
    "safety": pgettext_lazy("condition", "safety"),
    "valid": pgettext_lazy("condition", "valid"),
    "yes": pgettext_lazy("condition", "yes"),
}
DISTINCT: dict[str, Words] = {
    "achievement": gettext_lazy("Each achievement counts once."),
    "item": gettext_lazy("Each item of the catalogue counts once."),
    "measurement_standard": gettext_lazy("Each measurement standard counts once."),
    "organisation": gettext_lazy("Each organisation counts once."),
}
MODES: dict[str, Words] = {
    "new": gettext_lazy("First events since the plan began"),
    "stock": gettext_lazy("What is valid on the day"),
    "cumulative": gettext_lazy("All ever, those withdrawn left out"),
    "ratio": gettext_lazy("A share on the day"),
    "standing": gettext_lazy("A share that must hold every day"),
    "rating": gettext_lazy("A goal that people judge; it has no figure"),
}
DIRECTIONS: dict[str, Words] = {"up": gettext_lazy("More is better"), "down": gettext_lazy("Less is better")}
