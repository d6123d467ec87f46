"""Error of indication of a pressure gauge, in the manner of JJF 1059.1: readings, standard, resolution.

A general gauge of class 1.6, (0 to 1.6) MPa, against a standard of class 0.4 at 1.0 MPa. The figures are made
for this example.
"""

from hengliang.metrology.uncertainty import Budget, Input, Rectangular, bessel, report, report_typst, state

readings = [1.004, 1.006, 1.002, 1.004, 1.008, 1.004, 1.002, 1.006, 1.004, 1.004]  # MPa
mpe_of_standard = 0.004 * 1.6  # MPa, half width of a rectangular distribution
mean = bessel(readings)  # MPa

budget = Budget(
    "delta = p - p_s + d_p",
    [
        mean.as_input("p", unit="MPa", source="ten readings"),
        Input("p_s", Rectangular(1.0 - mpe_of_standard, 1.0 + mpe_of_standard), unit="MPa", source="MPE"),
        Input("d_p", Rectangular(-2.0, 2.0), unit="kPa", source="a fifth of the division of 0.02 MPa"),
    ],
    unit="MPa",
    title="压力表示值误差",
)


def main() -> None:
    result = budget.first_order()
    print(state(result.expanded(k=2), symbol="δ", unit="MPa"))
    wanted = budget.required_u("p_s", target=0.003)
    print(f"for u_c = 3 kPa the standard may have u = {1000 * wanted:.1f} kPa")
    print(report_typst(report(budget)))


if __name__ == "__main__":
    main()
