"""The options of every command that reads articles by a language model, and what they come to beside the environment and a project's settings."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from functools import wraps
from pathlib import Path
from typing import Any

import click

from marsad.settings import Settings

_KINDS = ("rules", "model", "both")
_FORMS = ("json_schema", "json_object", "text")
CACHE = "model-answers.sqlite"
"""Where answers are kept that need not be asked for again, in the user's folder."""


def _prices(
    context: click.Context, parameter: click.Parameter, value: str | None
) -> tuple[float, float] | None:
    if value is None:
        return None
    try:
        told = [float(one) for one in value.split(",")]
    except ValueError:
        told = []
    if len(told) != 2 or not all(0 <= one < math.inf for one in told):
        raise click.BadParameter(
            f"{value!r} is not IN,OUT: what a million tokens of questions and of answers cost, as 0.15,0.60",
            context,
            parameter,
        )
    return told[0], told[1]


_FILE = click.Path(dir_okay=False, path_type=Path)
_OPTIONS: tuple[Callable[[Any], Any], ...] = (
    click.option("--reader", type=click.Choice(_KINDS), help="Who reads: the rules (if not given), a language model, or both, compared."),
    click.option("--model-address", metavar="URL", help="Where the model is: any OpenAI-compatible endpoint."),
    click.option("--model", metavar="NAME", help="The model's name there."),
    click.option("--model-form", type=click.Choice(_FORMS), help="How its answers are held to their form; json_schema if not given."),
    click.option("--model-in-flight", metavar="N", type=click.IntRange(1, 64), help="Questions asked at a time; 8 if not given."),
    click.option("--model-seconds", metavar="S", type=click.FloatRange(0, min_open=True), help="Seconds that an answer may take; 120 if not given."),
    click.option("--model-tokens", metavar="N", type=click.IntRange(min=1), help="Tokens of the longest answer; 4,096 if not given."),
    click.option("--model-budget", metavar="SHARE", type=click.FloatRange(0, 1, min_open=True), help="With both: show the model only this share of the text, where the rules are unsure."),
    click.option("--model-price", metavar="IN,OUT", callback=_prices, help="What a million tokens cost, for the report."),
    click.option("--record", metavar="FILE", type=_FILE, help="Add all answers to FILE."),
    click.option("--replay", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Take the answers from FILE, and ask nobody."),
    click.option("--model-cache/--no-model-cache", "model_cache", default=True, help="Keep answers, so that none is asked for twice; on if not given."),
    click.option("--model-report", metavar="FILE", type=_FILE, help="Write what was asked, refused and paid to FILE, as JSON."),
    click.option("--text-may-leave", is_flag=True, help="Agree that the text of articles is sent to another machine."),
)  # fmt: skip
_NAMES = {
    "reader": "reader", "address": "model_address", "model": "model", "form": "model_form", "in_flight": "model_in_flight",
    "seconds": "model_seconds", "tokens": "model_tokens", "budget": "model_budget", "price": "model_price", "record": "record",
    "replay": "replay", "cache": "model_cache", "report": "model_report", "text_may_leave": "text_may_leave",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelOptions:
    """The options as click gives them; None where one was not given."""

    reader: str | None = None
    address: str | None = None
    model: str | None = None
    form: str | None = None
    in_flight: int | None = None
    seconds: float | None = None
    tokens: int | None = None
    budget: float | None = None
    price: tuple[float, float] | None = None
    record: Path | None = None
    replay: Path | None = None
    cache: bool = True
    report: Path | None = None
    text_may_leave: bool = False

    @property
    def idle(self) -> list[str]:
        """The options given that say something about a model: without one they would be passed over in silence."""
        about = ("address", "model", "form", "in_flight", "seconds", "tokens", "price", "report")
        return [f"--{_NAMES[name].replace('_', '-')}" for name in about if getattr(self, name) is not None]

    def over(self, settings: Settings, plan: Mapping[str, Any]) -> dict[str, Any]:
        """Each value that was said: by an option, else by the environment, else by the project's ``[model]``."""
        environment = {"address": settings.model_address, "model": settings.model}
        said: dict[str, Any] = {**plan, **{name: value for name, value in environment.items() if value}}
        if self.price is not None:
            said["price_in"], said["price_out"] = self.price
        given = {one.name: getattr(self, one.name) for one in fields(self) if one.name != "price"}
        return {**said, **{name: value for name, value in given.items() if value is not None}}


def model_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """All of these options; the command gets them as one `ModelOptions` called ``second``."""

    @wraps(command)
    def called(*arguments: object, **given: Any) -> object:  # noqa: ANN401 (click's values)
        values = {name: given.pop(option) for name, option in _NAMES.items()}
        return command(*arguments, second=ModelOptions(**values), **given)

    for option in reversed(_OPTIONS):
        option(called)
    return called
