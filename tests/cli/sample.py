"""A hand-written article with claims whose spans overlap, begin inside words and lie in the title."""

from datetime import date

from marsad.model import ActorRef, Article, Claim, Count, Evidence, Origin, PlaceRef, Source, Span, TimeRef

TITLE = "الجيش ينسحب من السنديان"
TEXT = (
    "أقر الجيش بانسحابه من مدينة السنديان أمس الخميس، ودخلت الفصائل المدينة.\n"
    "\n"
    'وقال مصدر طبي لوكالة <النهر> & غيرها: "قتل عشرات المدنيين".'
)
ARTICLE = Article(id="a/1", text=TEXT, title=TITLE, published="2024-12-06", outlet="بريد <b>العاصي</b>")


def at(words, part="text"):
    raw = TITLE if part == "title" else TEXT
    start = raw.index(words)
    return Span(start, start + len(words), part)


WITHDRAWAL = Claim(
    article="a/1",
    event="territory.withdrawal",
    evidence=(
        Evidence(span=at("بانسحابه من مدينة السنديان أمس الخميس"), trigger=at("انسحابه")),
        Evidence(span=at(TITLE, "title"), trigger=at("ينسحب", "title")),
    ),
    attribution=(
        Source(text="الجيش", span=at("الجيش"), kind="organisation", stance="concede", cue=at("أقر")),
    ),
    actors=(ActorRef(role="agent", text="الجيش", span=at("الجيش")),),
    place=PlaceRef(
        text="مدينة السنديان",
        span=at("مدينة السنديان"),
        name="Sindian",
        lat=35.1,
        lon=36.7,
        precision="exact",
        country="SY",
    ),
    time=TimeRef(
        text="أمس الخميس",
        span=at("أمس الخميس"),
        start=date(2024, 12, 5),
        end=date(2024, 12, 5),
        precision="day",
    ),
    origin=(Origin(part="event", rule="trigger:territory.withdrawal/noun", words="انسحابه"),),
)
ADVANCE = Claim(
    article="a/1",
    event="territory.advance",
    polarity="negated",
    modality="planned",
    evidence=(Evidence(span=at("دخلت الفصائل المدينة"), trigger=at("دخلت")),),
    actors=(ActorRef(role="agent", text="الفصائل", span=at("الفصائل")),),
    place=PlaceRef(text="مدينة السنديان", span=at("مدينة السنديان")),
)
KILLED = Claim(
    article="a/1",
    event="harm.killed",
    evidence=(Evidence(span=at("قتل عشرات المدنيين"), trigger=at("قتل")),),
    attribution=(
        Source(text="مصدر طبي", span=at("مصدر طبي"), kind="unnamed", cue=at("قال"), quote="direct"),
        Source(text="وكالة <النهر>", span=at("وكالة <النهر>"), kind="outlet", body="غيرها"),
    ),
    counts=(
        Count(
            kind="killed",
            text="عشرات المدنيين",
            span=at("عشرات المدنيين"),
            min=20,
            max=99,
            approx=True,
            who="المدنيين",
        ),
    ),
)
CLAIMS = [WITHDRAWAL, ADVANCE, KILLED]
