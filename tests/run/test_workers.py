"""One process or several: the same outcomes in the same order, whatever happens to an article."""

import itertools
import os
import sys
from pathlib import Path

import pytest

from marsad.articles import RawArticle
from marsad.errors import MarsadError
from marsad.run import Crew, outcomes

sys.path.insert(0, str(Path(__file__).parent))
from crew_work import CannotLoadElsewhere, Deed

METHODS = ["fork", "spawn"]


def raws(*deeds):
    return [
        RawArticle(kind="record", file="n", line=n, data=deed.encode()) for n, deed in enumerate(deeds, 1)
    ]


def fates(found):
    return [(outcome.where, outcome.refusal.reason if outcome.refusal else None) for outcome in found]


@pytest.mark.parametrize("crew", [Crew(jobs=1), Crew(jobs=3), Crew(jobs=2, method="spawn")])
def test_outcomes_come_in_the_order_of_the_input(crew):
    deeds = ["slow" if n % 40 == 0 else "ok" for n in range(200)]
    found = list(outcomes(iter(raws(*deeds)), Deed(), crew))
    assert [outcome.output for outcome in found] == [f"{n}\n" for n in range(1, 201)]


@pytest.mark.parametrize("crew", [Crew(jobs=1), Crew(jobs=2)])
def test_failure_of_one_article_is_its_own(crew):
    found = list(outcomes(raws("ok", "raise", "refuse", "ok"), Deed(), crew))
    assert "RecursionError in crew_work.py:" in found[1].refusal.message
    assert fates(found) == [("n:1", None), ("n:2", "failed"), ("n:3", "not_arabic"), ("n:4", None)]


@pytest.mark.parametrize("method", METHODS)
def test_article_that_ends_the_process_is_set_aside_alone(method):
    deeds = ["ok"] * 20 + ["exit"] + ["ok"] * 3 + ["kill", "kill"] + ["ok"] * 20
    found = list(outcomes(iter(raws(*deeds)), Deed(), Crew(jobs=2, method=method)))
    assert len(found) == len(deeds)
    dead = {o.where: o.refusal.message for o in found if o.refusal}
    assert set(dead) == {"n:21", "n:25", "n:26"}
    assert "exit code 7" in dead["n:21"]
    assert "SIGKILL" in dead["n:25"]


def test_article_gets_a_second_trial_in_a_fresh_process(tmp_path):
    found = fates(outcomes(raws("ok", f"once:{tmp_path / 'mark'}", "ok"), Deed(), Crew(jobs=2)))
    assert [reason for _, reason in found] == [None, None, None]


def test_article_that_takes_too_long_is_set_aside():
    found = list(outcomes(raws("ok", "hang", "ok"), Deed(), Crew(jobs=2, patience=1.0)))
    assert fates(found) == [("n:1", None), ("n:2", "too_slow"), ("n:3", None)]
    assert "1 second" in found[1].refusal.message


def test_input_is_not_read_far_ahead():
    taken = itertools.count()
    endless = (raws("ok")[0] for _ in taken)
    found = outcomes(endless, Deed(), Crew(jobs=2))
    for _ in range(10):
        next(found)
    found.close()
    assert next(taken) < 1000


@pytest.mark.parametrize("method", METHODS)
def test_worker_that_cannot_load_ends_the_run_with_its_reason(method):
    with pytest.raises(MarsadError, match="the lexicon is gone"):
        list(outcomes(raws("ok"), CannotLoadElsewhere(home=os.getpid()), Crew(jobs=2, method=method)))
