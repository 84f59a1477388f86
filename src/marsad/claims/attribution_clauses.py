"""Reporting clauses: for one cue, who speaks and where what is told stands.

Content can follow its clause ("قال الناطق إن …"), stand before it ("…، كما أفاد شاهد"، "وهو ما تنفيه الحكومة") or be the noun phrase that
a relative clause hangs on ("الهجوم الذي تبناه التنظيم"). A verb of several meanings ("تابع"، "نشر") reports only where such content is found.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from marsad.arabic.folded import fold_word
from marsad.claims.attribution_cues import NO_COMPLEMENT, Cue, is_that
from marsad.claims.attribution_memory import Memory
from marsad.claims.attribution_speakers import (
    Speaker,
    coordinated,
    mention_at,
    source_at,
    speaker_of,
    subject_after,
    subject_before,
    unknown_after,
)
from marsad.model import Mention, Reading, Token

Where = Literal["after", "before", "antecedent", "nowhere"]

_RELATIVE = frozenset(("الذي", "التي", "الذين", "والذي", "والتي", "اللذان", "اللتان", "الذى"))
_WHAT = frozenset(("ما", "مما", "وما", "بما"))
_WHAT_LEADS = frozenset(
    ("وهو", "وهي", "هو", "وهذا", "علي", "بحسب", "حسب", "وفق", "وحسب", "وبحسب", "ووفق", "بناء", "الامر")
)
_PREPOSITIONS = {"عن": "عن", "الي": "إلى", "علي": "على", "من": "من", "في": "في"}
_CLAUSE_END = frozenset("،,؛.:!?؟")
_WEAK_REACH = 25
_NEAR = 6


@dataclass(frozen=True, slots=True)
class Clause:
    """A cue with its speaker and the place of its content; ``inner`` is the nearer source of a relay."""

    cue: Cue
    speaker: Speaker | None
    where: Where
    content: int
    """The first token of content that follows; of the clause itself where content stands before it."""
    inner: Speaker | None = None
    named: bool = True
    impersonal: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where a cue stands: its sentence, where its own clause begins, where the next cue or the sentence ends it."""

    sentence: int
    start: int
    stop: int
    end: int


class Clauses:
    """Reads reporting clauses of one article."""

    __slots__ = ("_memory", "_opening", "_reading", "_tokens")

    def __init__(self, reading: Reading, memory: Memory) -> None:
        """For one reading, with the memory of its speakers."""
        self._reading = reading
        self._tokens: Sequence[Token] = reading.tokens
        self._memory = memory
        self._opening = {quotation.first - 1 for quotation in reading.quotations if quotation.speech}

    def verb(self, cue: Cue, place: Place) -> Clause | None:
        """The clause of a finite verb; None where the word reports nothing here."""
        before = self._tokens[cue.first - 1].form if cue.first > place.start else ""
        if before in _WHAT and self._is_what(cue, place):
            return self._what(cue, place)
        if before in _RELATIVE:
            return self._relative(cue, place)
        opened = self.introducer(cue.last, place.stop)
        if not self._is_meant(cue, opened):
            return None
        return self._main(cue, place, opened)

    def _is_meant(self, cue: Cue, opened: int | None) -> bool:
        """Whether a word of several meanings has the complement that makes it a report."""
        data = cue.shape.data
        wanted = data.get("with")
        if wanted is not None:
            near = {token.form for token in self._tokens[cue.last : cue.last + 8]}
            return any(fold_word(word) in near for word in wanted)
        if not data.get("weak"):
            return True
        return opened is not None and opened - cue.last <= (_NEAR if data.get("near") else _WEAK_REACH)

    def introducer(self, start: int, stop: int) -> int | None:
        """The first أن, colon or quotation mark that opens reported speech."""
        tokens = self._tokens
        for index in range(start, stop):
            form = tokens[index].form
            if form == ":" or index in self._opening:
                return index
            if is_that(form) and tokens[index - 1].form not in NO_COMPLEMENT:
                return index
        return None

    def content_of(self, cue: Cue, stop: int) -> int | None:
        """Where the content of a participle begins, if it has any."""
        opened = self.introducer(cue.last, stop)
        if cue.shape.data.get("weak"):
            return opened if opened is not None and opened - cue.last <= _WEAK_REACH else None
        complement = self._complement(cue, cue.last, stop)
        if complement is None or (opened is not None and opened < complement):
            return opened if opened is not None and opened - cue.last <= _WEAK_REACH else None
        return complement

    def _main(self, cue: Cue, place: Place, opened: int | None) -> Clause | None:
        """A verb of the main clause, or one whose subject stands before it."""
        voices = self._voices(cue, place, opened)
        if voices is None:
            return None
        speaker, inner, after = voices
        named = speaker is not None
        if speaker is None:
            if self._is_impersonal(cue):
                return Clause(cue, None, "nowhere", cue.last, impersonal=True)
            if cue.shape.data.get("act") == "accuse" and (cue.shape.enclitic or cue.first - place.start > 1):
                return None  # "شخصين تتهمهما ب…" is told in the voice of its own clause
            speaker = self._memory.meant_by(cue.shape.persons)
        content = opened if opened is not None else self._complement(cue, after, place.stop)
        if content is not None and cue.takes("object") and after < content:
            content = after
        if cue.shape.data.get("tells"):
            content = cue.first  # "نعت الكتيبة قائدها": the verb itself says that he died
        if content is not None:
            return Clause(cue, speaker, "after", content, inner, named)
        if self._leans_back(cue, place):
            return Clause(cue, speaker, "before", cue.first, inner, named)
        if place.end - after >= 4 and not cue.shape.data.get("weak"):
            return Clause(cue, speaker, "after", after, inner, named)
        return Clause(cue, speaker, "nowhere", after, inner, named)

    def _voices(
        self, cue: Cue, place: Place, opened: int | None
    ) -> tuple[Speaker | None, Speaker | None, int] | None:
        """(speaker, nearer source of a relay, end of the subject); None where the subject cannot report."""
        sentence = place.sentence
        bound = opened if opened is not None else place.stop
        if cue.shape.data.get("frame", {}).get("في") == "source":
            return self._document(cue, place, bound)
        mention, after = self._subject(cue, place, bound)
        if cue.shape.data.get("act") == "document" and (mention is None or mention.kind == "people"):
            return None  # "أظهرت الحرب أن": nobody tells
        speaker = None
        if mention is not None:
            stop = (
                self._name_bound(cue, sentence, opened, bound) if mention.ext_first >= cue.last else cue.first
            )
            speaker = self._speaker(mention, sentence, stop)
            if cue.last <= mention.ext_first and speaker.first >= after:
                after = speaker.last
            speaker, after = self._joined(speaker, sentence, after)
        inner = None
        if cue.shape.data.get("act") == "relay":
            inner, after = self._relayed(place, after, bound)
        return speaker, inner, after

    def _subject(self, cue: Cue, place: Place, bound: int) -> tuple[Mention | None, int]:
        """(the subject, where it ends behind the verb)."""
        reading, sentence, persons = self._reading, place.sentence, cue.shape.persons
        early = (
            None if cue.shape.joined else subject_before(reading, sentence, place.start, cue.first, persons)
        )
        if early is not None and early.ext_last >= cue.first - 1:
            return early, cue.last
        stop = self._subject_bound(cue, sentence, bound)
        mention = subject_after(reading, sentence, cue.last, stop, persons)
        if mention is None and early is None and bound < place.stop and not cue.takes("object"):
            mention = unknown_after(reading, cue.last, stop)
        if mention is not None:
            return mention, mention.ext_last
        return early, cue.last

    def _was(self, early: Mention) -> bool:
        """ "وكان الجيش، …، قد أعلن": كان holds the subject's place."""
        return early.ext_first > 0 and self._tokens[early.ext_first - 1].form in (
            "كان",
            "كانت",
            "وكان",
            "وكانت",
        )

    def _joined(self, speaker: Speaker, sentence: int, after: int) -> tuple[Speaker, int]:
        """The speaker with those who speak with the same verb."""
        mention = coordinated(self._reading, sentence, after)
        if mention is None:
            return speaker, after
        return replace(speaker, others=(self._speaker(mention, sentence),)), mention.ext_last

    def _name_bound(self, cue: Cue, sentence: int, opened: int | None, bound: int) -> int:
        """Where to stop looking for the name behind a title."""
        return opened if opened is not None else self._subject_bound(cue, sentence, bound)

    def _subject_bound(self, cue: Cue, sentence: int, bound: int) -> int:
        """Where to stop looking for the subject: with an object as content it stands at once behind the verb."""
        if cue.shape.data.get("act") == "relay":
            return next((i for i in range(cue.last, bound) if self._tokens[i].form == "عن"), bound)
        if not cue.takes("object"):
            found = self._prepositional(cue, cue.last, bound)
            return bound if found is None else found
        named = mention_at(self._reading, sentence, cue.last, 0)
        for index in range(cue.last if named is None else named.ext_last, bound):
            if self._tokens[index].form in _CLAUSE_END or "trigger" in self._tokens[index].word.classes:
                return index
        return bound

    def _document(
        self, cue: Cue, place: Place, bound: int
    ) -> tuple[Speaker | None, Speaker | None, int] | None:
        """The document of "جاء في بيان الوزارة أن"."""
        for index in range(cue.last, min(bound, cue.last + 4)):
            if self._tokens[index].form == "في":
                mention = source_at(self._reading, place.sentence, index + 1, 1)
                if mention is not None:
                    return self._speaker(mention, place.sentence), None, mention.ext_last
        return None

    def _relayed(self, place: Place, start: int, bound: int) -> tuple[Speaker | None, int]:
        """The nearer source behind عن ("نقلت الوكالة عن شاهد")."""
        for index in range(start, min(bound, start + 12)):
            if self._tokens[index].form == "عن":
                mention = mention_at(self._reading, place.sentence, index + 1, 1)
                if mention is not None:
                    return self._speaker(mention, place.sentence), mention.ext_last
        return None, start

    def _complement(self, cue: Cue, start: int, stop: int) -> int | None:
        """Where a noun phrase or prepositional phrase begins that is the content ("أعلن انسحابه"، "أقر بمقتل")."""
        tokens = self._tokens
        if start < stop and tokens[start].form in ("،", ","):
            start += 1
        found = self._prepositional(cue, start, stop)
        if found is None and cue.takes("object") and start < stop and tokens[start].form not in _CLAUSE_END:
            return start
        return found

    def _prepositional(self, cue: Cue, start: int, stop: int) -> int | None:
        """The first preposition of the clause that the frame gives content."""
        for index in range(start, stop):
            token = self._tokens[index]
            written = _PREPOSITIONS.get(token.form)
            if written is not None and cue.takes(written):
                return index
            if token.form[:1] == "ب" and cue.takes("ب") and _has_ba(token):
                return index
            if token.form in _CLAUSE_END:
                return None
        return None

    def _leans_back(self, cue: Cue, place: Place) -> bool:
        """Whether something stands before the cue that it can tell ("…، يقول السكان")."""
        return not cue.shape.joined and cue.first - place.start >= 3

    def _is_impersonal(self, cue: Cue) -> bool:
        """Whether a verb without a subject tells in nobody's name ("يذكر أن")."""
        return bool(cue.shape.data.get("impersonal")) and not cue.shape.past and "3ms" in cue.shape.persons

    def _is_what(self, cue: Cue, place: Place) -> bool:
        """Whether ما before the verb makes a formula or sums up the clause before ("وهو ما تنفيه")."""
        before = self._tokens[cue.first - 2].form if cue.first - 2 >= place.start else ""
        return before in _WHAT_LEADS or bool(cue.shape.enclitic)

    def _what(self, cue: Cue, place: Place) -> Clause | None:
        """ "بحسب ما أفاد شاهد"، "وهو ما تنفيه الحكومة": the content stands before, or after a fronted formula."""
        bound = self._clause_end(cue.last, place.end)
        mention = subject_after(self._reading, place.sentence, cue.last, bound, cue.shape.persons)
        speaker = (
            self._speaker(mention, place.sentence) if mention else self._memory.meant_by(cue.shape.persons)
        )
        if cue.first - 2 <= place.start + 1:
            return Clause(cue, speaker, "after", max(bound, cue.last), named=mention is not None)
        return Clause(cue, speaker, "before", cue.first - 2, named=mention is not None)

    def _relative(self, cue: Cue, place: Place) -> Clause | None:
        """ "الهجوم الذي تبناه التنظيم"، "الناطق الذي أكد أن": content before, or a speaker before."""
        opened = self.introducer(cue.last, self._clause_end(cue.last, place.stop))
        if cue.shape.enclitic or opened is None:
            if cue.shape.data.get("weak") or not (cue.shape.enclitic or cue.takes("object")):
                return None
            bound = self._clause_end(cue.last, place.end)
            mention = subject_after(self._reading, place.sentence, cue.last, bound, cue.shape.persons)
            if mention is None:
                return None
            return Clause(cue, self._speaker(mention, place.sentence), "antecedent", cue.first - 1)
        found = [m for m in self._reading.mentions(place.sentence) if cue.first - 3 <= m.ext_last < cue.first]
        if not found:
            return None
        return Clause(cue, self._speaker(found[-1], place.sentence), "after", opened)

    def _clause_end(self, start: int, end: int) -> int:
        """The next mark that ends a clause."""
        for index in range(start, end):
            if self._tokens[index].form in _CLAUSE_END:
                return index
        return end

    def _speaker(self, mention: Mention, sentence: int, stop: int | None = None) -> Speaker:
        """The speaker of a mention, resolved where it points back."""
        return self._memory.resolved(self._reading, speaker_of(self._reading, mention, sentence, stop))


def _has_ba(token: Token) -> bool:
    """Whether a word carries the preposition ب (بمقتل, but not بيان)."""
    if token.form in ("ب", "بـ") or token.form.startswith("بال"):
        return True
    if not token.word.senses:
        return len(token.form) > 4
    return any(sense.pro.endswith("ب") for sense in token.word.senses)
