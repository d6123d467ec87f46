"""The methods for a reference value in words."""

from django.utils.translation import gettext_lazy as _

from hengliang.metrology.comparison import METHODS

LABELS = {
    "pilot": _("Result of the pilot laboratory"),
    "mean": _("Arithmetic mean"),
    "median": _("Median"),
    "weighted_mean": _("Weighted mean"),
    "cox_a": _("Cox A: weighted mean, if consistent"),
    "cox_b": _("Cox B: median by Monte Carlo"),
    "birge": _("Weighted mean with Birge ratio"),
    "largest_consistent_subset": _("Largest consistent subset"),
    "dersimonian_laird": _("DerSimonian-Laird"),
    "mandel_paule": _("Mandel-Paule"),
    "power_moderated_mean": _("Power-moderated mean"),
    "algorithm_a": _("Algorithm A"),
    "q_hampel": _("Q/Hampel"),
}
CHOICES = [(name, LABELS[name]) for name in ("pilot", *METHODS)]
# As the evaluation of a key comparison's release calls its methods.
RELEASE_METHODS = {
    "power-moderated mean": LABELS["power_moderated_mean"],
    "mean": LABELS["mean"],
    "single result": _("The only result"),
}
