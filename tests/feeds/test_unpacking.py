"""Compressed bodies are undone within a limit, and damage is said."""

import gzip
import zlib

import pytest

from marsad.errors import SetAside
from marsad.feeds.unpacking import decoded

TEXT = "قصف على البلدة ".encode() * 50_000


def bare(data):
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


@pytest.mark.parametrize(
    ("coding", "raw"),
    [
        ("", TEXT),
        ("identity", TEXT),
        ("gzip", gzip.compress(TEXT, mtime=0)),
        (" X-GZIP ", gzip.compress(TEXT, mtime=0)),
        ("gzip", gzip.compress(TEXT[:1000], mtime=0) + gzip.compress(TEXT[1000:], mtime=0)),
        ("gzip", gzip.compress(TEXT, mtime=0) + b"\x00" * 20),
        (
            "gzip",
            gzip.compress(TEXT[:10], mtime=0)
            + gzip.compress(b"", mtime=0)
            + gzip.compress(TEXT[10:], mtime=0),
        ),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", bare(TEXT)),
    ],
)
def test_what_was_packed_comes_back(coding, raw):
    assert decoded(raw, coding, len(TEXT)) == TEXT


def test_nothing_is_nothing_in_any_encoding():
    assert decoded(b"", "gzip", 10) == b""


@pytest.mark.parametrize(
    ("coding", "raw", "reason"),
    [
        ("br", b"x", "encoding"),
        ("gzip, gzip", b"x", "encoding"),
        ("gzip", b"not gzip", "encoding"),
        ("gzip", gzip.compress(TEXT[:1000], mtime=0)[:-9], "encoding"),
        ("deflate", b"\xff\xff", "encoding"),
        ("gzip", gzip.compress(b"", mtime=0) * 2_000, "encoding"),
        ("gzip", gzip.compress(TEXT, mtime=0), "too_long"),
        ("deflate", zlib.compress(TEXT), "too_long"),
        ("gzip", gzip.compress(bytes(100), mtime=0) * 900, "too_long"),
    ],
)
def test_what_cannot_be_undone_is_set_aside(coding, raw, reason):
    with pytest.raises(SetAside) as refused:
        decoded(raw, coding, 50_000)
    assert refused.value.reason == reason


def test_a_bomb_is_never_unpacked(monkeypatch):
    given = []

    class Watched:
        def __init__(self, bits):
            self._inner = real(bits)

        def decompress(self, data, most):
            given.append(len(out := self._inner.decompress(data, most)))
            return out

        def __getattr__(self, name):
            return getattr(self._inner, name)

    real = zlib.decompressobj
    monkeypatch.setattr(zlib, "decompressobj", Watched)
    bomb = gzip.compress(bytes(30_000_000))
    with pytest.raises(SetAside, match="more than 1,000 bytes"):
        decoded(bomb, "gzip", 1_000)
    assert sum(given) == 1_001
