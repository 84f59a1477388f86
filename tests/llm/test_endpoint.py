"""One attempt: what is sent, and what each kind of answer means."""

import time
from datetime import UTC, datetime

import pytest

from llm.asked import SCHEMA, endpoint, question
from llm.model_server import BEHAVIOURS, ModelServer, Reply
from marsad.errors import InputError, MarsadError
from marsad.llm.deadline import Fault
from marsad.llm.endpoint import Line, Unfit, body_of
from marsad.llm.envelope import answer_in, cleaned, said_in, seconds_asked


def asked(server, **more):
    """One attempt at a server."""
    given = endpoint(server, **more)
    line = Line(given)
    try:
        return line.ask(body_of(given, SCHEMA, question()))
    finally:
        line.close()


def test_a_question_is_sent_as_endpoints_want_it(monkeypatch):
    monkeypatch.setenv("MARSAD_MODEL_KEY", "sk-1")
    with ModelServer(answer=lambda shown: {"claims": [], "saw": shown["sentences"]}) as server:
        answer = asked(server, tokens=99)
    sent = server.asked[0]
    assert sent.path == "/v1/chat/completions"
    assert sent.headers["authorization"] == "Bearer sk-1"
    assert sent.said_by("system") == "الأسئلة"
    assert {name: sent.body[name] for name in ("model", "temperature", "seed", "max_tokens", "stream")} == {
        "model": "tiny", "temperature": 0, "seed": 0, "max_tokens": 99, "stream": False,
    }  # fmt: skip
    assert sent.body["response_format"]["json_schema"] == {"name": "claims", "strict": True, "schema": SCHEMA}
    assert "القرية رقم 1" in answer.text
    assert answer.finish == "stop"
    assert answer.tokens_in > 0 < answer.tokens_out


@pytest.mark.parametrize(("form", "format_"), [("json_object", {"type": "json_object"}), ("text", None)])
def test_weaker_forms_ask_for_less(form, format_):
    with ModelServer() as server:
        asked(server, form=form)
    assert server.asked[0].body.get("response_format") == format_
    assert "authorization" not in server.asked[0].headers


@pytest.mark.parametrize(
    ("behaviour", "kind"),
    [
        ("busy", "busy"), ("overloaded", "busy"), ("broken", "server_error"), ("hangs_up", "broken"), ("truncated", "broken"),
        ("no_choices", "no_answer"), ("no_content", "no_answer"), ("html", "no_answer"), ("not_utf8", "no_answer"),
        ("wrong_types", "no_answer"), ("bomb", "no_answer"), ("huge", "too_long"), ("says_huge", "too_long"),
    ],
)  # fmt: skip
def test_what_may_work_later_is_a_fault_of_a_kind(behaviour, kind):
    with ModelServer(always=behaviour) as server, pytest.raises(Fault) as fault:
        asked(server)
    assert fault.value.kind == kind


@pytest.mark.parametrize(
    ("behaviour", "hint"),
    [("no_key", "MARSAD_MODEL_KEY"), ("no_model", "'tiny'"), ("redirect", "not followed")],
)
def test_what_never_works_says_what_to_do(behaviour, hint):
    with ModelServer(always=behaviour) as server, pytest.raises(MarsadError, match=hint) as error:
        asked(server)
    assert not isinstance(error.value, Fault)
    assert len(server.asked) == 1


def test_a_form_that_is_not_taken_names_the_option():
    with ModelServer(always="bad_form") as server, pytest.raises(Unfit, match="--model-form") as unfit:
        asked(server)
    assert not unfit.value.too_long
    too_long = Reply(
        status=400, raw=b'{"error": {"message": "the request exceeds the available context size"}}'
    )
    with ModelServer(always=too_long) as server, pytest.raises(Unfit) as unfit:
        asked(server)
    assert unfit.value.too_long


@pytest.mark.parametrize("behaviour", ["late", "drip"])
def test_an_answer_has_an_end_also_where_bytes_keep_dripping(behaviour):
    with ModelServer(always=behaviour) as server:
        began = time.monotonic()
        with pytest.raises(Fault) as fault:
            asked(server, seconds=0.3)
    assert fault.value.kind == "too_slow"
    assert time.monotonic() - began < 8  # dripping whole would take over 10 s, and late 30


def test_nobody_there_is_unreachable():
    with ModelServer() as server:
        address = server.address
    with pytest.raises(Fault) as fault:
        asked(address)
    assert fault.value.kind == "unreachable"
    assert "0x" not in str(fault.value)


def test_proxies_of_the_environment_get_nothing(monkeypatch):
    with ModelServer() as server, ModelServer() as proxy:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.address)
        asked(server)
    assert (len(server.asked), len(proxy.asked)) == (1, 0)


def test_one_connection_serves_many_questions_and_a_lost_one_is_replaced():
    with ModelServer() as server:
        given = endpoint(server)
        line, body = Line(given), body_of(given, SCHEMA, question())
        line.ask(body)
        kept = line._connection
        line.ask(body)
        assert line._connection is kept
        kept.sock.close()
        kept.close()
        line.ask(body)
        line.close()
    assert len(server.asked) == 3


def test_the_key_is_in_no_message(monkeypatch):
    monkeypatch.setenv("MARSAD_MODEL_KEY", "sk-secret")
    echo = Reply(status=401, raw=b'{"error": {"message": "wrong key sk-secret"}}')
    with ModelServer(always=echo) as server, pytest.raises(MarsadError) as error:
        asked(server)
    assert "sk-secret" not in str(error.value)
    monkeypatch.setenv("MARSAD_MODEL_KEY", "sk-sec\nret")
    with pytest.raises(InputError) as error:
        Line(endpoint("http://127.0.0.1:1"))
    assert "ret" not in str(error.value).replace("cannot be sent", "")


def test_words_of_a_server_do_nothing_to_a_terminal():
    raw = BEHAVIOURS["terminal_codes"].raw
    said = said_in(raw, "")
    assert said.isprintable()
    assert len(said) < 310
    assert cleaned("a\u202eb\x1b[2Jc", "") == "a b [2Jc"
    assert said_in(b"<html>Log in</html>", "") == ""
    assert said_in(b'{"error": "out of memory"}', "") == "out of memory"
    assert said_in(b'{"detail": "no"}', "") == "no"
    assert said_in(b"plain", "") == "plain"


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("7", 7), ("0", 0), ("", 0), ("-3", 0), ("soon", 0), ("Mon, 01 Jan 2024 00:01:00 GMT", 60), ("Mon, 01 Jan 2024 00:01:00", 60),
     ("Sun, 31 Dec 2023 00:00:00 GMT", 0), ("٧", 0), ("Mon, 99 Jan 2024 00:01:00 GMT", 0)],
)  # fmt: skip
def test_retry_after_is_seconds_or_a_date(value, seconds):
    assert seconds_asked(value, datetime(2024, 1, 1, tzinfo=UTC)) == seconds


def test_an_answer_may_come_in_parts_as_a_refusal_or_with_wild_numbers():
    parts = b'{"choices": [{"message": {"content": [{"type": "text", "text": "{\\"claims\\""}, 7, {"text": ": []}"}]}}]}'
    assert answer_in(parts, 0).text == '{"claims": []}'
    assert (
        answer_in(b'{"choices": [{"message": {"content": null, "refusal": "I cannot"}}]}', 0).text
        == "I cannot"
    )
    cut = answer_in(b'{"choices": [{"message": {"content": null}, "finish_reason": "length"}]}', 0)
    assert (cut.text, cut.finish) == ("", "length")
    wild = answer_in(BEHAVIOURS["wild_usage"].raw, 0)
    assert (wild.tokens_in, wild.tokens_out) == (0, 0)
    answer_in(BEHAVIOURS["lone_surrogate"].raw, 0).text.encode()
