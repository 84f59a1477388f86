"""Scope: how far a source governs.

A source governs what its reporting clause tells, to the end of the sentence, and goes on where a quotation stays open, where the
sentence ends in a colon, and where the next sentence opens with "وأن". It ends at the next source, and where the article takes its own voice
again: at a new sentence that nothing ties to the one before. A cue inside the content of another nests ("قال الناطق إن الجيش أعلن أن …": the
army, then the spokesman); one that stands beside it replaces it ("، فيما نفى القائد …").
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from marsad.claims.attribution_cues import Cue, is_that
from marsad.claims.attribution_memory import Memory
from marsad.claims.attribution_speakers import Speaker, begins_own_clause
from marsad.model import Quotation, Reading, Sentence

_SIBLING = frozenset(
    (
        "بينما",
        "فيما",
        "كما",
        "لكن",
        "ولكن",
        "حين",
        "وقد",
        "قد",
        "وكان",
        "وكانت",
        "كان",
        "كانت",
        "بدوره",
        "بدورها",
        "،",
        ",",
        "؛",
    )
)
_MARKS_FORM = frozenset('"“”«»„‟')
_WAS = frozenset(("كان", "كانت", "وكان", "وكانت"))
_ANTECEDENT_REACH = 10
_STOPS = frozenset(".!?؟…") | _MARKS_FORM | frozenset(("...", "..", ")", "’", "‘"))
_NESTED = 3  # quotations that can stand in one another
CLAUSE_MARKS = frozenset("،,؛:.؟!")
"""Marks that end a clause."""


@dataclass(frozen=True, slots=True)
class Grant:
    """The right of one source over some tokens; ``outer`` is who relays it."""

    speaker: Speaker
    stance: str
    cue: tuple[int, int]
    outer: Grant | None = None


class Scope:
    """Which source each token of an article has, and the state in which the sentences are read.

    ``current`` is the source whose content is open from token ``content`` on; ``start`` and ``end`` bound what is left of the sentence.
    """

    __slots__ = (
        "_closings",
        "_openings",
        "_reading",
        "_speeches",
        "_tokens",
        "content",
        "current",
        "deniers",
        "end",
        "owner",
        "sentence",
        "start",
    )

    def __init__(self, reading: Reading) -> None:
        """Nothing is granted yet."""
        self._reading = reading
        self._tokens = reading.tokens
        self._speeches = [quotation for quotation in reading.quotations if quotation.speech]
        self._openings = [quotation.first for quotation in self._speeches]
        self._closings = {quotation.last for quotation in self._speeches}
        self.owner: list[Grant | None] = [None] * len(reading.tokens)
        self.deniers: list[tuple[int, int, Grant]] = []
        self.current: Grant | None = None
        self.content = 0
        self.start = 0
        self.end = 0
        self.sentence = 0

    def enter(self, index: int, sentence: Sentence, memory: Memory) -> None:
        """Begin a sentence, with what goes on from the one before it."""
        carried = self._carried(sentence, memory)
        self.sentence, self.start, self.end = index, sentence.first, sentence.last
        self.current = None
        if carried is not None:
            self.open(carried[0], sentence.first, carried[1])

    def open(self, grant: Grant, first: int, last: int) -> None:
        """Grant the tokens ``first:last``, and on to the end of a quotation that begins at their head."""
        self.current, self.content = grant, first
        for index in range(first, self._own_voice_from(first, last)):
            self.owner[index] = grant

    def _own_voice_from(self, first: int, last: int) -> int:
        """Where the article takes its own voice again inside a sentence: "، وذلك بعد …"."""
        for index in range(first + 1, last):
            if self._tokens[index].form == "وذلك" and self._tokens[index - 1].form in ("،", ","):
                return index
        return last

    def close(self, first: int) -> None:
        """End the open source at a token: what follows is nobody's until granted."""
        if self.current is not None:
            for index in range(first, self.end):
                self.owner[index] = None
            self.start = first
        self.current = None

    def clause_start(self, cue: Cue) -> int:
        """Where to look for a subject before a verb: behind the last أن of the content it stands in."""
        start = self.start if self.current is None else max(self.start, self.content)
        for index in range(cue.first - 1, start - 1, -1):
            if is_that(self._tokens[index].form):
                return index + 1
        return start

    def nests(self, cue: Cue) -> bool:
        """Whether a cue stands inside the content of the open source rather than beside it."""
        if self.current is None or cue.first < self.content:
            return False
        speech = self._speech_at(cue.first)
        if speech is not None and speech.first > self.content - 3:
            return True
        before = self._tokens[cue.first - 1].form
        behind_speech = before in _MARKS_FORM and cue.first - 1 in self._closings
        return not (cue.shape.joined or before in _SIBLING or behind_speech or self._has_joined_subject(cue))

    def _has_joined_subject(self, cue: Cue) -> bool:
        """Whether a subject of its own, joined by و, stands before the verb."""
        mentions = self._reading.mentions(self.sentence)
        return any(
            mention.ext_first > self.content and begins_own_clause(self._tokens, mention, cue.first)
            for mention in mentions
        )

    def _speech_at(self, index: int) -> Quotation | None:
        """The quoted speech that a token stands in."""
        near = bisect_right(self._openings, index)
        return next(
            (q for q in self._speeches[max(0, near - _NESTED) : near] if q.first <= index < q.last), None
        )

    def is_quoted(self, index: int) -> bool:
        """Whether a token stands in quoted speech."""
        return self._speech_at(index) is not None

    def _carried(self, sentence: Sentence, memory: Memory) -> tuple[Grant, int] | None:
        """The grant that goes on into this sentence, and up to where."""
        if sentence.first == 0 or self.end == 0:
            return None
        last = self.owner[self.end - 1] or (self.current if self.content >= self.end else None)
        speech = self._speech_at(sentence.first) or self._speech_at(sentence.first + 1)
        before = self._tokens[self.end - 1]
        if before.part != self._tokens[sentence.first].part:
            return None
        if last is not None:
            if sentence.first == self.end and before.form not in _STOPS:
                return last, sentence.last  # one sentence that was too long to be read as one
            if before.form == ":" or is_that(self._tokens[sentence.first].form):
                return last, sentence.last if speech is None else max(speech.last, sentence.first)
            if speech is not None and speech.first < sentence.first - 1:
                return last, min(speech.last, sentence.last)
        if speech is not None and speech.first <= sentence.first + 1:
            return _quoted_again(speech, sentence, memory)
        return None

    def fill_back(self, grant: Grant, first: int, last: int) -> None:
        """Grant tokens that stand before a cue; where a source has them already, the outlet relays it and others are nearer."""
        for index in range(first, last):
            held = self.owner[index]
            if held is None:
                self.owner[index] = grant
            elif grant.speaker.kind == "outlet" and held.speaker.kind != "outlet":
                self.owner[index] = _relayed_by(held, grant)
            else:
                self.owner[index] = Grant(grant.speaker, grant.stance, grant.cue, held)

    def antecedent(self, relative: int) -> int:
        """Where the noun phrase before a relative pronoun begins, roughly."""
        first = relative
        while first > self.start and relative - first < _ANTECEDENT_REACH:
            before = self._tokens[first - 1]
            if before.form in CLAUSE_MARKS and first < relative:
                break
            if "relative" in before.word.classes or before.form in _WAS:
                break
            first -= 1
        return first

    def clause_before(self, index: int) -> int:
        """Where the clause begins that ends right before a token."""
        first = index - 1
        while first > self.start and self._tokens[first - 1].form not in CLAUSE_MARKS:
            first -= 1
        return max(first, self.start)

    def stray(self, grant: Grant) -> None:
        """A formula that a full stop cut off from what it vouches for ("… ستة جرحى.وفقا للقناة.")."""
        before = self._reading.sentences[self.sentence - 1] if self.sentence else None
        if before is not None and before.part == self._tokens[self.start].part:
            self.fill_back(grant, before.first, before.last)

    def nearer(self, grant: Grant, first: int, last: int) -> None:
        """Put a source inside the one that is open."""
        self.open(Grant(grant.speaker, grant.stance, grant.cue, self.current), first, last)


def _quoted_again(speech: Quotation, sentence: Sentence, memory: Memory) -> tuple[Grant, int] | None:
    """A sentence that opens with a quotation and names nobody goes on with the last speaker."""
    speaker = memory.last()
    if speaker is None or speech.last < sentence.last - 3:
        return None
    return Grant(speaker, "state", (speaker.first, speaker.last)), sentence.last


def _relayed_by(grant: Grant, outlet: Grant) -> Grant:
    """The same chain with an outlet around it."""
    outer = outlet if grant.outer is None else _relayed_by(grant.outer, outlet)
    return Grant(grant.speaker, grant.stance, grant.cue, outer)
