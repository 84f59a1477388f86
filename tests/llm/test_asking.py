"""Asking: several at once, each question once, again where it may help, and an end where it does not."""

import json
import pickle
import signal
import subprocess
import sys
import time
from concurrent.futures import CancelledError
from pathlib import Path

import pytest

from llm.asked import QUICK, SCHEMA, endpoint, question
from llm.model_server import BEHAVIOURS, ModelServer, Reply, error
from marsad.errors import InputError, MarsadError, SetAside
from marsad.llm import Told
from marsad.llm.answers import recorded
from marsad.llm.asking import make_asker
from marsad.llm.trying import IN_A_ROW, SHORT, TooLong, Waits


def asker(told, server, **more):
    """An asker with short waits; options of `Where` go to it, others to the endpoint."""
    where = {name: more.pop(name) for name in ("cache", "record") if name in more}
    return make_asker(told, SCHEMA, endpoint=endpoint(server, **more), waits=QUICK, **where)


def test_as_many_as_allowed_are_asked_at_once_and_no_more():
    told = Told()
    with ModelServer(seconds=0.1) as server, asker(told, server, in_flight=4) as asking:
        answers = [one.result(60) for one in [asking.ask(question(n)) for n in range(24)]]
    assert server.most_at_once == 4
    assert {one.origin for one in answers} == {"endpoint"}
    assert (told.questions, told.attempts, len(server.asked)) == ({"endpoint": 24}, 24, 24)
    assert told.tokens_in > 0 < told.tokens_out


def test_a_question_in_flight_is_not_asked_twice():
    told = Told()
    with ModelServer(seconds=0.3) as server, asker(told, server) as asking:
        answers = [one.result(60) for one in [asking.ask(question(1)) for _ in range(5)]]
        assert asking.ask(question(1), again=1).result(60).origin == "endpoint"
    assert [one.origin for one in answers] == ["endpoint", *["cache"] * 4]
    assert len(server.asked) == 2
    assert [one.body["seed"] for one in server.asked] == [0, 1]
    assert told.questions == {"endpoint": 2, "cache": 4}


@pytest.mark.parametrize(
    "fault", ["busy", "broken", "overloaded", "hangs_up", "truncated", "no_choices", "html", "huge"]
)
def test_what_fails_is_tried_again(fault):
    told = Told()
    with ModelServer(script=[fault, fault]) as server, asker(told, server) as asking:
        answer = asking.ask(question()).result(60)
    assert (answer.attempts, told.attempts, told.faults.total()) == (3, 3, 2)
    assert told.questions == {"endpoint": 1}


def test_a_question_that_fails_alone_is_set_aside_and_others_are_answered():
    def answer(shown):
        return BEHAVIOURS["broken"] if "رقم 3" in shown["sentences"][0] else {"claims": []}

    told = Told()
    with ModelServer(answer=answer) as server, asker(told, server) as asking:
        asked = [asking.ask(question(n)) for n in range(8)]
        failed = [n for n, one in enumerate(asked) if one.exception(60)]
        with pytest.raises(SetAside, match="500") as aside:
            asked[3].result()
    assert failed == [3]
    assert aside.value.reason == "model_failed"
    assert told.questions == {"endpoint": 7, "unanswered": 1}
    assert told.faults == {"server_error": 3}


def test_a_server_that_answers_nothing_ends_the_run():
    told = Told()
    with ModelServer(always="broken") as server, asker(told, server, in_flight=1, attempts=1) as asking:
        errors = [one.exception(60) for one in [asking.ask(question(n)) for n in range(IN_A_ROW + 5)]]
    assert [type(one) for one in errors] == [SetAside] * (IN_A_ROW - 1) + [MarsadError] * 6
    assert "10 questions one after the other" in str(errors[-1])
    assert len(server.asked) == IN_A_ROW


def test_failures_between_answers_do_not_end_it():
    script = ["broken", "nothing"] * (IN_A_ROW + 2)
    with ModelServer(script=script) as server, asker(Told(), server, in_flight=1, attempts=1) as asking:
        errors = [one.exception(60) for one in [asking.ask(question(n)) for n in range(len(script))]]
    assert all(one is None or isinstance(one, SetAside) for one in errors)


def test_a_server_that_is_gone_ends_the_run_at_once():
    with ModelServer() as server:
        address = server.address
    with asker(Told(), address) as asking:
        errors = [one.exception(60) for one in [asking.ask(question(n)) for n in range(20)]]
    assert {type(one) for one in errors} == {MarsadError}
    assert "cannot be reached" in str(errors[0])
    assert "is it running there" in str(errors[0])


@pytest.mark.parametrize("behaviour", ["no_key", "no_model", "bad_form", "redirect"])
def test_what_never_works_is_asked_once(behaviour):
    with ModelServer(always=behaviour) as server, asker(Told(), server, in_flight=1) as asking:
        errors = [one.exception(60) for one in [asking.ask(question(n)) for n in range(5)]]
    assert {type(one) for one in errors} == {MarsadError}  # and of a class that crosses from a worker process
    assert len(server.asked) == 1
    assert str(pickle.loads(pickle.dumps(errors[0]))) == str(errors[0])


def test_a_question_too_long_for_the_model_fails_alone():
    too_long = Reply(
        status=400, raw=b'{"error": {"message": "the request exceeds the available context size"}}'
    )
    with (
        ModelServer(script=[too_long, "nothing", "bad_form"]) as server,
        asker(Told(), server, in_flight=1) as asking,
    ):
        errors = [one.exception(60) for one in [asking.ask(question(n)) for n in range(4)]]
    # The third is not taken either, but by an endpoint that took one of the same form.
    assert [type(one) for one in errors] == [SetAside, type(None), SetAside, type(None)]


def test_a_long_question_that_is_too_long_is_no_sign_of_a_server_that_answers_nothing():
    too_long = error(400, "This model's maximum context length is 8192 tokens, max_tokens is 4096")
    with ModelServer(always=too_long) as server, asker(Told(), server, in_flight=1) as asking:
        long = [asking.ask(question("9" * SHORT + str(n))).exception(60) for n in range(IN_A_ROW + 1)]
        short = [asking.ask(question(n)).exception(60) for n in range(IN_A_ROW)]
    assert {type(one) for one in long} == {TooLong}
    assert [type(one) for one in short] == [SetAside] * (IN_A_ROW - 1) + [MarsadError]
    assert "context length" in str(short[-1])
    assert {one.body["max_tokens"] for one in server.asked} == {4096}
    lost = pickle.loads(pickle.dumps(long[0]))
    assert (type(lost), lost.reason) == (TooLong, "model_failed")


@pytest.mark.parametrize(
    ("said", "parameter", "instead"),
    [
        (
            "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
            "max_tokens",
            {"max_completion_tokens"},
        ),
        ("Unsupported value: 'temperature' does not support 0 with this model.", "temperature", set()),
        (
            [{"type": "extra_forbidden", "loc": ["body", "seed"], "msg": "Extra inputs are not permitted"}],
            "seed",
            set(),
        ),
    ],
)
def test_what_an_endpoint_does_not_take_of_the_settings_is_left_out_from_then_on(said, parameter, instead):
    told = Told()
    refusal = Reply(status=400, raw=json.dumps({"error": {"message": said}}).encode())

    with ModelServer(script=[refusal]) as server, asker(told, server, in_flight=1) as asking:
        answers = [asking.ask(question(n)).result(60) for n in range(3)]
    first, *later = [set(one.body) for one in server.asked]
    assert later == [first - {parameter} | instead] * 3
    assert [one.attempts for one in answers] == [2, 1, 1]
    assert (told.attempts, told.faults) == (4, {"unfit": 1})
    assert list(told.notes.values()) == [1]
    assert parameter in next(iter(told.notes))


def test_an_endpoint_that_refuses_what_is_left_out_already_ends_the_run():
    never = error(400, "temperature and everything else is not supported")
    with ModelServer(always=never) as server, asker(Told(), server, in_flight=1) as asking:
        errors = [asking.ask(question(n)).exception(60) for n in range(3)]
    assert {type(one) for one in errors} == {MarsadError}
    assert len(server.asked) == 2


def test_waits_grow_have_chance_in_them_and_keep_to_what_a_server_asks_within_bounds():
    waits = Waits()
    drawn = [waits.after(2, 0) for _ in range(50)]
    assert len(set(drawn)) > 1
    assert all(1.5 <= one <= 3.0 for one in drawn)
    assert waits.after(9, 0) <= 30
    assert waits.after(1, 20) == 20
    assert waits.after(1, 86_400) == 90


def test_a_busy_server_is_left_alone_as_long_as_it_asks():
    busy = Reply(status=429, raw=b"{}", headers=(("Retry-After", "1"),))
    waits = Waits(first=0.001, most=0.01, asked_for=0.4)
    with (
        ModelServer(script=[busy]) as server,
        make_asker(Told(), SCHEMA, endpoint=endpoint(server), waits=waits) as asking,
    ):
        began = time.monotonic()
        asking.ask(question()).result(60)
        assert time.monotonic() - began >= 0.4


def test_the_cache_answers_a_second_run_and_is_recorded(tmp_path):
    told = Told()
    with ModelServer(answer=lambda _: {"claims": []}) as server:
        with asker(Told(), server, cache=tmp_path / "c") as asking:
            first = [asking.ask(question(n)).result(60) for n in range(3)]
        with asker(told, server, cache=tmp_path / "c", record=tmp_path / "r") as asking:
            second = [asking.ask(question(n)).result(60) for n in range(4)]
    assert len(server.asked) == 4
    assert [one.origin for one in second] == ["cache"] * 3 + ["endpoint"]
    assert [one.text for one in second[:3]] == [one.text for one in first]
    assert told.questions == {"cache": 3, "endpoint": 1}
    assert set(recorded(tmp_path / "r")) == {question(n).content for n in range(4)}


@pytest.mark.parametrize("behaviour", ["not_json", "wrong_form", "cut_off", "empty"])
def test_an_answer_of_no_use_is_not_kept(tmp_path, behaviour):
    with ModelServer(script=[behaviour]) as server:
        for _ in range(2):
            with asker(Told(), server, cache=tmp_path / "c") as asking:
                asking.ask(question()).result(60)
    assert len(server.asked) == 2


def test_a_record_is_replayed_without_a_server(tmp_path):
    with (
        ModelServer(answer=lambda shown: {"claims": [], "saw": shown}) as server,
        asker(Told(), server, record=tmp_path / "r") as asking,
    ):
        live = [asking.ask(question(n)).result(60) for n in range(3)]
    told = Told()
    with make_asker(told, SCHEMA, replay=tmp_path / "r") as asking:
        again = [asking.ask(question(n)).result(0) for n in range(3)]
        with pytest.raises(SetAside) as aside:
            asking.ask(question(9)).result(0)
    assert [one.text for one in again] == [one.text for one in live]
    assert aside.value.reason == "not_recorded"
    assert told.questions == {"replay": 3, "unanswered": 1}
    assert not told.notes
    assert told.attempts == 0


def test_answers_to_other_instructions_are_used_and_said_once(tmp_path):
    with ModelServer() as server, asker(Told(), server, record=tmp_path / "r") as asking:
        for n in range(3):
            asking.ask(question(n, prompt="1-old")).result(60)
    told = Told()
    with make_asker(told, SCHEMA, replay=tmp_path / "r") as asking:
        for n in range(3):
            asking.ask(question(n)).result(0)
    ((words, times),) = told.notes.items()
    assert ("1-old" in words, "1-abc" in words, times) == (True, True, 3)


def test_neither_endpoint_nor_replay_is_refused():
    with pytest.raises(InputError, match="--model-address"):
        make_asker(Told(), SCHEMA)
    with pytest.raises(InputError, match="ftp"):
        make_asker(Told(), SCHEMA, endpoint=endpoint("ftp://h"))


def test_closing_waits_for_nothing_and_cancels_what_is_due():
    with ModelServer(always="late") as server:
        asking = asker(Told(), server, in_flight=2)
        asked = [asking.ask(question(n)) for n in range(6)]
        began = time.monotonic()
        asking.close()
        for one in asked:
            with pytest.raises((CancelledError, MarsadError)):
                one.result(10)
        assert time.monotonic() - began < 10  # each answer would take 30
        assert asking.ask(question()).cancelled()


HANGING = """
import sys
sys.path.insert(0, sys.argv[2])
from llm.asked import SCHEMA, endpoint, question
from marsad.llm import Told
from marsad.llm.asking import make_asker
try:
    with make_asker(Told(), SCHEMA, endpoint=endpoint(sys.argv[1])) as asking:
        asked = [asking.ask(question(n)) for n in range(20)]
        print("asked", flush=True)
        asked[0].result()
except KeyboardInterrupt:
    sys.exit(130)
"""


def test_ctrl_c_ends_a_program_with_eight_answers_due(tmp_path):
    (tmp_path / "hanging.py").write_text(HANGING)
    with ModelServer(always=Reply(seconds=300)) as server:
        command = [
            sys.executable,
            str(tmp_path / "hanging.py"),
            server.address,
            str(Path(__file__).parent.parent),
        ]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as program:
            assert program.stdout.readline() == "asked\n"
            while server.most_at_once < 8 and program.poll() is None:
                time.sleep(0.02)
            program.send_signal(signal.SIGINT)
            said = program.communicate(timeout=60)[1]
    assert (program.returncode, said) == (130, "")


def test_answers_are_said_to_be_kept_only_where_they_are(tmp_path):
    nowhere = "http://127.0.0.1:9"
    with asker(Told(), nowhere) as asking:
        assert "kept" not in str(asking.ask(question()).exception(60))
    with asker(Told(), nowhere, cache=tmp_path / "answers.sqlite") as asking:
        assert "are kept" in str(asking.ask(question()).exception(60))


def test_what_was_given_up_counts_as_unanswered():
    told = Told()
    with ModelServer(seconds=60) as server, asker(told, server, in_flight=2) as asking:
        due = [asking.ask(question(n)) for n in (1, 2, 3, 3)]
    assert [one.cancelled() for one in due] == [True] * 4
    assert told.questions == {"unanswered": 4}


def test_an_answer_that_is_late_says_how_to_wait_longer():
    with ModelServer(seconds=60) as server, asker(Told(), server, seconds=0.2, attempts=1) as asking:
        assert "0.2 s; --model-seconds" in str(asking.ask(question()).exception(60))


def test_a_server_that_dies_amid_an_answer_ends_the_run_and_costs_no_article():
    server = ModelServer(seconds=60).begin()
    with asker(Told(), server, in_flight=1) as asking:
        due = [asking.ask(question(n)) for n in range(3)]
        until = time.monotonic() + 60
        while not server.asked and time.monotonic() < until:
            time.sleep(0.01)
        server.end()
        errors = [one.exception(60) for one in due]
    assert [type(one) for one in errors] == [MarsadError] * 3
    assert "cannot be reached" in str(errors[0])
