"""Damage files at random and see that Marsad refuses what it cannot read, with a reason, and never breaks or hangs.

    python bench/fuzz.py --runs 1000 --seed 1

Each run takes a kind of file in turn, damages one of its seeds (bits, blocks, lengths, numbers, the end) and reads it in a child process that may
take so many seconds and so much memory. What becomes of the pieces is counted. An exception that is no refusal is a TRACEBACK, no answer in
time a HANG, a child that dies a CRASH: any of them makes the exit code 1, and the file is kept in ``--keep``.

Another kind of file is another row of `FORMATS`.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import re
import resource
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

import fuzz_seeds as seeds
from marsad.articles import Limits, article_of, pieces
from marsad.errors import SetAside
from marsad.run.addresses import listing_of_file
from marsad.run.pages import entry_article

SECONDS = 20
MEMORY = 3 << 30
LIMITS = Limits(characters=200_000, bytes=5_000_000)
BAD = ("TRACEBACK", "HANG", "CRASH")


def outcomes_of_pieces(path: str) -> Iterator[str]:
    """What becomes of each piece of a file: ``ok`` or the reason for which it is refused."""
    for piece in pieces(path, LIMITS):
        try:
            article_of(piece, limits=LIMITS)
            yield "ok"
        except SetAside as refusal:
            yield refusal.reason


def outcomes_of_listing(path: str) -> Iterator[str]:
    """What a saved feed lists, and what becomes of the articles that it has in full."""
    try:
        listing = listing_of_file(path)
    except SetAside as refusal:
        yield refusal.reason
        return
    yield f"a listing ({listing.kind})"
    for entry in listing.entries:
        article = entry_article(entry, "")
        if article is None:
            continue
        try:
            article_of(article, limits=LIMITS)
            yield "ok"
        except SetAside as refusal:
            yield refusal.reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A kind of file: what its files are called, how whole ones are made, what is wrapped around a damaged one, and what reads it."""

    name: str
    file: str
    make: Callable[[], list[bytes]]
    around: Callable[[bytes], bytes] | None = None
    read: Callable[[str], Iterator[str]] = outcomes_of_pieces


FORMATS = (
    Format(name="text", file="a.txt", make=seeds.texts),
    Format(name="page", file="a.html", make=seeds.pages),
    Format(name="json", file="a.jsonl", make=seeds.json_lines),
    Format(name="json in gz", file="a.jsonl.gz", make=seeds.json_lines, around=seeds.packed),
    Format(name="csv", file="a.csv", make=seeds.tables),
    Format(name="csv in gz", file="a.csv.gz", make=seeds.tables, around=seeds.packed),
    Format(name="parquet", file="a.parquet", make=seeds.parquet_files),
    Format(name="docx", file="a.docx", make=seeds.documents),
    Format(name="docx, its text", file="a.docx", make=seeds.document_parts, around=seeds.document_around),
    Format(name="pdf", file="a.pdf", make=seeds.pdf_files),
    Format(name="pdf in gz", file="a.pdf.gz", make=seeds.pdf_files, around=seeds.packed),
    Format(name="warc", file="a.warc.gz", make=seeds.archives),
    Format(name="warc in gz", file="a.warc.gz", make=seeds.plain_archives, around=seeds.packed),
    Format(name="wacz", file="a.wacz", make=seeds.packages),
    Format(name="wacz, its archive", file="a.wacz", make=seeds.archives, around=seeds.package_around),
    Format(name="telegram", file="result.json", make=seeds.exports),
    Format(name="feed", file="a.xml", make=seeds.feeds, read=outcomes_of_listing),
    Format(name="site map or OPML", file="a.xml", make=seeds.lists, read=outcomes_of_listing),
    Format(
        name="site map in gz",
        file="a.xml.gz",
        make=seeds.lists,
        around=seeds.packed,
        read=outcomes_of_listing,
    ),
    Format(
        name="packed",
        file="a.gz",
        make=lambda: [seeds.packed(one) for one in (*seeds.texts(), *seeds.pages())],
    ),
    Format(
        name="misnamed",
        file="a.txt",
        make=lambda: [*seeds.documents(), *seeds.archives(), *seeds.tables(), *seeds.pdf_files()],
    ),
)


def damaged(data: bytes, dice: random.Random) -> bytes:
    """The bytes with one to six damages."""
    found = bytearray(data)
    for _ in range(dice.choice((1, 1, 2, 3, 6))):
        dice.choice(_DAMAGES)(found, dice)
    return bytes(found)


def _flip(data: bytearray, dice: random.Random) -> None:
    for _ in range(dice.choice((1, 1, 4, 40))):
        if data:
            data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)


def _cut(data: bytearray, dice: random.Random) -> None:
    del data[dice.randrange(len(data) + 1) :]


def _block(data: bytearray, dice: random.Random) -> tuple[int, int]:
    start = dice.randrange(len(data) + 1)
    return start, min(start + dice.choice((1, 4, 16, 64, 512, 4096)), len(data))


def _delete(data: bytearray, dice: random.Random) -> None:
    start, end = _block(data, dice)
    del data[start:end]


def _repeat(data: bytearray, dice: random.Random) -> None:
    start, end = _block(data, dice)
    data[end:end] = data[start:end] * dice.choice((1, 1, 3, 50))


def _overwrite(data: bytearray, dice: random.Random) -> None:
    start, end = _block(data, dice)
    data[start:end] = dice.randbytes(end - start)


def _insert(data: bytearray, dice: random.Random) -> None:
    pieces_of_trouble = (
        b"\x00", b"\xff" * 8, b'"', b"\r", b"\n", b"{", b"[" * 300, b"<" * 50, b"\x1f\x8b\x08", b"PK\x03\x04", b"WARC/1.0\r\n",
        b"%PDF-1.4\n", b"\xef\xbb\xbf", b"\xff\xfe", b"1" * 400, b"<div>" * 2000, "\u202e\ufdfa".encode(), dice.randbytes(40),
    )  # fmt: skip
    at = dice.randrange(len(data) + 1)
    data[at:at] = dice.choice(pieces_of_trouble)


def _number(data: bytearray, dice: random.Random) -> None:
    """Another number in place of one: lengths and counts are what readers trust most."""
    found = list(re.finditer(rb"\d+", data))
    if found:
        one = dice.choice(found)
        other = dice.choice((b"0", b"-1", b"1", b"65536", b"2147483648", b"99999999999", b"9" * 30, b"1e999"))
        data[one.start() : one.end()] = other


def _head(data: bytearray, dice: random.Random) -> None:
    for _ in range(3):
        if data:
            data[dice.randrange(min(len(data), 64))] = dice.randrange(256)


_DAMAGES = (_flip, _cut, _delete, _repeat, _overwrite, _insert, _number, _head)


def _serve(connection: Connection) -> None:
    """The child: reads the files that it is told and answers with what became of them."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    by_name = {one.name: one for one in FORMATS}
    while True:
        name, path = connection.recv()
        try:
            connection.send((list(by_name[name].read(path)), ""))
        except Exception:  # noqa: BLE001 (what gets here is what is looked for)
            connection.send((["TRACEBACK"], traceback.format_exc()))


class _Child:
    """A reading process, which is started again when it hung or died."""

    def __init__(self) -> None:
        self._start()

    def _start(self) -> None:
        self._here, there = multiprocessing.Pipe()
        self._process = multiprocessing.Process(target=_serve, args=(there,), daemon=True)
        self._process.start()
        there.close()

    def ask(self, name: str, path: Path) -> tuple[list[str], str]:
        """What became of the pieces of a file, and the traceback if there is one."""
        self._here.send((name, str(path)))
        try:
            if self._here.poll(SECONDS):
                answer: tuple[list[str], str] = self._here.recv()
                return answer
            verdict = "HANG"
        except EOFError:
            verdict = "CRASH"
        self.end()
        self._start()
        return [verdict], ""

    def end(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.join()


def run(runs: int, seed: int, keep: Path) -> Counter[tuple[str, str]]:
    """Read so many damaged files; counts (kind of file, outcome) of their pieces."""
    dice = random.Random(seed)
    made = {one.name: one.make() for one in FORMATS}
    counts: Counter[tuple[str, str]] = Counter()
    child = _Child()
    with tempfile.TemporaryDirectory() as folder:
        for number in range(runs):
            form = FORMATS[number % len(FORMATS)]
            data = damaged(dice.choice(made[form.name]), dice)
            path = Path(folder) / form.file
            path.write_bytes(form.around(data) if form.around else data)
            outcomes, trace = child.ask(form.name, path)
            counts.update((form.name, outcome) for outcome in outcomes or ["nothing in it"])
            if set(outcomes) & set(BAD):
                kept = keep / f"{seed}-{number}-{form.file}"
                keep.mkdir(parents=True, exist_ok=True)
                kept.write_bytes(path.read_bytes())
                print(f"{outcomes[-1]} {form.name}: {kept}\n{trace}")
    child.end()
    return counts


def main() -> int:
    """Run and print the counts."""
    parser = argparse.ArgumentParser(description="Damage files at random and read them.")
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=Path("bench/out/fuzz"))
    options = parser.parse_args()
    counts = run(options.runs, options.seed, options.keep)
    for form in FORMATS:
        row = {outcome: count for (name, outcome), count in sorted(counts.items()) if name == form.name}
        print(f"{form.name:18}", "  ".join(f"{outcome} {count}" for outcome, count in row.items()))
    bad = sum(count for (_, outcome), count in counts.items() if outcome in BAD)
    print(f"{options.runs} files, seed {options.seed}: {bad} tracebacks, hangs or crashes")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
