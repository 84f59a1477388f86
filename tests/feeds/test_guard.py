"""What is not the public internet is refused, however it is written; what was allowed by name is let through."""

import ipaddress
import socket

import pytest

from marsad.errors import InputError, SetAside, TryAgain
from marsad.feeds import Guard, address_of
from marsad.feeds.guard import is_public


@pytest.mark.parametrize(
    "ip",
    ["0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.255.255.254", "169.254.169.254", "172.16.0.1", "172.31.255.255",
     "192.0.0.8", "192.0.2.1", "192.168.1.1", "198.18.0.1", "198.51.100.7", "203.0.113.7", "224.0.0.1", "239.255.255.255",
     "240.0.0.1", "255.255.255.255", "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1",
     "64:ff9b:1::1", "2002:7f00:1::", "2002:c0a8:101::1", "2001:0:4136:e378:8000:63bf:f5ff:fffe", "fe80::1", "fc00::1", "fd12::1",
     "fec0::1", "ff02::1", "ff0e::1", "2001:db8::1", "2001:2::1", "3fff::1", "100::1", "5f00::1", "4000::1"],
)  # fmt: skip
def test_special_addresses_are_not_public(ip):
    assert not is_public(ipaddress.ip_address(ip))


@pytest.mark.parametrize(
    "ip",
    ["8.8.8.8", "1.1.1.1", "100.63.255.255", "172.32.0.1", "223.255.255.255", "2606:4700::1111", "2a00:1450::1", "::ffff:8.8.8.8",
     "64:ff9b::808:808", "2002:808:808::1"],
)  # fmt: skip
def test_other_addresses_are_public(ip):
    assert is_public(ipaddress.ip_address(ip))


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "127.1", "0x7f000001", "0x7f.1", "2130706433", "017700000001", "0177.0.0.1", "localhost", "localhost.", "LOCALHOST",
     "a.localhost", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "0", "0.0.0.0", "169.254.169.254", "10.0.0.1", "[64:ff9b::127.0.0.1]",
     "[0:0:0:0:0:0:0:1]", "127。0。0。1"],
)  # fmt: skip
def test_odd_spellings_of_this_computer_are_refused_by_what_they_mean(host):
    place = address_of(f"http://{host}:8000/")
    with pytest.raises(SetAside, match="not an address of the public internet") as refused:
        Guard().addresses(place.host, place.port)
    assert refused.value.reason == "private_address"
    assert place.host in refused.value.message


def resolving(monkeypatch, *ips):
    rows = [(None, None, None, "", (ip, 0)) for ip in ips]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: rows)


def test_a_name_is_judged_by_what_it_resolves_to(monkeypatch):
    resolving(monkeypatch, "10.0.0.1")
    with pytest.raises(SetAside, match=r"feeds\.example \(port 80\) is 10\.0\.0\.1"):
        Guard().addresses("feeds.example", 80)


def test_of_several_addresses_only_the_public_ones_are_used(monkeypatch):
    resolving(monkeypatch, "10.0.0.1", "8.8.8.8", "fe80::1%eth0")
    assert Guard().addresses("feeds.example", 80) == [ipaddress.ip_address("8.8.8.8")]


def test_a_name_without_an_address_may_have_one_later(monkeypatch):
    resolving(monkeypatch)
    with pytest.raises(TryAgain):
        Guard().addresses("feeds.example", 80)


@pytest.mark.parametrize(
    ("entry", "host", "port", "let_through"),
    [
        ("feeds.intern", "feeds.intern", 80, True),
        ("Feeds.Intern.", "feeds.intern.", 443, True),
        ("feeds.intern", "other.intern", 80, False),
        ("feeds.intern:8080", "feeds.intern", 8080, True),
        ("feeds.intern:8080", "feeds.intern", 80, False),
        ("10.1.2.3", "feeds.intern", 80, True),
        ("10.1.2.3:80", "feeds.intern", 80, True),
        ("10.1.2.3:80", "feeds.intern", 81, False),
        ("10.1.0.0/16", "feeds.intern", 80, True),
        ("10.2.0.0/16", "feeds.intern", 80, False),
        ("fd00::/8", "feeds.intern", 80, False),
    ],
)
def test_only_what_is_named_is_let_through(monkeypatch, entry, host, port, let_through):
    resolving(monkeypatch, "10.1.2.3")
    guard = Guard([entry])
    if let_through:
        assert list(map(str, guard.addresses(host, port))) == ["10.1.2.3"]
    else:
        with pytest.raises(SetAside):
            guard.addresses(host, port)


@pytest.mark.parametrize(
    ("entry", "port"), [("fd00::1", 99), ("[fd00::1]", 99), ("[fd00::1]:99", 99), ("fd00::/8", 1)]
)
def test_addresses_of_version_6_can_be_named_too(monkeypatch, entry, port):
    resolving(monkeypatch, "fd00::1")
    assert list(map(str, Guard([entry]).addresses("feeds.intern", port))) == ["fd00::1"]


@pytest.mark.parametrize("entry", ["", "10.0.0.0/99", "feeds.intern:port", ":80", "http://feeds.intern/"])
def test_an_entry_that_is_none_is_an_error_of_the_user(entry):
    with pytest.raises(InputError, match="could be allowed"):
        Guard([entry])
