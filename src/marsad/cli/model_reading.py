"""Opening the reader that a command was told of, and saying at the end what it asked, refused and cost."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from marsad.cli.model_options import CACHE, ModelOptions
from marsad.cli.terminal import printable
from marsad.errors import InputError
from marsad.llm.types import Endpoint, Told
from marsad.run.outcome import Crew
from marsad.run.readers import Reader, ReaderChoice, ReaderKind, checked, reader_for
from marsad.settings import Settings

DONE, SOME_SET_ASIDE = 0, 3
_ENDPOINT = ("form", "in_flight", "seconds", "tokens", "price_in", "price_out")


@dataclass(frozen=True, slots=True, kw_only=True)
class Second:
    """Who reads in one run of a command.

    Attributes:
        choice: The rules, a model or both, as it was put together.
        data: The user's folder.
        report: Where the report goes, if anywhere.
        told: What the model was asked and what came of it.
    """

    choice: ReaderChoice
    data: Path
    report: Path | None = None
    told: Told = field(default_factory=Told)

    @contextmanager
    def opened(self) -> Iterator[Reader | None]:
        """The reader, closed at the end of the block; None for the rules, which each process of a crew has of its own.

        Raises:
            MarsadError: what the reader needs cannot be loaded or used.
        """
        if self.choice.reader == "rules":
            yield None
            return
        reader = reader_for(self.choice, self.data, self.told)
        try:
            yield reader
        finally:
            reader.close()

    @contextmanager
    def reading(self) -> Iterator[Reader | None]:
        """`opened`, with the summary and the report at the end, however it ends.

        Raises:
            InputError: the report cannot be written: told before anything is asked, not after hours.
        """
        begun = False
        self._write("")
        try:
            with self.opened() as reader:
                begun = True
                yield reader
        finally:
            if begun:
                self.tell()

    def tell(self) -> None:
        """Say what was asked, on standard error, and write the report."""
        if self.choice.reader == "rules":
            return
        from marsad.llm.costs import report, summary

        for line in summary(self.told, self.choice.endpoint).splitlines():
            click.echo(f"marsad: {printable(line)}", err=True)
        if self.report is not None:
            told = {
                "reader": self.choice.reader,
                "budget": self.choice.budget,
                **report(self.told, self.choice.endpoint),
            }
            self._write(json.dumps(told, ensure_ascii=False, indent=2) + "\n")

    def _write(self, words: str) -> None:
        """Write the report, if one is wanted."""
        if self.report is None:
            return
        try:
            self.report.parent.mkdir(parents=True, exist_ok=True)
            self.report.write_text(words, encoding="utf-8")
        except OSError as error:
            raise InputError(f"the report {self.report} cannot be written: {error.strerror}") from error

    def code(self, code: int) -> int:
        """The exit code of a run that would end with ``code``: 3 for 0 where the model failed on an article, be it that the rules read it."""
        return SOME_SET_ASIDE if code == DONE and self.told.failed else code

    def crew(self, jobs: int, reader: Reader | None) -> Crew:
        """Who does the work: with a model one process, which asks several questions at a time."""
        if reader is None:
            return Crew(jobs=jobs)
        if jobs > 1:
            click.echo(
                "marsad: --jobs is not used where a model reads; --model-in-flight says how many questions are asked at a time",
                err=True,
            )
        return Crew(ahead=reader.ahead)


def second_of(options: ModelOptions, settings: Settings, plan: Mapping[str, Any] | None = None) -> Second:
    """Who reads by the options, the environment and a project's ``[model]``; asks for consent where text would leave this machine.

    Raises:
        UsageError: something is missing or does not go together, or the user does not agree.
    """
    try:
        choice = checked(_choice(options, settings, plan or {}))
        if choice.asks and choice.endpoint is not None:
            from marsad.cli.model_consent import consent

            consent(choice.endpoint.address, settings.data, may_leave=options.text_may_leave)
    except InputError as error:
        raise click.UsageError(str(error)) from None
    return Second(choice=choice, data=settings.data, report=options.report)


def _choice(options: ModelOptions, settings: Settings, plan: Mapping[str, Any]) -> ReaderChoice:
    said = options.over(settings, plan)
    kind: ReaderKind = said.get("reader") or "rules"
    # A budget in the project's settings is for both; one that was given with another reader is a mistake.
    budget = options.budget if kind != "both" else said.get("budget")
    if kind == "rules":
        for name in options.idle:
            raise InputError(f"{name} is for --reader model or both: the rules ask nobody")
        return ReaderChoice(reader=kind, budget=budget, record=options.record, replay=options.replay)
    if options.replay is not None:  # the name that is recorded counts, unless another is given
        said = {"model": options.model} if options.model else {}
    more = {name: said[name] for name in _ENDPOINT if name in said}
    named = said.get("address") or said.get("model")
    endpoint = (
        Endpoint(address=said.get("address", ""), model=said.get("model", ""), **more) if named else None
    )
    cache = settings.data / CACHE if options.cache and options.replay is None else None
    return ReaderChoice(
        reader=kind,
        endpoint=endpoint,
        cache=cache,
        budget=budget,
        record=options.record,
        replay=options.replay,
    )
