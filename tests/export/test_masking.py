"""Names of private persons: where they stand, and words without them."""

import pytest

from export import records
from marsad.export.masking import headline_of, is_private, masked_text, private_spans, quote_of, touches

TEXT = "قال سالم إن الجيش قصف البلدة. وأضاف سالم أن أحدا لم ينسحب."
TITLE = "سالم يروي ما رأى"


def teller(*spans, start=0, end=None, part="text"):
    """A claim whose evidence is a stretch of the text or the title, with spans that name a private person."""
    words = {"text": TEXT, "title": TITLE}[part][start:end]
    data = records.claim_data(evidence=[{"in": part, "start": start, "end": end, "text": words}])
    return records.claim(data=data, quote=words, head=records.head(title=TITLE), private=spans)


@pytest.mark.parametrize(
    ("link", "private"),
    [
        ({"kind": "person"}, True),
        ({"kind": "person", "id": "speaker"}, False),
        ({"kind": "person", "for": "الجيش"}, False),
        ({"kind": "body"}, False),
        ({}, False),
    ],
)
def test_who_is_a_private_person(link, private):
    assert is_private(link) is private


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        (teller(), TEXT),
        (teller(("text", 4, 8), ("text", 36, 40)), TEXT.replace("سالم", "[…]")),
        (teller(("text", 4, 8), start=4, end=17), "[…] إن الجيش"),
        (teller(("text", 4, 8), start=6, end=17), "[…] إن الجيش"),
        (teller(("text", 4, 8), start=9, end=17), "إن الجيش"),
        (teller(("title", 0, 4), start=0, end=17), TEXT[:17]),
        (teller(("title", 0, 4), start=0, end=9, part="title"), "[…] يروي"),
    ],
)
def test_a_quote_has_a_mark_for_each_private_name(claim, quote):
    assert quote_of(claim, records.making()) == quote
    assert quote_of(claim, records.making(private=True)) == claim.quote


def test_a_headline_has_a_mark_for_each_private_name():
    claim = teller(("text", 4, 8), ("title", 0, 4))
    assert headline_of(claim, records.making()) == "[…] يروي ما رأى"
    assert headline_of(claim, records.making(private=True)) == TITLE
    assert headline_of(teller(("text", 4, 8)), records.making()) == TITLE


@pytest.mark.parametrize(
    ("at", "touched"),
    [
        (("text", 0, 5), True),
        (("text", 0, 4), False),
        (("text", 8, 9), False),
        (("title", 4, 8), False),
        (("text", None, None), False),
    ],
)
def test_touching(at, touched):
    assert touches([("text", 4, 8)], *at) is touched


def test_every_place_of_a_private_name_in_the_article_is_found():
    record = records.article(teller(("text", 4, 8)), text=TEXT, head=records.head(title="سالم"))
    spans = private_spans(record, records.making())
    assert spans == [("text", 4, 8), ("text", 36, 40), ("title", 0, 4)]
    assert masked_text(TEXT, spans, "text", 0, len(TEXT)) == TEXT.replace("سالم", "[…]")
    assert masked_text(TEXT, spans, "text", 6, 37) == "[…] إن الجيش قصف البلدة. وأضاف […]"
    assert private_spans(record, records.making(private=True)) == ()
    assert private_spans(records.article(), records.making()) == ()
