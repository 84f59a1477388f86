"""The figures are those of the shared scorer, on the annotated articles beside the checkout and real predictions for them."""

import importlib.util
import json
import os
import random
from pathlib import Path

import pytest

from marsad.run.evaluating import How, evaluate
from marsad.run.evaluating_claims import family_of

ROOT = Path(__file__).resolve().parents[2]
EVENTS = ("strike.air", "strike.shelling", "harm.killed", "fight.attack", "territory.advance")


@pytest.fixture(scope="module")
def shared():
    folder = Path(os.environ.get("MARSAD_SHARED") or ROOT.parent / "shared")
    if not (folder / "tools" / "score.py").is_file():
        pytest.skip("no ../shared beside this checkout: figures were not compared with the scorer's")
    return folder


@pytest.fixture(scope="module")
def scorer(shared):
    spec = importlib.util.spec_from_file_location("scorer", shared / "tools" / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module", params=["dev", "train"])
def files(request, shared):
    """The annotated articles, and the same as the program reads them."""
    from marsad.model.jsonl import article_from_json, article_to_json
    from marsad.run import claims_of, load_kit

    lines = (shared / "gold" / f"{request.param}.jsonl").read_text(encoding="utf-8").splitlines()
    gold = [json.loads(line) for line in lines]
    articles = [article_from_json(row) for row in gold]
    read = [article_to_json(one, claims_of(one, load_kit()), "test") for one in articles]
    return gold, json.loads(json.dumps(read))


def theirs(scorer, gold, predicted):
    return scorer.score({one["id"]: one for one in gold}, {one["id"]: one for one in predicted})


def ours(gold, predicted, names):
    found = evaluate(gold, predicted, How(by=(), rounds=0)).data()
    return {name: found[name] for name in names}


def test_figures_are_those_of_the_scorer(scorer, files):
    gold, predicted = files
    wanted = theirs(scorer, gold, predicted)
    assert wanted["claim"]["f1"] > 0.5
    assert ours(gold, predicted, wanted) == wanted


@pytest.mark.parametrize("seed", range(3))
def test_figures_are_those_of_the_scorer_when_much_is_wrong(scorer, files, seed):
    gold, predicted = files
    chance = random.Random(seed)
    damaged = [{**one, "claims": [damage(claim, chance) for claim in one["claims"]]} for one in predicted]
    damaged = [one for one in damaged if chance.random() > 0.1]
    for one in damaged:
        chance.shuffle(one["claims"])
    wanted = theirs(scorer, gold, damaged)
    assert ours(gold, damaged, wanted) == wanted


GONE = {
    "polarity": "negated",
    "modality": "planned",
    "attribution": [],
    "place": None,
    "time": None,
    "counts": [],
}


def damage(claim, chance):
    """A claim with some of it changed, left out or moved."""
    found = json.loads(json.dumps(claim))
    found |= {name: value for name, value in GONE.items() if chance.random() < 0.15}
    for name in [name for name in ("polarity", "modality", "time") if chance.random() < 0.05]:
        del found[name]
    if chance.random() < 0.2:
        found["event"] = chance.choice(EVENTS)
    for one in (*found["actors"], *found["attribution"]):
        words = one["text"].split()
        one["text"] = " ".join(chance.sample(words, k=max(1, len(words) - chance.randrange(2))))
    for one in found["evidence"]:
        one["trigger"] = chance.choice([one["trigger"], one["trigger"], None])
        one["start"] = max(0, one["start"] - chance.choice([0, 0, 0, 40, 80]))
    chance.shuffle(found["actors"])
    return found


def test_groups_are_what_the_scorer_says_of_their_claims_alone(scorer, files):
    gold, predicted = files
    found = evaluate(gold, predicted, How(by=("family", "outlet"), rounds=0)).groups
    for family, scores in found["family"].items():
        only = [[of_family(one, family) for one in rows] for rows in (gold, predicted)]
        compare_but_articles(scores.data(), theirs(scorer, *only))
    for outlet, scores in found["outlet"].items():
        ids = {one["id"] for one in gold if (one["outlet"] or "(unknown)") == outlet}
        only = [[one for one in rows if one["id"] in ids] for rows in (gold, predicted)]
        compare_but_articles(scores.data(), theirs(scorer, *only))


def of_family(article, family):
    return {**article, "claims": [one for one in article["claims"] if family_of(one["event"]) == family]}


def compare_but_articles(mine, wanted):
    """A group counts the articles that have any of it."""
    del wanted["articles"]
    assert {name: mine[name] for name in wanted} == wanted
