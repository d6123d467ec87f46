"""A key comparison in the form of the BIPM's files: the published value computed anew, and who lies apart."""

from pathlib import Path

from hengliang.dcc.kc import read_key_comparison
from hengliang.metrology.comparison.release import evaluate_release

comparison = read_key_comparison(Path(__file__).parent / "key_comparison.xml")


def main() -> None:
    for release in comparison.releases:
        found = evaluate_release(comparison, release.id)
        value, u = found.reference.value, found.reference.u
        printed = release.published
        print(f"{release.id}: {found.reference.method} {value:.4g}, u = {u:.2g} {comparison.unit}")
        if printed:
            print(f"  printed {printed.value:g}, u = {printed.u:g}: {'agrees' if found.agrees else 'differs'}")
        for degree in found.degrees:
            print(f"  {degree.laboratory:6} D = {degree.value:+.3g}, U = {degree.expanded_u:.3g}")


if __name__ == "__main__":
    main()
