"""Work for the tests of workers: in a module of its own, so that a spawned process can import it."""

import os
import signal
import time
from dataclasses import dataclass

from marsad.articles import RawArticle
from marsad.errors import SetAside
from marsad.run import Outcome


@dataclass(frozen=True)
class Deed:
    """Does what the data of the raw article says."""

    def load(self) -> None:
        """Nothing to load."""

    def __call__(self, raw: RawArticle) -> Outcome:
        deed = raw.data.decode()
        if deed == "exit":
            os._exit(7)
        if deed == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if deed == "hang":
            time.sleep(60)
        if deed == "raise":
            raise RecursionError("too deep")
        if deed == "refuse":
            raise SetAside("not_arabic", "no")
        if deed.startswith("once:") and not os.path.exists(deed[5:]):  # noqa: PTH110
            with open(deed[5:], "w"):  # noqa: PTH123
                os._exit(1)
        if deed == "slow":
            time.sleep(0.05)
        return Outcome(
            where=raw.where, article=f"{raw.line}:{deed}", output=f"{raw.line}\n", claims=1, characters=2
        )


@dataclass(frozen=True)
class CannotLoadElsewhere(Deed):
    """Loads in the process that made it, and fails in any other."""

    home: int

    def load(self) -> None:
        """Fail in a worker."""
        if os.getpid() != self.home:
            raise SetAside("x", "the lexicon is gone")
