"""``marsad evaluate``: how well claims were read."""

from __future__ import annotations

import click

from marsad.cli.options import table_or_json
from marsad.settings import load_settings

_GROUPINGS = ("family", "outlet", "side")
"""As `marsad.run.evaluating_sides` has them, which would take long to load for ``--help``."""
_file = click.Path(exists=True, dir_okay=False, allow_dash=True)


@click.command(
    epilog="""\b
Examples:
  marsad evaluate gold.jsonl predicted.jsonl
  marsad evaluate gold.jsonl predicted.jsonl --by outlet --errors 10
  marsad evaluate --format json --differences differences.jsonl gold.jsonl predicted.jsonl
  marsad read --format jsonl articles.jsonl | marsad evaluate gold.jsonl -
"""
)
@click.argument("gold", metavar="GOLD", type=_file)
@click.argument("predicted", metavar="PREDICTED|-", type=_file)
@table_or_json
@click.option(
    "--by",
    type=click.Choice(_GROUPINGS),
    multiple=True,
    help="Figures of their own for families of events, outlets or sides (repeatable); all three if not given.",
)
@click.option(
    "--errors",
    type=click.IntRange(min=0),
    default=3,
    show_default=True,
    metavar="N",
    help="The table shows the first N differences of each kind.",
)
@click.option("--no-errors", is_flag=True, help="The table shows no differences.")
@click.option(
    "--differences",
    metavar="FILE|-",
    type=click.Path(dir_okay=False, allow_dash=True),
    help="Write every difference with its words, a JSON line each; with - they are all that is printed.",
)
@click.option(
    "--rounds",
    type=click.IntRange(min=0, max=100_000),
    default=1000,
    show_default=True,
    help="Resamples for the intervals; 0 for none.",
)
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Of the resamples.")
def evaluate(gold: str, predicted: str, by: tuple[str, ...], **shown: object) -> None:
    """Compare the claims of PREDICTED with the annotated ones of GOLD.

    Both have an article a line with its claims, as `marsad read` prints them and as `marsad export gold` writes them; they may be gzipped, and one of them may be -.
    A predicted claim is an annotated one when the codes of their events are equal and half of its trigger lies in the annotated words.

    What comes out: precision, recall and F1 of the claims and of their parts, each with its 95 % interval (drawing articles anew) and the number behind it, for all articles
    and for each family of events, outlet and side, and the differences with their words.

    An annotated article without prediction counts as one in which nothing was found; a predicted one that is not annotated counts nowhere. Both are named on standard
    error. A line that cannot be used stops everything (exit code 1).
    """
    if gold == predicted == "-":
        raise click.UsageError("only one of the two can be standard input")
    from marsad.cli.evaluating import Shown, run_evaluate
    from marsad.run.evaluating import How

    rounds, seed = shown.pop("rounds"), shown.pop("seed")
    if shown.pop("no_errors"):
        shown["errors"] = 0
    how = How(by=by or _GROUPINGS, rounds=rounds, seed=seed, data=load_settings().data)  # type: ignore[arg-type]
    run_evaluate((gold, predicted), how, Shown(**shown))  # type: ignore[arg-type]
