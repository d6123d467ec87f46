"""Two weights calibrated against one standard, archived, and used together: the correlation survives.

The air buoyancy model is that of JCGM 101:2008, 9.3, where the first order alone is not enough.
"""

from hengliang.metrology.uncertainty import (
    Budget,
    Input,
    Rectangular,
    archive_from_json,
    archive_to_json,
    quantity,
    result_as_input,
)

MODEL = "dm = (m_R + d)*(1 + (rho_a - 1.2)*(1/rho_W - 1/rho_R)) - 100000"  # mg, kg/m³
standard = quantity("m_R", 100000.0, 0.05, source="reference weight", key="certificate 2026-0001/m_R")


def weight(difference: float) -> Budget:
    """The budget of one weight from its difference to the standard [mg]."""
    air = Input("rho_a", Rectangular(1.10, 1.30))
    densities = [Input("rho_W", Rectangular(7000, 9000)), Input("rho_R", Rectangular(7950, 8050))]
    return Budget(MODEL, [standard, quantity("d", difference, 0.02), air, *densities])


def main() -> None:
    budget = weight(1.234)
    print(f"first order u = {budget.first_order().u:.4f} mg")
    print(f"second order u = {budget.second_order()[0].u:.4f} mg")
    print("clause 8, one digit:", "valid" if budget.compare(digits=1).valid else "not valid: use Monte Carlo")
    drawn = budget.monte_carlo(trials=500_000)
    low, high = drawn.interval(kind="shortest")
    print(f"Monte Carlo u = {drawn.u:.4f} mg, shortest 95 % [{low:.3f}, {high:.3f}] mg")
    results = [
        result_as_input(weight(d).first_order().only, f"w{n}", origin=f"certificate 2026-010{n}", unit="mg")
        for n, d in ((1, 1.234), (2, -0.512))
    ]
    first, second = archive_from_json(archive_to_json(results))
    difference = Budget("w1 - w2", [first, second]).first_order()
    apart = (first.u**2 + second.u**2) ** 0.5
    print(f"difference: u = {difference.u:.4f} mg; without the archive it would be {apart:.4f} mg")


if __name__ == "__main__":
    main()
