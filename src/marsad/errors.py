"""The whole error tree: the class of an exception says what becomes of the item.

* `InputError`: the user can mend it; the command line prints one line and stops.
* `SetAside`: this one item can never work; it goes to the set-aside list and the run goes on.
* `Damaged`: what is kept is not what was written.
* `Stale`: somebody else was quicker; nothing was stored, look again and decide anew.
* `TryAgain`: it may work later (a locked file, a slow outlet).
"""


class MarsadError(Exception):
    """Everything that Marsad raises on purpose."""


class InputError(MarsadError):
    """What was asked for cannot be done as it stands; the message names the value and the file."""


class SetAside(MarsadError):
    """One item is refused for good, for a reason that can be counted.

    Args:
        reason: A short code such as ``not_arabic``; it is what the counters and the set-aside file use.
        message: One sentence for people, naming the value.
    """

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason
        self.message = message

    def __reduce__(self) -> tuple[type["SetAside"], tuple[str, str]]:
        """Keep both parts when the error crosses from a worker process."""
        return (type(self), (self.reason, self.message))


class Damaged(MarsadError):
    """What is kept is not as it was written: a check of integrity failed (exit code 5)."""


class Stale(MarsadError):
    """A decision was made on something that somebody changed meanwhile (or is sent a second time): nothing was stored."""


class TryAgain(MarsadError):
    """It failed now and may work later."""
