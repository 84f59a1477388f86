"""Asks a model, several questions at a time: what was asked before is not asked again, what fails is tried again, and an endpoint that is gone ends the run.

The threads only wait for the network; they are of the kind that a program does not wait for when it ends, so that Ctrl-C ends a run at
once, also while eight answers are due. A question that alone gets no answer is set aside with its article; what was answered stays in the cache.
"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from threading import Lock, Thread
from types import TracebackType
from typing import Any, TypedDict, Unpack

from marsad.errors import InputError, MarsadError, SetAside
from marsad.llm.answers import Cache, Record, Recorded, key_of, recorded
from marsad.llm.endpoint import Line, body_of
from marsad.llm.form import parsed
from marsad.llm.trying import KEPT, Trying, Waits
from marsad.llm.types import Answer, Endpoint, Question, Told


class Where(TypedDict, total=False):
    """Where answers come from and go to: ``replay`` alone, or an ``endpoint`` with or without ``cache`` and ``record``."""

    endpoint: Endpoint | None
    cache: Path | None
    record: Path | None
    replay: Path | None
    waits: Waits


@dataclass(slots=True)
class _Due:
    """A question that waits for an endpoint."""

    question: Question
    again: int
    key: str
    future: Future[Answer]


def make_asker(told: Told, schema: Mapping[str, Any], **where: Unpack[Where]) -> Asker:
    """What asks for a run.

    Args:
        told: What is counted goes in here.
        schema: JSON schema of an answer.
        where: See `Where`.

    Raises:
        InputError: neither endpoint nor replay is given, the address is none, or a file cannot be used.
    """
    if where.get("endpoint") is None and where.get("replay") is None:
        raise InputError(
            "a model is asked at an address (--model-address) or its recorded answers are replayed (--replay)"
        )
    return Asker(told, schema, **where)


class Asker:
    """Gives a `Future` for each question; a context manager that ends all asking with its block.

    Args:
        told: What is counted goes in here.
        schema: JSON schema of an answer.
        where: See `Where`.
    """

    def __init__(self, told: Told, schema: Mapping[str, Any], **where: Unpack[Where]) -> None:
        self._told, self._schema = told, schema
        self._endpoint = where.get("endpoint")
        replay, record, cache = where.get("replay"), where.get("record"), where.get("cache")
        self._replay: Mapping[str, Recorded] | None = None if replay is None else recorded(replay)
        self._named = str(replay)
        if self._endpoint is not None:
            Line(self._endpoint).close()  # its address and key are looked at before anything is asked
        self._lock, self._closed = Lock(), False
        waits = where.get("waits") or Waits()
        kept = "" if cache is None else KEPT
        self._trying = (
            None if self._endpoint is None else Trying(self._endpoint, told, self._lock, waits, kept)
        )
        self._due: SimpleQueue[_Due | None] = SimpleQueue()
        self._flying: dict[str, Future[Answer]] = {}
        self._lines: list[Line] = []
        self._cache = None if cache is None or replay is not None else Cache(cache, self._note)
        self._record = None if record is None else Record(record)

    def __enter__(self) -> Asker:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def ask(self, question: Question, *, again: int = 0) -> Future[Answer]:
        """Ask, now or as soon as it is its turn; a question that is being asked already is not asked twice.

        Args:
            question: What to ask.
            again: Another seed, for another answer than the one that was of no use.

        Returns:
            A future that gives the answer or raises SetAside (``model_failed``, ``not_recorded``) for this question alone, and MarsadError
            where going on is pointless.
        """
        future: Future[Answer] = Future()
        if self._replay is not None:
            self._settle(future, partial(self._replayed, self._replay, question))
            return future
        trying = self._trying
        if trying is None or self._closed:
            future.cancel()
            return future
        key = key_of(trying.endpoint, question, again)
        twin = self._twin(key, future)
        if twin is not None:
            return twin
        kept = None if self._cache is None else self._cache.get(key)
        if kept is not None:
            self._settle(future, partial(self._came, question, kept))
            self._landed(key)
            return future
        self._send(trying, _Due(question, again, key, future))
        return future

    def close(self) -> None:
        """End all asking at once; questions that wait are cancelled, and answers that are due are not waited for."""
        if self._trying is not None:
            self._trying.close()
        with self._lock:
            self._closed = True
            waiting = list(self._flying.values())
            self._flying.clear()
            lines = list(self._lines)
        for line in lines:
            self._due.put(None)
            line.cut()
        given_up = sum(future.cancel() for future in waiting)
        if given_up:
            self._unanswered(given_up)
        if self._cache is not None:
            self._cache.close()
        if self._record is not None:
            self._record.close()

    def _note(self, words: str) -> None:
        with self._lock:
            self._told.notes[words] += 1

    def _settle(self, future: Future[Answer], work: partial[Answer]) -> None:
        """Put what comes of some work into a future."""
        try:
            answer = work()
        except MarsadError as error:
            _put(future, error)
        else:
            _put(future, answer)

    def _replayed(self, replay: Mapping[str, Recorded], question: Question) -> Answer:
        found = replay.get(question.content)
        if found is None:
            self._unanswered()
            raise SetAside("not_recorded", f"{self._named} holds no answer to what is shown of this article")
        if found.prompt and found.prompt != question.prompt:
            self._note(
                f"answers in {self._named} were given to other instructions ({found.prompt}) than today's ({question.prompt})"
            )
        return self._came(question, found.answer, found.model)

    def _came(self, question: Question, answer: Answer, model: str = "") -> Answer:
        """Count and record an answer."""
        with self._lock:
            self._told.questions[answer.origin] += 1
            if answer.origin == "endpoint":
                self._told.tokens_in += answer.tokens_in
                self._told.tokens_out += answer.tokens_out
                self._told.seconds += answer.seconds
        if self._record is not None:
            self._record.add(question, self._endpoint.model if self._endpoint else model, answer)
        return answer

    def _twin(self, key: str, future: Future[Answer]) -> Future[Answer] | None:
        """A future that follows the question in flight by the same key; None where there is none, and this one flies from now on."""
        with self._lock:
            first = self._flying.setdefault(key, future)
            if first is future:
                return None
        second: Future[Answer] = Future()
        first.add_done_callback(partial(self._follow, second))
        return second

    def _follow(self, second: Future[Answer], first: Future[Answer]) -> None:
        if first.cancelled():
            second.cancel()
            self._unanswered()
            return
        error = first.exception()
        with self._lock:
            self._told.questions["cache" if error is None else "unanswered"] += 1
        _put(second, error or replace(first.result(), origin="cache", attempts=0, seconds=0.0))

    def _landed(self, key: str) -> None:
        with self._lock:
            self._flying.pop(key, None)

    def _send(self, trying: Trying, due: _Due) -> None:
        """Put a question into the queue; one thread more waits for it, up to as many as may be in flight."""
        with self._lock:
            more = len(self._lines) < min(trying.endpoint.in_flight, len(self._flying))
            if more:
                line = Line(trying.endpoint)
                self._lines.append(line)
        if more:
            Thread(target=self._work, args=(trying, line), daemon=True, name="marsad-model").start()
        self._due.put(due)

    def _work(self, trying: Trying, line: Line) -> None:
        """What each thread does: one question after the other."""
        while (due := self._due.get()) is not None and not self._closed:
            try:
                self._settle(due.future, partial(self._answered, trying, line, due))
            except Exception as error:  # noqa: BLE001 (whoever waits for the future must hear of it)
                _put(due.future, error)
            self._landed(due.key)
        line.close()

    def _answered(self, trying: Trying, line: Line, due: _Due) -> Answer:
        """The answer to a question, kept and recorded.

        Raises:
            SetAside: this question gets none.
            MarsadError: no question gets one.
        """
        written = partial(body_of, trying.endpoint, self._schema, due.question, due.again)
        try:
            answer = trying.answer(line, written, len(due.question.user))
        except MarsadError:
            if not due.future.cancelled():  # `close` has counted it
                self._unanswered()
            raise
        if self._cache is not None and answer.finish == "stop" and not parsed(answer)[1]:
            self._cache.put(due.key, answer)
        return self._came(due.question, answer)

    def _unanswered(self, questions: int = 1) -> None:
        with self._lock:
            self._told.questions["unanswered"] += questions


def _put(future: Future[Answer], outcome: Answer | BaseException) -> None:
    """Tell whoever waits for a future, unless it was cancelled meanwhile."""
    with suppress(InvalidStateError):
        if isinstance(outcome, BaseException):
            future.set_exception(outcome)
        else:
            future.set_result(outcome)
