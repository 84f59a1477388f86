"""``marsad model check``: what it says of endpoints that answer well, badly and not at all."""

import pytest
from click.testing import CliRunner

from llm.model_server import ModelServer, Reply, error
from marsad.cli.model_check import TEXT, check

GOOD = {
    "event": "strike.air",
    "evidence": [{"in": "text", "words": "قصفت طائرات حربية روسية بلدة سراقب", "trigger": "قصفت"}],
    "polarity": "affirmed", "modality": "actual", "sources": [], "place": "بلدة سراقب", "time": "أمس",
    "actors": [{"role": "attacker", "words": "طائرات حربية روسية"}],
    "counts": [{"kind": "killed", "words": "ثلاثة مدنيين", "min": 3, "max": 3, "who": None}],
}  # fmt: skip


def checked(server):
    """Exit code and lines of a check of a server (or an address)."""
    address = server if isinstance(server, str) else server.address
    done = CliRunner().invoke(check, ["--model-address", address, "--model", "tiny"], standalone_mode=False)
    assert done.exception is None
    return done.return_value, done.stdout


def test_a_model_that_answers_well_is_usable():
    with ModelServer(answer=lambda shown: {"claims": [GOOD]}) as server:
        code, said = checked(server)
    assert code == 0
    assert "reached:  yes, 1 attempt(s)" in said
    assert "in form:  yes" in said
    assert "stood:    strike.air: قصفت" in said
    assert said.splitlines()[-1] == "usable"
    assert TEXT[:20] in server.asked[0].said_by("user")


def test_a_model_that_invents_is_said_to_read_poorly():
    with ModelServer(always="invented_words") as server:
        code, said = checked(server)
    assert code == 0
    assert "refused:  evidence_not_found, 1" in said
    assert "poor" in said.splitlines()[-1]


def test_a_model_that_needs_a_second_try_is_usable():
    with ModelServer(script=["not_json"]) as server:
        code, said = checked(server)
    assert code == 0
    assert "at the second try (not_json 1)" in said


@pytest.mark.parametrize(
    ("behaviour", "words"),
    [
        ("not_json", "in form:  no (not_json 2)"),
        ("wrong_form", "in form:  no (not_the_form 2)"),
        ("no_key", "MARSAD_MODEL_KEY"),
        ("no_model", "'tiny'"),
        ("bad_form", "--model-form"),
        (Reply(status=404, raw=b"<html>"), "is the address right?"),
        (error(418, "teapot"), "teapot"),
    ],
)
def test_what_is_not_usable_says_why(behaviour, words):
    with ModelServer(always=behaviour) as server:
        code, said = checked(server)
    assert code == 1
    assert words in said
    assert "not usable: " in said.splitlines()[-1]


def test_nobody_there():
    with ModelServer() as server:
        address = server.address
    code, said = checked(address)
    assert code == 1
    assert "cannot be reached" in said
