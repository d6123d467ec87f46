"""What is balanced where: the terms by which each kind of node loses quantity, and how well it should close."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from hengliang.metrology.arrays import Floats
from hengliang.metrology.balance.errors import BadShape, UnknownDomain
from hengliang.metrology.balance.node import LossTerm

# The scatter per period that balances were found or estimated to have: electricity 0.1 to 0.5 %, charging about
# 0.3 %, tanks 1 %, water 2 to 10 %, gas and heat 1 to 5 %. Above its upper end (twice that where little was found)
# something is wrong that is no meter: a consumer too many or too few, or a clock.
SCATTER_OF_DISTRICTS = 0.005
SCATTER_OF_CHARGING = 0.006
SCATTER_OF_TANKS = 0.02
SCATTER_OF_WATER = 0.2
SCATTER_OF_GAS_AND_HEAT = 0.1


@dataclass(frozen=True, slots=True)
class Term:
    """One loss of a domain."""

    name: str
    covariate: str | None = None
    """What it is proportional to, as named in `covariates`; None: to time alone."""
    varying: bool = False
    stand_in: str | None = None
    """What serves where the covariate was not collected: "inflow_square" or "time"; None: the term is left out."""


@dataclass(frozen=True, slots=True)
class Domain:
    """A kind of conservation node."""

    name: str
    terms: tuple[Term, ...]
    scatter: float
    """Largest believable standard deviation of a period's balance over the mean inflow [fraction]."""

    @property
    def covariates(self) -> tuple[str, ...]:
        """Names of the covariates that help."""
        return tuple(term.covariate for term in self.terms if term.covariate)

    def losses(
        self, node: str, inflow: Floats | None, periods: int, covariates: Mapping[str, Floats]
    ) -> tuple[LossTerm, ...]:
        """The loss terms over `periods` periods; NaN in a covariate is what was not collected. Raises BadShape."""
        terms = []
        for term in self.terms:
            values = self._values(term, inflow, periods, covariates)
            if values is not None and values.shape != (periods,):
                raise BadShape(node=node, what=f"covariate {term.covariate}", shape=values.shape, expected=(periods,))
            if values is not None:
                terms.append(LossTerm(term.name, values, term.varying))
        return tuple(terms)

    @staticmethod
    def _values(term: Term, inflow: Floats | None, periods: int, covariates: Mapping[str, Floats]) -> Floats | None:
        if term.covariate is None:
            return np.ones(periods)
        stand_in = _stand_in(term, inflow, periods)
        given = np.asarray(covariates.get(term.covariate, np.nan), dtype=float)
        if not np.isfinite(given).any():
            return stand_in
        return _filled(given, stand_in if term.stand_in == "inflow_square" else None)


def _stand_in(term: Term, inflow: Floats | None, periods: int) -> Floats | None:
    if term.stand_in == "inflow_square" and inflow is not None:
        mean = float(np.mean(np.abs(inflow))) or 1.0
        return np.asarray(inflow**2 / mean)
    return np.ones(periods) if term.stand_in else None


def _filled(given: Floats, like: Floats | None) -> Floats:
    """A covariate without holes: as `like` goes where there is one of the same shape, else straight across.

    Not by the mean: a term that is far off in a single period pulls its coefficient, and with it all meters.
    """
    seen = np.isfinite(given)
    if seen.all():
        return given
    places = np.arange(len(given))
    if like is None or like.shape != given.shape:
        return np.interp(places, places[seen], given[seen])
    scale = float(given[seen].sum() / (like[seen].sum() or 1.0))
    return np.where(seen, given, scale * like)


FIXED = Term("fixed")
COPPER = Term("copper", "power_square", varying=True, stand_in="inflow_square")

DOMAINS: dict[str, Domain] = {
    domain.name: domain
    for domain in (
        # Iron losses and what meters draw themselves; wires by the square of the current (DL/T 686-2018).
        Domain("electricity", (FIXED, COPPER), SCATTER_OF_DISTRICTS),
        # Idle consumption of piles and transformer; conversion is the pile's own `gauge` (JJF(冀) 242-2025).
        Domain("ev_station", (FIXED, COPPER), SCATTER_OF_CHARGING),
        # Evaporation; volume times temperature change of what lies in the tank.
        Domain("fuel_tank", (FIXED, Term("expansion", "expansion")), SCATTER_OF_TANKS),
        # Leakage, by a power of the pressure where it was measured (FAVAD: May 1994).
        Domain("water", (Term("leakage", "leakage_pressure", varying=True, stand_in="time"),), SCATTER_OF_WATER),
        # Leakage; gas packed into the pipe by rising pressure; volume conversion by temperature.
        Domain(
            "gas",
            (FIXED, Term("line_pack", "pressure_change"), Term("volume", "volume_temperature")),
            SCATTER_OF_GAS_AND_HEAT,
        ),
        # Heat given off by the pipes, by the temperature of the water over that of the ground.
        Domain(
            "heat", (Term("pipes", "temperature_over_ground", varying=True, stand_in="time"),), SCATTER_OF_GAS_AND_HEAT
        ),
    )
}


def domain_of(name: str) -> Domain:
    """The domain called so. Raises UnknownDomain."""
    if name not in DOMAINS:
        raise UnknownDomain(name=name, known=", ".join(DOMAINS))
    return DOMAINS[name]
