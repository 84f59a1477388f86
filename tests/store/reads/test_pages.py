"""Lists: what they hold is what looking at everything finds, on SQLite and on PostgreSQL."""

import sys
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
from told import connection, full, highest, told, top_of

from marsad.errors import InputError
from marsad.store.reads import (
    SORTS,
    Filters,
    Order,
    all_articles,
    all_claims,
    all_incidents,
    articles_page,
    claims_page,
    filters_from,
    incidents_page,
    quotes,
)

__all__ = ["connection", "full", "told"]

ADDRESSES = [
    "",
    "status=disputed",
    "status=none",
    "status=single,none&event=strike",
    "event=strike.air",
    "event=harm.killed,custody",
    "actor=sy-army",
    "place=SY",
    "country=SY",
    "country=none",
    "outlet=النهر%2C والبحر",
    "outlet=وكالة النهر&outlet=بريد العاصي",
    "root=sohr",
    "since=2031-03-14",
    "until=2031-03-13",
    "since=2031-03-13&until=2031-03-14&country=SY",
    "killed=0",
    "killed=30",
    "killed=41",
    "review=machine",
    "review=accepted,rejected",
    "review=rejected,machine&event=harm",
    "precision=exact",
    "precision=none",
    "polarity=negated",
    "modality=planned",
    "stance=deny&polarity=negated",
    "stance=state&modality=actual&country=SY",
    "words=حماة",
    "words=قصف -حماة",
    "words=-حماة",
    "words=لاشيء",
    "box=36,35,37,36",
    "box=40,10,36.5,40",
    "article=many",
    "article=nothing",
    "incident=i0",
    "words=حماة&status=single&event=strike,harm&killed=1",
]
LISTS = {
    "incidents": (incidents_page, all_incidents),
    "claims": (claims_page, all_claims),
    "articles": (articles_page, all_articles),
}


def all_of(connection, filters, kind, sort="newest"):
    return list(LISTS[kind][1](connection, filters, sort))


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("kind", LISTS)
def test_a_list_holds_what_fits(connection, told, kind, address):
    filters = filters_from(parse_qsl(address))
    rows = all_of(connection, filters, kind)
    assert {row.id for row in rows} == told.fitting(filters, kind).keys()
    page = LISTS[kind][0](connection, filters, Order(most=3))
    assert (page.total, page.rows) == (len(rows), tuple(rows[:3]))


def test_the_addresses_find_something_and_not_everything(told):
    found = [len(told.fitting(filters_from(parse_qsl(one)), "incidents")) for one in ADDRESSES]
    assert sum(0 < number < len(told.incidents) for number in found) > 25


def values_of(told):
    incidents, claims = told.incidents.values(), told.claims.values()
    places = [one["place"] for one in [*incidents, *claims] if one["place"]]
    return {
        "status": {one["status"] or "none" for one in incidents},
        "event": {event for one in incidents for event in one["events"]} | {"harm", "say"},
        "actor": {actor["id"] for one in claims for actor in one["actors"] if actor["id"]},
        "country": {place["country"] for place in places if place["country"]} | {"none"},
        "outlet": {article.outlet for article in told.articles.values() if article.outlet},
        "root": {claim["root"] for one in incidents for claim in one["claims"]},
        "review": {"machine", "accepted", "rejected", "final"},
        "precision": {"exact", "governorate", "none"},
        "stance": {"state", "deny", "assert"},
        "polarity": {"affirmed", "negated"},
        "words": {"حماة", "قتل*", "مدينة -حماة"},
        "killed": {"1", "7", "40"},
        "since": {"2031-03-12", "2031-03-14"},
        "until": {"2031-03-14", "2031-03-16"},
        "place": {place["id"] for place in places if place["id"]},
    }


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_any_filters_together_find_what_fits(connection, told, data):
    values = {name: sorted(some) for name, some in values_of(told).items()}
    names = data.draw(st.lists(st.sampled_from(sorted(values)), min_size=1, max_size=4))
    filters = filters_from([(name, data.draw(st.sampled_from(values[name]))) for name in names])
    for kind in LISTS:
        assert {row.id for row in all_of(connection, filters, kind)} == told.fitting(filters, kind).keys()


def keys_of_incidents(told, one):
    return {
        "newest": one["time"]["from"] or "",
        "oldest": one["time"]["from"] or "9999",
        "claims": len(one["claims"]),
        "roots": one["roots"],
        "killed": -1 if top_of(one) is None else top_of(one),
    }


@pytest.mark.parametrize("sort", SORTS["incidents"])
def test_incidents_are_sorted_and_equal_ones_by_id(connection, told, sort):
    rows = all_of(connection, Filters(), "incidents", sort)
    if sort == "changed":
        keyed = [(row.changed, row.id) for row in rows]
    else:
        keyed = [(keys_of_incidents(told, told.incidents[row.id])[sort], row.id) for row in rows]
    expected = sorted(keyed, key=lambda one: one[1])
    assert keyed == sorted(expected, key=lambda one: one[0], reverse=sort != "oldest")


@pytest.mark.parametrize("sort", SORTS["claims"])
def test_claims_are_sorted_and_equal_ones_stand_by_article(connection, told, sort):
    rows = all_of(connection, Filters(), "claims", sort)
    keys = {
        "newest": lambda row: row.first_day or "",
        "oldest": lambda row: row.first_day or "9999",
        "killed": lambda row: -1 if (top := highest(told.claims[row.id]["counts"])) is None else top,
    }
    found = [keys[sort](row) for row in rows]
    assert found == sorted(found, reverse=sort != "oldest")
    met = [(keys[sort](row), row.article) for row in rows]
    assert len(set(met)) == sum(one != other for one, other in zip([None, *met], met, strict=False))


@pytest.mark.parametrize("sort", SORTS["articles"])
def test_articles_are_sorted(connection, sort):
    rows = all_of(connection, Filters(), "articles", sort)
    keys = {
        "newest": lambda row: row.day or "",
        "oldest": lambda row: row.day or "9999",
        "claims": lambda row: row.claims,
        "changed": lambda row: row.changed,
    }
    found = [keys[sort](row) for row in rows]
    assert found == sorted(found, reverse=sort != "oldest")


@pytest.mark.parametrize(("kind", "sort"), [(kind, sort) for kind, sorts in SORTS.items() for sort in sorts])
def test_pages_put_together_are_the_list(connection, kind, sort):
    rows, after = [], None
    while True:
        page = LISTS[kind][0](connection, Filters(), Order(sort=sort, after=after, most=4))
        rows += page.rows
        after = page.after
        if after is None:
            break
    assert rows == all_of(connection, Filters(), kind, sort)
    assert page.total == len(rows)


BAD = [
    (Order(after="x"), "after=x is no place"),
    (Order(after="ا"), "is no place"),
    (Order(after="W10"), "is no place"),
    (Order(most=0), "1 to 1000 rows, not 0"),
    (Order(most=1001), "1 to 1000 rows, not 1001"),
    (Order(sort="loudest"), "sort=loudest: .* are sorted by newest, oldest"),
]


@pytest.mark.parametrize(("order", "said"), BAD)
@pytest.mark.parametrize("kind", LISTS)
def test_what_is_no_page_is_refused(connection, kind, order, said):
    with pytest.raises(InputError, match=said):
        LISTS[kind][0](connection, Filters(), order)


def test_a_place_in_one_list_is_none_in_another(connection):
    after = incidents_page(connection, Filters(), Order(most=1)).after
    for page, order in (
        (incidents_page, Order(sort="claims", after=after)),
        (claims_page, Order(after=after)),
    ):
        with pytest.raises(InputError, match="is no place in a list sorted by"):
            page(connection, Filters(), order)


def test_a_row_says_what_the_json_says(connection, told):
    for row in all_incidents(connection, Filters()):
        incident = told.incidents[row.id]
        place = incident["place"] or {}
        assert (row.status, row.roots, row.independent) == tuple(
            incident[name] for name in ("status", "roots", "independent")
        )
        assert (list(row.events), row.event) == (incident["events"], incident["events"][0])
        assert (row.first_day, row.last_day) == (incident["time"]["from"], incident["time"]["to"])
        assert (row.place_id, row.country, row.lat) == tuple(
            place.get(name) for name in ("id", "country", "lat")
        )
        killed = [(one["min"], one["max"]) for one in incident["counts"] if one["kind"] == "killed"]
        assert row.killed == (killed[0] if killed else None)
        states = [told.state(claim["id"]) for claim in incident["claims"]]
        assert (row.claims, row.reviewed, row.rejected) == (
            len(states), sum(state != "machine" for state in states), states.count("rejected")
        )  # fmt: skip
        assert row.outlets == len({claim["outlet"] for claim in incident["claims"]} - {None})


def test_a_claim_s_row_says_what_the_json_says(connection, told):
    for row in all_claims(connection, Filters()):
        claim, article = told.claims[row.id], told.articles[row.article]
        incident, voice = told.incident_of[row.id]
        source = claim["attribution"][0] if claim["attribution"] else {}
        assert (row.article, row.number, row.event) == (claim["article"], claim["number"], claim["event"])
        assert (row.source, row.source_id, row.stance) == tuple(
            source.get(name) for name in ("text", "id", "stance")
        )
        assert (row.incident, row.root, row.status) == (incident["id"], voice["root"], incident["status"])
        assert (row.outlet, row.published, row.title) == (article.outlet, article.published, article.title)
        assert (row.review, row.place_id) == (told.state(row.id), (claim["place"] or {}).get("id"))
        top = highest(claim["counts"])
        assert (row.killed is None) == (top is None)
        assert top is None or top in row.killed


def test_quotes_are_cut_from_the_text(connection, told):
    found = quotes(connection, ["nothing", *sorted(told.claims)])
    assert list(found) == sorted(told.claims)
    for identity, words in found.items():
        span = told.claims[identity]["evidence"][0]
        assert len(words) == span["end"] - span["start"]
        _, voice = told.incident_of[identity]
        assert voice["words"] in words or words in voice["words"] or not voice["words"]
