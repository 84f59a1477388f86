"""Answers that are kept: the cache that spares a question, and the record by which a run is repeated without the model.

The cache goes by everything that decides an answer (model, form, instructions, what is shown, longest answer, seed), whatever the address; only answers
in the form are kept in it. It may be lost at any time: what is wrong with it is told and never ends a run. The record goes by what is shown
alone, so that answers can be written by hand and scored under newer instructions; what is wrong with it is an error, for a run is judged by it.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from marsad.errors import InputError, MarsadError
from marsad.llm.types import Answer, AnswerOrigin, Endpoint, Question

_KEYS_VERSION = 1
_PATIENCE = 20.0
_SCHEMA = "CREATE TABLE IF NOT EXISTS answers (key TEXT PRIMARY KEY, answer TEXT NOT NULL, kept TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP) WITHOUT ROWID"
Telling = Callable[[str], None]
"""What is called with a sentence that the user should know."""


def key_of(endpoint: Endpoint, question: Question, again: int = 0) -> str:
    """What an answer is kept by: SHA-256 in hexadecimal of all that decides it.

    Args:
        endpoint: Its model, form and longest answer count; its address does not.
        question: The instructions' version (which holds schema and codebook) and what is shown.
        again: The seed.
    """
    parts = [
        _KEYS_VERSION,
        endpoint.model,
        endpoint.form,
        endpoint.tokens,
        question.prompt,
        question.content,
        again,
    ]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


class Cache:
    """Answers in an SQLite file that several processes and threads may use.

    Args:
        file: Made where it is not there, readable for its owner only: it holds what articles say.
        tell: Is told when it cannot be used, or was damaged and begun anew.
    """

    def __init__(self, file: Path, tell: Telling) -> None:
        self._file, self._tell, self._lock = file, tell, Lock()
        self._open: sqlite3.Connection | None = None
        with self._lock:
            self._guarded(self._connect)

    def get(self, key: str) -> Answer | None:
        """The answer that is kept by a key."""
        with self._lock:
            text = self._guarded(lambda: self._read(key))
        if text is None:
            return None
        try:
            row = json.loads(text)
            return _answer(row, "text", "cache")
        except (ValueError, TypeError, RecursionError):  # written by another hand: as good as not there
            return None

    def put(self, key: str, answer: Answer) -> None:
        """Keep an answer; an older one by the same key goes."""
        row = {name: getattr(answer, name) for name in ("text", "finish", "tokens_in", "tokens_out")}
        with self._lock:
            self._guarded(lambda: self._write(key, json.dumps(row, ensure_ascii=False)))

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._drop()

    def _read(self, key: str) -> str | None:
        if self._open is None:
            return None
        found = self._open.execute("SELECT answer FROM answers WHERE key = ?", (key,)).fetchone()
        return None if found is None else str(found[0])

    def _write(self, key: str, row: str) -> None:
        if self._open is not None:
            self._open.execute("INSERT OR REPLACE INTO answers (key, answer) VALUES (?, ?)", (key, row))

    def _connect(self) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(self._file, os.O_RDWR | os.O_CREAT, 0o600))
        opened = sqlite3.connect(self._file, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
        self._open = opened
        opened.execute("PRAGMA journal_mode=WAL")
        # Answers of the last seconds may be lost in a power cut; they are asked again.
        opened.execute("PRAGMA synchronous=NORMAL")
        opened.execute(_SCHEMA)

    def _guarded(self, work: Callable[[], str | None]) -> str | None:
        """Do some work with the file; what goes wrong is told, and the run goes on without it."""
        try:
            return work()
        except sqlite3.OperationalError as error:
            # Locked for long, the disk full, no right to write: another time it may work.
            self._give_up(f"cannot be used: {error}")
        except sqlite3.DatabaseError as error:
            self._begin_anew(str(error))
        except OSError as error:
            self._give_up(f"cannot be used: {error.strerror or error}")
        return None

    def _give_up(self, why: str) -> None:
        self._drop()
        self._tell(f"the cache of answers {self._file} {why}; the run goes on without it")

    def _begin_anew(self, why: str) -> None:
        """Put the damaged file aside, where no other process did so meanwhile."""
        self._drop()
        aside = self._file.with_name(f"{self._file.name}.damaged")
        try:
            if _is_damaged(self._file):
                self._file.replace(aside)
                for rest in ("-wal", "-shm"):
                    self._file.with_name(self._file.name + rest).unlink(missing_ok=True)
                self._tell(
                    f"the cache of answers {self._file} was damaged ({why}); it lies at {aside} now and a new one is begun"
                )
            self._connect()
        except (sqlite3.Error, OSError) as error:
            self._give_up(f"was damaged and cannot be begun anew: {error}")

    def _drop(self) -> None:
        opened, self._open = self._open, None
        if opened is not None:
            with suppress(sqlite3.Error):
                opened.close()


def _is_damaged(file: Path) -> bool:
    try:
        with closing(sqlite3.connect(file, timeout=_PATIENCE)) as opened:
            found = opened.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.DatabaseError:
        return True
    return found is None or found[0] != "ok"


class Recorded(NamedTuple):
    """An answer of a record, the version of the instructions that it was given to, and the model that gave it."""

    answer: Answer
    prompt: str
    model: str = ""


class Record:
    """A file of answers that grows while they come.

    Args:
        file: JSON lines; made where it is not there, readable for its owner only, continued where it is.

    Raises:
        InputError: there is a file that is no record, or it cannot be written.
    """

    def __init__(self, file: Path) -> None:
        self._file, self._lock = file, Lock()
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            if file.exists():
                _mend(file)
            self._handle = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        except OSError as error:
            raise InputError(
                f"the record of answers {file} cannot be written: {error.strerror or error}"
            ) from error

    def add(self, question: Question, model: str, answer: Answer) -> None:
        """Add an answer: one line in one write, so that a killed run and several processes leave whole lines.

        Raises:
            MarsadError: it cannot be written.
        """
        row = {
            "content": question.content,
            "prompt": question.prompt,
            "model": model,
            "answer": answer.text,
            "finish": answer.finish,
            "tokens_in": answer.tokens_in,
            "tokens_out": answer.tokens_out,
        }
        line = (json.dumps(row, ensure_ascii=False) + "\n").encode("utf-8", "replace")
        try:
            with self._lock:
                written = os.write(self._handle, line)
        except OSError as error:
            raise MarsadError(
                f"the record of answers {self._file} cannot be written: {error.strerror or error}"
            ) from error
        if written < len(line):
            raise MarsadError(f"the record of answers {self._file} cannot be written: the disk is full")

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            handle, self._handle = self._handle, -1
        if handle >= 0:
            os.close(handle)


def recorded(file: Path) -> dict[str, Recorded]:
    """The answers of a record by the digest of what was shown; of several to the same the last.

    Raises:
        InputError: it cannot be read, or a line is no answer; a last line that breaks off is left out.
    """
    try:
        lines = file.read_bytes().split(b"\n")
    except OSError as error:
        raise InputError(f"the record of answers {file} cannot be read: {error.strerror or error}") from error
    found: dict[str, Recorded] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            content, one = _row(line)
        except (ValueError, TypeError, RecursionError) as error:
            if number == len(lines) and number > 1:
                break
            raise InputError(f"{file}, line {number}: no recorded answer: {error}") from error
        found[content] = one
    return found


def _row(line: bytes) -> tuple[str, Recorded]:
    """A line of a record.

    Raises:
        ValueError, TypeError: it is none.
    """
    row = json.loads(line)
    answer = _answer(row, "answer", "replay")
    if not isinstance(row.get("content"), str):
        raise TypeError("it has no 'content'")
    return row["content"], Recorded(answer, _text(row, "prompt"), _text(row, "model"))


def _answer(row: object, words: str, origin: AnswerOrigin) -> Answer:
    """An answer as it was kept; ``words`` is the key of its text.

    Raises:
        TypeError: it is none.
    """
    if not isinstance(row, dict):
        raise TypeError("it is no object")
    if not isinstance(row.get(words), str):
        raise TypeError(f"it has no {words!r}")
    return Answer(
        text=row[words],
        finish=_text(row, "finish") or "stop",
        tokens_in=_number(row, "tokens_in"),
        tokens_out=_number(row, "tokens_out"),
        attempts=0,
        origin=origin,
    )


def _text(row: Mapping[str, object], name: str) -> str:
    value = row.get(name)
    return value if isinstance(value, str) else ""


def _number(row: Mapping[str, object], name: str) -> int:
    value = row.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else 0


def _mend(file: Path) -> None:
    """End a record with a whole line: what a killed run broke off goes.

    Raises:
        InputError: it is no record; it stays as it is.
    """
    recorded(file)
    raw = file.read_bytes()
    end = raw.rfind(b"\n") + 1
    if end == len(raw):
        return
    try:
        _row(raw[end:])
    except (ValueError, TypeError, RecursionError):
        os.truncate(file, end)
    else:
        with file.open("ab") as out:
            out.write(b"\n")
