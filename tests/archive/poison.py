"""A reader for tests that does to its process what the text of an article says; imported by the process that reads."""

import os
import signal
from pathlib import Path

from marsad.archive.stages import read_article
from marsad.archive.stages.read_article import Piece, Result, Wanted

MARK = "!poison:"
"""Followed by one word in the record: what becomes of the process."""


def poisoned(wanted: Wanted) -> read_article.Reader:
    """The reader of the program, but for articles with the mark."""
    real = read_article.reader(wanted)

    def read(piece: Piece) -> Result:
        deed = _deed(piece)
        if deed:
            _do(deed)
        return real(piece)

    return read


def poisoned_model(wanted: Wanted) -> read_article.Halves:
    """The reader that asks a model, but for articles with the mark, which do their deed when they are begun."""
    from marsad.archive.model_reading import Pieces, reader

    real = reader(wanted)

    class Poisoned(Pieces):
        def begin(self, piece: Piece):
            if deed := _deed(piece):
                _do(deed)
            return super().begin(piece)

    return Poisoned(real.wanted, real.reader, real.told, real.known)


def quick(wanted: Wanted) -> read_article.Reader:
    """A reader that loads nothing and tells nothing but that it was there: for tests of the processes alone."""

    def read(piece: Piece) -> Result:
        deed = _deed(piece)
        if deed:
            _do(deed)
        return Result({"seen": ((piece.number, os.getpid()),)}, {"pieces": 1, "articles": 1})

    return read


def fragile(wanted: Wanted) -> read_article.Reader:
    """The reader of the program, with `claims_of` failing for articles with the mark."""
    real_claims = read_article.claims_of

    def claims_of(article, kit):
        if MARK in article.text:
            raise RecursionError("too deep")
        return real_claims(article, kit)

    read_article.claims_of = claims_of
    return read_article.reader(wanted)


def cannot_load(wanted: Wanted) -> read_article.Reader:
    """One that is dead before it begins."""
    os._exit(3)


def _deed(piece: Piece) -> str:
    data = piece.raw.data if isinstance(piece.raw.data, bytes) else b""
    _, mark, rest = data.decode().partition(MARK)
    return rest.split('"')[0].split()[0] if mark else ""


def _do(deed: str) -> None:
    if deed.startswith("once="):
        _once(Path(deed.removeprefix("once=")))
    else:
        _DEEDS[deed]()


def _once(mark: Path) -> None:
    if not mark.exists():
        mark.touch()
        os._exit(1)


def _loop() -> None:
    while True:
        pass


def _eat() -> None:
    held: list[bytearray] = []
    while True:
        held.append(bytearray(1 << 24))


def _raise() -> None:
    raise RecursionError("too deep")


_DEEDS = {
    "exit": lambda: os._exit(7),
    "kill": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "loop": _loop,
    "eat": _eat,
    "raise": _raise,
}
