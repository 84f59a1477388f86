"""``marsad model check``: whether a model can be asked at all, tried with two sentences of our own."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from marsad.errors import MarsadError, SetAside

if TYPE_CHECKING:
    from marsad.llm import Endpoint, Told
    from marsad.llm.types import AnswerForm
    from marsad.model import Claim

TITLE = "قصف على بلدة سراقب"
TEXT = "قصفت طائرات حربية روسية بلدة سراقب أمس، ما أدى إلى مقتل ثلاثة مدنيين. وقال الدفاع المدني إن فرقه أجلت سبعة جرحى."
PUBLISHED = "2024-11-30"
DONE, FAILED = 0, 1
_ATTEMPTS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tried:
    """What came of it; ``failed`` says why nothing did, or is ""."""

    told: Told
    claims: list[Claim]
    seconds: float
    failed: str = ""


@click.command(
    "check",
    epilog="Example: marsad model check --model-address http://127.0.0.1:8080 --model qwen2.5-7b-instruct",
)
@click.option(
    "--model-address",
    "address",
    envvar="MARSAD_MODEL_ADDRESS",
    required=True,
    metavar="URL",
    help="Where the model is: an OpenAI-compatible endpoint.",
)
@click.option("--model", envvar="MARSAD_MODEL", required=True, metavar="NAME", help="Its name there.")
@click.option(
    "--model-form",
    "form",
    type=click.Choice(["json_schema", "json_object", "text"]),
    default="json_schema",
    show_default=True,
    help="How its answers are held to the form; the first that works is the best.",
)
@click.option(
    "--model-seconds",
    "seconds",
    type=click.FloatRange(1, 3600),
    default=120.0,
    show_default=True,
    help="Seconds for one answer.",
)
def check(address: str, model: str, form: AnswerForm, seconds: float) -> int:
    """Ask a model about two sentences and say whether its answers can be used."""
    from marsad.llm import Endpoint

    endpoint = Endpoint(address=address, model=model, form=form, seconds=seconds, attempts=_ATTEMPTS)
    return check_model(endpoint)


def check_model(endpoint: Endpoint) -> int:
    """Ask, and print what came of it; the exit code.

    Raises:
        InputError: the address is none.
        MarsadError: the program's own data cannot be loaded.
    """
    from marsad.llm.addresses import leaving

    if leaving(endpoint.address):
        click.echo(
            f"marsad: this check sends two sentences of Marsad's own. For a run: {leaving(endpoint.address)}",
            err=True,
        )
    tried = _tried(endpoint)
    for line in _lines(tried):
        click.echo(line)
    return FAILED if tried.failed else DONE


def _tried(endpoint: Endpoint) -> _Tried:
    from marsad.llm import Told
    from marsad.run.pipeline import read_article
    from marsad.run.readers import ReaderChoice, reader_for

    told = Told()
    reader = reader_for(ReaderChoice(reader="model", endpoint=endpoint), None, told)
    began = time.monotonic()
    claims, failed = [], ""
    try:
        claims = read_article(TEXT, title=TITLE, published=PUBLISHED, reader=reader)
    except SetAside as error:
        failed = error.message
    except MarsadError as error:  # told in the same words as what works, not as a failed run
        failed = str(error)
    finally:
        reader.close()
    return _Tried(told=told, claims=claims, seconds=time.monotonic() - began, failed=failed)


def _lines(tried: _Tried) -> list[str]:
    told = tried.told
    answered = told.questions["endpoint"]
    lines = [
        f"reached:  {'yes' if answered else 'no answer'}, {told.attempts} attempt(s), {tried.seconds:.1f} s"
    ]
    if answered:
        unusable = ", ".join(f"{reason} {times}" for reason, times in told.unusable.items())
        lines.append(
            f"in form:  {f'no ({unusable})' if tried.failed else 'yes' if not unusable else f'at the second try ({unusable})'}"
        )
        lines.append(f"tokens:   {told.tokens_in:,} asked, {told.tokens_out:,} written")
    if tried.failed:
        return [*lines, f"not usable: {tried.failed}"]
    lines += [f"stood:    {one.event}: {_words(one)}" for one in tried.claims]
    lines += [
        f"refused:  {reason}, {times} of its claims or parts" for reason, times in told.refused.most_common()
    ]
    if tried.claims:
        return [*lines, "usable"]
    return [
        *lines,
        "usable, but nothing that it wrote of an air strike with three dead stood: its readings will be poor",
    ]


def _words(claim: Claim) -> str:
    trigger = claim.evidence[0].trigger
    return (TITLE if trigger.part == "title" else TEXT)[trigger.start : trigger.end]
