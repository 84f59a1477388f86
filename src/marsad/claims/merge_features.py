"""What speaks for two mentions being one claim and what against it: the features that merging weighs.

Each candidate is looked at once, for its ``Profile``; two profiles then give the names of the features that hold of the pair. Names
of sides are no features: that two mentions name the same doer counts, not who it is.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from marsad.claims.candidate import Candidate
from marsad.claims.names import PREFIXES, Name, Names
from marsad.claims.times import is_day
from marsad.claims.view import View

Range = tuple[str, int | None, int | None]
"""A count as it is compared: its kind, the least and the most; None is open"""

_DOERS = frozenset(("agent", "gainer", "party"))
_LEAD = 2
"""The sentences that may repeat, in the article's own voice, what a source says further down."""
_APART = (0, 1, 3, 6, 12)
_GAP = (0, 3, 8, 16)
_ALIKE = (0.05, 0.15, 0.3, 0.5)
_LONG = 4
"""Letters of a word that counts when two sentences are compared; numbers always count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What is compared of a candidate: where it stands and the parts it has."""

    index: int
    paragraph: int
    first: int
    last: int
    voices: tuple[Name, ...]
    places: frozenset[Name]
    placed: bool
    """Whether its own sentence names the place"""
    doers: frozenset[Name]
    sufferers: frozenset[Name]
    counts: frozenset[Range]
    time: object
    trigger: int
    form: str
    """How the trigger points: "the" event, "an" event, "its" event, or a verb"""
    words: frozenset[str]
    """The longer words of the sentence"""

    @property
    def key(self) -> tuple[object, ...]:
        """All of it but where it stands: two mentions with one key tell the same in the same words."""
        return (
            self.voices, self.places, self.doers, self.sufferers, self.counts, self.time, self.trigger, self.form,
            self.words,
        )  # fmt: skip


def profile_of(candidate: Candidate, names: Names) -> Profile:
    """The profile of a candidate whose parts are settled."""
    view, hit = candidate.view, candidate.hit
    source = candidate.chain[0] if candidate.chain else None
    return Profile(
        index=view.index,
        paragraph=view.reading.sentences[view.index].paragraph,
        first=hit.first,
        last=hit.last,
        voices=tuple(names.name(text) for text in (source.text, source.body) if text) if source else (),
        places=frozenset(names.mention(place) for place in candidate.places),
        placed=any(view.first <= place.first < view.last for place in candidate.places),
        doers=_people(candidate, names, doing=True),
        sufferers=_people(candidate, names, doing=False),
        counts=frozenset((count.kind, count.min, count.max) for count in candidate.counts),
        time=candidate.time.when if candidate.time is not None and is_day(candidate.time) else None,
        trigger=id(hit.frame),
        form=_form(candidate),
        words=_words(view),
    )


def _people(candidate: Candidate, names: Names, *, doing: bool) -> frozenset[Name]:
    return frozenset(
        names.mention(mention)
        for role, mentions in candidate.roles.items()
        if (role in _DOERS) is doing
        for mention in mentions
    )


def _form(candidate: Candidate) -> str:
    hit = candidate.hit
    if hit.kind == "verb":
        return "verb"
    if hit.enc:
        return "its"
    return "the" if "ال" in hit.pro else "an"


def _words(view: View) -> frozenset[str]:
    """The longer words of a sentence without what is written onto them; found once."""
    key = ("words", view.index)
    found: frozenset[str] | None = view.reading.memo.get(key)
    if found is None:
        tokens = view.tokens[view.first : view.last]
        found = view.reading.memo[key] = frozenset(
            token.form if token.kind == "number" else _stem(token.form)
            for token in tokens
            if token.kind == "number" or (token.kind == "word" and len(token.form) >= _LONG)
        )
    return found


def _stem(form: str) -> str:
    for prefix in PREFIXES:
        if form.startswith(prefix) and len(form) - len(prefix) > 1:
            return form[len(prefix) :]
    return form[1:] if form[0] == "و" and len(form) > _LONG else form


def features_of(left: Profile, right: Profile) -> Iterator[str]:
    """The features of two candidates of one event, the earlier one first."""
    yield "bias"
    yield f"source {voices(left, right)}"
    found = {
        "place": _places(left, right),
        "doer": _shared(left.doers, right.doers),
        "sufferer": _shared(left.sufferers, right.sufferers),
        "counts": counts(left, right),
        "time": _times(left, right),
    }
    for part, how in found.items():
        yield f"{part} {how}"
    hows = list(found.values())
    yield f"{min(3, hows.count('same'))} parts same"
    yield f"{min(3, hows.count('other') + hows.count('other, inherited'))} parts other"
    yield "trigger same" if left.trigger == right.trigger else "trigger other"
    if left.index == right.index:
        yield from _in_sentence(left, right)
    else:
        yield from _across(left, right)


def voices(left: Profile, right: Profile) -> str:
    """How the sources of two candidates stand to each other; "other" where they are two and can be no one claim."""
    if not left.voices and not right.voices:
        return "none"
    if left.voices and right.voices:
        return "same" if _one_voice(left.voices, right.voices) else "other"
    own = right if left.voices else left
    if own.paragraph < 0:
        return "of the title's"
    if own.index <= _LEAD or own.paragraph < 1:
        return "of the lead's"
    return "none later" if own is right else "later"


def _one_voice(left: tuple[Name, ...], right: tuple[Name, ...]) -> bool:
    """Whether two sources are one: the same name, or a body and one who speaks for it; not two who speak for one body."""
    if left[0].fits(right[0]):
        return True
    return any(body.fits(right[0]) for body in left[1:]) or any(body.fits(left[0]) for body in right[1:])


def counts(left: Profile, right: Profile) -> str:
    """How the counts of two candidates stand to each other; "other" where they are of one kind and differ."""
    if not left.counts or not right.counts:
        return "none" if not left.counts and not right.counts else "of one"
    if left.counts & right.counts:
        return "same"
    pairs = [(mine, yours) for mine in left.counts for yours in right.counts if mine[0] == yours[0]]
    if not pairs:
        return "of other kinds"
    return "overlap" if any(_overlap(mine, yours) for mine, yours in pairs) else "other"


def _overlap(left: Range, right: Range) -> bool:
    """Whether one number can be meant by both: "dozens" and 25, "at least 20" and 22; two plain numbers are two tolls."""
    low = max(left[1] or 0, right[1] or 0)
    high = min(math.inf if end is None else end for end in (left[2], right[2]))
    return low <= high


def _places(left: Profile, right: Profile) -> str:
    how = _shared(left.places, right.places)
    return "other, inherited" if how == "other" and not (left.placed and right.placed) else how


def _shared(left: frozenset[Name], right: frozenset[Name]) -> str:
    """Whether two sets of names have one in common."""
    if not left or not right:
        return "none" if not left and not right else "of one"
    if left & right or any(a.fits(b) for a in left for b in right):
        return "same"
    return "other"


def _times(left: Profile, right: Profile) -> str:
    if left.time is None or right.time is None:
        return "none" if left.time is None and right.time is None else "of one"
    return "same" if left.time == right.time else "other"


def _in_sentence(left: Profile, right: Profile) -> Iterator[str]:
    gap = right.first - left.last
    for least in _GAP:
        if gap > least:
            yield f"{least} words between"


def _across(left: Profile, right: Profile) -> Iterator[str]:
    if right.form in ("the", "its"):
        yield "points back"
    shared = len(left.words & right.words) / max(1, min(len(left.words), len(right.words)))
    for least in _ALIKE:
        if shared > least:
            yield f"words alike > {least}"
    if left.paragraph < 0:
        yield "title and lead" if right.index <= _LEAD else "title and text"
        return
    for least in _APART:
        if right.index - left.index > least:
            yield f"apart > {least}"
