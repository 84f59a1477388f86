"""Articles with claims on any of their words, hand-made and drawn at random, for what goes out to annotation tools and comes back."""

from hypothesis import strategies as st

from marsad.codebook import load_codebook
from marsad.export import ArticleHead, ArticleRecord, ClaimRecord, Making
from marsad.model import ActorRef, Claim, Count, Evidence, PlaceRef, Source, Span, TimeRef
from marsad.model.jsonl import claim_from_json, claim_to_json

WORDS = [
    "قُتل",
    "ثلاثة",
    "🚀",
    "في",
    "حماة",
    "أمس",
    "\n",
    "\r\n",
    "وقالت",
    "الوزارة",
    "\u2028",
    "\t",
    "a;b",
    "𐎠𐎡",
    "«نعم»",
    " ",
    "\x85",
    "{",
    "\u200f",
]
VALUES = load_codebook().values
MAKING = Making(names=None)


def record(identity, title, text, claims, **head):
    """An article as exporters are fed it."""
    known = {"outlet": "وكالة", "published": "2031-03-18", "day": "2031-03-18", "url": None} | head
    made = ArticleHead(
        id=identity,
        title=title,
        version=1,
        digest="",
        kept="",
        added="2031-03-19T00:00:00Z",
        copy_of=None,
        **known,
    )
    rows = [
        ClaimRecord(id=claim.id, number=number, head=made, data=claim_to_json(claim), quote="")
        for number, claim in enumerate(claims)
    ]
    return ArticleRecord(head=made, text=text, extra={}, claims=tuple(rows))


def claims_in(article):
    """The claims of an annotated article."""
    return [claim_from_json(row, article["id"]) for row in article["claims"]]


def example():
    """An article with a headline and two claims, on words beyond the basic plane and over line ends."""
    title, text = (
        "🚀 قصف على مورك",
        "قالت الوزارة 🚀 إن ثلاثة\r\nمدنيين قُتلوا في مورك أمس.\nونفى الجيش القصف.",
    )
    parts = {"title": title, "text": text}

    def at(words, part="text"):
        start = parts[part].index(words)
        return Span(start, start + len(words), part)

    source = Source(
        text="الوزارة",
        span=at("الوزارة"),
        kind="organisation",
        stance="assert",
        cue=at("قالت"),
        body="الحكومة",
        id="sy-x",
        quote="direct",
    )
    killed = Claim(
        article="a/1",
        event="harm.killed",
        evidence=(
            Evidence(span=at("ثلاثة\r\nمدنيين قُتلوا في مورك أمس"), trigger=at("قُتلوا")),
            Evidence(span=at("🚀 قصف على مورك", "title"), trigger=at("قصف", "title")),
        ),
        attribution=(source,),
        actors=(
            ActorRef(role="patient", text="ثلاثة\r\nمدنيين", span=at("ثلاثة\r\nمدنيين")),
            ActorRef(role="agent", text="الجيش", span=at("الجيش"), id="sy-army"),
        ),
        place=PlaceRef(
            text="مورك",
            span=at("مورك"),
            name="Mūrak",
            id="geonames:1",
            lat=35.3726,
            lon=36.6869,
            precision="exact",
            country="SY",
        ),
        time=TimeRef(text="أمس", span=at("أمس"), start=None, end=None, precision="unknown"),
        counts=(
            Count(
                kind="killed",
                text="ثلاثة\r\nمدنيين",
                span=at("ثلاثة\r\nمدنيين"),
                min=3,
                max=None,
                approx=True,
                who="مدنيين",
            ),
        ),
    )
    denied = Claim(
        article="a/1",
        event="strike.shelling",
        polarity="negated",
        evidence=(Evidence(span=at("ونفى الجيش القصف"), trigger=at("القصف")),),
        attribution=(Source(text="الجيش", span=at("الجيش"), kind="organisation", stance="deny"), source),
        time=TimeRef(precision="day"),
    )
    return title, text, [killed, denied]


@st.composite
def spans(draw, parts):
    """A stretch of the title or the text that is not blank."""
    part = draw(st.sampled_from([name for name, text in parts.items() if text.strip()]))
    text = parts[part]
    at = draw(st.sampled_from([place for place, character in enumerate(text) if character.strip()]))
    return Span(draw(st.integers(0, at)), draw(st.integers(at + 1, len(text))), part)


@st.composite
def articles(draw):
    """A title, a text and up to four claims, with spans that overlap, run over line ends and begin or end with blanks."""
    parts = {
        "title": draw(st.lists(st.sampled_from(WORDS), max_size=4).map("".join)),
        "text": draw(st.lists(st.sampled_from(WORDS), max_size=14).map("".join)) + "ختام",
    }
    few = {"max_size": 2}
    values = {name: st.sampled_from(list(listed)) for name, listed in VALUES.items()}
    anywhere = spans(parts)
    maybe = st.none() | st.sampled_from(["x-1", "اسم; لـ=\u2028{", "ب\tج"])

    def named(made, /, **fields):
        return st.builds(
            lambda span, other, **rest: made(
                span=span, text=other or parts[span.part][span.start : span.end], **rest
            ),
            span=anywhere,
            other=maybe,
            **fields,
        )

    days = st.none() | st.dates()
    numbers = st.none() | st.integers(0, 10**6)
    degrees = st.floats(-90, 90).filter(lambda number: number == 0 or abs(number) > 1e-6)
    claim = st.builds(
        Claim,
        article=st.just("a/1"),
        event=st.sampled_from(list(load_codebook().events)),
        polarity=values["polarities"],
        modality=values["modalities"],
        evidence=st.lists(evidence(parts), min_size=1, max_size=3, unique=True).map(tuple),
        attribution=st.lists(
            named(
                Source,
                kind=values["source_kinds"],
                stance=values["stances"],
                cue=st.none() | anywhere,
                quote=st.sampled_from(["direct", "indirect"]),
                body=maybe,
                id=maybe,
            ),
            unique=True,
            **few,
        ).map(tuple),
        actors=st.lists(named(ActorRef, role=values["roles"], id=maybe), unique=True, **few).map(tuple),
        place=st.none()
        | st.tuples(degrees, degrees, st.booleans()).flatmap(
            lambda at: named(
                PlaceRef,
                name=maybe,
                id=maybe,
                lat=st.just(at[0] if at[2] else None),
                lon=st.just(at[1] if at[2] else None),
                precision=st.none() | values["place_precisions"],
                country=st.none() | st.just("SY"),
            )
        ),
        time=st.none()
        | named(TimeRef, start=days, end=days, precision=values["time_precisions"])
        | st.builds(TimeRef, start=days, end=days, precision=values["time_precisions"]),
        counts=st.lists(
            named(
                Count, kind=values["count_kinds"], min=numbers, max=numbers, approx=st.booleans(), who=maybe
            ),
            unique=True,
            **few,
        ).map(tuple),
    )
    return parts["title"], parts["text"], draw(st.lists(claim, max_size=4))


@st.composite
def evidence(draw, parts):
    """Evidence with a trigger in it."""
    span = draw(spans(parts))
    text = parts[span.part]
    at = draw(st.sampled_from([place for place in range(span.start, span.end) if text[place].strip()]))
    start, end = draw(st.integers(span.start, at)), draw(st.integers(at + 1, span.end))
    return Evidence(span=span, trigger=Span(start, end, span.part))
