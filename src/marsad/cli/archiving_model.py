"""The second reader in ``marsad archive``: what its options come to in a plan, consent, and what is said of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from marsad.archive import Settings
from marsad.cli.model_consent import consent
from marsad.cli.model_options import ModelOptions
from marsad.cli.model_reading import second_of
from marsad.errors import InputError
from marsad.llm.costs import summary
from marsad.llm.types import Endpoint, Told
from marsad.settings import load_settings


def model_settings(options: ModelOptions) -> dict[str, Any]:
    """The settings of an archive that say who reads; none for the rules. Asks for consent where text would leave this machine.

    Raises:
        UsageError: an option is not for archives, something is missing, or the user does not agree.
    """
    if options.record is not None:
        raise click.UsageError("--record is not for archives: answers are kept in the cache, and a run that is repeated takes them from there")  # fmt: skip
    if options.report is not None:
        raise click.UsageError("--model-report is not for archives: `marsad archive report OUTPUT --format json` has all of it")  # fmt: skip
    choice = second_of(options, load_settings()).choice
    if choice.reader == "rules":
        return {}
    endpoint = asdict(choice.endpoint) if choice.endpoint else {}
    endpoint.pop("key", None)  # not even the name of where it is found
    return {
        "reader": choice.reader,
        "model": endpoint,
        "budget": choice.budget,
        "cache": _absolute(choice.cache),
        "replay": _absolute(choice.replay),
    }


def _absolute(file: Path | None) -> str:
    return str(file.resolve()) if file else ""


def make_room(settings: Mapping[str, Any]) -> None:
    """Make the folder that answers are kept in: where it came to be during a run, the next run would find a user's folder that was not there."""
    if settings.get("cache"):
        folder = Path(settings["cache"]).parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError(
                f"{folder} cannot be made, where answers are kept: {error.strerror} (--no-model-cache keeps none)"
            ) from error


def agree_again(settings: Settings, *, may_leave: bool) -> None:
    """Ask whoever goes on with an archive: its plan may be another person's.

    Raises:
        UsageError: the user does not agree that text is sent where the plan says.
    """
    if settings.reader != "rules" and not settings.replay:
        consent(str(settings.model.get("address", "")), load_settings().data, may_leave=may_leave)


def reader_line(settings: Settings) -> str:
    """Who reads, for people."""
    if settings.reader == "rules":
        return "the rules"
    if settings.replay:
        return f"{settings.reader}, with the answers recorded in {settings.replay}"
    model = settings.model
    return f"{settings.reader}: {model.get('model')} at {model.get('address')}, {model.get('in_flight')} questions at a time from each process; the time above is the rules' alone"


def model_lines(told: Told, settings: Settings) -> Iterator[str]:
    """What was asked and what came of it; nothing where the rules read."""
    if settings.reader != "rules":
        endpoint = Endpoint(**settings.model) if settings.model else None
        yield from summary(told, endpoint).splitlines()
