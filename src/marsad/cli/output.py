"""Standard output as bytes of UTF-8, whatever the locale, and quiet when the reader of a pipe has had enough."""

from __future__ import annotations

import os
import sys
from types import TracebackType
from typing import Self

import click

from marsad.errors import MarsadError


class _CannotWrite(MarsadError):
    """Standard output takes nothing more."""

    def __init__(self, reason: OSError) -> None:
        super().__init__(f"the output cannot be written: {reason.strerror or reason}")
        self.reason = reason


class Output:
    """Writes article by article; each is flushed, so that a pipe carries it on at once."""

    def __init__(self) -> None:
        self._stream = sys.stdout.buffer
        self._begun = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not isinstance(error, _CannotWrite):
            return
        # What is still in the buffer must not be tried again when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error.reason, BrokenPipeError):
            # `marsad read ... | head`: nothing has failed, and nobody is left to tell.
            raise click.exceptions.Exit(0) from None

    def write(self, text: str, form: str) -> None:
        """One article's output; the first of a page brings the page's head with it."""
        if form == "html" and not self._begun:
            from marsad.cli.page import page_head

            text = page_head() + text
        self._begun = True
        self._put(text)

    def close(self, form: str) -> None:
        """The end of a page, where one was begun."""
        if form == "html" and self._begun:
            from marsad.cli.page import PAGE_END

            self._put(PAGE_END)

    def put(self, data: bytes) -> None:
        """Some bytes as they are."""
        try:
            self._stream.write(data)
            self._stream.flush()
        except OSError as error:
            raise _CannotWrite(error) from error

    def _put(self, text: str) -> None:
        self.put(text.encode("utf-8", "replace"))
