"""Attribution: for any word of an article, the chain of sources that vouch for it.

``attribute(reading)`` reads an article once; ``chain_at(token)`` then answers for the place of any event. For "قالت الوكالة نقلا عن طبيب إن
ثلاثة قتلوا" the chain at "قتلوا" is the doctor, then the agency. Words in the article's own voice have an empty chain. Where the event is itself
speech (CODEBOOK 10.2), ``speaker_at`` gives whom to make its agent. A denial gives ``denied_at`` and, where the article first tells what is
then denied ("وهو ما تنفيه الحكومة"), ``denials_at``.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal, cast

from marsad.arabic.folded import fold
from marsad.claims.attribution_speakers import Speaker
from marsad.claims.attribution_voices import Voices
from marsad.claims.scope import Grant, Scope
from marsad.model import Reading, Source, Span, Token
from marsad.model.claim import SourceKind, Stance

_LONGEST_CHAIN = 4


class Attribution:
    """Who vouches for each token of an article."""

    __slots__ = ("_made", "_reading", "_scope")

    def __init__(self, reading: Reading, scope: Scope) -> None:
        """From the scopes that were found."""
        self._reading = reading
        self._scope = scope
        self._made: dict[tuple[Speaker, str, tuple[int, int], bool], Source] = {}

    def chain_at(self, token: int) -> tuple[Source, ...]:
        """The sources that vouch for a token, the nearest first; empty in the article's own voice."""
        return self._chain(self._scope.owner[token], self._scope.is_quoted(token))

    def chains_at(self, token: int) -> tuple[tuple[Source, ...], ...]:
        """One chain for each of the sources that tell it with one verb ("الجيش والشرطة"); empty in the article's own voice."""
        grant, quoted = self._scope.owner[token], self._scope.is_quoted(token)
        if grant is None:
            return ()
        speakers = (grant.speaker, *grant.speaker.others)
        return tuple(self._chain(replace(grant, speaker=speaker), quoted) for speaker in speakers)

    def speaker_at(self, token: int) -> Source | None:
        """The nearest source, to be the agent where the event is an act of speech."""
        chain = self.chain_at(token)
        return chain[0] if chain else None

    def denied_at(self, token: int) -> bool:
        """Whether the nearest source denies what the token tells."""
        grant = self._scope.owner[token]
        return grant is not None and grant.stance == "deny"

    def denials_at(self, token: int) -> tuple[tuple[Source, ...], ...]:
        """The chains of those who deny what is affirmed at that token, one chain a denier."""
        return tuple(
            self._chain(grant, False) for first, last, grant in self._scope.deniers if first <= token < last
        )

    def _chain(self, grant: Grant | None, quoted: bool) -> tuple[Source, ...]:
        found: list[Source] = []
        while grant is not None and len(found) < _LONGEST_CHAIN:
            source = self._source(grant, quoted and not found)
            if not any(known.span == source.span for known in found):
                found.append(source)
            grant = grant.outer
        return tuple(found)

    def _source(self, grant: Grant, quoted: bool) -> Source:
        key = (grant.speaker, grant.stance, grant.cue, quoted)
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = self._make(grant, quoted)
        return made

    def _make(self, grant: Grant, quoted: bool) -> Source:
        reading, speaker = self._reading, grant.speaker
        span = self._span(speaker.first, speaker.last, speaker.skip)
        quote: Literal["direct", "indirect"] = "direct" if quoted else "indirect"
        return Source(
            text=reading.article.part(span.part)[span.start : span.end],
            span=span,
            kind=cast(SourceKind, speaker.kind),
            stance=cast(Stance, grant.stance),
            cue=self._span(*grant.cue),
            quote=quote,
            body=self._body(speaker),
        )

    def _body(self, speaker: Speaker) -> str | None:
        if speaker.body is None:
            return None
        first, last = speaker.body
        mentions = self._reading.mentions(self._reading.sentence_at(first))
        cut = next((mention.cut for mention in mentions if mention.first == first), 0)
        span = self._span(first, last, cut)
        return self._reading.article.part(span.part)[span.start : span.end]

    def _span(self, first: int, last: int, skip: int = 0) -> Span:
        start, end = self._reading.tokens[first], self._reading.tokens[last - 1]
        return Span(self._past(start, skip), end.end, start.part)

    def _past(self, token: Token, letters: int) -> int:
        """The raw offset behind that many letters of a token, and behind the marks that they carry."""
        raw = self._reading.article.part(token.part)
        offset = token.start
        while letters and offset < token.end - 1:
            letters -= fold(raw[offset]).text != ""
            offset += 1
        while offset < token.end - 1 and fold(raw[offset]).text == "":
            offset += 1
        return offset


def attribute(reading: Reading) -> Attribution:
    """Find who is said to have said what in an article.

    Args:
        reading: The article's tokens, sentences and quotations; its mentions are asked for where a cue stands.
    """
    scope = Scope(reading)
    Voices(reading, scope).run()
    return Attribution(reading, scope)
