"""Uncertainty budgets of the city's body: examples saved by a name, one with a second version, one at a certificate."""

from hengliang.platform.certificates.models import Certificate
from hengliang.platform.certificates.services import certificate_budget_attach
from hengliang.platform.site.demo.work import staff
from hengliang.platform.site.demo.world import BODIES, World
from hengliang.platform.standards.budgets.evaluation import evaluate
from hengliang.platform.standards.budgets.examples import example
from hengliang.platform.standards.services import budget_revise, budget_save


def make_budgets(world: World) -> None:
    """Three budgets; that of the scale is attached to the calibration certificate of the city, where there is one."""
    body, verifier = world.bodies[BODIES[0]], staff("verifier", world, 20)
    for name, of in (("长度量块校准（GUM H.1）", "gum_h1"), ("压力表示值误差", "pressure_gauge")):
        budget_save(actor=verifier, organisation=body, name=name, evaluation=evaluate(*example(of)))
    mass = evaluate(*example("mass"))
    first = budget_save(actor=verifier, organisation=body, name="电子秤校准用砝码", evaluation=mass)
    version = budget_revise(
        actor=staff("reviewer", world, 12), budget=first.budget, after=1, evaluation=mass, note="空气密度复核，结果不变"
    )
    proof = Certificate.objects.filter(body=body, record__task__job="calibration", state="in_force").first()
    if proof is not None:
        certificate_budget_attach(actor=staff("approver", world, 4), certificate=proof, version=version)
