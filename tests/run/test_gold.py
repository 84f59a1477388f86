"""The gold that people's decisions make: what is in it, what is left out, and that it stays with its text."""

import pytest

from marsad.run.claim_rows import article_with_claims
from marsad.run.gold import Gold, GoldCounts, gold_articles
from reviewed import NEW, Desk
from stored import OTHER, TEXT, stored


@pytest.fixture
def desk(store):
    made = Desk(store)
    made.twice(0)
    return made


def gold(desk, **wanted):
    counts = GoldCounts()
    rows = desk.read(lambda connection: list(gold_articles(connection, Gold(**wanted), counts)))
    for row in rows:
        article_with_claims(row)  # as it is read back
    return rows, counts


def all_of(desk, *decisions):
    for claim, (decision, more) in zip(desk.claims(), decisions, strict=True):
        desk.decide("ana", claim, decision, **more)


ACCEPT, REJECT, UNSURE, NEGATED = (
    ("accept", {}),
    ("reject", {"reason": "other"}),
    ("unsure", {}),
    ("edit", {"edit": {"polarity": "negated"}}),
)


def test_a_decided_article_has_its_claims_without_what_only_the_program_writes(desk):
    all_of(desk, ACCEPT, NEGATED, REJECT)
    [row], counts = gold(desk)
    assert list(row) == ["id", "published", "outlet", "title", "text", "claims"]
    assert (row["id"], row["published"], row["text"]) == ("a", "2024-12-06", TEXT)
    assert [(claim["event"], claim["polarity"]) for claim in row["claims"]] == [
        ("harm.killed", "affirmed"),
        ("harm.killed", "negated"),
    ]
    machine = desk.shown(desk.claims()[0])
    assert row["claims"][0] == {
        name: value for name, value in machine.items() if name not in ("id", "origin")
    } | {
        "evidence": [
            {name: value for name, value in one.items() if name != "trigger"} for one in machine["evidence"]
        ]
    }
    assert (counts.articles, dict(counts.claims), dict(counts.out)) == (
        1,
        {"accepted": 1, "edited": 1},
        {"rejected": 1},
    )


def test_an_article_with_open_claims_is_passed_over_or_taken_without_them(desk):
    desk.decide("ana", desk.claims()[0])
    rows, counts = gold(desk)
    assert (rows, counts.articles, counts.waiting) == ([], 0, 1)
    [row], counts = gold(desk, partial=True)
    assert (len(row["claims"]), dict(counts.out), counts.waiting) == (1, {"undecided": 2}, 0)


def test_what_nobody_knows_is_left_out_and_counted(desk):
    all_of(desk, ACCEPT, UNSURE, REJECT)
    [row], counts = gold(desk)
    assert (len(row["claims"]), dict(counts.out)) == (1, {"unsure": 1, "rejected": 1})


def test_an_article_about_which_nothing_was_decided_is_no_gold(desk):
    assert gold(desk)[0] == gold(desk, partial=True)[0] == []
    desk.decide("ana", desk.claims()[0])
    desk.undo("ana")
    rows, counts = gold(desk, partial=True)
    assert (rows, counts.waiting) == ([], 0)


def test_added_claims_stand_in_the_order_of_the_text(desk):
    all_of(desk, ACCEPT, ACCEPT, ACCEPT)
    desk.add("ana", NEW)
    [row], counts = gold(desk)
    assert [claim["event"] for claim in row["claims"]] == [
        "harm.killed",
        "people.displaced",
        "harm.killed",
        "strike.shelling",
    ]
    assert counts.claims["added"] == 1


def test_what_was_settled_counts_before_either_coder_and_a_conflict_not_at_all(desk):
    all_of(desk, ACCEPT, ACCEPT, ACCEPT)
    claim = desk.claims()[0]
    desk.decide("ben", claim, *NEGATED[:1], "second", **NEGATED[1])
    rows, counts = gold(desk)
    assert (rows, counts.waiting) == ([], 1)
    [row], counts = gold(desk, partial=True)
    assert (len(row["claims"]), dict(counts.out)) == (2, {"conflict": 1})
    parts = [gold(desk, part=part, partial=True)[0][0]["claims"] for part in ("first", "second")]
    assert [(len(claims), claims[0]["polarity"]) for claims in parts] == [(3, "affirmed"), (1, "negated")]
    desk.decide("eve", claim, "edit", "adjudication", edit={"modality": "planned"}, note="neither")
    [row], counts = gold(desk)
    assert (row["claims"][0]["modality"], len(row["claims"])) == ("planned", 3)


def test_an_accepted_claim_stays_as_it_was_accepted_when_the_text_is_read_anew_otherwise(desk):
    all_of(desk, ACCEPT, ACCEPT, ACCEPT)
    before = gold(desk)[0]
    first = desk.claims()[0]
    desk.write(lambda connection: connection.exec_driver_sql(f"DELETE FROM claims WHERE id = '{first}'"))
    sql = "UPDATE claims SET data = replace(data, '\"min\": 5', '\"min\": 6')"
    desk.write(lambda connection: connection.exec_driver_sql(sql))
    assert gold(desk)[0] == before


def test_in_a_later_version_the_words_that_were_decided_about_are_found(desk):
    all_of(
        desk, ACCEPT, ("edit", {"edit": {"actors": [{"role": "patient", "start": 77, "end": 88}]}}), REJECT
    )
    desk.add("ana", NEW)
    desk.put(stored("a", "عاجل: " + TEXT))
    [row], counts = gold(desk)
    edited = row["claims"][2]
    assert [edited["actors"][0][name] for name in ("start", "text")] == [83, "خمسة مدنيين"]
    assert row["text"][edited["evidence"][0]["start"] : edited["evidence"][0]["end"]].startswith(
        "خمسة مدنيين"
    )
    assert dict(counts.claims) == {"accepted": 1, "edited": 1, "added": 1}


def test_decisions_about_words_that_are_gone_are_counted(desk):
    all_of(desk, ACCEPT, ACCEPT, REJECT)
    desk.put(stored("a", OTHER))
    [row], counts = gold(desk, partial=True)
    assert row["claims"] == []
    assert dict(counts.out) == {"gone": 2, "rejected": 1, "undecided": 3}
