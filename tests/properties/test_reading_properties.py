"""Whatever the text, reading it gives claims that lead back to its own letters."""

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marsad.model import Article, Span
from marsad.model.jsonl import article_to_json, claim_from_json
from marsad.run.pipeline import claims_of, load_kit

# Words of every class of the lexicon, so that whatever rules look for does turn up.
LEXICON = load_kit().reading.lexicon
FORMS = (
    sorted(LEXICON._forms)[::23]
    + [" ".join(words) for rows in LEXICON.phrases.values() for words, _ in rows][::7]
)
COMMON = (
    "قصفت القوات الحكومية مدينة حماة قُتل ثلاثة مدنيين وأصيب في من على إلى أن إن قال وأضاف أعلن نفى لم سوف قد أمس الخميس"
    " المتحدث باسم الجيش السوري وزارة الدفاع الروسية حزب الله سالم العلي انسحابهم قتلهم و ف التي الذي بعد قبل كانون الأول"
    " قتـ.ـلى ﻣﺪﻳﻨﺔ حـمـاة عشرات 12 ١٢ 2024 بين نحو وكالة رويترز نقلا عن مصدر عسكري هجوم غارات اشتباكات الاتفاق"
).split()
MARKS = [
    "«",
    "»",
    '"',
    "“",
    "”",
    "(",
    ")",
    ".",
    "،",
    ":",
    "؛",
    "؟",
    "...",
    "-",
    "\n",
    "\n\n",
    "\r\n",
    "\u2028",
    "\u200f",
    "\u202b",
    "ـ",
    "َ",
    "\x00",
]
PIECES = st.one_of(
    st.sampled_from(COMMON),
    st.sampled_from(COMMON),
    st.sampled_from(FORMS),
    st.sampled_from(MARKS),
    st.text(max_size=4),
)
TEXTS = st.lists(st.tuples(PIECES, st.sampled_from([" ", " ", " ", ""])), max_size=60).map(
    lambda pairs: "".join(piece + gap for piece, gap in pairs)
)
DAYS = st.one_of(st.none(), st.dates().map(str))
PATIENT = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def spans_of(claim):
    """(span, the words that the claim keeps of it or None)."""
    for evidence in claim.evidence:
        yield evidence.span, None
        yield evidence.trigger, None
    for source in claim.attribution:
        yield source.span, source.text
        if source.cue:
            yield source.cue, None
    for part in (*claim.actors, *claim.counts):
        yield part.span, part.text
    for part in (claim.place, claim.time):
        if part is not None and part.span is not None:
            yield part.span, part.text


@PATIENT
@given(TEXTS, st.one_of(st.just(""), TEXTS), DAYS)
def test_every_span_holds_the_words_that_it_says(text, title, day):
    article = Article(id="a", text=text, title=title, published=day, outlet="رويترز")
    for claim in claims_of(article, load_kit()):
        assert claim.evidence
        for span, words in spans_of(claim):
            assert isinstance(span, Span)
            assert 0 <= span.start < span.end <= len(article.part(span.part))
            assert words is None or article.words(span) == words
        assert all(evidence.span.covers(evidence.trigger) for evidence in claim.evidence)


@PATIENT
@given(TEXTS, DAYS)
def test_claims_of_an_article_are_valid_json_with_ids_of_their_own(text, day):
    article = Article(id="a", text=text, published=day)
    claims = claims_of(article, load_kit())
    row = json.loads(json.dumps(article_to_json(article, claims, "test")))
    ids = [claim["id"] for claim in row["claims"]]
    assert len(set(ids)) == len(ids)
    assert [claim_from_json(claim, "a").id for claim in row["claims"]] == ids


@PATIENT
@given(TEXTS)
def test_reading_twice_gives_the_same(text):
    article = Article(id="a", text=text, published="2024-12-06")
    assert claims_of(article, load_kit()) == claims_of(article, load_kit())


@PATIENT
@given(TEXTS)
def test_fields_have_the_values_of_the_codebook(text):
    for claim in claims_of(Article(id="a", text=text, published="2024-12-06"), load_kit()):
        assert "." in claim.event
        assert claim.polarity in ("affirmed", "negated")
        assert claim.modality in ("actual", "planned", "possible", "demanded")
        assert {actor.role for actor in claim.actors} <= {"agent", "patient", "gainer", "loser", "party"}
        for count in claim.counts:
            assert count.min is None or count.max is None or count.min <= count.max
        if claim.time is not None and claim.time.start and claim.time.end:
            assert claim.time.start <= claim.time.end
