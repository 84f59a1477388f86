"""`marsad archive ... --reader model|both` against a model's endpoint on the loopback: what is planned, asked, said and kept."""

import json

import pytest

from llm.model_server import ModelServer
from marsad.archive.reading_watch import let_go

STRIKE = "قصفت طائرات حربية روسية بلدة سراقب أمس، بحسب مصدر محلي رقم {}."
CLAIM = {
    "event": "strike.air",
    "evidence": [{"in": "text", "words": "قصفت طائرات حربية روسية بلدة سراقب", "trigger": "قصفت"}],
    "place": "بلدة سراقب",
}
SECRET = "a-key-of-the-test"


@pytest.fixture(autouse=True)
def _nothing_is_kept():
    yield
    let_go()


@pytest.fixture
def news(tmp_path):
    path = tmp_path / "news.jsonl"
    rows = [{"id": f"a{n}", "text": STRIKE.format(n), "published": "2024-12-06"} for n in range(4)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def at(address, *more, reader="model"):
    return ("--reader", reader, "--model-address", address, "--model", "tiny", "--on", "here", *more)


def files_with(root, words):
    return [path for path in root.rglob("*") if path.is_file() and words.encode() in path.read_bytes()]


def test_an_archive_is_planned_made_gone_on_with_reported_and_taken_in(program, news, tmp_path, monkeypatch):
    monkeypatch.setenv("MARSAD_MODEL_KEY", SECRET)
    out = tmp_path / "out"
    with ModelServer(answer=lambda _: {"claims": [CLAIM]}) as server:
        planned = program("archive", "plan", news, out, *at(server.address))
        assert (planned.code, server.asked, out.exists()) == (0, [], False)
        (line,) = [line for line in planned.out if line.startswith("read by")]
        assert f"model: tiny at {server.address}, 8 questions at a time from each process" in line

        made = program("archive", "run", news, out, *at(server.address))
        assert made.code == 0, made.said
        assert any(line.startswith("marsad: model: 4 articles, 4 questions (4 asked)") for line in made.said)
        again = program("archive", "run", news, out, *at(server.address))
        assert any(line == "marsad: read: 1 task, done before" for line in again.said), again.said
        assert program("archive", "resume", out, "--on", "here").code == 0
        assert len(server.asked) == 4
        assert server.asked[0].headers["authorization"] == f"Bearer {SECRET}"
    assert files_with(tmp_path, SECRET) == []

    told = program("archive", "report", out, "--format", "json").rows[0]
    assert " + model tiny, prompt " in told["reader"]
    assert (told["model"]["articles"], told["model"]["claims"]) == (4, 4)
    assert told["model"]["questions"] == {"endpoint": 4}
    lines = program("archive", "report", out).out
    assert any(line.startswith("questions") and "endpoint 4" in line for line in lines)

    desk = tmp_path / "desk"
    program("init", desk)
    assert program("import", "archive", out, "--project", desk).code == 0
    rows = [
        json.loads(line) for line in program("export", "jsonl", "--of", "articles", "--project", desk).out
    ]
    assert {row["reader"] for row in rows} == {told["reader"]}


def test_rules_alone_are_told_nothing_of_a_model(program, news, tmp_path):
    out = tmp_path / "out"
    done = program("archive", "run", news, out, "--on", "here")
    assert done.code == 0, done.said
    assert not any("model" in line for line in done.said)
    told = program("archive", "report", out, "--format", "json").rows[0]
    assert told["model"] is None
    assert " + " not in told["reader"]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--reader", "model"), "needs --model-address"),
        (at("http://127.0.0.1:1", "--record", "answers.jsonl"), "--record is not for archives"),
        (at("http://127.0.0.1:1", "--model-report", "r.json"), "--model-report is not for archives"),
        (at("http://me:secret@127.0.0.1:1"), "holds a name and password"),
        (at("https://models.example/v1"), "--text-may-leave"),
        (at("http://127.0.0.1:1", "--model-budget", "0.5"), "--model-budget is for --reader both"),
    ],
)
def test_what_cannot_be_done_is_refused_before_anything_is_written(program, news, tmp_path, more, said):
    done = program("archive", "run", news, tmp_path / "out", *more)
    assert done.code == 2
    assert said in "\n".join(done.said)
    assert not (tmp_path / "out").exists()
    assert files_with(tmp_path, "secret") == []


def test_whoever_goes_on_with_another_persons_plan_is_asked_before_text_leaves(program, news, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    state = news.stat()
    one = {"address": str(news), "size": state.st_size, "mark": str(state.st_mtime_ns)}
    model = {"address": "https://models.example", "model": "m"}
    plan = {
        "schema": "marsad-archive/1",
        "folder": "",
        "inputs": [one],
        "settings": {"reader": "model", "model": model},
    }
    (out / "plan.json").write_text(json.dumps(plan), encoding="utf-8")
    done = program("archive", "resume", out, "--on", "here")
    assert done.code == 2
    assert any("models.example" in line for line in done.said)
    assert any("--text-may-leave" in line for line in done.said)
    assert sorted(path.name for path in out.iterdir()) == ["plan.json"]


def test_a_model_that_is_gone_is_named_and_the_run_goes_on_when_it_is_back(program, news, tmp_path):
    out = tmp_path / "out"
    with ModelServer(answer=lambda _: {"claims": [CLAIM]}) as server:
        address, port = server.address, int(server.address.rpartition(":")[2])
        server.always = "no_key"
        gone = program("archive", "run", news, out, *at(address))
        assert gone.code == 1
        assert "shard news" in "\n".join(gone.said)
        assert "key" in "\n".join(gone.said)
    again = ModelServer(answer=lambda _: {"claims": [CLAIM]}).begin(port)
    try:
        done = program("archive", "resume", out, "--on", "here")
    finally:
        again.end()
    assert done.code == 0, done.said
    assert any(line.startswith("marsad: model: 4 articles") for line in done.said)


def test_processes_share_the_answers_and_each_asks_as_many_as_it_may(program, news, tmp_path):
    out = tmp_path / "out"
    rows = [
        json.dumps({"id": f"b{n}", "text": STRIKE.format(n), "published": "2024-12-06"}) for n in range(6)
    ]
    news.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
    more = ("--jobs", "2", "--shard-size", "2KB", "--model-in-flight", "2")
    with ModelServer(answer=lambda _: {"claims": [CLAIM]}, seconds=0.1) as server:
        done = program("archive", "run", news, out, *at(server.address)[:-2], *more)
        assert done.code == 0, done.said
        assert len(server.asked) == 6
        assert server.most_at_once <= 4
    assert program("archive", "sql", out, "SELECT count(*) AS n FROM claims").rows == [{"n": 6}]
