"""Needs: words of many meanings name an event only in fitting company.

"دخلت القوات البلدة" is an entry, "دخل القانون حيز التنفيذ" is not: the lexicon says what each such word needs (``armed``, ``place`` ...), and which
words give way to the means that stand beside them ("قصف بطائرة مسيرة" is a drone strike).
"""

from __future__ import annotations

from collections.abc import Sequence

from marsad.arabic import Lexicon
from marsad.claims.candidate import Candidate
from marsad.claims.view import View
from marsad.model import Mention

_REACH = 12
_NUMBER_REACH = 3
_ARMED_FAMILIES = frozenset(("strike", "fight", "blast", "territory", "harm"))


def meets_needs(candidate: Candidate, others: Sequence[Candidate]) -> bool:
    """Whether a candidate has the company that its trigger needs (any one of what it lists)."""
    needs = candidate.hit.frame.needs
    if not needs:
        return True
    mentions = [mention for group in candidate.roles.values() for mention in group] + candidate.places
    if any(_is(need, mention, candidate.view) for need in needs for mention in mentions):
        return True
    if "conflict" in needs:
        return any(
            o is not candidate and not o.hit.frame.needs and o.family in _ARMED_FAMILIES for o in others
        )
    if "people" in needs and _counted(candidate):
        return True
    return "weapon" in needs and _near(candidate, "means")


def _counted(candidate: Candidate) -> bool:
    """Whether a number stands right behind the trigger: أصيب 13."""
    view, hit = candidate.view, candidate.hit
    near = view.tokens[hit.last : min(view.last, hit.last + _NUMBER_REACH)]
    return any(token.kind == "number" or "quantity" in token.word.classes for token in near)


def _is(need: str, mention: Mention, view: View) -> bool:
    if need == "armed":
        return mention.kind in ("body", "craft") or _armed_people(mention, view)
    if need == "state":
        return mention.kind in ("body", "place")
    if need == "person":
        return mention.kind in ("person", "body")
    if need == "weapon":
        return mention.kind == "craft"
    if need == "place":
        return mention.kind in ("place", "thing")
    return need == mention.kind


def _armed_people(mention: Mention, view: View) -> bool:
    sense = view.tokens[mention.head].word.sense("people")
    return sense is not None and bool(sense.data.get("armed"))


def _near(candidate: Candidate, cls: str) -> bool:
    view, hit = candidate.view, candidate.hit
    stop = min(view.last, hit.last + _REACH)
    return any(cls in view.tokens[i].word.classes for i in range(max(view.first, hit.first - 4), stop))


def refined(candidate: Candidate, lexicon: Lexicon) -> None:
    """Let a means word near by decide the code of a trigger that gives way to it."""
    if not candidate.hit.frame.refine:
        return
    view, hit = candidate.view, candidate.hit
    places = [
        *range(hit.last, min(view.last, hit.last + _REACH)),
        *range(hit.first - 1, max(view.first, hit.first - 5), -1),
    ]
    for index in places:
        token = view.tokens[index]
        if token.kind == "punct" and token.form in ".؛":
            break
        event = _means_at(view, index, lexicon)
        if event:
            candidate.event = event
            candidate.origin["event"] = ("means beside the trigger", token.form)
            return


def _means_at(view: View, index: int, lexicon: Lexicon) -> str:
    """The code that a means word or phrase at a token stands for, or ""; طائرة مسيرة goes before طائرة."""
    form = view.tokens[index].form
    for start in (form, form[1:], form[2:] if form.startswith("لل") else form[3:]):
        for words, entry in lexicon.phrases.get(start, ()):
            end = index + len(words)
            if end <= view.last and all(
                view.tokens[index + n].form.removeprefix("ال") == word.removeprefix("ال")
                for n, word in enumerate(words)
                if n
            ):
                cls, _, data = lexicon.entry(entry)
                if cls == "means" and data.get("event"):
                    return str(data["event"])
    sense = view.tokens[index].word.sense("means")
    return str(sense.data.get("event") or "") if sense is not None else ""
