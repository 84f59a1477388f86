"""Voices: every cue of an article, in order, takes what it governs.

Finite verbs open a source or nest in one, participles and verbal nouns lean on the source or subject before them; formulas have a
module of their own.
"""

from __future__ import annotations

from marsad.claims.attribution_clauses import Clause, Clauses, Place
from marsad.claims.attribution_content import Contents
from marsad.claims.attribution_cues import Cue, find_cues, is_that
from marsad.claims.attribution_formulas import Formulas
from marsad.claims.attribution_memory import Memory
from marsad.claims.attribution_names import speaker_of
from marsad.claims.attribution_speakers import (
    SPEAKING,
    Speaker,
    mention_at,
    subject_after,
    subject_before,
    topic_of,
)
from marsad.claims.scope import CLAUSE_MARKS, Grant, Scope
from marsad.model import Reading, Sentence, Word

_ACT_REACH = 30
_ACT_MEMO = "speech act"
_ACTORS = frozenset(("person", "body", "monitor", "unnamed"))


class Voices:
    """Walks over an article's sentences and lets every cue grant what it governs."""

    __slots__ = ("_clauses", "_contents", "_formulas", "_memory", "_reading", "_scope", "_tokens")

    def __init__(self, reading: Reading, scope: Scope) -> None:
        """For one reading, granting in that scope."""
        self._reading = reading
        self._tokens = reading.tokens
        self._scope = scope
        self._memory = Memory()
        self._contents = Contents(reading)
        self._formulas = Formulas(reading, scope, self._memory)
        self._clauses = Clauses(reading, self._memory, self._contents)

    def run(self) -> None:
        """Read all sentences in order."""
        for index, sentence in enumerate(self._reading.sentences):
            self._read(index, sentence)

    def _read(self, index: int, sentence: Sentence) -> None:
        self._scope.enter(index, sentence, self._memory)
        self._formulas.colon()
        cues = find_cues(self._tokens, sentence.first, sentence.last)
        if not cues:
            self._act(index, sentence)
        for position, cue in enumerate(cues):
            following = next((c.first for c in cues[position + 1 :] if _breaks(c)), sentence.last)
            self._take(cue, following)

    def _act(self, index: int, sentence: Sentence) -> None:
        """Remember who demands, threatens or meets: "ودعا الوزير إلى …" can be followed by "وقال إن …"."""
        for position in range(sentence.first, min(sentence.first + _ACT_REACH, sentence.last)):
            persons = _speech_act(self._tokens[position].word)
            if not persons:
                continue
            mention = subject_after(self._reading, index, position + 1, sentence.last, persons)
            mention = mention or subject_before(self._reading, index, sentence.first, position, persons)
            if mention is not None and mention.kind in _ACTORS:
                self._memory.note(speaker_of(self._reading, mention, index, sentence.last))
            return

    def _take(self, cue: Cue, stop: int) -> None:
        """Let one cue grant what it governs."""
        sort = cue.shape.sort
        if sort == "formula":
            self._formulas.formula(cue)
        elif sort == "verb":
            place = Place(self._scope.sentence, self._scope.clause_start(cue), stop, self._scope.end)
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
            if not self._scope.nests(cue):
                self._scope.close(cue.first)
            return
        if clause.where in ("before", "antecedent"):
            self._lean_back(clause)
            return
        if clause.summing and self._scope.current is not None:
            self._scope.fill_back(self._granted(clause, None), clause.content, self._scope.end)
            return
        outer = self._scope.current if self._scope.nests(cue) else None
        if outer is not None and (
            not clause.named or cue.shape.data.get("nests") is False or clause.speaker.loose
        ):
            return  # inside reported speech a verb without a name of its own, or of finding out, changes nothing
        if outer is None:
            self._scope.close(cue.first)
        grant = self._granted(clause, outer)
        if clause.where == "after":
            self._scope.open(grant, clause.content, self._scope.end)
        else:
            self._scope.current, self._scope.content = grant, self._scope.end

    def _granted(self, clause: Clause, outer: Grant | None) -> Grant:
        """The grant of a clause, with its relay around it."""
        assert clause.speaker is not None
        words = (clause.cue.first, clause.cue.last)
        if clause.channel is not None:
            outer = Grant(clause.channel, "state", words, outer)
        grant = Grant(clause.speaker, self._stance(clause), words, outer)
        self._memory.note(clause.speaker)
        if clause.inner is not None:
            self._memory.note(clause.inner)
            grant = Grant(clause.inner, "state", words, grant)
        return grant

    def _stance(self, clause: Clause) -> str:
        """The verb's stance; a warning predicts where a clause follows, and only states a danger where a noun does."""
        other = clause.cue.shape.data.get("stance_that")
        if (
            other is not None
            and clause.content < self._scope.end
            and is_that(self._tokens[clause.content].form)
        ):
            return str(other)
        return clause.cue.stance

    def _lean_back(self, clause: Clause) -> None:
        """A clause whose content stands before it."""
        grant = self._granted(clause, None)
        if clause.where == "antecedent":
            first = self._scope.antecedent(clause.content)
            self._scope.fill_back(grant, first, clause.content)
            return
        if grant.stance == "deny":
            self._scope.deniers.append((self._scope.start, clause.content, grant))
            return
        self._scope.fill_back(grant, self._scope.start, clause.content)
        self._scope.start = clause.cue.first

    # ---- participles and verbal nouns ----

    def _participle(self, cue: Cue, stop: int) -> None:
        """ "مضيفا أن …": the subject of the clause before tells more."""
        if (
            cue.shape.lemma.endswith("قَالَ")
            and self._scope.current is not None
            and self._scope.content >= cue.first - 1
        ):
            return
        if not self._is_adverb(cue):
            return
        opened = self._contents.content_of(cue, stop)
        if opened is None:
            return
        voice = self._leading(cue)
        if voice is None:
            return
        speaker, outer = voice
        self._scope.open(Grant(speaker, cue.stance, (cue.first, cue.last), outer), opened, self._scope.end)
        self._memory.note(speaker)

    def _is_adverb(self, cue: Cue) -> bool:
        """Whether a participle tells, and is no adjective ("معلومات مؤكدة من الأجهزة"، "رجال متهمين بالتآمر")."""
        before = self._tokens[cue.first - 1]
        if cue.shape.joined or cue.shape.persons or cue.first == self._scope.start or before.kind == "punct":
            return True
        opened = self._contents.introducer(cue.last, min(cue.last + 2, self._scope.end))
        if opened is not None:
            return True
        return self._tokens[cue.first].form.endswith("ا") and cue.shape.data.get("act") != "accuse"

    def _leading(self, cue: Cue) -> tuple[Speaker, Grant | None] | None:
        """(speaker, outer) that a participle or a pronoun leans on: the open source, the clause's subject, or the last speaker."""
        persons = self._persons(cue)
        grant = self._scope.current or self._scope.owner[max(cue.first - 1, self._scope.start)]
        seen = grant
        while seen is not None:
            if _fits(seen.speaker, persons):
                return seen.speaker, seen.outer
            seen = seen.outer
        mention = subject_before(self._reading, self._scope.sentence, self._scope.start, cue.first, persons)
        if mention is not None and grant is None:
            return self._memory.resolved(
                self._reading, speaker_of(self._reading, mention, self._scope.sentence)
            ), None
        if grant is not None:
            return grant.speaker, grant.outer
        topic = topic_of(self._reading, self._scope.sentence, self._scope.start, cue.first, persons)
        if topic is None:
            return None
        return self._memory.resolved(
            self._reading, speaker_of(self._reading, topic, self._scope.sentence)
        ), None

    def _persons(self, cue: Cue) -> frozenset[str]:
        """The persons that the ending of a participle or the pronoun of a verbal noun asks for."""
        form = self._tokens[cue.first].form
        if cue.shape.persons:
            return cue.shape.persons
        if cue.shape.sort == "masdar":
            return frozenset({"ها": {"3fs"}, "هم": {"3mp"}}.get(cue.shape.enclitic, {"3ms"}))
        if form.endswith("ه"):
            return frozenset({"3fs"})
        return frozenset({"3mp"} if form.endswith(("ين", "ون")) else {"3ms"})

    def _masdar(self, cue: Cue, stop: int) -> None:
        """ "قوله إن …"، "إعلان الجيش سيطرته …"."""
        if self._scope.current is not None and self._scope.content >= cue.first:
            return
        if cue.shape.enclitic:
            opened = self._contents.introducer(cue.last, min(cue.last + 2, self._scope.end))
            voice = self._leading(cue) if opened is not None else None
            if opened is not None and voice is not None:
                self._scope.open(
                    Grant(voice[0], cue.stance, (cue.first, cue.last), voice[1]), opened, self._scope.end
                )
            return
        if not cue.shape.data.get("construct") or cue.shape.definite:
            return
        self._construct(cue)

    def _construct(self, cue: Cue) -> None:
        """ "إعلان الجيش سيطرته على التل": the next noun phrase speaks, up to the end of the clause."""
        mention = mention_at(self._reading, self._scope.sentence, cue.last, 0)
        if mention is None or mention.kind not in SPEAKING or mention.kind == "people":
            return
        speaker = self._memory.resolved(
            self._reading, speaker_of(self._reading, mention, self._scope.sentence)
        )
        self._memory.note(speaker)
        last = next(
            (i for i in range(mention.ext_last, self._scope.end) if self._tokens[i].form in CLAUSE_MARKS),
            self._scope.end,
        )
        grant = Grant(speaker, cue.stance, (cue.first, cue.last), self._scope.owner[cue.first])
        for index in range(mention.ext_last, last):
            self._scope.owner[index] = grant


def _speech_act(word: Word) -> frozenset[str]:
    """The persons of a finite verb that is an act of speech (CODEBOOK say.*, talks.*), worked out once per word."""
    known: frozenset[str] | None = word.memo.get(_ACT_MEMO)
    if known is None:
        morphs = {
            morph
            for sense in word.senses
            if sense.cls == "trigger" and str(sense.data.get("event", "")).startswith(("say.", "talks."))
            for morph in sense.morph.split("|")
        }
        known = word.memo[_ACT_MEMO] = frozenset(morph[5:] for morph in morphs if morph[2:6] == ".a.3")
    return known


def _breaks(cue: Cue) -> bool:
    """Whether a cue ends the search for the content of the one before it."""
    return cue.shape.sort == "verb" or (cue.shape.sort == "participle" and "قَالَ" not in cue.shape.lemma)


def _fits(speaker: Speaker, persons: frozenset[str]) -> bool:
    """Whether a participle with that ending can lean on a speaker."""
    if speaker.kind == "organisation":
        return True
    if "3fs" in persons:
        return speaker.gender != "m" or speaker.number == "pl"
    if "3mp" in persons:
        return speaker.number != "sg"
    return speaker.gender != "f"
