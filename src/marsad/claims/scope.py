"""Scope: how far a source governs.

A source governs what its reporting clause tells, to the end of the sentence, and goes on where a quotation stays open, where the
sentence ends in a colon, and where the next sentence opens with "وأن". It ends at the next source, and where the article takes its own voice
again: at a new sentence that nothing ties to the one before. A cue inside the content of another nests ("قال الناطق إن الجيش أعلن أن …": the
army, then the spokesman); one that stands beside it replaces it ("، فيما نفى القائد …").
"""

from __future__ import annotations

from dataclasses import dataclass

from marsad.claims.attribution_clauses import Clause, Clauses, Place
from marsad.claims.attribution_cues import Cue, find_cues, is_that
from marsad.claims.attribution_speakers import Memory, Speaker, mention_at, speaker_of, subject_before
from marsad.model import Quotation, Reading, Sentence

_SIBLING = frozenset(("بينما", "فيما", "كما", "لكن", "ولكن", "حين", "وقد", "قد", "وكان", "وكانت", "كان", "كانت", "بدوره", "بدورها", "،", ",", "؛"))
_MARKS_FORM = frozenset('"“”«»„‟')
_ANTECEDENT_REACH = 10
_COLON_REACH = 14
_CLAUSE_MARKS = frozenset("،,؛:.؟!")


@dataclass(frozen=True, slots=True)
class Grant:
    """The right of one source over some tokens; ``outer`` is who relays it."""

    speaker: Speaker
    stance: str
    cue: tuple[int, int]
    outer: Grant | None = None


class Scope:
    """Walks over an article's sentences and gives every token its grant."""

    def __init__(self, reading: Reading) -> None:
        """For one reading; nothing is granted until `run`."""
        self._reading = reading
        self._tokens = reading.tokens
        self._speeches = [quotation for quotation in reading.quotations if quotation.speech]
        self._memory = Memory()
        self._clauses = Clauses(reading, self._memory)
        self.owner: list[Grant | None] = [None] * len(reading.tokens)
        self.deniers: list[tuple[int, int, Grant]] = []
        self._current: Grant | None = None
        self._content = 0
        self._start = 0
        self._end = 0
        self._sentence = 0

    def run(self) -> None:
        """Read all sentences in order."""
        for index, sentence in enumerate(self._reading.sentences):
            self._read(index, sentence)

    def _read(self, index: int, sentence: Sentence) -> None:
        carried = self._carried(sentence)
        self._sentence, self._start, self._end = index, sentence.first, sentence.last
        self._current = None
        if carried is not None:
            self._open(carried[0], sentence.first, carried[1])
        self._colon()
        cues = find_cues(self._tokens, sentence.first, sentence.last)
        for position, cue in enumerate(cues):
            following = next((c.first for c in cues[position + 1 :] if _breaks(c)), sentence.last)
            self._take(cue, following)

    def _take(self, cue: Cue, stop: int) -> None:
        """Let one cue grant what it governs."""
        sort = cue.shape.sort
        if sort == "formula":
            self._formula(cue)
        elif sort == "verb":
            place = Place(self._sentence, self._clause_start(cue), stop, self._end)
            clause = self._clauses.verb(cue, place)
            if clause is not None:
                self._report(clause)
        elif sort == "participle":
            self._participle(cue, stop)
        else:
            self._masdar(cue, stop)

    # ---- finite verbs ----

    def _report(self, clause: Clause) -> None:
        """A finite reporting clause: it replaces the open one, or nests in it."""
        cue = clause.cue
        if clause.impersonal or clause.speaker is None:
            if not self._nests(cue):
                self._close(cue.first)
            return
        if clause.where in ("before", "antecedent"):
            self._lean_back(clause)
            return
        outer = self._current if self._nests(cue) else None
        if outer is not None and (not clause.named or cue.shape.data.get("nests") is False):
            return  # inside reported speech a verb without a name of its own, or of finding out, changes nothing
        if outer is None:
            self._close(cue.first)
        grant = self._granted(clause, outer)
        if clause.where == "after":
            self._open(grant, clause.content, self._end)
        else:
            self._current, self._content = grant, self._end

    def _granted(self, clause: Clause, outer: Grant | None) -> Grant:
        """The grant of a clause, with its relay around it."""
        assert clause.speaker is not None
        words = (clause.cue.first, clause.cue.last)
        grant = Grant(clause.speaker, clause.cue.stance, words, outer)
        self._memory.note(clause.speaker)
        if clause.inner is not None:
            self._memory.note(clause.inner)
            grant = Grant(clause.inner, "state", words, grant)
        return grant

    def _lean_back(self, clause: Clause) -> None:
        """A clause whose content stands before it."""
        grant = self._granted(clause, None)
        if clause.where == "antecedent":
            first = self._antecedent(clause.content)
            self._fill_back(grant, first, clause.content)
            return
        if grant.stance == "deny":
            self.deniers.append((self._start, clause.content, grant))
            return
        self._fill_back(grant, self._start, clause.content)
        self._start = clause.cue.first

    def _fill_back(self, grant: Grant, first: int, last: int) -> None:
        """Grant tokens that stand before a cue; where a source has them already, the outlet relays it and others are nearer."""
        for index in range(first, last):
            held = self.owner[index]
            if held is None:
                self.owner[index] = grant
            elif grant.speaker.kind == "outlet" and held.speaker.kind != "outlet":
                self.owner[index] = _relayed_by(held, grant)
            else:
                self.owner[index] = Grant(grant.speaker, grant.stance, grant.cue, held)

    def _antecedent(self, relative: int) -> int:
        """Where the noun phrase before a relative pronoun begins, roughly."""
        first = relative
        while first > self._start and relative - first < _ANTECEDENT_REACH:
            if self._tokens[first - 1].form in _CLAUSE_MARKS and first < relative:
                break
            first -= 1
        return first

    # ---- participles and verbal nouns ----

    def _participle(self, cue: Cue, stop: int) -> None:
        """ "مضيفا أن …": the subject of the clause before tells more."""
        if cue.shape.lemma.endswith("قَالَ") and self._current is not None and self._content >= cue.first - 1:
            return
        opened = self._clauses.content_of(cue, stop)
        if opened is None:
            return
        voice = self._leading(cue)
        if voice is None:
            return
        speaker, outer = voice
        self._open(Grant(speaker, cue.stance, (cue.first, cue.last), outer), opened, self._end)
        self._memory.note(speaker)

    def _leading(self, cue: Cue) -> tuple[Speaker, Grant | None] | None:
        """(speaker, outer) that a participle or a pronoun leans on: the open source, the clause's subject, or the last speaker."""
        persons = self._persons(cue)
        grant = self._current or self.owner[max(cue.first - 1, self._start)]
        seen = grant
        while seen is not None:
            if _fits(seen.speaker, persons):
                return seen.speaker, seen.outer
            seen = seen.outer
        mention = subject_before(self._reading, self._sentence, self._start, cue.first, persons)
        if mention is not None and grant is None:
            return self._memory.resolved(self._reading, speaker_of(self._reading, mention, self._sentence)), None
        speaker = self._memory.meant_by(persons) if grant is None else grant.speaker
        return None if speaker is None else (speaker, None if grant is None else grant.outer)

    def _persons(self, cue: Cue) -> frozenset[str]:
        """The persons that the ending of a participle or the pronoun of a verbal noun asks for."""
        form = self._tokens[cue.first].form
        if cue.shape.sort == "masdar":
            return frozenset({"ها": {"3fs"}, "هم": {"3mp"}}.get(cue.shape.enclitic, {"3ms"}))
        if form.endswith("ه"):
            return frozenset({"3fs"})
        return frozenset({"3mp"} if form.endswith(("ين", "ون")) else {"3ms"})

    def _masdar(self, cue: Cue, stop: int) -> None:
        """ "قوله إن …"، "إعلان الجيش سيطرته …"."""
        if self._current is not None and self._content >= cue.first:
            return
        if cue.shape.enclitic:
            opened = self._clauses.introducer(cue.last, min(cue.last + 2, self._end))
            voice = self._leading(cue) if opened is not None else None
            if opened is not None and voice is not None:
                self._open(Grant(voice[0], cue.stance, (cue.first, cue.last), voice[1]), opened, self._end)
            return
        if not cue.shape.data.get("construct") or cue.shape.definite:
            return
        self._construct(cue)

    def _construct(self, cue: Cue) -> None:
        """ "إعلان الجيش سيطرته على التل": the next noun phrase speaks, up to the end of the clause."""
        mention = mention_at(self._reading, self._sentence, cue.last, 0)
        if mention is None or mention.kind in ("place", "people"):
            return
        speaker = self._memory.resolved(self._reading, speaker_of(self._reading, mention, self._sentence))
        self._memory.note(speaker)
        last = next((i for i in range(mention.ext_last, self._end) if self._tokens[i].form in _CLAUSE_MARKS), self._end)
        grant = Grant(speaker, cue.stance, (cue.first, cue.last), self.owner[cue.first])
        for index in range(mention.ext_last, last):
            self.owner[index] = grant

    # ---- formulas and colons ----

    def _formula(self, cue: Cue) -> None:
        """ "بحسب المرصد" governs its sentence; inside reported speech it is the nearer source."""
        role = cue.shape.data.get("role")
        if role in ("opener", "verb"):
            return
        speaker, after = self._formula_speaker(cue)
        if speaker is None:
            return
        self._memory.note(speaker)
        grant = Grant(speaker, cue.stance, (cue.first, cue.last))
        if self._current is not None and cue.first < self._content:
            self._nearer(grant, self._content, self._end)
            return
        if all(token.kind == "punct" for token in self._tokens[self._start : cue.first]):
            self._open(grant, after, self._end)
            return
        self._fill_back(grant, self._start, cue.first)
        if self._current is None:
            self._fill_back(grant, after, self._end)
        self._start = after

    def _nearer(self, grant: Grant, first: int, last: int) -> None:
        """Put a source inside the one that is open."""
        self._open(Grant(grant.speaker, grant.stance, grant.cue, self._current), first, last)

    def _formula_speaker(self, cue: Cue) -> tuple[Speaker | None, int]:
        """(who a formula names, the end of the name)."""
        after = self._tokens[cue.last].form if cue.last < self._end else ""
        if after == "ما":
            return None, cue.last
        if self._tokens[cue.last - 1].form.endswith(("له", "لها", "لهم", "ره", "رها", "رهم", "فه", "فها", "عمه", "عمها")):
            return self._memory.last(), cue.last
        mention = mention_at(self._reading, self._sentence, cue.last, 3)
        if mention is None:
            return None, cue.last
        speaker = self._memory.resolved(self._reading, speaker_of(self._reading, mention, self._sentence))
        return speaker, mention.ext_last

    def _colon(self) -> None:
        """ "الدفاع المدني: مقتل …": a name and a colon at the head of a sentence."""
        limit = min(self._start + _COLON_REACH, self._end)
        colon = next((i for i in range(self._start, limit) if self._tokens[i].form == ":"), None)
        if colon is None or colon + 2 >= self._end:
            return
        mention = mention_at(self._reading, self._sentence, self._start, 1)
        if mention is None or mention.kind in ("place", "people") or mention.ext_last > colon:
            return
        between = self._tokens[mention.ext_last : colon]
        if between and not between[0].form.startswith("ل"):
            return
        speaker = self._memory.resolved(self._reading, speaker_of(self._reading, mention, self._sentence))
        self._memory.note(speaker)
        self._open(Grant(speaker, "state", (colon, colon + 1)), colon + 1, self._end)

    # ---- the state ----

    def _open(self, grant: Grant, first: int, last: int) -> None:
        """Grant the tokens ``first:last``, and on to the end of a quotation that begins at their head."""
        self._current, self._content = grant, first
        for index in range(first, last):
            self.owner[index] = grant

    def _close(self, first: int) -> None:
        """End the open source at a token: what follows is nobody's until granted."""
        if self._current is not None:
            for index in range(first, self._end):
                self.owner[index] = None
            self._start = first
        self._current = None

    def _clause_start(self, cue: Cue) -> int:
        """Where to look for a subject before a verb: behind the last أن of the content it stands in."""
        start = self._start if self._current is None else max(self._start, self._content)
        for index in range(cue.first - 1, start - 1, -1):
            if is_that(self._tokens[index].form):
                return index + 1
        return start

    def _nests(self, cue: Cue) -> bool:
        """Whether a cue stands inside the content of the open source rather than beside it."""
        if self._current is None or cue.first < self._content:
            return False
        speech = self._speech_at(cue.first)
        if speech is not None and speech.first > self._content - 3:
            return True
        before = self._tokens[cue.first - 1].form
        return not (cue.shape.joined or before in _SIBLING or before in _MARKS_FORM)

    def _speech_at(self, index: int) -> Quotation | None:
        """The quoted speech that a token stands in."""
        return next((q for q in self._speeches if q.first <= index < q.last), None)

    def _carried(self, sentence: Sentence) -> tuple[Grant, int] | None:
        """The grant that goes on into this sentence, and up to where."""
        if sentence.first == 0 or self._end == 0:
            return None
        last = self.owner[self._end - 1] or (self._current if self._content >= self._end else None)
        speech = self._speech_at(sentence.first) or self._speech_at(sentence.first + 1)
        before = self._tokens[self._end - 1]
        if before.part != self._tokens[sentence.first].part:
            return None
        if last is not None:
            if before.form == ":" or is_that(self._tokens[sentence.first].form):
                return last, sentence.last if speech is None else max(speech.last, sentence.first)
            if speech is not None and speech.first < sentence.first - 1:
                return last, min(speech.last, sentence.last)
        if speech is not None and speech.first <= sentence.first + 1:
            return self._quoted_again(speech, sentence)
        return None

    def _quoted_again(self, speech: Quotation, sentence: Sentence) -> tuple[Grant, int] | None:
        """A sentence that opens with a quotation and names nobody goes on with the last speaker."""
        speaker = self._memory.last()
        if speaker is None or speech.last < sentence.last - 3:
            return None
        return Grant(speaker, "state", (speaker.first, speaker.last)), sentence.last


def _breaks(cue: Cue) -> bool:
    """Whether a cue ends the search for the content of the one before it."""
    return cue.shape.sort == "verb" or (cue.shape.sort == "participle" and "قَالَ" not in cue.shape.lemma)


def _relayed_by(grant: Grant, outlet: Grant) -> Grant:
    """The same chain with an outlet around it."""
    outer = outlet if grant.outer is None else _relayed_by(grant.outer, outlet)
    return Grant(grant.speaker, grant.stance, grant.cue, outer)


def _fits(speaker: Speaker, persons: frozenset[str]) -> bool:
    """Whether a participle with that ending can lean on a speaker."""
    if "3fs" in persons:
        return speaker.gender != "m"
    if "3mp" in persons:
        return speaker.number != "s" or not speaker.number
    return speaker.gender != "f"
