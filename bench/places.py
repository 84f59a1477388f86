"""Places that people coded, looked up by name: how many are found within 10 km, with our overlay and without.

    python bench/places.py            the incidents of ../shared/gold/incidents
    python bench/places.py --misses   also every place that is not found, and why

The governorate of each coded point, taken from the nearest place of GeoNames, is given as context, as an analyst would give it.
"""

import argparse
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from marsad.grounding import Choice, Gazetteer, Lookup, search
from marsad.grounding.gazetteer import BUILT, kilometres
from marsad.grounding.gazetteer_build import build_without_overlay
from shared import need_shared, rows

NEAR_KM = 10.0


def nearest_admin(gazetteer: Gazetteer, at: tuple[float, float]) -> str:
    """The governorate of the GeoNames place nearest to a point."""
    query = "SELECT admin, lat, lon FROM places WHERE layer = 0 AND admin <> '' AND abs(lat - ?) < 1 AND abs(lon - ?) < 1"
    found = [row for file in gazetteer.files for row in file.execute(query, at)]
    return str(min(found, key=lambda row: kilometres((row[1], row[2]), at))[0])


def judged(choice: Choice, at: tuple[float, float]) -> str:
    """How a look-up fares against a coded point."""
    if not choice.scored:
        return "not known"
    best = choice.place or choice.scored[0].place
    away = kilometres((best.lat, best.lon), at)
    if away <= NEAR_KM:
        return "found"
    others = any(kilometres((one.place.lat, one.place.lon), at) <= NEAR_KM for one in choice.scored)
    return "another of the name was taken" if others else f"{away:.0f} km away"


def measure(gazetteer: Gazetteer, coded: list[dict[str, Any]]) -> list[tuple[dict[str, Any], str]]:
    """Each coded place with how it fares."""
    lookup = Lookup(gazetteer)
    results = []
    for row in coded:
        at = (row["lat"], row["lon"])
        admin = nearest_admin(gazetteer, at)
        results.append((row, judged(search(lookup, row["place_ar"], (admin,)), at)))
    return results


def main() -> None:
    """Print the shares."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    truth = need_shared() / "gold" / "incidents" / "truth_dev.jsonl"
    coded = [row for row in rows(truth) if row["lat"] is not None and row["place_ar"]]
    with tempfile.TemporaryDirectory() as folder:
        bare = build_without_overlay(Path(folder) / "bare.sqlite")
        for label, path in (("without the overlay", bare), ("with it", BUILT)):
            results = measure(Gazetteer((path,)), coded)
            found = sum(how == "found" for _, how in results)
            print(
                f"{label:<22} {found} of {len(results)} within {NEAR_KM:.0f} km: {found / len(results):.3f}"
            )
        classes = Counter(how if how[0].isalpha() else "farther away" for _, how in results)
        print(", ".join(f"{how}: {number}" for how, number in classes.most_common()))
        for row, how in results:
            if options.misses and how != "found":
                print(f"  {row['place_en']}  {row['loc_precision']}: {how}  {row['place_ar']}")


if __name__ == "__main__":
    main()
