from hengliang.platform.site.translations.extraction import in_python, in_template

PYTHON = """
from django.utils.translation import gettext as _, ngettext, pgettext_lazy

title = _("Due")
name = pgettext_lazy("of a certificate", "Issue")
count = ngettext("%(n)d row", "%(n)d rows", n) % {"n": n}
computed = _(text)
other = something("not a message")
"""
TEMPLATE = """{% load i18n %}
<h1>{% translate "Due" %}</h1>
{% translate "Issue" context "of a certificate" %}
{% blocktranslate count n=rows %}{{ n }} row{% plural %}{{ n }} rows{% endblocktranslate %}
<p title="{{ _("It's due") }}">{% blocktranslate trimmed %}
  Stop
  now
{% endblocktranslate %}</p>
"""


def test_messages_in_python() -> None:
    assert list(in_python(PYTHON)) == [
        (4, "Due"),
        (5, "of a certificate\4Issue"),
        (6, "%(n)d row\0%(n)d rows"),
    ]


def test_what_a_service_refuses_is_a_message_too() -> None:
    refusals = 'raise Refused("still_open", "It is still open.")\nKind("traced_to", "name")\nx = f("a_b", "c d")'
    assert list(in_python(refusals)) == [(1, "It is still open.")]


def test_messages_in_a_template() -> None:
    assert [key for _, key in in_template(TEMPLATE)] == [
        "Due",
        "of a certificate\4Issue",
        "%(n)s row\0%(n)s rows",
        "It's due",
        "Stop now",
    ]
