"""The time of one attempt to get an answer, and how an attempt fails."""

from __future__ import annotations

from marsad import deadline
from marsad.errors import TryAgain


class Fault(TryAgain):
    """An attempt that failed and may work later.

    Args:
        kind: What is counted: ``busy``, ``server_error``, ``too_slow``, ``broken``, ``unreachable``, ``no_answer``, ``too_long``.
        message: One sentence for people.
        wait: Seconds that the server asks to wait.
    """

    def __init__(self, kind: str, message: str, wait: float = 0.0) -> None:
        super().__init__(message)
        self.kind, self.wait = kind, wait


class Deadline(deadline.Deadline):
    """The time of one attempt; when it is over, the attempt fails as too slow."""

    def left(self) -> float:
        """Seconds that are left.

        Raises:
            Fault: there are none.
        """
        try:
            return super().left()
        except TryAgain as error:
            raise Fault("too_slow", f"no answer in time: {error}; --model-seconds gives it more") from None
