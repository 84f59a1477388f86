"""Content: where what is told begins, behind a cue and its subject.

It is opened by أن (with إن، بأن، أنه), a colon or a quotation mark, by the preposition that the verb's frame names ("أقر بمقتل"), or it is the noun
phrase right behind the subject ("أعلن الجيش انسحابه"). A word of several meanings ("تابع"، "نشر") reports only where such content is found.
"""

from __future__ import annotations

from collections.abc import Sequence

from marsad.arabic.folded import fold_word
from marsad.claims.attribution_cues import NO_COMPLEMENT, Cue, is_that
from marsad.claims.attribution_speakers import mention_at
from marsad.model import Reading, Token

CLAUSE_END = frozenset("،,؛.:!?؟")
_PREPOSITIONS = {"عن": "عن", "الي": "إلى", "علي": "على", "من": "من", "في": "في"}
_WEAK_REACH = 25
_NEAR = 6
_WITH_REACH = 8


class Contents:
    """Finds the content of cues in one article."""

    __slots__ = ("_opening", "_reading", "_tokens")

    def __init__(self, reading: Reading) -> None:
        """For one reading."""
        self._reading = reading
        self._tokens: Sequence[Token] = reading.tokens
        self._opening = {quotation.first - 1 for quotation in reading.quotations if quotation.speech}

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

    def complement(self, cue: Cue, start: int, stop: int) -> int | None:
        """Where a noun phrase or prepositional phrase begins that is the content ("أعلن انسحابه"، "أقر بمقتل")."""
        if start < stop and self._tokens[start].form in ("،", ","):
            start += 1
        found = self.prepositional(cue, start, stop)
        if (
            found is None
            and cue.takes("object")
            and start < stop
            and self._tokens[start].form not in CLAUSE_END
        ):
            return start
        return found

    def prepositional(self, cue: Cue, start: int, stop: int) -> int | None:
        """The first preposition of the clause that the frame gives content."""
        with_ba = cue.takes("ب")
        for index in range(start, min(stop, len(self._tokens))):
            token = self._tokens[index]
            written = _PREPOSITIONS.get(token.form)
            if written is not None and cue.takes(written):
                return index
            if with_ba and token.form[:1] == "ب" and self._has_ba(index):
                return index
            if token.form in CLAUSE_END:
                return None
        return None

    def tells_event(self, start: int, stop: int) -> bool:
        """Whether the words right behind a subject name an event, rather than going on naming the subject."""
        if self._tokens[start].word.classes & {"title", "title_word"}:
            return False
        return any("trigger" in token.word.classes for token in self._tokens[start:stop])

    def content_of(self, cue: Cue, stop: int) -> int | None:
        """Where the content of a participle begins, if it has any."""
        opened = self.introducer(cue.last, stop)
        if opened is not None and opened - cue.last > _WEAK_REACH:
            opened = None
        if cue.shape.data.get("weak"):
            return opened
        found = self.complement(cue, cue.last, stop)
        return opened if found is None or (opened is not None and opened < found) else found

    def is_meant(self, cue: Cue, opened: int | None) -> bool:
        """Whether a word of several meanings has the complement that makes it a report."""
        data = cue.shape.data
        wanted = self._wanted(cue)
        if wanted is not None:
            return any(token.form in wanted for token in self._tokens[cue.last : cue.last + _WITH_REACH])
        if not data.get("weak"):
            return True
        if opened is not None and opened - cue.last <= (_NEAR if data.get("near") else _WEAK_REACH):
            return True
        return not data.get("near") and self.prepositional(cue, cue.last, cue.last + _WEAK_REACH) is not None

    def subject_bound(self, cue: Cue, sentence: int, bound: int) -> int:
        """Where to stop looking for the subject: where the frame has its content begin."""
        if cue.shape.data.get("act") == "relay":
            return self._first_of(frozenset(("عن",)), cue.last, bound)
        wanted = self._wanted(cue)
        if wanted is not None:
            return self._first_of(wanted, cue.last, bound)
        if not cue.takes("object"):
            found = self.prepositional(cue, cue.last, bound)
            return bound if found is None else found
        named = mention_at(self._reading, sentence, cue.last, 0)
        for index in range(cue.last if named is None else named.ext_last, bound):
            if self._tokens[index].form in CLAUSE_END or "trigger" in self._tokens[index].word.classes:
                return index
        return bound

    def clause_end(self, start: int, end: int) -> int:
        """The next mark that ends a clause."""
        return self._first_of(CLAUSE_END, start, end)

    def _first_of(self, forms: frozenset[str], start: int, end: int) -> int:
        return next((index for index in range(start, end) if self._tokens[index].form in forms), end)

    def _wanted(self, cue: Cue) -> frozenset[str] | None:
        """The words one of which must follow ("حمّله مسؤولية")."""
        words = cue.shape.data.get("with")
        return None if words is None else frozenset(map(fold_word, words))

    def _has_ba(self, index: int) -> bool:
        """Whether a word carries the preposition ب (بمقتل, but neither بيان nor بوتين)."""
        token = self._tokens[index]
        if token.form == "باسم":
            return False
        if token.form == "ب" or token.form.startswith("بال"):
            return True
        if token.word.senses:
            return any(sense.pro.endswith("ب") for sense in token.word.senses)
        named = mention_at(self._reading, self._reading.sentence_at(index), index, 0)
        return len(token.form) > 4 and (named is None or named.cut > 0)
