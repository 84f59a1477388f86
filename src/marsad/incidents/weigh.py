"""Who says what, and the status that follows: the first of CODEBOOK section 8 that holds, with the reasons for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from marsad.incidents.known import Known
from marsad.incidents.sentences import reason
from marsad.incidents.stands import Stands, another_agent, cannot_both_be, concession, stands_of
from marsad.model import Label
from marsad.model.incident import Reason, Status, Testimony, Told


class Weighed(NamedTuple):
    """A status, how many independent groups of roots affirm, and why."""

    status: Status | None
    independent: int
    reasons: tuple[Reason, ...]


def weigh(told: Sequence[Told], known: Known) -> Weighed:
    """The status of an incident from its testimonies, each under its group of roots."""
    stands = stands_of(told)
    status, why = _status(stands, known)
    return Weighed(status, len(stands.affirming), (*why, *_counting(told, known)))


def _status(stands: Stands, known: Known) -> tuple[Status | None, list[Reason]]:
    affirming = _affirming(stands, known)
    if not stands.affirming:
        if any(one.stance == "deny" for said in stands.denying.values() for one in said):
            return "denied", [reason("denied", who=_names(_all(stands.denying), known))]
        return None, [reason("nobody")]
    if dispute := _dispute(stands, known):
        return "disputed", [*dispute, affirming]
    if conceded := concession(stands, known):
        one, way = conceded
        return "conceded", [
            _said(reason(f"conceded_{way}", one.id, who=_names([one], known)), one),
            affirming,
        ]
    return ("corroborated" if len(stands.affirming) > 1 else "single"), [affirming]


def _said(why: Reason, one: Testimony) -> Reason:
    """The reason with the article that it rests on."""
    text = Label(en=f"{why.text.en} ({one.article})", ar=f"{why.text.ar} ({one.article})")
    return Reason(why.code, text, why.claim)


def _dispute(stands: Stands, known: Known) -> list[Reason]:
    found = []
    independent = {group: said for group, said in stands.denying.items() if stands.affirming.keys() - {group}}
    for _, said in sorted(independent.items()):
        one = min(said, key=lambda t: t.key)
        found.append(_said(reason("disputed_denial", one.id, who=_names([one], known)), one))
    for code, pair in (
        ("disputed_agent", another_agent(stands)),
        ("disputed_impossible", cannot_both_be(stands)),
    ):
        if pair:
            found.append(_said(reason(code, pair[0].id, who=_names(pair, known)), pair[1]))
    return found


def _affirming(stands: Stands, known: Known) -> Reason:
    groups = sorted(stands.affirming.items())
    who = _names((min(said, key=lambda t: t.key) for _, said in groups), known)
    return reason("single" if len(groups) < 2 else "corroborated", who=who, n=len(groups))


def _counting(told: Sequence[Told], known: Known) -> list[Reason]:
    """What was counted as one voice, and what was not counted."""
    groups: dict[str, dict[str, Testimony]] = {}
    for one in told:
        if one.group:
            groups.setdefault(one.group, {}).setdefault(one.testimony.root.key, one.testimony)
    found = [
        reason("one_body", who=_names(roots.values(), known))
        for _, roots in sorted(groups.items())
        if len(roots) > 1
    ]
    both = _both_ways(told)
    if both:
        found.append(reason("both_ways", who=_names(both, known)))
    silent = [one for one in told if not one.group]
    repeated = sum(one.testimony.says == "affirms" for one in silent)
    negated = sum(one.testimony.says == "denies" for one in silent)
    for code, n in (
        ("own_voice", repeated),
        ("negated", negated),
        ("expected", len(silent) - repeated - negated),
    ):
        if n:
            found.append(reason(code, n=n))
    return found


def _both_ways(told: Sequence[Told]) -> list[Testimony]:
    """A testimony of each group of roots that affirms and denies the same kind of event."""
    said: dict[tuple[str, str], dict[str, Testimony]] = {}
    for one in told:
        if one.group:
            said.setdefault((one.group, one.testimony.event), {}).setdefault(
                one.testimony.says, one.testimony
            )
    return [stands["denies"] for _, stands in sorted(said.items()) if {"affirms", "denies"} <= stands.keys()]


def _all(groups: dict[str, list[Testimony]]) -> list[Testimony]:
    return [min(said, key=lambda t: t.key) for _, said in sorted(groups.items())]


def _names(said: Iterable[Testimony], known: Known) -> list[Label]:
    return [name_of(one, known) for one in said]


def name_of(one: Testimony, known: Known) -> Label:
    """What to call the root of a testimony: our label of a body, the article's own words for a person or for who has no entry."""
    root = one.root
    if root.kind == "unnamed" or root.kind == "document":
        text = f"{root.text} ({one.outlet})" if one.outlet else root.text
        return Label(en=text, ar=text)
    known_as = known.label(root.key)
    if known_as is None:
        return Label(en=root.text, ar=root.text)
    return known_as
