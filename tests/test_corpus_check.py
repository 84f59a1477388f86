"""The corpus check sees what it is there to see."""

import copy
import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ARTICLE = {
    "id": "a",
    "title": "سقوط حماة",
    "text": "قال الجيش إنه انسحب من حماة.",
    "claims": [
        {
            "id": "1",
            "event": "territory.withdrawal",
            "evidence": [{"start": 10, "end": 27, "trigger": {"start": 14, "end": 19}}],
            "attribution": [{"text": "الجيش", "start": 4, "end": 9, "cue": {"start": 0, "end": 3}}],
            "actors": [{"role": "agent", "text": "الجيش", "start": 4, "end": 9}],
            "place": {"text": "حماة", "start": 23, "end": 27},
            "time": {"text": None},
            "counts": [],
        }
    ],
}


@pytest.fixture
def corpus_check(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "bench"))
    spec = importlib.util.spec_from_file_location("corpus_check", ROOT / "bench" / "corpus_check.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_corpus_check_passes_exact_spans(corpus_check):
    assert list(corpus_check.problems_of(ARTICLE)) == []


@pytest.mark.parametrize(
    ("path", "value", "problem"),
    [
        (("attribution", 0, "start"), 3, "source is not the words at its span"),
        (("actors", 0, "end"), 10, "actor is not the words at its span"),
        (("place", "end"), 99, "place outside the text"),
        (("place", "in"), "title", "place outside the text"),
        (("evidence", 0, "end"), 16, "trigger outside its evidence"),
        (("evidence",), [], "claim without evidence"),
    ],
)
def test_corpus_check_finds_what_is_off(corpus_check, path, value, problem):
    article = copy.deepcopy(ARTICLE)
    target = article["claims"][0]
    for step in path[:-1]:
        target = target[step]
    target[path[-1]] = value
    assert problem in [name for name, _ in corpus_check.problems_of(article)]


def test_corpus_check_finds_two_claims_with_one_id(corpus_check):
    article = {**ARTICLE, "claims": [ARTICLE["claims"][0]] * 2}
    assert ("two claims with one id", "1") in list(corpus_check.problems_of(article))
