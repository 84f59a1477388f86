"""Their names of countries, governorates, places and actors, as ours: by the gazetteer and the register, in Latin or Arabic letters.

"Military Forces of Syria (2000-2024)" is the army of that country on that day; "HTS: Hayat Tahrir al Sham" is looked up as "HTS" and as what follows. A name that leads nowhere
is not known; it is never taken for somebody else.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date

from marsad.grounding.tables import countries, governorates
from marsad.model.actor import Actor
from marsad.references import ReferenceEvent
from marsad.run.names import Names

_IN_BRACKETS = re.compile(r"\s*\([^)]*\)")
_BODY = re.compile(
    r"(?P<body>military forces|armed forces|police forces|government|state forces) of (?P<land>.+)"
)
_UNIT = re.compile(r"\s+(?:governorate|province|state|muhafazat|region|district)$", re.I)
_SOFT = re.compile(r"[aeiouwyاويىةهءأإآؤئ\s]|(.)(?=\1)")
_JOINTS = frozenset("al el ar as ash at an ad az the".split())
_NOBODY = re.compile(
    r"civilians|unidentified|unknown|protesters|rioters|fishers|refugees|prisoners|journalists|students|women|labou?r|muslim group|christian group|aid workers|health workers|teachers",
    re.I,
)
_LANDS = {
    "palestine": "PS", "turkiye": "TR", "united states of america": "US", "dr congo": "CD", "democratic republic of congo": "CD",
    "myanmar": "MM", "bosnia herzegovina": "BA", "kingdom of eswatini": "SZ", "ivory coast": "CI", "macedonia": "MK", "czechia": "CZ",
}  # fmt: skip
"""Names of countries in their files that our table spells otherwise."""
_UNITS = {"SY-RD": ("Rural Damascus", "Damascus Countryside")}
"""Names of first-level divisions in their files that no spelling of ours comes near."""
_ALSO = {"ucdp": {"IL": ("PS",)}}
"""UCDP files the Palestinian territories under the number that it gives to Israel, so that its rows of "Israel" cover both."""
_KNOWN = {
    "is": "islamic-state", "isis": "islamic-state", "hts": "hayat-tahrir-al-sham", "qsd": "sdf", "syrian insurgents": "sy-opposition-factions",
    "opposition rebels": "sy-opposition-factions", "ansarallah": "houthis", "houthi": "houthis", "hamas movement": "hamas",
    "hizballah": "hezbollah", "jabhat fateh al sham": "jabhat-fath-al-sham", "jabhat al nusra": "jabhat-al-nusra",
    "global coalition against daesh": "us-coalition", "operation restoring hope": "saudi-coalition",
    "military forces of yemen supreme political council": "ye-sanaa-forces", "police forces of israel border police": "israel-border-police",
    "rsf": "rsf",
}  # fmt: skip
"""Names that they use and the register does not have, and the ids that they mean."""
_KINDS = {"government": ("state", "government"), "police forces": ("police",)}
"""Kinds of bodies, of which the first that the country has is meant; else the army."""


def latin_key(name: str) -> str:
    """A name in Latin letters as it is looked up: no marks, no article, no case.

    >>> latin_key("Hayʼat Taḥrīr al-Shām") == latin_key("Hayat Tahrir Al Sham")
    True
    """
    letters = "".join(one for one in unicodedata.normalize("NFKD", name) if not unicodedata.combining(one))
    kept = re.sub(r"['’‘ʼ`ʿʾ]", "", letters.casefold())
    return " ".join(word for word in re.split(r"[\W_]+", kept) if word and word not in _JOINTS)


class TheirNames:
    """What their names mean; asked by one thread.

    Args:
        names: The register and the gazetteer.
    """

    def __init__(self, names: Names) -> None:
        self._names = names
        self._known = {latin_key(name): identity for name, identity in _KNOWN.items()}
        self._lands = {latin_key(one.english): one.code for one in countries()}
        self._lands.update({latin_key(name): land for name, land in _LANDS.items()})
        self._units = _units()
        self._admins: dict[tuple[str, str], str] = {}
        self._chains: dict[str, frozenset[str]] = {}
        self._places: dict[tuple[str, str], frozenset[str]] = {}
        self._actors: dict[str, tuple[Actor, ...]] = {}
        self._sides: dict[tuple[str, int], str] = {}
        self._labels: dict[str, list[Actor]] = {}
        self._bodies: dict[tuple[str, str], list[Actor]] = {}
        for actor in names.actors():
            for key in _keys(actor):
                self._labels.setdefault(key, []).append(actor)
            self._bodies.setdefault((actor.country, actor.kind), []).append(actor)

    @property
    def names(self) -> Names:
        """The register and the gazetteer."""
        return self._names

    def lands(self, event: ReferenceEvent) -> tuple[str, ...]:
        """Codes of the countries that an event's country covers; none where its name is not known."""
        code = self._land(event.country)
        return (code, *_ALSO.get(event.origin, {}).get(code, ())) if code else ()

    def _land(self, name: str) -> str:
        return self._lands.get(latin_key(name)) or self._lands.get(latin_key(_IN_BRACKETS.sub("", name)), "")

    def admin(self, event: ReferenceEvent) -> str:
        """Code of the first-level division that an event names, or ""."""
        key = (event.admin, event.country)
        if key not in self._admins:
            lands, bone = self.lands(event), _bones(_UNIT.sub("", event.admin))
            found = {self._units.get((land, bone), "") for land in lands} - {""}
            self._admins[key] = found.pop() if len(found) == 1 else ""
        return self._admins[key]

    def places(self, event: ReferenceEvent) -> frozenset[str]:
        """Ids of places in its country that bear the name of its place."""
        return self._named(event.place, event)

    def _named(self, written: str, event: ReferenceEvent) -> frozenset[str]:
        key = (written, event.country)
        if key not in self._places:
            lands = self.lands(event)
            found = (one for one in self._names.places(_IN_BRACKETS.sub("", written)) if one.country in lands)
            self._places[key] = frozenset(one.id for one in found)
        return self._places[key]

    def actors(self, event: ReferenceEvent) -> frozenset[str]:
        """Ids of the actors that an event names, of those that there were on its first day."""
        found: set[str] = set()
        for name in event.actors:
            if name not in self._actors:
                self._actors[name] = tuple(self._meant(name))
            known = self._actors[name]
            living = [one for one in known if one.existed(event.first_day)] or known
            found.update(one.id for one in living)
        return frozenset(found)

    def _meant(self, name: str) -> Iterable[Actor]:
        if _NOBODY.match(name):
            return ()
        bare = _IN_BRACKETS.sub("", name).strip()
        body = _BODY.fullmatch(latin_key(bare))
        if body and (land := self._land(body["land"])):
            return list(self._body(body["body"], land))
        parts = [bare, *(part.strip() for part in bare.split(":"))] if ":" in bare else [bare]
        return self._called(dict.fromkeys(parts))

    def _called(self, names: Iterable[str]) -> Iterable[Actor]:
        """The actors of the first of the names that the register has."""
        for name in names:
            key = latin_key(name)
            if actor := self._names.actor(self._known.get(key)):
                return (actor,)
            if found := self._labels.get(key) or self._names.actors_named(name):
                return found
        return ()

    def _body(self, body: str, land: str) -> Iterator[Actor]:
        """The bodies of a state of that sort which are no part of another of that sort."""
        for kind in _KINDS.get(body, ("army",)):
            found = [one for one in self._bodies.get((land, kind), ()) if one.inter in (1, None)]
            if found:
                parents = ((one, self._names.actor(one.parent)) for one in found)
                yield from (one for one, parent in parents if parent is None or parent.kind != kind)
                return

    def chain(self, identity: str) -> frozenset[str]:
        """An actor and all that it is part of, by ids."""
        if identity not in self._chains:
            found, at = [identity], self._names.actor(identity)
            while at is not None and at.parent and at.parent not in found:
                found.append(at.parent)
                at = self._names.actor(at.parent)
            self._chains[identity] = frozenset(found)
        return self._chains[identity]

    def side(self, identity: str, day: int) -> str:
        """The side that an actor was on that day (an ordinal), or ""."""
        if (identity, day) not in self._sides:
            actor = self._names.actor(identity)
            self._sides[identity, day] = self._names.side(actor, date.fromordinal(day)) if actor else ""
        return self._sides[identity, day]


def _keys(actor: Actor) -> set[str]:
    label = actor.label.en
    short = re.findall(r"\(([A-Z]{2,6})\)", label)
    aliases = [one for one in actor.aliases if one.isascii()]
    return {latin_key(one) for one in (label, _IN_BRACKETS.sub("", label), *short, *aliases)} - {""}


def _bones(name: str) -> str:
    """A name without what spellings differ in: vowels, doubled letters, the article; of Idlib, Idleb and Edlib the same is left, as of Suwayda and Sweida."""
    key = latin_key(_IN_BRACKETS.sub("", name))
    bare = " ".join(word.removeprefix("ال") for word in key.split() if word != "محافظة")
    return _SOFT.sub("", bare)


def _units() -> dict[tuple[str, str], str]:
    """Codes of first-level divisions by country and the bones of their names, where these are of one division only."""
    found: dict[tuple[str, str], set[str]] = {}
    for one in governorates():
        for name in (one.english, *one.names, *_UNITS.get(one.code, ())):
            found.setdefault((one.code.partition("-")[0], _bones(name)), set()).add(one.code)
    return {key: next(iter(codes)) for key, codes in found.items() if len(codes) == 1 and key[1]}
