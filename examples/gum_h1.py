"""Calibration of an end gauge, JCGM 100:2008, H.1: first and second order, Monte Carlo, clause 8."""

from hengliang.metrology.uncertainty import Budget, Input, Normal, quantity, report, report_html, state

budget = Budget(
    "l = ls + d - ls*(dalpha*theta + alpha_s*dtheta)",
    [
        quantity("ls", 50.000623, 25e-6, dof=18, unit="mm", source="certificate of the standard"),
        quantity("d", 215, 9.7, dof=25.6, unit="nm", evaluation="A", source="comparator"),
        Input("dalpha", Normal(0, 0.58), dof=50, unit="µm/(m.K)", source="difference of expansion"),
        quantity("theta", -0.1, 0.41, unit="K", source="bench temperature"),
        quantity("alpha_s", 11.5, 1.2, unit="µm/(m.K)", source="expansion of the standard"),
        Input("dtheta", Normal(0, 29), dof=2, unit="mK", source="temperature difference"),
    ],
    unit="nm",
    title="End gauge of 50 mm",
)


def main() -> None:
    result = budget.first_order()
    print(state(result.expanded(p=0.99), symbol="l", unit="nm", form="plus_minus"))
    for row in result.contributions():
        print(f"{row.input.name:8} {row.contribution:8.2f} nm  {100 * row.share:5.1f} %")
    print(f"with second-order terms: u = {budget.second_order()[0].u:.1f} nm")
    drawn = budget.monte_carlo(digits=2, p=0.99)
    low, high = drawn.interval(0.99)
    print(f"Monte Carlo, {drawn.trials} trials: u = {drawn.u:.1f} nm, 99 % in [{low:.0f}, {high:.0f}] nm")
    verdict = budget.compare(digits=1, p=0.99)
    print(f"clause 8 of JCGM 101, one digit: {'valid' if verdict.valid else 'not valid'}")
    print(len(report_html(report(budget, language="en", p=0.99))), "characters of report")


if __name__ == "__main__":
    main()
