"""Speakers: the noun phrase that a cue has as its subject, and whom a cue without one means.

"وقال مدير المرصد رامي عبد الرحمن لوكالة …" names its speaker behind the verb, past what was added in between; "المصادر قالت" before it;
"وأضاف" names nobody and goes on with the nearest speaker that fits the verb's gender and number. "المصدر نفسه" and "المتحدث" point back
to a speaker named before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from marsad.claims.attribution_cues import is_that
from marsad.model import Mention, Reading, Token

SPEAKING = frozenset(("person", "body", "monitor", "outlet", "document", "unnamed", "people"))
"""Kinds of mention that can be a source; a place only where it stands for its government ("قالت أنقرة")."""

_CLOSED = frozenset(
    (
        "preposition",
        "conjunction",
        "particle",
        "relative",
        "pronoun",
        "demonstrative",
        "time_word",
        "title_link",
    )
)
_OPENS_CLAUSE = frozenset(("conjunction", "particle", "time_word"))
_WAS = frozenset(
    ("كان", "كانت", "وكان", "وكانت", "وقد", "قد", "لكن", "ولكن", "حيث", "اذ", "فيما", "بينما", "كما")
)
_WITH_PRONOUN = frozenset(
    (
        "فيه",
        "فيها",
        "له",
        "لها",
        "لهم",
        "لنا",
        "عنه",
        "عنها",
        "عليه",
        "عليها",
        "به",
        "بها",
        "منه",
        "منها",
        "لي",
        "فيهم",
    )
)
_TOPICS = frozenset(("person", "body", "monitor", "outlet", "unnamed"))
_COLLECTIVE = frozenset(("body", "organisation", "monitor", "outlet"))
_QUOTES = frozenset('"“”«»„‟')
_CLAUSE_MARKS = frozenset("،,؛.:!?؟")
_UNKNOWN_LENGTH = 5


@dataclass(frozen=True, slots=True)
class Speaker:
    """A source as the text names it: tokens ``first:last``, with what a later pronoun must agree with.

    ``skip`` letters of the first token are prepositions written onto it; ``loose`` is a noun for people or things that is hardly
    a source of its own; ``others`` speak with the same verb ("الجيش والشرطة").
    """

    first: int
    last: int
    kind: str
    head: str
    gender: str
    number: str
    sentence: int
    body: tuple[int, int] | None = None
    skip: int = 0
    loose: bool = False
    others: tuple[Speaker, ...] = ()


def subject_after(
    reading: Reading, sentence: int, start: int, stop: int, persons: frozenset[str]
) -> Mention | None:
    """The subject behind a verb: the first fitting mention before ``stop`` that is not part of another phrase."""
    tokens = reading.tokens
    starts = {mention.ext_first: mention for mention in reversed(reading.mentions(sentence))}
    index, free = start, True
    while index < stop:
        mention = starts.get(index)
        if mention is not None:
            if is_governed(tokens, mention):
                free = True
            elif (
                free
                and _can_speak(mention, index == start)
                and (index == start or agrees(mention, persons, before=False))
            ):
                return mention
            index = mention.ext_last
            continue
        token = tokens[index]
        if token.kind == "punct":
            free = True
        elif "preposition" in token.word.classes or (
            token.kind == "word" and not token.word.classes & _CLOSED
        ):
            free = False
        index += 1
    return None


def unknown_after(reading: Reading, start: int, stop: int) -> Mention | None:
    """Words right behind a verb of saying that no lexicon knows: they can only be its subject ("قال عامل إغاثة إن")."""
    tokens = reading.tokens
    if start < stop and tokens[start].form == "#":
        start += 1
    last = start
    while last < min(stop, start + _UNKNOWN_LENGTH) and (
        is_open_word(tokens[last]) or tokens[last].form == "_"
    ):
        last += 1
    if last == start or (last == start + 1 and tokens[start].form.endswith("ا")):
        return None  # "قال مجددا إن" has no subject
    return Mention(kind="unnamed", first=start, last=last, ext_first=start, ext_last=last, head=start)


_TELLING = frozenset(("monitor", "outlet"))


def subject_before(
    reading: Reading, sentence: int, start: int, verb: int, persons: frozenset[str]
) -> Mention | None:
    """The subject before a verb: the fitting mention right before it, or the first at the head of a clause behind ``start``."""
    tokens = reading.tokens
    found: Mention | None = None
    for mention in reading.mentions(sentence):
        if mention.ext_last > verb:
            break
        if mention.ext_first < start or mention.kind not in SPEAKING or is_governed(tokens, mention):
            continue
        heads = _heads_clause(tokens, mention, start) or begins_own_clause(tokens, mention, verb)
        if not heads or not agrees(mention, persons, before=True):
            continue
        if "state" in tokens[mention.first].word.classes and mention.ext_last < verb - 1:
            continue  # a dateline ("دبي، …")
        if found is None or (mention.ext_last == verb and tokens[mention.ext_first - 1].kind == "punct"):
            found = mention
    return found


def begins_own_clause(tokens: Sequence[Token], mention: Mention, verb: int) -> bool:
    """Whether و brings in another who tells, right before the verb: "الجيش يقر بخسارة البلدة والمرصد يحصي القتلى"."""
    joined = mention.cut > 0 and tokens[mention.ext_first].form.startswith("و")
    telling = mention.kind in _TELLING or tokens[verb].part == "title"
    return joined and telling and mention.ext_last == verb


def topic_of(
    reading: Reading, sentence: int, start: int, stop: int, persons: frozenset[str]
) -> Mention | None:
    """Whom some words are about: the first fitting mention that no preposition governs."""
    for mention in reading.mentions(sentence):
        if mention.ext_first >= stop:
            return None
        if (
            mention.ext_first >= start
            and mention.kind in _TOPICS
            and not is_governed(reading.tokens, mention)
        ) and agrees(mention, persons, before=True):
            return mention
    return None


def mention_at(reading: Reading, sentence: int, start: int, reach: int) -> Mention | None:
    """The first mention that begins at ``start`` or at most ``reach`` tokens later."""
    for mention in reading.mentions(sentence):
        if start <= mention.ext_first <= start + reach:
            return mention
    return None


def is_governed(tokens: Sequence[Token], mention: Mention) -> bool:
    """Whether a preposition stands before a mention or on its first word."""
    first = mention.ext_first
    if (
        first
        and "preposition" in tokens[first - 1].word.classes
        and tokens[first - 1].part == tokens[first].part
    ):
        return True
    form = tokens[first].form
    if form[:1] not in ("ل", "ب", "و", "ك"):
        return False
    if form.startswith(("لل", "بال", "ولل", "وبال")):
        return True
    sense = next(
        (sense for sense in tokens[first].word.senses if sense.cls not in ("report", "formula", "trigger")),
        None,
    )
    return sense is not None and sense.pro[-1:] in ("ب", "ل", "ك") and "ال" not in sense.pro


def agrees(noun: Mention | Speaker, persons: frozenset[str], *, before: bool) -> bool:
    """Whether a noun phrase can be the subject of a verb in one of those persons.

    Before its subject an Arabic verb stays singular ("قال ناشطون"); behind it, it agrees in full ("ناشطون قالوا"). The masculine of
    a body is not trusted: many are plurals of things, which take the feminine singular.
    """
    gender, plural = noun.gender, noun.number in ("pl", "du")
    if not persons:
        return True
    if noun.kind in _COLLECTIVE:
        return gender != "f" or "3fs" in persons or plural
    if "3fs" in persons:
        return gender != "m" or plural
    if "3ms" in persons:
        return gender != "f" and not (before and plural)
    return plural or not noun.number


def _can_speak(mention: Mention, at_verb: bool) -> bool:
    return mention.kind in SPEAKING or (mention.kind == "place" and at_verb)


def is_open_word(token: Token) -> bool:
    """A word of no closed class, no cue and no event."""
    if token.kind != "word" or is_that(token.form) or token.form in _WITH_PRONOUN:
        return False
    classes = token.word.classes
    return not (classes & _CLOSED or classes & {"report", "formula", "trigger"})


def _heads_clause(tokens: Sequence[Token], mention: Mention, start: int) -> bool:
    """Whether a noun phrase stands where a clause can begin, not inside a longer phrase."""
    first = mention.ext_first
    if first <= start:
        return True
    before = tokens[first - 1]
    if before.form in _QUOTES:
        if first - 1 <= start:
            return True
        before = tokens[first - 2]
    if before.kind == "punct":
        return before.form not in _QUOTES
    if before.form in _WAS or is_that(before.form):
        return True
    return bool(before.word.classes & _OPENS_CLAUSE)


def bare(form: str) -> str:
    """A head word without its article and prepositions."""
    for prefix in ("وال", "بال", "لل", "ال"):
        if form.startswith(prefix) and len(form) - len(prefix) >= 3:
            return form[len(prefix) :]
    return form
