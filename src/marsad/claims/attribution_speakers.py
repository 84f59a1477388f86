"""Speakers: the noun phrase that a cue has as its subject, and whom a cue without one means.

"وقال مدير المرصد رامي عبد الرحمن لوكالة …" names its speaker behind the verb, past what was added in between; "المصادر قالت" before it;
"وأضاف" names nobody and goes on with the nearest speaker that fits the verb's gender and number. "المصدر نفسه" and "المتحدث" point back
to a speaker named before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from marsad.model import Mention, Reading, Token

SPEAKING = frozenset(("person", "body", "monitor", "outlet", "document", "unnamed", "people"))
"""Kinds of mention that can be a source; a place only where it stands for its government ("قالت أنقرة")."""

_PREPOSITIONS = frozenset(
    (
        "في",
        "من",
        "الي",
        "علي",
        "عن",
        "مع",
        "بعد",
        "قبل",
        "منذ",
        "خلال",
        "عبر",
        "ضد",
        "بين",
        "تحت",
        "حول",
        "عند",
        "لدي",
        "امام",
        "بشان",
    )
) | frozenset(
    (
        "قرب",
        "عقب",
        "اثر",
        "جراء",
        "اثناء",
        "حيال",
        "تجاه",
        "نحو",
        "حتي",
        "وفي",
        "ومن",
        "وعلي",
        "ل",
        "ب",
        "ضمن",
        "داخل",
        "بيد",
    )
)
_BACK = frozenset(("نفسه", "نفسها", "نفسهم", "ذاته", "ذاتها", "ذاتهم", "عينه", "عينها", "ذات", "نفس"))
_GENERIC = (
    "مصدر",
    "مصادر",
    "متحدث",
    "ناطق",
    "مسوول",
    "مسوولون",
    "شاهد",
    "شهود",
    "ناشط",
    "ناشطون",
    "ضابط",
    "مراسل",
)
_KINDS = {"body": "organisation", "people": "unnamed", "place": "organisation", "person": "person"}


@dataclass(frozen=True, slots=True)
class Speaker:
    """A source as the text names it: tokens ``first:last``, with what a later pronoun must agree with."""

    first: int
    last: int
    kind: str
    head: str
    gender: str
    number: str
    sentence: int
    body: tuple[int, int] | None = None


def speaker_of(reading: Reading, mention: Mention, sentence: int) -> Speaker:
    """The speaker that a mention names; a document gives way to its issuer where it is named."""
    if mention.kind == "document":
        issuer = next(
            (inner for inner in mention.inner if inner.kind in SPEAKING and inner.kind != "document"), None
        )
        if issuer is not None:
            mention = issuer
    kind = _KINDS.get(mention.kind, mention.kind)
    head = _bare(reading.tokens[mention.head].form)
    return Speaker(
        mention.first, mention.last, kind, head, mention.gender, mention.number, sentence, mention.body
    )


def subject_after(
    reading: Reading, sentence: int, start: int, stop: int, persons: frozenset[str]
) -> Mention | None:
    """The subject behind a verb: the first fitting mention before ``stop`` that no preposition governs."""
    tokens = reading.tokens
    for mention in reading.mentions(sentence):
        if mention.ext_first < start:
            continue
        if mention.ext_first >= stop:
            return None
        if is_governed(tokens, mention):
            continue
        if mention.kind not in SPEAKING and not (mention.kind == "place" and mention.ext_first == start):
            continue
        if agrees(mention.gender, mention.number, persons, before=False):
            return mention
    return None


def subject_before(
    reading: Reading, sentence: int, start: int, verb: int, persons: frozenset[str]
) -> Mention | None:
    """The subject before a verb: the first fitting mention of the clause that begins at ``start``."""
    for mention in reading.mentions(sentence):
        if mention.ext_last > verb:
            return None
        if mention.ext_first < start or is_governed(reading.tokens, mention):
            continue
        if mention.kind in SPEAKING and agrees(mention.gender, mention.number, persons, before=True):
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
    if first and tokens[first - 1].form in _PREPOSITIONS and tokens[first - 1].part == tokens[first].part:
        return True
    form = tokens[first].form
    if form[:1] not in ("ل", "ب", "و", "ك"):
        return False
    if form.startswith(("لل", "بال", "ولل", "وبال")):
        return True
    for sense in tokens[first].word.senses:
        if sense.cls not in ("report", "formula", "trigger"):
            return sense.pro[-1:] in ("ب", "ل", "ك")
    return False


def agrees(gender: str, number: str, persons: frozenset[str], *, before: bool) -> bool:
    """Whether a noun phrase can be the subject of a verb in one of those persons.

    Before its subject an Arabic verb stays singular ("قال ناشطون"); behind it, it agrees in full ("ناشطون قالوا").
    """
    if not persons:
        return True
    if "3fs" in persons:
        return gender != "m" or number == "p"
    if "3ms" in persons:
        return gender != "f" and not (before and number == "p")
    if persons & {"3mp", "3fp"}:
        return number != "s" or not gender
    return True


class Memory:
    """The speakers named so far, for the cues that name none."""

    __slots__ = ("_speakers",)

    def __init__(self) -> None:
        """Nobody has spoken yet."""
        self._speakers: list[Speaker] = []

    def note(self, speaker: Speaker) -> None:
        """A speaker has been named (again)."""
        self._speakers.append(speaker)

    def last(self) -> Speaker | None:
        """Whoever spoke last."""
        return self._speakers[-1] if self._speakers else None

    def meant_by(self, persons: frozenset[str]) -> Speaker | None:
        """The nearest speaker that fits a verb without a subject."""
        for speaker in reversed(self._speakers):
            if agrees(speaker.gender, speaker.number, persons, before=True):
                return speaker
        return self._speakers[-1] if self._speakers and not persons else None

    def resolved(self, reading: Reading, speaker: Speaker) -> Speaker:
        """The speaker that "المصدر نفسه" or a bare "المتحدث" stands for, or the same speaker where it stands for itself."""
        tokens = reading.tokens
        around = {tokens[i].form for i in (speaker.first - 1, speaker.last) if 0 <= i < len(tokens)}
        around.update(token.form for token in tokens[speaker.first : speaker.last])
        points_back = bool(around & _BACK)
        bare = speaker.last - speaker.first <= 1 and tokens[speaker.first].word.definite
        if not points_back and not (bare and (speaker.head in _GENERIC or speaker.kind == "document")):
            return speaker
        for earlier in reversed(self._speakers):
            if earlier.head == speaker.head or (points_back and _fits(earlier, speaker)):
                return replace(earlier, sentence=speaker.sentence)
        if (
            speaker.kind == "document"
            and self._speakers
            and speaker.sentence - self._speakers[-1].sentence <= 3
        ):
            return self._speakers[-1]
        return speaker


def _fits(earlier: Speaker, later: Speaker) -> bool:
    """Whether an earlier speaker can be what "المصدر نفسه" or "المصادر نفسها" points to."""
    if later.head == "مصدر":
        return earlier.number != "p"
    return later.head != "مصادر" or earlier.number == "p"


def _bare(form: str) -> str:
    """A head word without its article and prepositions."""
    for prefix in ("وال", "بال", "لل", "ال"):
        if form.startswith(prefix) and len(form) - len(prefix) >= 3:
            return form[len(prefix) :]
    return form
