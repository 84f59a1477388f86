"""Names: from the noun phrase of a subject to the source that it names.

A title gives way to the name behind it ("السفير الروسي في الأمم المتحدة فلان"), a document to its issuer ("بيان نشرته الوكالة"), and a second
subject joined by و speaks as well ("الجيش والشرطة").
"""

from __future__ import annotations

from collections.abc import Sequence

from marsad.claims.attribution_cues import is_that
from marsad.claims.attribution_speakers import SPEAKING, Speaker, bare, is_governed, is_open_word, mention_at
from marsad.model import Mention, Reading, Token

_ISSUED = frozenset(("person", "body", "monitor", "outlet"))
_VISUAL = frozenset(("مقطع", "مقاطع", "فيديو", "صور", "صوره", "شريط", "لقطات", "مشاهد", "تسجيل", "تسجيلات"))
_TITLES = frozenset(("title", "title_word"))
_KINDS = {"body": "organisation", "people": "unnamed", "place": "organisation"}
_NAME_REACH = 16
_ISSUER_REACH = 4


def speaker_of(reading: Reading, mention: Mention, sentence: int, stop: int | None = None) -> Speaker:
    """The speaker that a mention names: a title gives way to the name behind it, a document to its issuer.

    Args:
        reading: The article.
        mention: Where the name begins.
        sentence: Its sentence.
        stop: Where reported content begins; a name is not sought beyond.
    """
    tokens = reading.tokens
    body = mention.body
    if mention.kind == "document":
        mention = _issuer(reading, mention, sentence) or mention
    elif mention.kind in ("person", "unnamed") and stop is not None and _is_title(tokens, mention):
        mention, body = _named(reading, mention, sentence, stop)
    first = tokens[mention.first]
    kind = _KINDS.get(mention.kind, mention.kind if mention.kind in SPEAKING else "unnamed")
    head = bare(tokens[mention.head].form)
    gender = mention.gender if mention.kind != "body" or mention.gender == "f" else ""
    number = "sg" if bare(first.form) in ("احد", "احدي") else mention.number
    return Speaker(
        mention.first,
        mention.last,
        kind,
        head,
        gender,
        number,
        sentence,
        body or mention.body,
        mention.cut,
        mention.kind == "people",
    )


def source_at(reading: Reading, sentence: int, start: int, reach: int) -> Mention | None:
    """The same for a mention that can be a source, past words of measure ("وحسب آخر إحصاء لوزارة الصحة")."""
    tokens = reading.tokens
    for mention in reading.mentions(sentence):
        if not start <= mention.ext_first <= start + reach:
            continue
        if not all(_is_measure(token) for token in tokens[start : mention.ext_first]):
            return None
        if mention.kind == "people" and _is_measure(tokens[mention.first]):
            continue
        if mention.kind in SPEAKING or (mention.kind == "place" and mention.ext_first == start):
            return mention
    if start < len(tokens) and "carrier" in tokens[start].word.classes:
        return Mention(
            kind="document", first=start, last=start + 1, ext_first=start, ext_last=start + 1, head=start
        )
    return None


def coordinated(reading: Reading, sentence: int, after: int) -> Mention | None:
    """A second subject joined by و right behind the first ("الجيش والشرطة")."""
    tokens = reading.tokens
    while (
        after + 1 < len(tokens)
        and tokens[after].form.startswith("ال")
        and tokens[after + 1].form.startswith("و")
    ):
        after += 1  # an adjective that the mention left out
    if after >= len(tokens) or not tokens[after].form.startswith("و"):
        return None
    mention = mention_at(reading, sentence, after, 1)
    if mention is None:
        named = tokens[after].form.startswith("وال") and is_open_word(tokens[after])
        return (
            Mention(
                kind="unnamed", first=after, last=after + 1, ext_first=after, ext_last=after + 1, head=after
            )
            if named
            else None
        )
    joined = tokens[after].form == "و" or mention.cut > 0
    return mention if joined and mention.kind in SPEAKING else None


def _is_title(tokens: Sequence[Token], mention: Mention) -> bool:
    """Whether a mention names an office and not yet a person."""
    return bool(tokens[mention.first].word.classes & _TITLES)


def _named(
    reading: Reading, title: Mention, sentence: int, stop: int
) -> tuple[Mention, tuple[int, int] | None]:
    """The name behind a title ("السفير الروسي في الأمم المتحدة فلان"), with the body in between."""
    body = title.body
    for mention in reading.mentions(sentence):
        if mention.ext_first < title.ext_last:
            continue
        if mention.ext_first >= min(stop, title.ext_last + _NAME_REACH):
            break
        if mention.kind == "body" and body is None:
            body = (mention.first, mention.last)
        if (
            mention.kind == "person"
            and not _is_title(reading.tokens, mention)
            and not is_governed(reading.tokens, mention)
        ):
            if reading.tokens[mention.ext_first].form.startswith("و") and mention.cut:
                break
            return mention, body
    return title, body


def _issuer(reading: Reading, document: Mention, sentence: int) -> Mention | None:
    """Who issued a document, where it is named with it ("بيان للوزارة"، "بيان نشرته الوكالة")."""
    tokens = reading.tokens
    if bare(tokens[document.head].form) in _VISUAL:
        return None
    inner = next((mention for mention in document.inner if mention.kind in _ISSUED), None)
    if inner is not None:
        return inner
    for mention in reading.mentions(sentence):
        if mention.ext_first < document.ext_last or mention.kind not in _ISSUED:
            continue
        between = tokens[document.ext_last : mention.ext_first]
        if len(between) > _ISSUER_REACH or any(
            token.kind == "punct" or is_that(token.form) for token in between
        ):
            return None
        tied = (
            is_governed(tokens, mention)
            or not between
            or "3" in "".join(s.morph for t in between for s in t.word.senses)
        )
        return mention if tied else None
    return None


def _is_measure(token: Token) -> bool:
    """A word that stands between a formula and its source ("بحسب آخر إحصاء لوزارة")."""
    return (
        token.form in ("اخر", "احدث", "ما", "اول")
        or bool(token.word.classes & {"quantity", "numeral"})
        or (
            "carrier" in token.word.classes
            and not token.word.definite
            and token.form not in ("بيان", "تقرير")
        )
    )
