"""Measuring predicted claims: figures worked out by hand, groups, intervals, differences."""

from collections import Counter

import pytest

from marsad.errors import InputError
from marsad.run.evaluating import How, evaluate

TEXT = (
    "قصف جيش الوادي قرية السنديان أمس. وقال مرصد النهر إن ثلاثة مدنيين قتلوا في القصف، ونفى جيش الوادي ذلك."
)
OTHER = "انسحبت القوات من تل الزعتر."
SHELLED, KILLED, DENIED = (
    "قصف جيش الوادي قرية السنديان أمس",
    "ثلاثة مدنيين قتلوا في القصف",
    "نفى جيش الوادي ذلك",
)
PLAIN = How(by=(), rounds=0)


def at(words, text=TEXT):
    start = text.index(words)
    return {"start": start, "end": start + len(words)}


def claim(event, words, text=TEXT, **more):
    return {
        "event": event,
        "evidence": [at(words, text)],
        "attribution": [],
        "actors": [],
        "counts": [],
        **more,
    }


def said(text, stance="state", **more):
    return [{"text": text, "stance": stance, "kind": "organisation", **more}]


def article(identity, *claims, text=TEXT, **more):
    return {
        "id": identity,
        "outlet": "بريد العاصي",
        "published": "2031-05-08",
        "text": text,
        "claims": list(claims),
        **more,
    }


TOLL = [{"kind": "killed", "min": 3, "max": 3}]
ARMY = [{"role": "agent", "text": "جيش الوادي"}]
PEOPLE = [{"role": "patient", "text": "ثلاثة مدنيين"}]
VILLAGE = {"text": "قرية السنديان", "lat": 35.0, "lon": 36.5, "precision": "exact"}
GOLD = [
    article(
        "a",
        claim(
            "strike.shelling",
            SHELLED,
            actors=ARMY,
            place=VILLAGE,
            time={"from": "2031-05-07", "precision": "day"},
        ),
        claim("harm.killed", KILLED, attribution=said("مرصد النهر"), actors=PEOPLE, counts=TOLL),
        claim("harm.killed", DENIED, attribution=said("جيش الوادي", "deny"), polarity="negated"),
    ),
    article("b", claim("territory.withdrawal", OTHER[:-1], OTHER), text=OTHER, outlet=None),
    article("c", text=OTHER),
]
PREDICTED = [
    article(
        "a",
        claim(
            "strike.shelling",
            "قصف",
            actors=ARMY,
            place={"text": "السنديان", "lat": 35.05, "lon": 36.5},
            time={"from": "2031-05-08", "to": "2031-05-08", "precision": "day"},
        ),
        claim("harm.killed", "قتلوا", id="k", actors=PEOPLE, counts=TOLL),
        claim("fight.attack", "نفى جيش الوادي"),
    ),
    article("b", claim("territory.control", "انسحبت القوات", OTHER), text=OTHER),
    article("d"),
]


def rate(right, predicted, gold):
    p, r = (right / n if n else 0.0 for n in (predicted, gold))
    return {"p": p, "r": r, "f1": round(2 * p * r / (p + r), 4) if p + r else 0.0, "n": gold}


def test_figures_are_those_worked_out_by_hand():
    found = evaluate(GOLD, PREDICTED, PLAIN).data()
    assert {name: found[name] for name in found if name not in ("intervals", "by", "bootstrap")} == {
        "articles": 3,
        "claim": rate(2, 4, 4),
        "family": rate(3, 4, 4),
        "usable": rate(1, 4, 4),
        "source": {"acc": 0.5, "n": 2},
        "named": {"acc": 0.0, "n": 1},
        "place": {"acc": 1.0, "n": 2},
        "time": {"acc": 0.0, "n": 1},
        "coordinates": {"acc": 1.0, "n": 1},
        "stance": rate(0, 0, 0),
        "negation": rate(0, 0, 0),
        "modality": rate(0, 0, 0),
        "actors": rate(2, 2, 2),
        "counts": rate(1, 1, 1),
        "only_gold": ["c"],
        "only_predicted": ["d"],
    }


def test_what_is_not_the_common_value_counts():
    wrong = {"polarity": "negated", "modality": "planned", "attribution": said("مرصد النهر", "deny")}
    gold = [article("a", claim("harm.killed", KILLED, **wrong), claim("strike.shelling", SHELLED))]
    same = evaluate(gold, gold, PLAIN).data()
    assert [same[name]["f1"] for name in ("stance", "negation", "modality")] == [1.0, 1.0, 1.0]
    plain = [article("a", claim("harm.killed", KILLED, attribution=said("مرصد النهر"))), article("b")]
    found = evaluate(gold, plain, PLAIN).data()
    assert [found[name] for name in ("stance", "negation", "modality")] == [rate(0, 0, 1)] * 3


@pytest.mark.parametrize(
    ("event", "words", "matched"),
    [
        ("harm.killed", "قتلوا", 1),
        ("harm.wounded", "قتلوا", 0),
        ("harm.killed", "القصف، ون", 1),
        ("harm.killed", "القصف، ونفى", 0),
        ("harm.killed", "قصف", 0),
    ],
)
def test_half_of_the_trigger_lies_in_the_annotated_words(event, words, matched):
    gold = [article("a", claim("harm.killed", KILLED))]
    found = evaluate(gold, [article("a", claim(event, words))], PLAIN)
    assert found.total.figures["claim"].values["p"] == matched


def test_a_trigger_goes_before_the_evidence_around_it_and_titles_are_apart():
    gold = [article("a", claim("harm.killed", KILLED), title=TEXT)]
    whole = {**at(TEXT), "trigger": at("قتلوا")}
    assert evaluate(
        gold, [article("a", claim("harm.killed", KILLED, evidence=[whole]))], PLAIN
    ).total.figures["claim"].values == {"p": 1.0, "r": 1.0, "f1": 1.0}
    in_title = claim("harm.killed", KILLED, evidence=[{**at("قتلوا"), "in": "title"}])
    assert evaluate(gold, [article("a", in_title)], PLAIN).total.figures["claim"].values["f1"] == 0


def test_of_several_candidates_the_one_with_more_right_is_taken():
    gold = [article("a", claim("harm.killed", KILLED, attribution=said("مرصد النهر")))]
    twice = [
        article(
            "a", claim("harm.killed", KILLED), claim("harm.killed", "قتلوا", attribution=said("مرصد النهر"))
        )
    ]
    found = evaluate(gold, twice, PLAIN)
    assert found.compared[0].matched.by_code == ((1, 0),)
    assert found.data()["claim"] == {"p": 0.5, "r": 1.0, "f1": 0.6667, "n": 1}


@pytest.mark.parametrize(
    ("place", "right"),
    [
        ({"text": "السنديان"}, True),
        ({"text": "سنديان"}, True),
        ({"text": "العين"}, True),
        ({"text": "تل السنديان الغربي الكبير القديم"}, False),
        ({"text": "قرية"}, False),
        (None, False),
    ],
)
def test_places_are_the_same_by_their_names(place, right):
    gold = [article("a", claim("harm.killed", KILLED, place={**VILLAGE, "also": ["عين"]}))]
    found = evaluate(gold, [article("a", claim("harm.killed", KILLED, place=place))], PLAIN)
    assert found.data()["place"]["acc"] == right
    assert found.data()["coordinates"]["acc"] == 0


GROUPED = {
    "family": {"harm": (2, 1, 1), "strike": (1, 1, 1), "territory": (1, 1, 0), "fight": (0, 1, 0)},
    "outlet": {"بريد العاصي": (3, 3, 2), "(unknown)": (1, 1, 0)},
}


@pytest.mark.parametrize("by", GROUPED)
def test_groups_have_figures_of_their_own(by):
    groups = evaluate(GOLD, PREDICTED, How(by=(by,), rounds=0)).groups[by]
    claims = {name: found.figures["claim"] for name, found in groups.items()}
    assert {
        name: (one.n, one.predicted, round(one.n * one.values["r"])) for name, one in claims.items()
    } == GROUPED[by]
    assert list(groups) == list(GROUPED[by])


def test_a_side_is_that_of_the_source_else_of_who_did_it():
    army, sdf = "الجيش السوري", "قوات سوريا الديمقراطية"
    when = {"published": "2024-12-01"}
    gold = [
        article(
            "a",
            claim("strike.shelling", SHELLED, actors=[{"role": "agent", "text": army}]),
            claim("harm.killed", KILLED, attribution=said(army), actors=[{"role": "agent", "text": sdf}]),
            claim("harm.killed", DENIED, actors=[{"role": "patient", "text": army}]),
            **when,
        )
    ]
    predicted = [
        article(
            "a",
            claim("harm.killed", KILLED, attribution=said(sdf)),
            claim("fight.attack", DENIED, attribution=said("ما قيل", id="sdf")),
            **when,
        )
    ]
    groups = evaluate(gold, predicted, How(by=("side",), rounds=0)).groups["side"]
    claims = {name: found.figures["claim"] for name, found in groups.items()}
    # The matched one counts where gold has it, the other at its own side, which gold does not have.
    assert {name: (one.n, one.predicted, one.values["r"]) for name, one in claims.items()} == {
        "sy-assad": (2, 1, 0.5),
        "(unknown)": (1, 0, 0.0),
        "sy-sdf": (0, 1, 0.0),
    }


def test_groups_add_up_to_the_whole():
    found = evaluate(GOLD, PREDICTED, How(rounds=0))
    for groups in found.groups.values():
        for name in ("claim", "family", "usable", "actors"):
            whole = found.total.figures[name]
            assert sum(one.figures[name].n for one in groups.values()) == whole.n
            assert sum(one.figures[name].predicted for one in groups.values()) == whole.predicted


RIGHT = article("right", claim("harm.killed", KILLED))
WRONG = article("wrong", claim("harm.killed", KILLED))
MISSED = article("wrong", claim("harm.wounded", KILLED))


def bounds(gold, predicted, **how):
    return evaluate(gold, predicted, How(by=(), **how)).total.figures["claim"].intervals


def test_intervals_come_from_drawing_articles():
    # Of two articles drawn with replacement both are right in a quarter of the rounds and both are wrong in another.
    assert bounds([RIGHT, WRONG], [RIGHT, MISSED]) == {"p": (0.0, 1.0), "r": (0.0, 1.0), "f1": (0.0, 1.0)}
    assert bounds([RIGHT, WRONG], [RIGHT, WRONG])["f1"] == (1.0, 1.0)


def test_more_articles_make_intervals_narrower():
    few, many = (
        [{**one, "id": f"{one['id']}{n}"} for n in range(times) for one in (RIGHT, MISSED)]
        for times in (4, 100)
    )
    gold = [{**one, "claims": RIGHT["claims"]} for one in many]
    wide, narrow = (bounds(gold[: len(rows)], rows)["p"] for rows in (few, many))
    # The binomial's own: 0.5 +- 1.96 * sqrt(0.25 / 200).
    assert narrow == pytest.approx((0.431, 0.569), abs=0.01)
    assert wide[0] < narrow[0] < 0.5 < narrow[1] < wide[1]


def test_the_same_seed_gives_the_same_intervals():
    articles = [{**one, "id": f"{one['id']}{n}"} for n in range(9) for one in (RIGHT, MISSED)]
    gold = [{**one, "claims": RIGHT["claims"]} for one in articles]
    draws = [bounds(gold, articles, rounds=50, seed=seed) for seed in (1, 1, 2, 3, 4)]
    assert draws[0] == draws[1]
    assert any(one != draws[0] for one in draws[2:])


def test_where_fewer_than_two_articles_say_anything_there_is_no_interval():
    one = evaluate([RIGHT, article("c")], [RIGHT], How(by=("family",)))
    assert set(one.total.figures["claim"].intervals.values()) == {None}
    assert set(one.groups["family"]["harm"].figures["claim"].intervals.values()) == {None}
    assert one.total.figures["time"].values == {"acc": None}
    assert one.total.figures["time"].intervals == {"acc": None}
    assert set(bounds([RIGHT, WRONG], [RIGHT, MISSED], rounds=0).values()) == {None}


def test_differences_have_the_words_and_both_values():
    rows = [one.data() for one in evaluate(GOLD, PREDICTED, PLAIN).differences()]
    told = [
        (one["kind"], one["article"], one["event"], one["attribute"], one["gold"], one["predicted"])
        for one in rows
    ]
    assert told == [
        (
            "differs",
            "a",
            "strike.shelling",
            "time",
            ["2031-05-07", "2031-05-07"],
            ["2031-05-08", "2031-05-08"],
        ),
        ("differs", "a", "harm.killed", "source", "مرصد النهر", None),
        ("spurious", "a", "fight.attack", None, ["harm.killed"], None),
        ("missed", "a", "harm.killed", None, None, ["fight.attack"]),
        ("spurious", "b", "territory.control", None, ["territory.withdrawal"], None),
        ("missed", "b", "territory.withdrawal", None, None, ["territory.control"]),
    ]
    assert [(one["text"], one["claim"]) for one in rows[:3]] == [
        (SHELLED, None),
        (KILLED, "k"),
        ("نفى جيش الوادي", None),
    ]
    assert all(
        (TEXT if one["article"] == "a" else OTHER)[one["start"] : one["end"]] == one["text"] for one in rows
    )


def test_differences_add_up_to_the_figures():
    found = evaluate(GOLD, PREDICTED, PLAIN)
    numbers = Counter((one.kind, one.attribute) for one in found.differences())
    figures = found.total.figures
    claim_ = figures["claim"]
    matched = round(claim_.values["r"] * claim_.n)
    assert (numbers["missed", ""], numbers["spurious", ""]) == (
        claim_.n - matched,
        claim_.predicted - matched,
    )
    for name in ("source", "place", "time", "coordinates"):
        one = figures[name]
        assert numbers["differs", name] == one.n - round(one.n * one.values["acc"])


def test_unknown_groupings_are_refused():
    with pytest.raises(InputError, match="by='colour' is none of family, outlet, side"):
        evaluate(GOLD, PREDICTED, How(by=("colour",)))
