"""The report of a run: all that was counted as JSON, and the same in two lines."""

import json
from collections import Counter
from dataclasses import fields

from llm.asked import endpoint
from marsad.llm import Told
from marsad.llm.costs import cost, report, summary

HERE = endpoint("http://127.0.0.1:1", price_in=2.0, price_out=10.0)


def told():
    return Told(
        articles=12, failed=1, claims=20, attempts=18, withheld=1, characters=5000, shown=5000, tokens_in=41_200, tokens_out=3_800,
        seconds=12.34567, questions=Counter(endpoint=9, cache=5), faults=Counter(busy=3, too_slow=1), refused=Counter(evidence_not_found=3),
    )  # fmt: skip


def test_the_lines_say_what_was_asked_and_what_stood():
    assert summary(told(), HERE).splitlines() == [
        "model: 12 articles, 14 questions (9 asked, 5 from the cache), 18 attempts (3 busy, 1 too slow), 41,200 + 3,800 tokens, cost 0.1204",
        "model: 20 claims; refused: evidence_not_found 3; shown 100 % of the text; withheld 1 sentence; 1 article failed",
    ]


def test_nothing_is_said_of_what_did_not_happen():
    assert (
        summary(Told(articles=1, questions=Counter(replay=1)), None)
        == "model: 1 article, 1 question (1 replayed)"
    )


def test_notes_and_rare_reasons_are_not_lost():
    one = Told(
        unusable=Counter({f"reason_{n}": 10 - n for n in range(9)}),
        notes=Counter({"the cache was damaged": 1, "other instructions": 3}),
    )
    lines = summary(one, None).splitlines()
    assert "others 9" in lines[1]  # 4 + 3 + 2
    assert lines[2:] == ["model: other instructions (3 times)", "model: the cache was damaged"]


def test_articles_that_only_the_rules_read_are_named_up_to_ten():
    lines = summary(Told(rules_only={f"a{n}": "no answer" for n in range(12)}), None).splitlines()
    assert lines[1] == "model: only the rules read a0: no answer"
    assert lines[11:] == ["model: only the rules read 2 more articles"]


def test_nearly_all_is_not_all():
    assert "shown 99.9 % of the text" in summary(Told(characters=100_000, shown=99_999), None)
    assert "shown 31 % of the text" in summary(Told(characters=100, shown=31), None)


def test_a_cost_is_told_only_where_prices_are_given():
    free = endpoint("http://127.0.0.1:1")
    assert cost(told(), free) is None
    assert "cost" not in summary(told(), free)
    assert cost(told(), endpoint("http://127.0.0.1:1", price_in=1.0)) == 0.0412
    assert cost(told(), HERE) == 0.1204


def test_the_report_holds_every_count_and_no_key(monkeypatch):
    monkeypatch.setenv("MARSAD_MODEL_KEY", "sk-secret")
    whole = json.loads(json.dumps(report(told(), HERE)))
    assert {one.name for one in fields(Told)} <= set(whole)
    assert (whole["model"], whole["share_shown"], whole["cost"], whole["faults"]) == (
        "tiny",
        1.0,
        0.1204,
        {"busy": 3, "too_slow": 1},
    )
    assert "sk-secret" not in json.dumps(whole)
    assert report(Told(), None)["share_shown"] is None
