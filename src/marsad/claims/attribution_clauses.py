"""Reporting clauses: for one finite verb, who speaks and where what is told stands.

Content can follow its clause ("قال الناطق إن …"), stand before it ("…، كما أفاد شاهد"، "وهو ما تنفيه الحكومة") or be the noun phrase that
a relative clause hangs on ("الهجوم الذي تبناه التنظيم").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from marsad.arabic.folded import fold_word
from marsad.claims.attribution_content import Contents
from marsad.claims.attribution_cues import Cue
from marsad.claims.attribution_memory import Memory
from marsad.claims.attribution_names import coordinated, source_at, speaker_of
from marsad.claims.attribution_speakers import (
    SPEAKING,
    Speaker,
    is_governed,
    is_open_word,
    mention_at,
    subject_after,
    subject_before,
    topic_of,
    unknown_after,
)
from marsad.model import Mention, Reading, Token

Where = Literal["after", "before", "antecedent", "nowhere"]

_WHAT = frozenset(("ما", "مما", "وما", "بما", "لما", "حسبما", "وفقما", "بحسبما"))
_WHAT_ALONE = frozenset(("لما", "حسبما", "وفقما", "بحسبما"))
_WHAT_LEADS = frozenset(
    ("وهو", "وهي", "هو", "وهذا", "علي", "بحسب", "حسب", "وفق", "وحسب", "وبحسب", "ووفق", "بناء", "الامر")
)
_WAS = frozenset(("كان", "كانت", "وكان", "وكانت"))
_RELAY_REACH = 12
_LONG_ENOUGH = 4


@dataclass(frozen=True, slots=True)
class Clause:
    """A cue with its speaker and the place of its content; ``inner`` is the nearer source of a relay.

    ``content`` is the first token of content that follows, or of the clause itself where content stands before it. ``channel`` is the
    outlet that was told ("قال الطبيب للقناة").
    """

    cue: Cue
    speaker: Speaker | None
    where: Where
    content: int
    inner: Speaker | None = None
    named: bool = True
    channel: Speaker | None = None
    impersonal: bool = False
    summing: bool = False
    """Whether it sums up what is told ("وفق ما نقلت الوكالة")."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a cue stands: its sentence, where its own clause begins, where the next cue or the sentence ends it."""

    sentence: int
    start: int
    stop: int
    end: int


@dataclass(frozen=True, slots=True)
class _Voices:
    """Who speaks in a clause, the nearer source that is relayed, and where the subject ends."""

    speaker: Speaker | None
    inner: Speaker | None
    after: int


class Clauses:
    """Reads reporting clauses of one article."""

    __slots__ = ("_contents", "_memory", "_reading", "_tokens")

    def __init__(self, reading: Reading, memory: Memory, contents: Contents) -> None:
        """For one reading, with the memory of its speakers."""
        self._reading = reading
        self._tokens: Sequence[Token] = reading.tokens
        self._memory = memory
        self._contents = contents

    def verb(self, cue: Cue, place: Place) -> Clause | None:
        """The clause of a finite verb; None where the word reports nothing here."""
        before = self._tokens[cue.first - 1] if cue.first > place.start else None
        if before is not None and before.form in _WHAT and self._is_what(cue, place):
            return self._what(cue, place)
        if before is not None and "relative" in before.word.classes:
            return self._relative(cue, place)
        opened = self._contents.introducer(cue.last, place.stop)
        if not self._contents.is_meant(cue, opened):
            return None
        voices = self._voices(cue, place, opened)
        return None if voices is None else self._main(cue, place, opened, voices)

    def _main(self, cue: Cue, place: Place, opened: int | None, voices: _Voices) -> Clause | None:
        """A verb of the main clause, or one whose subject stands before it."""
        speaker, named = voices.speaker, voices.speaker is not None
        if speaker is None:
            if self._is_impersonal(cue):
                return Clause(cue, None, "nowhere", cue.last, impersonal=True)
            if self._modifies(cue, place):
                return (
                    None  # "شخصين تتهمهما ب…"، "منشورات تتعهد فيها" are told in the voice of their own clause
                )
            speaker = self._meant(cue, place)
        content = self._content(cue, place, opened, voices.after)
        if content is not None:
            channel = self._channel(cue, place.sentence, content)
            return Clause(cue, speaker, "after", content, voices.inner, named, channel)
        if self._leans_back(cue, place):
            return Clause(cue, speaker, "before", cue.first, voices.inner, named)
        told = place.end - voices.after >= _LONG_ENOUGH and not cue.shape.data.get("weak")
        return Clause(cue, speaker, "after" if told else "nowhere", voices.after, voices.inner, named)

    def _leans_back(self, cue: Cue, place: Place) -> bool:
        """Whether what is told stands before the verb ("…، يقول السكان"، "… كما أفاد شاهد")."""
        if cue.shape.joined or cue.first - place.start < _LONG_ENOUGH - 1:
            return False
        before = self._tokens[cue.first - 1]
        return before.kind == "punct" or before.form == "كما"

    def _modifies(self, cue: Cue, place: Place) -> bool:
        """Whether a verb without a subject of its own stands right behind a noun, as a relative clause does."""
        if cue.shape.joined or cue.first - place.start < 1:
            return False
        return is_open_word(self._tokens[cue.first - 1])

    def _meant(self, cue: Cue, place: Place) -> Speaker | None:
        """Whom a verb without a subject means: the nearest speaker that fits, or whom the sentence before is about."""
        persons = cue.shape.persons
        speaker = self._memory.meant_by(persons, place.sentence)
        if speaker is None and place.sentence:
            before = self._reading.sentences[place.sentence - 1]
            topic = topic_of(self._reading, place.sentence - 1, before.first, before.last, persons)
            speaker = None if topic is None else self._speaker(topic, place.sentence - 1, before.last)
        return speaker or self._memory.last()

    def _content(self, cue: Cue, place: Place, opened: int | None, after: int) -> int | None:
        """Where the content of a main verb begins, if it follows."""
        if cue.shape.data.get("tells"):
            return cue.first  # "نعت الكتيبة قائدها": the verb itself says that he died
        found = self._contents.complement(cue, after, place.stop if opened is None else opened)
        if opened is None or found is None:
            return found if opened is None else opened
        return found if found > after or self._contents.tells_event(found, opened) else opened

    def _voices(self, cue: Cue, place: Place, opened: int | None) -> _Voices | None:
        """Who speaks; None where the subject cannot report."""
        bound = opened if opened is not None else place.stop
        if cue.shape.data.get("frame", {}).get("في") == "source":
            return self._document(cue, place, bound)
        mention = self._subject(cue, place, bound)
        act = cue.shape.data.get("act")
        if act == "document" and (mention is None or mention.kind == "people"):
            return None  # "أظهرت الحرب أن": nobody tells
        if act == "detect" and mention is not None and mention.kind in ("body", "people"):
            return None  # "رصدت الدفاعات صاروخا": seeing is not telling
        speaker, after = self._named(cue, place, opened, mention)
        if act != "relay":
            return _Voices(speaker, None, after)
        inner, after = self._relayed(place, after, bound)
        return _Voices(speaker, inner, after)

    def _named(
        self, cue: Cue, place: Place, opened: int | None, mention: Mention | None
    ) -> tuple[Speaker | None, int]:
        """(the speaker whom a subject names, where the subject ends behind the verb)."""
        if mention is None:
            return None, cue.last
        sentence, behind = place.sentence, mention.ext_first >= cue.last
        stop = cue.first
        if behind:
            stop = self._contents.subject_bound(cue, sentence, place.stop) if opened is None else opened
        speaker = self._speaker(mention, sentence, stop)
        end = (
            max(mention.ext_last, speaker.last)
            if mention.ext_first <= speaker.first <= stop
            else mention.ext_last
        )
        other = coordinated(self._reading, sentence, end)
        if other is not None:
            speaker, end = replace(speaker, others=(self._speaker(other, sentence),)), other.ext_last
        return speaker, end if behind else cue.last

    def _subject(self, cue: Cue, place: Place, bound: int) -> Mention | None:
        """The subject, before the verb where it stands there at once or كان holds its place, otherwise behind it."""
        reading, sentence, persons = self._reading, place.sentence, cue.shape.persons
        early = None
        if not cue.shape.joined:
            early = subject_before(reading, sentence, place.start, cue.first, persons)
        if early is not None and (early.ext_last >= cue.first - 1 or self._follows_was(early)):
            return early
        if cue.shape.data.get("weak"):
            early = None  # "القوات مسؤولة عن … نشر": too far for a word of many meanings
        stop = self._contents.subject_bound(cue, sentence, bound)
        mention = subject_after(reading, sentence, cue.last, stop, persons)
        if early is not None and mention is not None and mention.kind == "people":
            return early
        if mention is None and early is None and bound < place.stop and not cue.takes("object"):
            mention = unknown_after(reading, cue.last, stop)
        return mention or early

    def _follows_was(self, early: Mention) -> bool:
        """ "وكان الجيش، …، قد أعلن": كان holds the subject's place."""
        return early.ext_first > 0 and self._tokens[early.ext_first - 1].form in _WAS

    def _channel(self, cue: Cue, sentence: int, content: int) -> Speaker | None:
        """The outlet between a verb and its content, unless it is our own ("لوكالتنا")."""
        for mention in self._reading.mentions(sentence):
            if mention.ext_first >= content:
                return None
            if mention.kind != "outlet" or mention.ext_first < cue.last:
                continue
            if is_governed(self._tokens, mention) and not self._tokens[mention.first].form.endswith("نا"):
                return speaker_of(self._reading, mention, sentence)
        return None

    def _document(self, cue: Cue, place: Place, bound: int) -> _Voices | None:
        """The document of "جاء في بيان الوزارة أن"."""
        for index in range(cue.last, min(bound, cue.last + _LONG_ENOUGH)):
            if self._tokens[index].form == "في":
                mention = source_at(self._reading, place.sentence, index + 1, 1)
                if mention is not None:
                    return _Voices(self._speaker(mention, place.sentence), None, mention.ext_last)
        return None

    def _relayed(self, place: Place, start: int, bound: int) -> tuple[Speaker | None, int]:
        """The nearer source behind عن ("نقلت الوكالة عن شاهد")."""
        for index in range(start, min(bound, start + _RELAY_REACH)):
            if self._tokens[index].form == "عن":
                mention = mention_at(self._reading, place.sentence, index + 1, 1)
                if mention is not None and mention.kind in SPEAKING:
                    return self._speaker(mention, place.sentence, bound), mention.ext_last
        return None, start

    def _is_impersonal(self, cue: Cue) -> bool:
        """Whether a verb without a subject tells in nobody's name ("يذكر أن")."""
        forms = cue.shape.data.get("impersonal", ())
        return any(fold_word(form) == self._tokens[cue.first].form for form in forms)

    def _is_what(self, cue: Cue, place: Place) -> bool:
        """Whether ما before the verb makes a formula or sums up the clause before ("وهو ما تنفيه")."""
        before = self._tokens[cue.first - 2].form if cue.first - 2 >= place.start else ""
        alone = self._tokens[cue.first - 1].form in _WHAT_ALONE
        return alone or before in _WHAT_LEADS or bool(cue.shape.enclitic)

    def _what(self, cue: Cue, place: Place) -> Clause | None:
        """ "بحسب ما أفاد شاهد"، "وهو ما تنفيه الحكومة": the content stands before, or after a fronted formula."""
        bound = self._contents.clause_end(cue.last, place.end)
        mention = subject_after(self._reading, place.sentence, cue.last, bound, cue.shape.persons)
        speaker, _ = self._named(cue, place, bound, mention)
        named = speaker is not None
        if speaker is None:
            speaker = self._meant(cue, place)
        if cue.first - 2 <= place.start + 1:
            return Clause(cue, speaker, "after", max(bound, cue.last), named=named, summing=True)
        lead = cue.first - 1 if self._tokens[cue.first - 1].form in _WHAT_ALONE else cue.first - 2
        return Clause(cue, speaker, "before", lead, named=named)

    def _relative(self, cue: Cue, place: Place) -> Clause | None:
        """ "الهجوم الذي تبناه التنظيم"، "الناطق الذي أكد أن": content before, or a speaker before."""
        opened = self._contents.introducer(cue.last, self._contents.clause_end(cue.last, place.stop))
        if cue.shape.enclitic or opened is None:
            return self._antecedent(cue, place)
        near = [m for m in self._reading.mentions(place.sentence) if cue.first - 3 <= m.ext_last < cue.first]
        found = [mention for mention in near if mention.kind in SPEAKING]
        if not found:
            return None
        return Clause(cue, self._speaker(found[-1], place.sentence), "after", opened)

    def _antecedent(self, cue: Cue, place: Place) -> Clause | None:
        """ "الهجوم الذي تبناه التنظيم"."""
        if cue.shape.data.get("weak") or not (cue.shape.enclitic or cue.takes("object")):
            return None
        bound = self._contents.clause_end(cue.last, place.end)
        mention = subject_after(self._reading, place.sentence, cue.last, bound, cue.shape.persons)
        if mention is None:
            return None
        return Clause(cue, self._speaker(mention, place.sentence), "antecedent", cue.first - 1)

    def _speaker(self, mention: Mention, sentence: int, stop: int | None = None) -> Speaker:
        """The speaker of a mention, resolved where it points back."""
        return self._memory.resolved(self._reading, speaker_of(self._reading, mention, sentence, stop))
