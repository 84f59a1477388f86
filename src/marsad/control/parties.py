"""Who holds, gains, loses or leaves: parties to the control of one place, and who speaks for them.

Parties on one side are one party ("the army" and "the government" that it fights for); where no side is known, one id is one party, and
without an id the same folded words are. The same rules hold for every side.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache
from itertools import combinations, product
from pathlib import Path

import yaml

from marsad.arabic import fold_word
from marsad.model import Label, Union
from marsad.model.control import Holder
from marsad.model.incident import Part, Root, Testimony

Parties = tuple[Holder, ...]
_LIST = Path(__file__).parent / "lists" / "nobody.yml"
_WORD = re.compile(r"[^\W\d]+")
_PRONOUN = re.compile(r"(?:ه|ها|هم)$")
_ALLIED_ARTICLES = 2
"""Articles that have to tell of two parties taking or entering the place together before they count as one."""


@cache
def _nobody() -> frozenset[str]:
    with _LIST.open(encoding="utf-8") as file:
        return frozenset(yaml.safe_load(file)["words"].split())


def is_nobody(part: Part) -> bool:
    """Whether the words do not tell who it is: "مسلحون", "600 مقاتل", "العشرات من مسلحيه".

    >>> is_nobody(Part("gainer", "600 مقاتل"))
    True
    """
    if part.id or part.side:
        return False
    return all(
        word in _nobody() or _PRONOUN.sub("", word) in _nobody()
        for word in _WORD.findall(fold_word(part.text))
    )


class Names:
    """The parties of one place, each under the name that its claims use most.

    Args:
        claims: All claims about the place, in their fixed order; of two names that are used equally often, the first counts.
        labels: From an id to our neutral label, or None.
    """

    def __init__(self, claims: Iterable[Testimony], labels: Callable[[str], Label | None]) -> None:
        self._labels = labels
        held = list(claims)
        parts = [part for claim in held for part in claim.parts if not is_nobody(part)]
        self._side: dict[str, str] = {}
        for part in parts:
            if part.id and part.side:
                self._side.setdefault(part.id, part.side)
        self._allies = Union()
        self._allies = _allied(held, self._key)
        used: dict[str, Counter[tuple[str, str]]] = {}
        for part in parts:
            used.setdefault(self._key(part), Counter())[(part.id, "" if part.id else part.text)] += 1
        words = {part.id: part.text for part in reversed(parts)}
        self._holders: dict[str, Holder] = {}
        for part in parts:
            key = self._key(part)
            if key not in self._holders:
                # `most_common` keeps the order in which names came first.
                identity, text = used[key].most_common(1)[0][0]
                label = self._labels(identity) if identity else None
                name = label.en if label else text or words[identity]
                self._holders[key] = Holder(id=identity, label=name, side=self._sided(part))

    def _sided(self, part: Part) -> str:
        return part.side or self._side.get(part.id, "")

    def _key(self, part: Part) -> str:
        return self._allies.first(self._sided(part) or part.id or fold_word(part.text))

    def of(self, parts: Iterable[Part]) -> Parties:
        """The parties that words stand for, each once, in the order of the words."""
        return tuple(dict.fromkeys(self._holders[self._key(part)] for part in parts if not is_nobody(part)))

    def label(self, holder: Holder) -> Label:
        """What to call a party, in English and in Arabic."""
        return self._labels(holder.id) or Label(en=holder.label, ar=holder.label)

    def root_label(self, root: Root) -> Label:
        """What to call a source; one without a name says so."""
        if root.own_voice:
            return Label(en=f"the article itself ({root.text})", ar=f"الخبر نفسه ({root.text})")
        label = self._labels(root.key)
        if label is None and root.kind == "unnamed":
            return Label(en=f"an unnamed source ({root.text})", ar=f"مصدر لم يذكر اسمه ({root.text})")
        return label or Label(en=root.text, ar=root.text)


def _allied(claims: Iterable[Testimony], key: Callable[[Part], str]) -> Union:
    """Parties that two articles at least tell took or entered the place together, and none that one had it from the other: one camp, there."""
    together: dict[tuple[str, str], set[str]] = {}
    against: set[tuple[str, str]] = set()
    for claim in claims:
        if claim.says != "affirms" or claim.event not in ("territory.control", "territory.advance"):
            continue
        gaining = sorted({key(p) for p in claim.parts if p.role in ("gainer", "agent") and not is_nobody(p)})
        losing = {key(p) for p in claim.parts if p.role in ("loser", "patient") and not is_nobody(p)}
        for pair in combinations(gaining, 2):
            together.setdefault(pair, set()).add(claim.article)
        against.update((min(pair), max(pair)) for pair in product(gaining, losing))
    return Union(
        pair
        for pair, told in sorted(together.items())
        if len(told) >= _ALLIED_ARTICLES and pair not in against
    )


def most_named(names: Names, told: Iterable[Iterable[Part]]) -> Parties:
    """The parties that several claims name in a role, the one that most of them name first."""
    return tuple(holder for holder, _ in Counter(h for parts in told for h in names.of(parts)).most_common())


def without(parties: Iterable[Holder], others: Iterable[Holder]) -> Parties:
    """The parties that are none of the others."""
    left_out = set(others)
    return tuple(one for one in parties if one not in left_out)


def speaks_for(root: Root, parties: Iterable[Holder]) -> bool:
    """Whether a source is on the side of one of the parties: an organ, member or spokesman of it, or the party itself.

    >>> army = Holder(id="army", label="the army", side="north")
    >>> speaks_for(Root("ministry", "the ministry", "organisation", ("ministry",), "north"), [army])
    True
    >>> speaks_for(Root("sohr", "the observatory", "monitor", ("sohr",)), [army])
    False
    """
    return any(_of(root, party) for party in parties)


def _of(root: Root, party: Holder) -> bool:
    if root.side and party.side:
        return root.side == party.side
    if party.id:
        return party.id == root.key or party.id in root.authority
    words = fold_word(party.label)
    return words in {fold_word(name) for name in (root.text, root.key, *root.authority)}
