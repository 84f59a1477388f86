"""``marsad read``: articles in, claims out."""

from __future__ import annotations

import click

from marsad.articles import check_published
from marsad.cli.model_options import ModelOptions, model_options
from marsad.settings import load_settings

_FORMATS = ("table", "jsonl", "html")


def _published(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    try:
        return check_published(value.strip()) if value is not None else None
    except ValueError as error:
        raise click.BadParameter(str(error), context, parameter) from None


published_option = click.option(
    "--published", metavar="DAY", callback=_published, help="Day or ISO time of publication, as 2024-12-06."
)
"""``--published``, checked."""


@click.command(
    epilog="""\b
Examples:
  marsad read article.txt --published 2024-12-06
  marsad read page.html --why
  marsad read --format html page.html > claims.html
  zcat articles.jsonl.gz | marsad read --jobs 4 - > claims.jsonl
  marsad read articles/ --reader both --model-address http://127.0.0.1:8080 --model NAME
"""
)
@click.argument(
    "files", metavar="[FILE...|-]", nargs=-1, type=click.Path(exists=True, readable=True, allow_dash=True)
)
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMATS),
    help="What comes out; a table on a terminal, else JSON lines.",
)
@published_option
@click.option("--outlet", metavar="NAME", help="Who published it.")
@click.option("--title", metavar="TEXT", help="Its headline, which is read as well.")
@click.option("--why", is_flag=True, help="Show which rule and which words found each part of a claim.")
@click.option("--jobs", metavar="N", type=click.IntRange(min=1), help="Number of processes; 1 if not given.")
@click.option(
    "--max-chars",
    metavar="N",
    type=click.IntRange(min=1),
    help="Set longer articles aside; 2,000,000 if not given.",
)
@model_options
def read(files: tuple[str, ...], second: ModelOptions, **options: object) -> int:
    """Read Arabic articles and show who said that what happened.

    What a FILE holds is seen from its content: plain text, a web page, JSON lines (one article a line; "id" and
    "text" are required), a JSON article or list of articles, a table (CSV, Parquet), a Word or PDF file, a web archive (WARC,
    WACZ), a Telegram export; most of them may be gzipped. A folder stands for the files of these kinds in it; - or no FILE is standard input. In JSON, --published, --outlet and --title
    fill what a record leaves out; of a text or page they are taken before what the page says.

    An article that cannot be read (not Arabic, empty, binary, too long, a bad line of JSON) is set aside with its
    reason on standard error, and the others are read. The exit code is then 3, or 1 where nothing could be read.
    """
    from marsad.cli.model_reading import second_of
    from marsad.cli.reading import Options, run_read

    settings = load_settings()
    given = {key: value for key, value in options.items() if value is not None}
    given.setdefault("jobs", settings.jobs)
    given.setdefault("max_chars", settings.max_characters)
    told = Options(files=files, max_bytes=settings.max_bytes, data=settings.data, **given)  # type: ignore[arg-type]
    return run_read(told, second_of(second, settings))
