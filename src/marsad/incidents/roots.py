"""The root of a claim: the voice nearest to the event, resolved, with what it is an organ of.

``attribution[0]`` is the root, as an actor of the register where it is one, else by its text; an empty chain's root is the outlet. An unnamed
source is a root of its own outlet: "مصدر طبي" in two outlets is two roots. What the outlet's own correspondent tells is the outlet's own
voice. An unnamed official is an organ of the state that the words name ("مسؤول تركي") or whose own agency quotes him.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from marsad.arabic.letters import MARKS, TATWEEL, fold_letters
from marsad.incidents.known import Known
from marsad.incidents.words import word_lists
from marsad.model import Article, Claim, Outlet, Source
from marsad.model.incident import Root

_NOT_LETTERS = re.compile(rf"[{MARKS}{TATWEEL}]")
_WORDS = re.compile(r"\w+")
_NAMED = frozenset(("person", "organisation", "monitor", "outlet"))
_QUOTED = re.compile(r"[\"«“‘'](.+?)[\"»”’']")
_OWN_PEOPLE = ("مراسل", "موفد", "كاميرا", "مندوب")
"""How words begin for an outlet's own people; some papers glue the outlet's name to them."""
_STATE_OWNED = frozenset(("state", "party"))


@cache
def folded_words(text: str) -> tuple[str, ...]:
    """The folded words of a name: ``folded_words("للمرصد السوري")`` is ``("المرصد", "السوري")``."""
    words = _WORDS.findall(fold_letters(_NOT_LETTERS.sub("", text)).lower())
    if words and words[0].startswith("لل") and len(words[0]) > 4:
        words[0] = "ال" + words[0][2:]
    return tuple(words)


def roots_of(article: Article, claims: Sequence[Claim], known: Known) -> list[Root]:
    """The root of each claim of an article; a person called by a part of the name is who was called by all of it."""
    voice = _own_voice(article, known)
    roots = [_labelled(_root(claim, voice, article.day, known), known) for claim in claims]
    full = sorted(
        {root.text for root in roots if root.kind in _NAMED and not root.own_voice},
        key=lambda t: (-len(t), t),
    )
    return [_by_full_name(root, full, roots) for root in roots]


def _labelled(root: Root, known: Known) -> Root:
    label = known.label(root.key)
    return replace(root, label=label.ar) if label else root


def _own_voice(article: Article, known: Known) -> Root:
    """The outlet as a root; an article that names none has an outlet of its own."""
    name = article.outlet or f"article:{article.id}"
    outlet = known.outlet(article.outlet) if article.outlet else None
    return _of_outlet(name, outlet, article.day, known)


def _of_outlet(name: str, outlet: Outlet | None, day: date | None, known: Known) -> Root:
    key = f"outlet:{outlet.id if outlet else name}"
    owners: tuple[str, ...] = ()
    side = ""
    if outlet is not None:
        if outlet.owner and outlet.ownership in _STATE_OWNED:
            owners = known.authority(outlet.owner, day)
        side = (known.side(outlet.owner, day) if owners else "") or outlet.alignment
    return Root(key, name, "outlet", (key, *owners), side, own_voice=True, relays=True)


def _root(claim: Claim, voice: Root, day: date | None, known: Known) -> Root:
    if not claim.attribution:
        return voice
    source = claim.attribution[0]
    words = folded_words(source.text)
    if source.kind == "outlet" or (source.id is None and _is_correspondent(words)):
        return _medium(source, words, voice, (day, known))
    if source.kind == "unnamed" or (source.kind == "document" and source.id is None):
        return _unnamed(claim.attribution, words, voice, (day, known))
    if source.id is not None:
        chain = known.authority(source.id, day)
        return Root(source.id, source.text, source.kind, chain, known.side(source.id, day))
    key = " ".join(words) or source.text
    body = " ".join(folded_words(source.body)) if source.body else ""
    behind = _state((*words, *body.split()), (day, known)) if source.kind != "monitor" else ()
    chain = (key, *((body,) if body else ()), *behind)
    side = known.side(behind[0], day) if behind else ""
    return Root(
        key,
        source.text,
        source.kind,
        chain,
        side,
        official=not behind and _in_office((*words, *body.split())),
    )


def _medium(source: Source, words: tuple[str, ...], voice: Root, about: tuple[date | None, Known]) -> Root:
    """An outlet that is quoted; the article's own people are its own voice."""
    day, known = about
    correspondent = _is_correspondent(words)
    outlet = known.outlet(source.id) if source.id else _outlet_named(source.text, known)
    if outlet is not None and f"outlet:{outlet.id}" != voice.key:
        return replace(_of_outlet(source.text, outlet, day, known), own_voice=False, relays=False)
    if outlet is not None or correspondent:
        return replace(voice, text=source.text, relays=False)
    key = " ".join(words) or source.text
    # Media of a state are its organ only where they are called so ("وسائل إعلام رسمية"): private ones bear its adjective too.
    behind = _state(words, about) if _in_office(words) else ()
    return Root(key, source.text, "outlet", (key, *behind), official=not behind and _in_office(words))


def _is_correspondent(words: tuple[str, ...]) -> bool:
    return bool(words) and words[0].removeprefix("ال").startswith(_OWN_PEOPLE)


def _outlet_named(text: str, known: Known) -> Outlet | None:
    """The outlet that words name: whole, in their quotation marks, or behind a noun for a medium ("مراسل قناة المسيرة في صعدة")."""
    quoted = _QUOTED.search(text)
    given = text.split()
    heads = word_lists("sources")["media"]
    starts = [n for n, word in enumerate(given[:-1]) if fold_letters(word) in heads]
    tails = [given[start + 1 : end] for start in starts for end in range(len(given), start + 1, -1)]
    names = [text, *((quoted[1],) if quoted else ()), *(" ".join(tail) for tail in tails)]
    return next((outlet for name in names if (outlet := known.outlet(name))), None)


def _unnamed(
    chain: Sequence[Source], words: tuple[str, ...], voice: Root, about: tuple[date | None, Known]
) -> Root:
    """Someone unnamed: a root of this outlet alone, and an organ of a state where the words or the agency say so."""
    day, known = about
    key = f"unnamed:{voice.key.removeprefix('outlet:')}:{' '.join(words)}"
    behind = known.authority(chain[0].id, day) if chain[0].id else _state(words, about)
    if not behind and _in_office(words):
        relay = known.outlet(chain[1].id or chain[1].text) if len(chain) > 1 else None
        behind = (_of_outlet(relay.id, relay, day, known) if relay else voice).authority[1:]
    side = known.side(behind[0], day) if behind else ""
    return Root(
        key, chain[0].text, chain[0].kind, (key, *behind), side, official=not behind and _in_office(words)
    )


def _in_office(words: tuple[str, ...]) -> bool:
    """Whether the words say someone in office; not a doctor or witness beside one."""
    lists = word_lists("sources")
    return (
        bool(words)
        and set(words) <= lists["officials"] | lists["offices"]
        and bool(set(words) & lists["officials"])
    )


def _state(words: tuple[str, ...], about: tuple[date | None, Known]) -> tuple[str, ...]:
    """What someone in office is an organ of, topmost last; () for a bystander, or where no state is named."""
    day, known = about
    lists = word_lists("sources")
    if not set(words) & lists["officials"]:
        return ()
    told = [word for word in words if word not in lists["officials"] and word not in lists["offices"]]
    # "مسؤول تركي كبير" is of the state; "مصدر في المعارضة السورية" and "ضابط منشق عن الجيش السوري" are of something else.
    state = known.state_of(tuple(told), day) if len(told) == 1 else ""
    return known.authority(state, day) if state else ()


def _by_full_name(root: Root, full: list[str], roots: Sequence[Root]) -> Root:
    """Who was called by a longer name in the article: "الحموي" after "رائد الحموي", "المرصد" after "مرصد النهر"."""
    words = folded_words(root.text)
    if root.kind not in _NAMED or root.key != " ".join(words):
        return root
    for name in full:
        longer = folded_words(name)
        if len(longer) > len(words) and _short_for(words, longer, root.kind):
            return replace(next(one for one in roots if one.text == name), text=root.text)
    return root


def _short_for(words: tuple[str, ...], longer: tuple[str, ...], kind: str) -> bool:
    if kind == "person":
        return set(words) < set(longer)
    return len(words) == 1 and words[0].startswith("ال") and words[0][2:] == longer[0].removeprefix("ال")
