"""The filters that hold on a page of ours, each with the way out of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from marsad.web.visit import Visit

Chip = tuple[str, str]
"""What a filter says, and the address without it."""


def chips(visit: Visit, names: Mapping[str, Callable[[str], str]]) -> list[Chip]:
    """One chip for each value of the query that narrows the page.

    Args:
        visit: The visit.
        names: From a name of the query to what says its values.
    """
    found = []
    for name, value in visit.query:
        if name in names:
            rest: object = [one for other, one in visit.query if other == name and one != value]
            changes = {name: rest, "skip": None, "spell": None}
            found.append((names[name](value), visit.address(None, **changes)))
    return found
