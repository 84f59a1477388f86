"""Formulas: sources that a phrase names, not a verb.

"بحسب المرصد" governs its sentence, or the clause that it interrupts; inside reported speech it is the nearer source. A name and a colon at the head
of a sentence ("الدفاع المدني: مقتل …") speak for the rest of it.
"""

from __future__ import annotations

from marsad.claims.attribution_cues import Cue, is_that
from marsad.claims.attribution_memory import Memory
from marsad.claims.attribution_names import source_at, speaker_of
from marsad.claims.attribution_speakers import SPEAKING, Speaker, mention_at
from marsad.claims.scope import Grant, Scope
from marsad.model import Mention, Reading

_COLON_REACH = 14
_LAST_WORDS = 3
_SOURCE_REACH = 5
_SPEECH_MARKS = frozenset('"“”«»()')
_PRONOUN_ENDS = (
    "له",
    "لها",
    "لهم",
    "ره",
    "رها",
    "رهم",
    "فه",
    "فها",
    "عمه",
    "عمها",
)  # قوله، تعبيره، وصفه، زعمه


class Formulas:
    """Lets formulas and colons grant what they govern."""

    __slots__ = ("_memory", "_reading", "_scope", "_tokens")

    def __init__(self, reading: Reading, scope: Scope, memory: Memory) -> None:
        """For one reading, granting in that scope."""
        self._reading = reading
        self._tokens = reading.tokens
        self._scope = scope
        self._memory = memory

    def formula(self, cue: Cue) -> None:
        """ "بحسب المرصد" governs its sentence; inside reported speech it is the nearer source."""
        role = cue.shape.data.get("role")
        if role in ("opener", "verb"):
            return
        speaker, after = self._named(cue)
        if speaker is None:
            return
        self._memory.note(speaker)
        grant = Grant(speaker, cue.stance, (cue.first, cue.last))
        if self._scope.current is not None and cue.first < self._scope.content:
            self._scope.nearer(grant, self._scope.content, self._scope.end)
            return
        if all(token.kind == "punct" for token in self._tokens[self._scope.start : cue.first]):
            if self._scope.end - after <= 1 and self._scope.sentence:
                self._scope.stray(grant)
            else:
                self._scope.open(grant, after, self._scope.end)
            return
        first = self._scope.start
        if self._scope.current is not None and self._scope.end - after > _LAST_WORDS:
            first = self._scope.clause_before(cue.first)
        self._scope.fill_back(grant, first, cue.first)
        if self._scope.current is None:
            self._scope.fill_back(grant, after, self._scope.end)
        self._scope.start = after

    def _named(self, cue: Cue) -> tuple[Speaker | None, int]:
        """(who a formula names, the end of the name)."""
        after = self._tokens[cue.last].form if cue.last < self._scope.end else ""
        if after in ("ما", "لما"):
            return None, cue.last
        if self._tokens[cue.last - 1].form.endswith(_PRONOUN_ENDS):
            return self._memory.last(), cue.last
        mention = source_at(self._reading, self._scope.sentence, cue.last, _SOURCE_REACH)
        if mention is None:
            return None, cue.last
        speaker = self._memory.resolved(
            self._reading, speaker_of(self._reading, mention, self._scope.sentence)
        )
        return speaker, mention.ext_last

    def _speaks(self, mention: Mention, colon: int) -> bool:
        """Whether what stands before a colon is a source: "سوريا: مقتل …" only says where."""
        if mention.kind not in SPEAKING or mention.kind == "people" or mention.ext_last > colon:
            return False
        if mention.ext_last - mention.ext_first == 1 and "state" in self._tokens[mention.first].word.classes:
            return self._tokens[colon + 1].form in _SPEECH_MARKS or is_that(self._tokens[colon + 1].form)
        between = [
            token.form for token in self._tokens[mention.ext_last : colon] if token.form not in _SPEECH_MARKS
        ]
        return not between or between[0].startswith("ل")

    def colon(self) -> None:
        """ "الدفاع المدني: مقتل …": a name and a colon at the head of a sentence."""
        limit = min(self._scope.start + _COLON_REACH, self._scope.end)
        colon = next((i for i in range(self._scope.start, limit) if self._tokens[i].form == ":"), None)
        if colon is None or colon + 2 >= self._scope.end:
            return
        mention = mention_at(self._reading, self._scope.sentence, self._scope.start, 1)
        if mention is None or not self._speaks(mention, colon):
            return
        speaker = self._memory.resolved(
            self._reading, speaker_of(self._reading, mention, self._scope.sentence)
        )
        self._memory.note(speaker)
        self._scope.open(Grant(speaker, "state", (colon, colon + 1)), colon + 1, self._scope.end)
