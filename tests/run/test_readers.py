"""Who reads: choices that can be carried out, names that tell kinds apart, and articles that are begun ahead."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.articles import RawArticle
from marsad.errors import InputError, MarsadError, SetAside
from marsad.llm.types import Endpoint, Shown, Window
from marsad.model.article import Article
from marsad.run import Crew, Outcome, load_kit, outcomes
from marsad.run.readers import ReaderChoice, checked, kind_of, reader_for
from marsad.run.readers_model import _ranges
from marsad.run.readers_rules import reader_of

HERE = Endpoint(address="http://127.0.0.1:9", model="m")


def test_kinds_are_told_by_the_versions_of_readers(tmp_path):
    found = {}
    for kind in ("rules", "model", "both"):
        reader = reader_for(ReaderChoice(reader=kind, endpoint=HERE), None)
        found[kind] = reader.version
        assert kind_of(reader.version) == kind
        reader.close()
    assert load_kit().version in found["rules"]
    assert found["model"].startswith(f"{found['rules']} + model m, prompt ")
    assert len(set(found.values())) == 3


@pytest.mark.parametrize("replayed", [["one"], ["one", "two", "one"], []])
def test_a_replay_goes_by_the_name_that_is_recorded(tmp_path, replayed):
    file = tmp_path / "answers.jsonl"
    lines = [{"content": str(n), "answer": "{}", "model": name} for n, name in enumerate(replayed)]
    file.write_text("".join(json.dumps(one) + "\n" for one in lines))
    choice = ReaderChoice(reader="model", replay=file)
    assert choice.model == ("+".join(sorted(set(replayed))) or "unnamed")
    assert not choice.asks


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        (ReaderChoice(reader="model"), "--model-address"),
        (ReaderChoice(reader="both", endpoint=Endpoint(address="", model="m")), "--model-address"),
        (ReaderChoice(reader="both", endpoint=Endpoint(address="http://127.0.0.1:9", model="")), "--model"),
        (ReaderChoice(reader="model", endpoint=HERE, budget=0.5), "--reader both"),
        (ReaderChoice(reader="both", endpoint=HERE, budget=1.5), "not 1.5"),
        (ReaderChoice(replay=Path("x")), "--replay"),
        (ReaderChoice(reader="oracle"), "oracle"),
    ],
)
def test_a_choice_that_cannot_be_carried_out_is_told(choice, said):
    with pytest.raises(InputError, match=said):
        checked(choice)


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30)), max_size=8))
def test_a_character_that_is_shown_twice_counts_once(spans):
    shown = tuple(Shown(n, "text", start, start + length) for n, (start, length) in enumerate(spans))
    windows = [Window(number=0, shown=shown[:4]), Window(number=1, shown=shown[2:])]
    covered = {place for start, length in spans for place in range(start, start + length)}
    assert sum(end - start for start, end in _ranges(windows)) == len(covered)


class Ahead:
    """Work whose second half goes as the data of the article says; ``most`` is how many were begun at once."""

    def __init__(self):
        self.now = self.most = 0

    def load(self):
        """Nothing to load."""

    def begin(self, raw):
        self.now += 1
        self.most = max(self.most, self.now)
        if raw.data == b"begin":
            self.now -= 1
            raise SetAside("empty", "no text")
        return lambda: self.finish(raw)

    def finish(self, raw):
        self.now -= 1
        errors = {
            b"refuse": SetAside("model_failed", "no"),
            b"raise": ValueError("x"),
            b"gone": MarsadError("the model is gone"),
        }
        if raw.data in errors:
            raise errors[raw.data]
        return Outcome(where=raw.where, article=raw.where)


def raws(*deeds):
    return [RawArticle(kind="record", file="n", line=n, data=deed.encode()) for n, deed in enumerate(deeds)]


def test_articles_are_begun_ahead_and_finished_in_order():
    work = Ahead()
    found = list(
        outcomes(iter(raws("ok", "begin", "ok", "refuse", "raise", *["ok"] * 10)), work, Crew(ahead=4))
    )
    assert work.most == 4
    assert [one.where for one in found] == [f"n:{n}" for n in range(15)]
    assert {n: one.refusal.reason for n, one in enumerate(found) if one.refusal} == {
        1: "empty",
        3: "model_failed",
        4: "failed",
    }


def test_who_is_gone_ends_the_run_after_what_came_before():
    found = outcomes(iter(raws("ok", "ok", "gone", "ok")), Ahead(), Crew(ahead=3))
    assert [next(found).where, next(found).where] == ["n:0", "n:1"]
    with pytest.raises(MarsadError, match="gone"):
        next(found)


def test_rules_read_as_they_always_did():
    text = "أعلن الجيش الحكومي مقتل ثلاثة مسلحين في مدينة تدمر أمس الخميس."
    article = Article(id="a", text=text, published="2024-12-06")
    reader = reader_for(ReaderChoice(), None)
    assert reader.ahead == 1
    assert [claim.event for claim in reader.begin(article)()] == ["harm.killed"]


@pytest.mark.parametrize("kind", ["model", "both"])
@pytest.mark.parametrize("name", ["mine", "a + model b", "a + both b"])
def test_the_kind_of_a_reader_does_not_hang_on_its_models_name(kind, name):
    assert kind_of(f"{reader_of('1-2')} + {kind} {name}, prompt 1-abc") == kind
    assert kind_of(reader_of("1-2")) == "rules"
