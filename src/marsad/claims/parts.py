"""Parts: the noun phrases that stand after a hit in its clause, with their prepositions, and the one before a verb.

"قصفت القوات الحكومية بلدة الأبزمو بالمدفعية" has three parts: two without a preposition and one with ب. Coordinated noun phrases ("مصر والأردن") are
one part. The clause ends at a full stop, a subordinating word, a relative pronoun, the next finite verb or the next event.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from marsad.claims.hits import Hit
from marsad.claims.view import RELATIVES, SUBORDINATORS, View
from marsad.model import Mention, Token

_STOPS = frozenset(". ؛ ; : ؟ ! .. ...".split())
_REACH = 40
_DASHES = frozenset(("-", "–", "—"))
_BACK = 30
_GLUE = frozenset("قد لقد فقد و كانت كان كانوا لا لم لن سوف ايضا امس اليوم مجددا".split())


@dataclass(frozen=True, slots=True)
class Part:
    """One noun phrase, or several coordinated ones, behind one preposition ("" for none)."""

    preposition: str
    mentions: tuple[Mention, ...]

    @property
    def first(self) -> Mention:
        """The first of the noun phrases."""
        return self.mentions[0]


def is_finite(token: Token) -> bool:
    """Whether a word can only be a finite verb (or is so in most uses: its verb reading comes without a noun reading)."""
    memo = token.word.memo
    known = memo.get("finite")
    if known is None:
        verbal = any("v." in sense.morph for sense in token.word.senses)
        nominal = any("v." not in sense.morph and sense.cls != "support" for sense in token.word.senses)
        known = memo["finite"] = verbal and not nominal
    return bool(known)


def is_joined(verb: Token) -> bool:
    """Whether و or ف is written onto a finite verb: what stands before it is not its subject. The و of وثق is its own."""
    return all(sense.pro[:1] in ("و", "ف") for sense in verb.word.senses if "v." in sense.morph)


def parts_after(view: View, hit: Hit, other_hits: Iterable[Hit]) -> list[Part]:
    """The parts of the clause behind a hit, in order."""
    others = {
        other.first: other
        for other in other_hits
        if other.first >= (hit.stem or hit.last)
        and not (other.last <= hit.last and other.frame.event == hit.frame.event)
    }
    parts: list[Part] = []
    index, stop = _start(view, hit), min(view.last, hit.last + _REACH)
    while index < stop:
        mention = view.starts.get(index)
        other = others.get(index)
        if mention is not None and _begins_clause(view, mention):
            break
        if mention is not None and (other is None or other.frame.itself or mention.last - mention.first > 1):
            if view.tokens[index - 1].form not in _DASHES or not parts:
                _add(parts, view, mention)
            index = mention.ext_last
            continue
        if other is not None and not _shared(hit, other, parts):
            break
        if _ends_clause(view, index):
            break
        index += 1
    return parts


def _begins_clause(view: View, mention: Mention) -> bool:
    """Whether a noun phrase behind و is the subject of a verb that follows: "خسارة البلدة والمرصد يحصي القتلى"."""
    behind = mention.ext_last
    if behind >= view.last or view.preposition(mention) != "و" or not is_finite(view.tokens[behind]):
        return False
    return not is_joined(view.tokens[behind])


def _start(view: View, hit: Hit) -> int:
    """Where the parts begin: behind the first word, or at a noun phrase that the hit's own words begin (قصف طيران التحالف)."""
    if hit.kind == "phrase":
        inner = [index for index in range(hit.first + 1, hit.last) if index in view.starts]
        return inner[0] if inner and view.starts[inner[0]].ext_last > hit.last else hit.last
    return hit.stem or hit.last


def _shared(hit: Hit, other: Hit, parts: list[Part]) -> bool:
    """Whether the next event shares this one's parts: مقتل وإصابة ثلاثة, or is one word with it."""
    return not parts and (other.first < hit.last or (other.pro.startswith("و") and other.first == hit.last))


def _add(parts: list[Part], view: View, mention: Mention) -> None:
    preposition = view.preposition(mention)
    if preposition == "و" and parts:
        parts[-1] = Part(parts[-1].preposition, (*parts[-1].mentions, mention))
        return
    parts.append(Part("" if preposition == "و" else preposition, (mention,)))


def _ends_clause(view: View, index: int) -> bool:
    token = view.tokens[index]
    form = token.form
    if token.kind == "punct":
        if form in _STOPS:
            return True
        return form in "،," and index + 1 < view.last and _new_clause(view.tokens[index + 1])
    return token.kind == "word" and (form in RELATIVES or form in SUBORDINATORS or is_finite(token))


def _new_clause(token: Token) -> bool:
    form = token.form
    return form in SUBORDINATORS or form in RELATIVES or is_finite(token)


def subject_before(view: View, hit: Hit) -> Part | None:
    """The noun phrase that is the subject of a verb standing after it: "إن القوات [...] قصفت", "القوات التي قصفت"."""
    index = view.before(hit.first)
    if index < view.first:
        return None
    token = view.tokens[index]
    if token.form in RELATIVES and (mention := view.at(view.before(index))):
        return Part("", (mention,))
    bare, bounded = _bare_before(view, index, max(view.first, hit.first - _BACK))
    if not bare or (hit.pro.startswith(("و", "ف")) and bounded):
        return None
    group = [bare[0]]
    for mention in bare[1:]:
        if view.preposition(mention) == "و" and mention.ext_first - group[-1].ext_last <= 1:
            group.append(mention)
        else:
            break
    return Part("", tuple(group))


def _bare_before(view: View, index: int, low: int) -> tuple[list[Mention], bool]:
    """The noun phrases without a preposition from the clause's beginning to a token, and whether a boundary was met."""
    found: list[Mention] = []
    while index >= low:
        mention = view.at(index)
        if mention is not None:
            found.append(mention)
            index = mention.ext_first - 1
            continue
        if _bounds(view, index):
            break
        index -= 1
    bare = [mention for mention in reversed(found) if view.preposition(mention) in ("", "و")]
    return bare, index >= view.first


def _bounds(view: View, index: int) -> bool:
    """Whether a word to the left bounds the verb's own clause."""
    token = view.tokens[index]
    form = token.form
    if form in _GLUE:
        return False
    if token.kind == "punct":
        return form in _STOPS or form in '«“"'
    return token.kind == "word" and (form in SUBORDINATORS or is_finite(token))
