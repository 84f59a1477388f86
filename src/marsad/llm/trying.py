"""How often a question is tried and how long is waited between.

What may work later is tried again, what never will ends the run, what fails alone is set aside; what the endpoint does not take of a
question's settings is left out from then on.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Event, Lock

from marsad.errors import MarsadError, SetAside
from marsad.llm.deadline import Fault
from marsad.llm.endpoint import Line, Unfit
from marsad.llm.types import Answer, Endpoint, Told

IN_A_ROW = 10
"""Questions one after the other that got no answer, after which asking is given up: ten articles are asked anew, not ten thousand."""
SHORT = 1_000
"""Code points of what a question shows of an article: where the model has no room for so few, halves are of no use."""
KEPT = "; nothing is lost: the answers so far are kept, and the same command goes on from there"


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """Seconds between one attempt and the next.

    Attributes:
        first: After the first; each further one is ``times`` as long, and up to half of it is left to chance, so that questions that failed
            together do not come together again.
        most: The longest that is waited without being asked to.
        asked_for: The longest that an endpoint can ask for (Retry-After).
    """

    first: float = 1.0
    times: float = 3.0
    most: float = 30.0
    asked_for: float = 90.0

    def after(self, attempt: int, asked_for: float) -> float:
        """What is waited after an attempt (from 1), where the endpoint asked for some seconds (or 0)."""
        usual = min(self.most, self.first * self.times ** (attempt - 1))
        return max(usual * random.uniform(0.5, 1.0), min(asked_for, self.asked_for))


class TooLong(SetAside):
    """A question is longer than the model can take; halves of it may not be."""


Written = Callable[[frozenset[str]], bytes]
"""Writes a question down without some of its settings (`marsad.llm.endpoint.body_of`)."""


class Trying:
    """The attempts of one run, shared by its threads.

    Args:
        endpoint: Who is asked; its ``attempts`` count for each question.
        told: Attempts and faults are counted here, under ``lock``.
        lock: Guards ``told``.
        waits: Seconds between attempts.
        kept: What is said of the answers so far where asking is given up; "" where nobody keeps them.
    """

    def __init__(self, endpoint: Endpoint, told: Told, lock: Lock, waits: Waits, kept: str = "") -> None:
        self.endpoint, self._told, self._lock, self._waits = endpoint, told, lock, waits
        self._kept = kept
        self._closed = Event()
        self._in_a_row, self._answered, self._rests_until = 0, 0, 0.0
        self._ended: MarsadError | None = None
        self._without: frozenset[str] = frozenset()

    def close(self) -> None:
        """Nothing is tried any more; who waits for another attempt does so no longer."""
        self._closed.set()

    def answer(self, line: Line, written: Written, shown: int) -> Answer:
        """The answer to a question, after as many attempts as it takes.

        Args:
            line: The connection.
            written: The question.
            shown: Code points of what it shows of an article.

        Raises:
            TooLong: ``model_failed``: the endpoint says that it is too long.
            SetAside: ``model_failed``: this question got no answer.
            MarsadError: no question will get one.
        """
        faults: list[Fault] = []
        attempts = 0
        while len(faults) < self.endpoint.attempts:
            self._rest()
            without, attempts = self._without, attempts + 1
            try:
                answer = line.ask(written(without))
            except Fault as fault:
                self._count(fault.kind)
                faults.append(fault)
                if len(faults) < self.endpoint.attempts:
                    self._wait(len(faults), fault)
            except Unfit as error:
                self._count("unfit")
                if error.parameter in without or not error.parameter:
                    raise self._unfit(error, shown) from None
                self._do_without(error.parameter)
            except MarsadError as error:
                self._count("refused")
                raise self._end(error) from None
            else:
                self._count("")
                return replace(answer, attempts=attempts)
        raise self._failed(faults) from faults[-1]

    def _do_without(self, parameter: str) -> None:
        """Ask without it from now on, and say so once."""
        with self._lock:
            if parameter not in self._without:
                self._without |= {parameter}
                self._told.notes[
                    f"{parameter} is not taken at {self.endpoint.address}: asked without it"
                ] += 1

    def _rest(self) -> None:
        """Wait as long as the endpoint asked everybody to.

        Raises:
            MarsadError: asking has ended.
        """
        self._pause(self._rests_until - time.monotonic())
        if self._ended is not None:
            raise self._ended

    def _wait(self, attempt: int, fault: Fault) -> None:
        seconds = self._waits.after(attempt, fault.wait)
        if fault.kind == "busy":  # whoever asks now makes it busier
            self._rests_until = max(self._rests_until, time.monotonic() + seconds)
        self._pause(seconds)

    def _pause(self, seconds: float) -> None:
        if self._closed.wait(seconds) if seconds > 0 else self._closed.is_set():
            raise MarsadError("asking the model was ended")

    def _count(self, fault: str) -> None:
        """Count an attempt; ``fault`` is "" for one that brought an answer."""
        with self._lock:
            self._told.attempts += 1
            if fault and not self._closed.is_set():
                self._told.faults[fault] += 1
            if not fault:
                self._in_a_row, self._answered = 0, self._answered + 1

    def _unfit(self, error: Unfit, shown: int) -> MarsadError:
        """What a question comes to that the endpoint does not take: where it took others, or says that this one is too long, it is alone in that."""
        if error.too_long and shown > SHORT:
            return TooLong("model_failed", str(error))
        if error.too_long or self._answered:
            return self._alone(str(error))
        return self._end(MarsadError(str(error)))  # of a class that crosses from a worker process

    def _failed(self, faults: list[Fault]) -> MarsadError:
        """What a question comes to whose attempts all failed."""
        last = str(faults[-1])
        if (
            faults[-1].kind == "unreachable"
        ):  # gone, be it in the middle of an answer: no other question fares better
            return self._end(MarsadError(f"{last}{self._kept}"))
        return self._alone(f"{last} (attempt {len(faults)} of {len(faults)})")

    def _alone(self, why: str) -> MarsadError:
        with self._lock:
            self._in_a_row += 1
            many = self._in_a_row >= IN_A_ROW
        if many:
            return self._end(
                MarsadError(
                    f"{IN_A_ROW} questions one after the other got no answer, the last because: {why}{self._kept}"
                )
            )
        return SetAside("model_failed", why)

    def _end(self, error: MarsadError) -> MarsadError:
        with self._lock:
            self._ended = self._ended or error
            return self._ended
