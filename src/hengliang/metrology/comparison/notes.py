"""Remarks on an evaluation, as a code, an English template and parameters, so that they can be translated."""

from dataclasses import dataclass
from typing import Any

TEMPLATES = {
    "rejected": "left out as extreme (beyond 2.5 standard uncertainties): {laboratories}",
    "nothing_published": "release {release} states no reference value",
    "flags_of_last_release": (
        "the file says what contributes to release {last} only; for {release} the {count} later submissions "
        "are replaced by the laboratory's last one before it, where there is one"
    ),
    "recovered": (
        "{laboratory} contributes but the file has no result for it; taken as {value:.6g} (u {u:.2g}) from "
        "its degree of equivalence in release {release}, which is rounded"
    ),
    "missing": "{laboratory} contributes but the file has no result for it; it is left out here",
    "differs": (
        "computed {value:.7g} (u {u:.3g}) against printed {printed:.7g} (u {printed_u:.3g}): "
        "{share:.2f} standard uncertainties apart"
    ),
    "several_results": (
        "several results of differing value were sent by {laboratories}; which of them was taken is not in "
        "the file, their mean with the largest uncertainty is taken here"
    ),
    "without_gives": "the printed digits come out without {laboratory}, which the file flags as contributing",
    "single_gives": "the printed digits come out with {laboratory} alone in place of the mean of its results",
    "without_nearest": (
        "none of {count} single changes (a result left out, or one of several taken alone) gives the printed digits; "
        "nearest is leaving out {laboratory}: {value:.7g} (u {u:.3g})"
    ),
    "single_nearest": (
        "none of {count} single changes (a result left out, or one of several taken alone) gives the printed digits; "
        "nearest is taking {laboratory} alone: {value:.7g} (u {u:.3g})"
    ),
    "not_consistent": (
        "chi-squared {chi_squared:.4g} about the weighted mean exceeds {limit:.4g}: the results are not "
        "consistent with their uncertainties"
    ),
    "drift_corrected": "results corrected for a drift of {slope:.4g} (u {u:.2g}) per unit of time",
    "drift_not_significant": "no significant drift of the artefact; results not corrected",
    "unweighted": "this reference value has no weights; its correlation with the results is neglected",
}


@dataclass(frozen=True, slots=True)
class Note:
    """One remark; `str` gives it in English."""

    code: str
    parameters: dict[str, Any]

    @property
    def template(self) -> str:
        """The English sentence with its fields open."""
        return TEMPLATES[self.code]

    def __str__(self) -> str:
        return self.template.format(**self.parameters)


def note(code: str, **params: Any) -> Note:
    """A remark of the kind `code`.

    >>> str(note("nothing_published", release="2021"))
    'release 2021 states no reference value'
    """
    return Note(code, params)
