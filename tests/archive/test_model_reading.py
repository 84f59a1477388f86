"""Articles of an archive that a model reads: the rows of both readers are whole, what fails is told, and what was answered is not asked for again."""

import json
import os
import sys
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from llm.model_server import ModelServer, Reply
from marsad.archive import Folder, Plan, Settings, drive, model_reading
from marsad.archive.engines.here import Here
from marsad.archive.folder import read_part
from marsad.archive.inputs import inputs_of
from marsad.archive.model_told import counts_of, told_of, took_of
from marsad.archive.reading_watch import let_go
from marsad.archive.report import report_of
from marsad.archive.stages import read
from marsad.archive.task import Task
from marsad.codebook import load_codebook
from marsad.errors import InputError, MarsadError
from marsad.llm.prompt import instructions, question
from marsad.llm.types import Endpoint, Told
from marsad.llm.windows import windows_of
from marsad.model import Article
from marsad.reading import read as read_text
from marsad.run import load_kit
from marsad.run.readers import ReaderChoice, kind_of, reader_for

sys.path.insert(0, str(Path(__file__).parent))
import poison

STRIKE = "قصفت طائرات حربية روسية بلدة سراقب أمس، بحسب مصدر محلي رقم {}."
FAIR = "افتتح الوزير معرض الكتاب في العاصمة وتجول بين أجنحته."
CLAIM = {
    "event": "strike.air",
    "evidence": [{"in": "text", "words": "قصفت طائرات حربية روسية بلدة سراقب", "trigger": "قصفت"}],
    "actors": [{"role": "attacker", "words": "طائرات حربية روسية"}],
    "place": "بلدة سراقب",
    "time": "أمس",
}
INVENTED = {**CLAIM, "evidence": [{"in": "text", "words": "كلمات لا ترد في أي مقال", "trigger": "لا ترد"}]}


@pytest.fixture(autouse=True)
def _nothing_is_kept():
    yield
    let_go()


def good(shown):
    """The strike, wherever it is shown, and one that is nowhere."""
    return {"claims": [CLAIM, INVENTED] * any("قصفت" in words for words in shown["sentences"])}


def texts(number):
    return [FAIR if n % 4 == 3 else STRIKE.format(n) for n in range(number)]


def source(root, some):
    root.mkdir(parents=True, exist_ok=True)
    path = root / "news.jsonl"
    rows = [
        {"id": f"a{n}", "text": text, "published": "2024-12-06", "outlet": "sana"}
        for n, text in enumerate(some)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    os.utime(path, (1, 1))
    return path


def planned(root, some, **settings):
    return Plan(
        folder=str(root / "out"), inputs=inputs_of([str(source(root, some))]), settings=Settings(**settings)
    )


def asked(server, reader="model", **more):
    """The settings that ask a server, each question once."""
    given = {"in_flight": 4, "attempts": 1, "seconds": 20.0, **more.pop("endpoint", {})}
    model = asdict(Endpoint(address=server.address, model="tiny", **given))
    return {"reader": reader, "model": model, **more}


def task_of(root, some, **settings):
    (task,) = read.tasks(planned(root, some, **settings), {})
    return task


def done(root, some, make="", **settings):
    """The record of the one shard, and its rows by table."""
    folder = Folder(root / "out")
    record = read.read_shard(task_of(root, some, **settings), folder, make)
    tables = {
        part.table: [row for batch in read_part(folder, part) for row in batch.to_pylist()]
        for part in record.parts
    }
    return record, tables


def events(tables):
    return [row["event"] for row in tables["read_claims"]]


# What is in the tables


def test_rows_are_what_the_reader_gives_article_by_article_and_several_are_asked_about_at_a_time(tmp_path):
    some = texts(12)
    with ModelServer(answer=good, seconds=0.05) as server:
        record, tables = done(tmp_path, some, **asked(server))
        assert server.most_at_once == 4
        choice = ReaderChoice(reader="model", endpoint=Endpoint(address=server.address, model="tiny"))
        reader = reader_for(choice, None)
        one = reader.begin(Article(id="a0", text=some[0], published="2024-12-06", outlet="sana"))()
        reader.close()
    assert [row["id"] for row in tables["read_articles"]] == [f"a{n}" for n in range(12)]
    assert [row["claims"] for row in tables["read_articles"]] == [1, 1, 1, 0] * 3
    assert events(tables) == ["strike.air"] * 9
    first = json.loads(tables["read_claims"][0]["data"])
    assert first["id"] == one[0].id
    assert first["place"]["id"]
    assert len(tables["read_episodes"]) == 9
    counts = record.counts
    assert (counts["articles"], counts["pieces"], counts["claims"]) == (12, 12, 9)
    assert (counts["model_articles"], counts["model_claims"]) == (12, 9)
    assert counts["model_refused_evidence_not_found"] == 9
    assert counts["model_shown"] == counts["model_characters"] == sum(map(len, some))
    took = record.cost["model"]
    assert (took["attempts"], took["questions_endpoint"] + took.get("questions_cache", 0)) == (10, 12)
    assert took["tokens_in"] > 1_000


def test_both_say_where_they_agree_and_nothing_is_set_aside_where_the_model_fails(tmp_path):
    with ModelServer(answer=lambda shown: "?" if "رقم 1" in str(shown) else good(shown)) as server:
        record, tables = done(tmp_path, texts(3), **asked(server, "both"))
    told = [json.loads(row["data"]) for row in tables["read_claims"]]
    assert "strike.air" in events(tables)
    assert any(one.get("readers") for one in told)
    assert record.counts["articles"] == 3
    assert record.counts["model_failed"] == 1
    assert record.counts["model_unusable_not_json"] == 2
    assert "set_aside" not in tables


def replayed(root, some, answer=good):
    """A file of answers to all questions about some articles."""
    kit, given = load_kit(), instructions(load_codebook())
    lines = {}
    for n, text in enumerate(some):
        article = Article(id=f"a{n}", text=text, published="2024-12-06", outlet="sana")
        for window in windows_of(read_text(article, kit.reading)):
            one = question(article, window, given)
            words = json.dumps(answer(json.loads(one.user)), ensure_ascii=False)
            lines[one.content] = {"content": one.content, "prompt": one.prompt, "model": "tiny", "answer": words, "finish": "stop"}  # fmt: skip
    path = root / "answers.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines.values()), encoding="utf-8")
    return path


def test_recorded_answers_make_the_same_archive_twice(tmp_path):
    some = texts(6)
    found = []
    answers = replayed(tmp_path, some)
    for name in ("first", "second"):
        plan = planned(tmp_path, some, reader="both", replay=str(answers))
        folder = Folder(tmp_path / name)
        drive(replace(plan, folder=str(folder.root)), folder, Here())
        manifest = json.loads(folder.path("archive.json").read_text())
        found.append({name: manifest[name] for name in ("counts", "tables", "code", "reader")})
    assert found[0] == found[1]
    assert found[0]["counts"]["read"]["claims"] >= 5
    reader = found[0]["reader"]
    assert (kind_of(reader), " + both tiny, prompt " in reader) == ("both", True)
    told = report_of(folder, 200)["model"]
    assert told["questions"] == {"replay": told["articles"]}
    assert told["refused"]["evidence_not_found"] >= 1
    assert 0 < told["share_shown"] <= 1


def test_a_question_that_is_not_recorded_sets_its_article_aside_and_fails_nothing(tmp_path):
    some = texts(9)
    answers = replayed(tmp_path, some[:1])
    record, tables = done(tmp_path, some, reader="model", replay=str(answers))
    assert {row["reason"] for row in tables["set_aside"]} == {"not_recorded"}
    assert (record.counts["articles"], record.counts["dropped_not_recorded"]) == (1, 8)


# What goes wrong


def test_poison_changes_nothing_but_its_own_fate(tmp_path):
    some = texts(6)
    bad = [*some[:2], f"{some[0]} {poison.MARK}exit", *some[2:]]
    answers = replayed(tmp_path, bad)
    _, clean = done(tmp_path / "clean", some, reader="model", replay=str(answers))
    record, tables = done(tmp_path / "bad", bad, "poison:poisoned_model", reader="model", replay=str(answers))
    assert [(row["reason"], row["piece"]) for row in tables["set_aside"]] == [("crashed", 2)]
    spans = [[json.loads(row["data"])["evidence"] for row in one["read_claims"]] for one in (tables, clean)]
    assert spans[0] == spans[1]
    assert len(spans[0]) == 5
    assert (record.counts["pieces"], record.counts["articles"]) == (7, 6)


def test_an_article_that_waits_for_the_model_has_the_models_time_and_no_other_has(tmp_path):
    with ModelServer(answer=good, seconds=2.5) as server:
        record, _ = done(tmp_path / "a", texts(1), **asked(server), patience=1.5)
        assert (record.counts["articles"], len(server.asked)) == (1, 1)
    with ModelServer(answer=good) as server:
        some = [f"{STRIKE.format(7)} {poison.MARK}loop"]
        record, tables = done(tmp_path / "b", some, "poison:poisoned_model", **asked(server), patience=1.5)
    assert [row["reason"] for row in tables["set_aside"]] == ["too_slow"]
    assert record.counts["articles"] == 0


def test_answers_that_cannot_be_used_are_set_aside_one_by_one_and_fail_the_task_where_they_are_many(tmp_path):
    def bad(share):
        return lambda shown: "?" if any(f"رقم {n}." in str(shown) for n in share) else good(shown)

    with ModelServer(answer=bad((1, 2, 5))) as server:
        record, tables = done(tmp_path / "few", texts(8), **asked(server))
        assert [row["reason"] for row in tables["set_aside"]] == ["model_failed"] * 3
        assert (record.counts["articles"], record.counts["dropped_model_failed"]) == (5, 3)
    told = r"4 articles got no answer .* 3 may; unusable_not_json 8"
    with ModelServer(answer=bad((0, 1, 2, 5))) as server, pytest.raises(MarsadError, match=told):
        done(tmp_path / "many", texts(8), **asked(server))
    assert [path for path in (tmp_path / "many" / "out").rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(("behaviour", "said"), [("no_key", "key"), ("no_model", "model")])
def test_a_server_that_will_never_answer_fails_the_task(tmp_path, behaviour, said):
    with ModelServer(always=behaviour) as server:
        with pytest.raises(MarsadError, match=rf"shard news\S* .*{said}"):
            done(tmp_path, texts(3), **asked(server))
        assert len(server.asked) <= 4


def test_a_run_whose_server_is_gone_goes_on_from_the_answers_that_came(tmp_path):
    some = texts(8)
    gone = Reply(silent=True)
    server = ModelServer(answer=good)
    seen = []

    def until_the_third(shown):
        seen.append(shown)
        return good(shown) if len(seen) <= 3 else gone

    server.answer = until_the_third
    with server:
        port = int(server.address.rpartition(":")[2])
        settings = asked(server, endpoint={"in_flight": 1}, cache=str(tmp_path / "answers.sqlite"), quota=0.0)
        plan = planned(tmp_path, some, **settings)
        folder = Folder(tmp_path / "out")
        with pytest.raises(MarsadError, match=r"5 articles got no answer"):
            drive(plan, folder, Here())
    let_go()
    with pytest.raises(MarsadError, match=f"shard news.*127.0.0.1:{port}"):
        drive(plan, folder, Here())  # nobody listens any more
    assert not folder.path("archive.json").exists()
    again = ModelServer(answer=good).begin(port)
    try:
        ran = drive(plan, folder, Here())
        assert len(again.asked) == 7 - 3  # two fairs are one question
    finally:
        again.end()
    assert ran.worked["read"] == 1
    manifest = json.loads(folder.path("archive.json").read_text())
    assert manifest["counts"]["read"]["articles"] == 8
    assert not [path for path in folder.root.rglob("*") if path.is_file() and b"Bearer" in path.read_bytes()]


# What decides the rows

SETTINGS = {
    "reader": "both",
    "model": {"address": "http://127.0.0.1:1", "model": "tiny", "form": "json_schema", "tokens": 4_096, "in_flight": 8},
    "budget": 0.5,
    "cache": "/a/answers.sqlite",
}  # fmt: skip


def test_an_archive_of_the_rules_has_the_keys_that_it_always_had(tmp_path):
    task = task_of(tmp_path, texts(1), budget=None, cache="/elsewhere.sqlite")
    assert set(task.given) == {"shard", "settings"}
    assert set(task.given["settings"]) == {
        "text", "relevance", "outlet", "published", "columns", "memory", "patience", "quota", "data"
    }  # fmt: skip
    assert (task.apart, task.key) == ({}, task_of(tmp_path, texts(1)).key)


@pytest.mark.parametrize(
    "other",
    [
        {"reader": "model", "budget": None},
        {"model": {**SETTINGS["model"], "model": "large"}},
        {"model": {**SETTINGS["model"], "form": "text"}},
        {"model": {**SETTINGS["model"], "tokens": 100}},
        {"budget": 0.4},
    ],
    ids=["reader", "name", "form", "tokens", "budget"],
)
def test_what_of_the_model_decides_answers_makes_another_task(tmp_path, other):
    one, changed = (task_of(tmp_path, texts(1), **{**SETTINGS, **more}) for more in ({}, other))
    assert one.key != changed.key


@pytest.mark.parametrize(
    "other",
    [
        {"model": {**SETTINGS["model"], "address": "http://127.0.0.1:2"}},
        {"model": {**SETTINGS["model"], "in_flight": 2, "seconds": 3.0, "attempts": 9, "price_in": 1.0}},
        {"cache": ""},
    ],
    ids=["address", "in flight", "cache"],
)
def test_where_and_how_fast_it_is_asked_does_not(tmp_path, other):
    one, changed = (task_of(tmp_path, texts(1), **{**SETTINGS, **more}) for more in ({}, other))
    assert one.key == changed.key
    assert one.apart != changed.apart
    assert Task.from_json(changed.to_json()).to_json() == changed.to_json()


def test_other_recorded_answers_make_another_task_and_none_an_error(tmp_path):
    answers = tmp_path / "answers.jsonl"
    keys = []
    for words in ('{"model": "a"}\n', '{"model": "a"}\n\n'):
        answers.write_text(words)
        keys.append(task_of(tmp_path, texts(1), reader="model", replay=str(answers)).key)
    assert keys[0] != keys[1]
    answers.unlink()
    with pytest.raises(InputError, match=r"answers\.jsonl cannot be read"):
        task_of(tmp_path, texts(1), reader="model", replay=str(answers))


def test_a_plan_that_names_what_is_not_known_of_an_endpoint_is_refused(tmp_path):
    with pytest.raises(InputError, match="'temperature'"):
        task_of(tmp_path, texts(1), reader="model", model={**SETTINGS["model"], "temperature": 2})


@pytest.mark.parametrize("reader", ["model", "both"])
def test_who_read_is_named_as_in_all_other_output(reader, tmp_path):
    budget = 0.25 if reader == "both" else None
    settings = Settings(**{**SETTINGS, "reader": reader, "budget": budget, "cache": ""})
    opened = reader_for(model_reading.choice_of(settings), None)
    opened.close()
    assert opened.version.endswith(model_reading.named(settings))


def test_what_is_told_comes_back_from_its_numbers():
    told = Told(articles=3, failed=1, claims=7, attempts=9, withheld=2, characters=90, shown=60, tokens_in=5, tokens_out=6, seconds=1.25)  # fmt: skip
    told.questions.update(endpoint=2, cache=1)
    told.refused.update(evidence_not_found=4)
    told.unusable.update(cut_off=1)
    told.faults.update(busy=8)
    told.notes["the cache was damaged"] += 1
    assert told_of(counts_of(told), took_of(told)) == told
