"""Where a model is: what counts as this machine, and addresses that are refused."""

import pytest

from marsad.errors import InputError
from marsad.llm.addresses import host_of, is_remote, leaving, place_of


@pytest.mark.parametrize(
    ("address", "remote"),
    [
        ("http://127.0.0.1:8080", False),
        ("http://127.9.9.9", False),
        ("http://localhost:11434/v1", False),
        ("http://LOCALHOST.", False),
        ("http://[::1]:8080", False),
        ("http://[::ffff:127.0.0.1]", False),
        ("http://127.0.0.1.example.org", True),
        ("http://localhost.example.org", True),
        ("http://models.localhost", True),
        ("http://192.168.1.7:8000", True),
        ("http://0.0.0.0:8000", True),
        ("http://[::ffff:8.8.8.8]", True),
        ("http://[fe80::1]", True),
        ("https://models.example.org/v1", True),
        ("http://2130706433", True),  # 127.0.0.1 to some resolvers: who is unsure asks
    ],
)
def test_only_the_loopback_is_this_machine(address, remote):
    assert is_remote(address) is remote
    assert bool(leaving(address)) is remote


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("http://h", "/v1/chat/completions"),
        ("http://h/", "/v1/chat/completions"),
        ("http://h/v1", "/v1/chat/completions"),
        ("http://h/v1/", "/v1/chat/completions"),
        ("http://h/api", "/api/v1/chat/completions"),
        ("http://h/v1beta/openai", "/v1beta/openai/chat/completions"),
        ("http://h/v1/chat/completions", "/v1/chat/completions"),
    ],
)
def test_a_version_is_added_where_none_is_named(address, target):
    assert place_of(address).target == target


def test_ports_go_by_the_scheme_where_none_is_named():
    assert [place_of(a).port for a in ("http://h", "HTTPS://h", "https://h:8443")] == [80, 443, 8443]
    assert host_of("https://Models.Example.org/v1") == "models.example.org"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "127.0.0.1:8080",
        "localhost",
        "ftp://h",
        "file:///etc/passwd",
        "http://",
        "http://h:99999",
        "http://h:port",
        "http://h/v1?key=1",
        "http://h/#v1",
        "http://h /v1",
        "http://localhost\\.example.org",
        "http://h\r\nX: 1",
        "http://[::1",
        "http://[v1.x]/",
        "http://مثال",
    ],
)
def test_an_address_that_is_none_is_named_in_the_message(address):
    with pytest.raises(InputError) as refused:
        place_of(address)
    assert "address of a model" in str(refused.value)


@pytest.mark.parametrize(
    "address", ["https://me:secret@h/v1", "https://secret@h", "ftp://me:secret@h", "https://me:secret@ h"]
)
def test_a_password_in_an_address_is_refused_and_not_shown(address):
    with pytest.raises(InputError) as refused:
        place_of(address)
    assert "secret" not in str(refused.value)


def test_what_leaves_the_machine_is_said_in_plain_words():
    assert "models.example.org" in leaving("https://models.example.org")
    assert "unencrypted" not in leaving("https://models.example.org")
    assert "unencrypted" in leaving("http://models.example.org")
