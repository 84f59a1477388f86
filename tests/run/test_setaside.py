"""What is set aside is counted, and counted once."""

import pickle

from marsad.errors import SetAside
from marsad.run import Outcome, Stats, once_each


def outcome(article, claims=2):
    return Outcome(where=f"n:{article}", article=article, output="x", claims=claims, characters=10)


def test_second_article_with_an_id_is_set_aside():
    first, second, third = once_each([outcome("a"), outcome("a"), outcome("b")])
    assert (first.refusal, third.refusal) == (None, None)
    assert second.refusal.reason == "duplicate_id"
    assert "'a'" in second.refusal.message
    assert (second.output, second.claims) == ("", 0)


def test_refused_articles_have_no_id_to_repeat():
    refused = Outcome(where="n:1", refusal=SetAside("empty", "empty"))
    assert list(once_each([refused, refused])) == [refused, refused]


def test_stats_add_up_and_say_so():
    refused = Outcome(where="n:1", refusal=SetAside("empty", "empty"))
    total = sum(map(Stats.of, [outcome("a"), outcome("b", 1), refused, refused]), Stats())
    assert (total.articles, total.claims, total.characters, total.set_aside) == (2, 3, 20, 2)
    assert total.summary() == "2 articles read, 3 claims; 2 set aside (empty 2)"
    assert Stats.of(outcome("a", 1)).summary() == "1 article read, 1 claim"


def test_outcome_crosses_processes_with_its_refusal():
    refused = pickle.loads(pickle.dumps(Outcome(where="n:1", refusal=SetAside("empty", "the text is empty"))))
    assert (refused.refusal.reason, refused.refusal.message) == ("empty", "the text is empty")
