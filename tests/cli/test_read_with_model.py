"""`marsad read --reader model|both` against a model's endpoint on the loopback: what comes out, what is set aside, what is said."""

import json
import os
import signal
import subprocess
import sys
import time

import click
import pytest

from llm.model_server import ModelServer, Reply, error
from marsad import __version__, open_reader, read_article
from marsad.cli.model_consent import FILE, consent
from marsad.errors import InputError, SetAside

STRIKE = "قصفت طائرات حربية روسية بلدة سراقب أمس."
KILLED = "أعلن الجيش الحكومي مقتل ثلاثة مسلحين في مدينة تدمر أمس الخميس."
FAIR = "افتتح الوزير معرض الكتاب في العاصمة وتجول بين أجنحته."
CLAIM = {
    "event": "strike.air",
    "evidence": [{"in": "text", "words": "قصفت طائرات حربية روسية بلدة سراقب", "trigger": "قصفت"}],
    "actors": [{"role": "attacker", "words": "طائرات حربية روسية"}],
    "place": "بلدة سراقب",
    "time": "أمس",
}


def good(shown):
    """The strike, wherever it is shown."""
    return {"claims": [CLAIM] * any("قصفت" in words for words in shown["sentences"])}


@pytest.fixture
def articles(tmp_path):
    """A file of articles, each of one text."""

    def write(*texts, file="articles.jsonl"):
        path = tmp_path / file
        rows = [{"id": f"a{n}", "text": text, "published": "2024-12-06"} for n, text in enumerate(texts)]
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        return path

    return write


def at(server, *more, reader="model"):
    return ("--reader", reader, "--model-address", server.address, "--model", "tiny", *more)


def events(row):
    return [claim["event"] for claim in row["claims"]]


def test_what_a_model_claims_comes_out_grounded_and_named_as_its_own(program, articles):
    with ModelServer(answer=good) as server:
        done = program("read", articles(STRIKE, FAIR), *at(server))
    strike, fair = done.rows
    assert (done.code, events(strike), events(fair)) == (0, ["strike.air"], [])
    (claim,) = strike["claims"]
    assert STRIKE[claim["place"]["start"] : claim["place"]["end"]] == "بلدة سراقب"
    assert claim["place"]["id"]
    assert claim["time"]["from"] == "2024-12-05"
    assert claim["origin"][0]["rule"] == "model"
    assert " + model tiny, prompt " in strike["reader"]
    assert any(line.startswith("marsad: model: 2 articles, 2 questions (2 asked)") for line in done.said)


def test_articles_come_in_the_order_of_the_input_and_are_asked_about_at_a_time(program, articles):
    texts = [f"{STRIKE} رقم {n}." for n in range(12)]
    with ModelServer(answer=good, seconds=0.05) as server:
        done = program("read", articles(*texts), *at(server, "--model-in-flight", "4", "--jobs", "3"))
        assert server.most_at_once == 4
    assert [row["id"] for row in done.rows] == [f"a{n}" for n in range(12)]
    assert any("--jobs is not used" in line for line in done.said)


def test_words_that_are_not_there_are_refused_and_counted(program, articles, tmp_path):
    report = tmp_path / "report.json"
    with ModelServer(always="invented_words") as server:
        done = program(
            "read", articles(STRIKE), *at(server, "--model-report", report, "--model-price", "1,2")
        )
    (row,) = done.rows
    assert (done.code, row["claims"]) == (0, [])
    told = json.loads(report.read_text())
    assert told["refused"]["evidence_not_found"] == 1
    assert (told["model"], told["reader"], told["questions"]) == ("tiny", "model", {"endpoint": 1})
    assert told["cost"] > 0


@pytest.mark.parametrize("how", ["not_json", "wrong_form", "cut_off", "empty"])
def test_an_answer_of_no_use_is_asked_for_again_and_then_the_article_is_set_aside(program, articles, how):
    with ModelServer(always=how) as server:
        done = program("read", articles(STRIKE, FAIR), *at(server, "--model-in-flight", "1"))
        seeds = {asked.body["seed"] for asked in server.asked}
    assert (done.code, done.out) == (1, [])
    assert sum("[model_failed]" in line for line in done.said) == 2
    assert 1 in seeds


def test_a_second_try_and_halves_of_what_was_cut_off_save_an_article(program, articles):
    long = " ".join([STRIKE, KILLED, FAIR, STRIKE])
    for script in (["not_json"], ["cut_off"]):
        with ModelServer(answer=good, script=script) as server:
            done = program("read", articles(long), *at(server, "--no-model-cache"))
        assert (done.code, set(events(done.rows[0]))) == (0, {"strike.air"})


def test_where_the_model_fails_the_rules_stand(program, articles):
    file = articles(KILLED)
    rules = program("read", file).rows[0]["claims"]
    with ModelServer(always="not_json") as server:
        done = program("read", file, *at(server, reader="both"))
    assert (done.code, done.rows[0]["claims"]) == (3, rules)
    assert rules
    assert any("1 article failed" in line for line in done.said)
    assert any("only the rules read a0: " in line and "not_json" in line for line in done.said)


def test_an_article_too_long_for_the_model_is_read_in_halves(program, articles):
    too_long = error(400, "the request exceeds the available context size")
    long = " ".join([STRIKE, *[FAIR] * 60, KILLED])

    def answer(shown):
        return too_long if sum(map(len, shown["sentences"])) > 1_200 else good(shown)

    with ModelServer(answer=answer) as server:
        done = program("read", articles(long), *at(server))
    assert (done.code, events(done.rows[0])) == (0, ["strike.air"])
    assert any("asked in halves" in line for line in done.said)


def test_a_model_with_no_room_for_anything_sets_aside_with_its_words(program, articles):
    with ModelServer(always=error(400, "the request exceeds the available context size")) as server:
        done = program("read", articles(" ".join([FAIR] * 60), STRIKE), *at(server))
    assert done.code == 1
    assert sum("context size" in line and "[model_failed]" in line for line in done.said) == 2


def test_both_say_who_found_what(program, articles):
    with ModelServer(answer=good) as server:
        done = program("read", articles(f"{STRIKE} {KILLED}"), *at(server, reader="both"))
    by = {claim["event"]: claim["readers"]["by"] for claim in done.rows[0]["claims"]}
    assert by["strike.air"] == ["rules", "model"]
    assert by["harm.killed"] == ["rules"]
    assert " + both tiny, prompt " in done.rows[0]["reader"]


def test_a_budget_shows_the_model_a_share(program, articles):
    text = " ".join([STRIKE, KILLED, *[FAIR] * 10])
    with ModelServer() as server:
        done = program("read", articles(text), *at(server, "--model-budget", "0.2", reader="both"))
        shown = sum(len(words) for asked in server.asked for words in asked.shown["sentences"])
    assert shown <= 0.2 * len(text)
    assert "budget 0.2" in done.rows[0]["reader"]


@pytest.mark.parametrize("reader", ["model", "both"])
def test_a_replay_gives_byte_for_byte_what_was_recorded(program, articles, tmp_path, reader):
    file, record = articles(STRIKE, KILLED, FAIR), tmp_path / "answers.jsonl"
    with ModelServer(answer=good, script=["not_json"]) as server:
        before = program(
            "read", file, *at(server, "--record", record, "--model-in-flight", "1", reader=reader)
        )
    again = program("read", file, "--reader", reader, "--replay", record)
    assert (again.code, again.out) == (before.code, before.out) == (0, before.out)
    assert not any("http" in line for line in again.said)
    missing = program(
        "read", articles("قصفت الطائرات قرية أخرى لم يسأل عنها أحد."), "--reader", "model", "--replay", record
    )
    assert (missing.code, missing.out) == (1, [])
    assert "[not_recorded]" in missing.said[0]


def test_nothing_is_asked_twice(program, articles):
    with ModelServer(answer=good) as server:
        first = program("read", articles(STRIKE, FAIR), *at(server))
        second = program("read", articles(STRIKE, FAIR), *at(server))
        assert len(server.asked) == 2
        assert second.out == first.out
        program("read", articles(STRIKE, FAIR), *at(server, "--no-model-cache"))
        assert len(server.asked) == 4


def test_an_endpoint_that_is_gone_ends_the_run_after_what_was_done(program, articles):
    texts = [STRIKE, *[f"{STRIKE} رقم {n}." for n in range(20)]]
    with ModelServer(script=[Reply(words=json.dumps({"claims": [CLAIM]}))], always="no_key") as server:
        done = program("read", articles(*texts), *at(server, "--model-in-flight", "1"))
        assert len(server.asked) == 2
    assert (done.code, [row["id"] for row in done.rows]) == (1, ["a0"])
    assert "MARSAD_MODEL_KEY" in done.said[-1]


WRONG = [
    (["--reader", "model"], "--model-address"),
    (["--reader", "model", "--model-address", "http://127.0.0.1:9"], "--model "),
    (["--reader", "model", "--model-address", "ftp://127.0.0.1", "--model", "m"], "http"),
    (["--reader", "model", "--model-address", "http://127.0.0.1:9", "--model", "m", "--model-budget", "0.5"], "--reader both"),
    (["--model-budget", "0.5"], "--reader both"),
    (["--record", "x.jsonl"], "--reader model or both"),
    (["--model-address", "http://127.0.0.1:9", "--model", "m"], "--reader model or both"),
    (["--reader", "rules", "--model-in-flight", "2"], "--model-in-flight is for"),
    (["--model-report", "x.json"], "--model-report is for"),
    (["--reader", "both", "--model-price", "cheap"], "IN,OUT"),
    (["--reader", "both", "--model-budget", "0"], "0"),
]  # fmt: skip


@pytest.mark.parametrize(("options", "said"), WRONG, ids=[" ".join(options) for options, _ in WRONG])
def test_what_does_not_go_together_is_told(program, articles, options, said):
    done = program("read", articles(STRIKE), *options)
    assert (done.code, done.out) == (2, [])
    assert said in "\n".join(done.said)


def test_record_and_replay_are_two_files(program, articles, tmp_path):
    file = tmp_path / "answers.jsonl"
    file.write_text("")
    assert (
        program("read", articles(STRIKE), "--reader", "model", "--replay", file, "--record", file).code == 2
    )


def test_the_environment_names_the_model(program, articles, monkeypatch):
    with ModelServer(answer=good) as server:
        monkeypatch.setenv("MARSAD_MODEL_ADDRESS", server.address)
        monkeypatch.setenv("MARSAD_MODEL", "named")
        monkeypatch.setenv("MARSAD_MODEL_KEY", "secret-word")
        done = program("read", articles(STRIKE), "--reader", "model")
        assert server.asked[0].headers["authorization"] == "Bearer secret-word"
    assert " + model named," in done.rows[0]["reader"]
    assert "secret-word" not in "\n".join(done.said)


def test_text_leaves_this_machine_only_where_its_user_agreed(program, articles, data, capsys):
    far = ("--reader", "model", "--model-address", "http://model.invalid", "--model", "m")
    done = program("read", articles(STRIKE), *far)
    assert (done.code, done.out) == (2, [])
    assert "goes to model.invalid" in done.said[0]
    assert "unencrypted" in done.said[0]
    assert not (data / FILE).exists()
    consent("https://model.invalid", data, may_leave=True)
    assert (data / FILE).stat().st_mode & 0o777 == 0o600
    capsys.readouterr()
    consent("https://model.invalid/v1", data, may_leave=False)
    assert "agreed on" in capsys.readouterr().err
    assert program("read", articles(STRIKE), *far).code == 2  # who agreed to https has not agreed to http


@pytest.mark.parametrize("rows", ["[]", "{", '"https://model.invalid"'])
def test_a_damaged_list_of_hosts_is_no_consent(data, rows):
    data.mkdir()
    (data / FILE).write_text(rows)
    with pytest.raises(click.UsageError):
        consent("https://model.invalid", data, may_leave=False)


def test_this_machine_needs_no_consent(data, capsys):
    consent("http://127.0.0.1:8080", data, may_leave=False)
    assert capsys.readouterr().err == ""
    assert not data.exists()


def test_ctrl_c_ends_a_run_at_once_while_answers_are_due(data, articles):
    with ModelServer(seconds=60) as server:
        command = [sys.executable, "-m", "marsad", "read", str(articles(STRIKE, FAIR)), *at(server)]
        run = subprocess.Popen(command, env={**os.environ}, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        until = time.monotonic() + 60
        while not server.asked and time.monotonic() < until:
            time.sleep(0.05)
        run.send_signal(signal.SIGINT)
        _, said = run.communicate(timeout=30)
    assert run.returncode == 130
    assert b"interrupted" in said


def test_from_python(data):
    with ModelServer(answer=good) as server:
        with open_reader("model", address=server.address, model="tiny") as reader:
            (claim,) = read_article(STRIKE, published="2024-12-06", reader=reader)
        assert (claim.event, claim.place.text) == ("strike.air", "بلدة سراقب")
    with (
        ModelServer(always="not_json") as server,
        open_reader(address=server.address, model="tiny") as reader,
        pytest.raises(SetAside, match="not_json"),
    ):
        read_article(STRIKE, reader=reader)
    with (
        pytest.raises(InputError, match="text_may_leave"),
        open_reader(address="https://model.invalid", model="m"),
    ):
        pass
    with pytest.raises(InputError, match="--model-address"), open_reader("both"):
        pass


def test_the_rules_are_as_before(program, articles):
    plain = program("read", articles(KILLED))
    assert program("read", articles(KILLED), "--reader", "rules").out == plain.out
    assert plain.rows[0]["reader"] == f"marsad {__version__}"


def test_a_report_that_cannot_be_written_is_told_before_anything_is_asked(program, articles, tmp_path):
    (tmp_path / "file").write_text("")
    with ModelServer(answer=good) as server:
        done = program("read", articles(STRIKE), *at(server), "--model-report", tmp_path / "file" / "x.json")
        assert (done.code, done.out, server.asked) == (1, [], [])
        assert "cannot be written" in done.said[-1]
        fresh = tmp_path / "new" / "x.json"
        assert program("read", articles(STRIKE), *at(server), "--model-report", fresh).code == 0
    assert json.loads(fresh.read_text())["articles"] == 1


def test_a_text_that_was_shown_is_told_to_be_shown_whole(program, articles):
    with ModelServer(answer=good) as server:
        done = program("read", articles(f"{STRIKE}  {FAIR}\n\n{STRIKE}"), *at(server))
    assert "shown 100 % of the text" in "\n".join(done.said)


def test_a_run_that_did_not_begin_has_no_summary(program, articles, tmp_path):
    file = tmp_path / "answers.jsonl"
    file.write_text("{\n{\n")
    done = program("read", articles(STRIKE), "--reader", "model", "--replay", file)
    assert (done.code, len(done.said)) == (1, 1)
    assert f"{file}, line 1" in done.said[0]


@pytest.mark.parametrize(
    ("behaviour", "advice"),
    [("cut_off", "--model-tokens"), ("not_json", "--model-form"), ("wrong_form", "--model-form")],
)
def test_an_answer_of_no_use_says_what_can_be_done(program, articles, behaviour, advice):
    with ModelServer(always=behaviour) as server:
        done = program("read", articles(STRIKE), *at(server))
    assert done.code == 1
    assert advice in done.said[0]
