"""The table of ``marsad evaluate``: the figures with their intervals, the groups, and the first differences with their words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from marsad.cli.rows import Sheet, islands
from marsad.cli.terminal import columns, isolated, printable
from marsad.codebook import load_codebook
from marsad.model import Label
from marsad.run.evaluating import Evaluation
from marsad.run.evaluating_differences import Difference
from marsad.run.evaluating_figures import Figure, Interval, Scores

_NAME, _CELL, _NUMBER, _GROUP = 13, 22, 8, 26
_MOST_TEXT, _MOST_VALUE = 100, 160
_UNKNOWN = "unknown"
_COLUMNS = (("claim", "f1"), ("usable", "f1"), ("source", "acc"))
"""The figures of a group that are shown; JSON has all."""


def evaluation_table(found: Evaluation, errors: int, sheet: Sheet) -> str:
    """The whole of it.

    Args:
        found: What was measured.
        errors: How many differences of each kind are shown.
        sheet: How wide.
    """
    lines = [*_total(found.total, sheet), ""]
    for name, groups in found.groups.items():
        lines += [*_groups(name, groups, sheet), ""]
    if errors:
        lines += _differences(found, errors, sheet)
    lines.append(_about_intervals(found))
    return "\n".join(lines) + "\n"


def _total(total: Scores, sheet: Sheet) -> Iterator[str]:
    claim = total.figures["claim"]
    yield f"{total.articles:,} articles, {claim.n:,} annotated and {claim.predicted:,} predicted claims"
    yield ""
    heads = "".join(f"{head:<{_CELL}}" for head in ("precision", "recall", "F1"))
    yield sheet.paint(f"{'':{_NAME}}{heads}{'n':>{_NUMBER}}", "dim")
    for name, figure in total.figures.items():
        if "f1" in figure.values:
            yield f"{name:<{_NAME}}{''.join(_cell(figure, key) for key in ('p', 'r', 'f1'))}{figure.n:>{_NUMBER},}"
    yield ""
    yield sheet.paint(f"{'':{_NAME}}{'share right':<{_CELL}}{'n':>{_NUMBER}}", "dim")
    for name, figure in total.figures.items():
        if "acc" in figure.values:
            yield f"{name:<{_NAME}}{_cell(figure, 'acc')}{figure.n:>{_NUMBER},}"


def _groups(by: str, groups: Mapping[str, Scores], sheet: Sheet) -> Iterator[str]:
    heads = "".join(f"{f'{name} {key}' if key == 'f1' else name:<{_CELL}}" for name, key in _COLUMNS)
    title = f"{f'by {by}':<{_GROUP}}{'articles':>{_NUMBER}}{'claims':>{_NUMBER}}  {heads.rstrip()}"
    yield sheet.paint(title, "dim")
    labels = _labels(by)
    for group, scores in groups.items():
        label = labels.get(group)
        name = islands(f"{group} ({label.en})" if label and label.en.lower() != group else group)
        cells = "".join(_cell(scores.figures[figure], key) for figure, key in _COLUMNS).rstrip()
        if columns(name) > _GROUP - 1:
            yield name
            name = ""
        pad = " " * (_GROUP - columns(name))
        yield f"{name}{pad}{scores.articles:>{_NUMBER},}{scores.figures['claim'].n:>{_NUMBER},}  {cells}"


def _labels(by: str) -> Mapping[str, Label]:
    if by == "family":
        return load_codebook().families
    if by == "side":
        from marsad.grounding import Register

        return Register().sides
    return {}


def _cell(figure: Figure, key: str) -> str:
    value = figure.values[key]
    if value is None or figure.empty:
        return f"{_UNKNOWN:<{_CELL}}"
    return f"{f'{value:.3f} {_interval(figure.intervals.get(key))}':<{_CELL}}"


def _interval(bounds: Interval) -> str:
    return f"[{bounds[0]:.3f}, {bounds[1]:.3f}]" if bounds else ""


def _about_intervals(found: Evaluation) -> str:
    how = found.how
    if not how.rounds:
        return "No intervals were asked for."
    return (
        f"In brackets: 95 % intervals from {how.rounds:,} resamples of the articles (seed {how.seed}); none where "
        "fewer than two articles have anything to say."
    )


def _differences(found: Evaluation, most: int, sheet: Sheet) -> Iterator[str]:
    """The first differences of each kind, the most frequent kinds first."""
    kinds: dict[tuple[str, str], list[Difference]] = {}
    for one in found.differences():
        kinds.setdefault((one.kind, one.attribute), []).append(one)
    order = {"missed": 0, "spurious": 1, "differs": 2}
    for kind, rows in sorted(kinds.items(), key=lambda pair: (order[pair[0][0]], -len(pair[1]), pair[0])):
        title = " in ".join(part for part in kind if part)
        yield sheet.paint(
            f"{title}: {len(rows):,}" + (f", the first {most}" if len(rows) > most else ""), "dim"
        )
        for one in islice(rows, most):
            yield from _told(one)
        yield ""


def _told(one: Difference) -> Iterator[str]:
    yield f"  {islands(one.article)}  {one.event}  {one.part} {one.start}-{one.end}"
    yield f"    {isolated(_short(one.text, _MOST_TEXT))}"
    if one.kind == "differs":
        yield f"    gold {_shown(one.gold)}; predicted {_shown(one.predicted)}"
    elif codes := one.predicted if one.kind == "missed" else one.gold:
        where = "predicted" if one.kind == "missed" else "in gold"
        yield f"    {where} in these words: {printable(', '.join(codes))}"


def _shown(value: Any) -> str:  # noqa: ANN401 (whatever differs)
    if value is None or value == []:
        return "none"
    pieces = value if isinstance(value, list) else [value]
    return islands(_short("; ".join(map(_piece, pieces)), _MOST_VALUE))


def _piece(value: Any) -> str:  # noqa: ANN401 (as above)
    if isinstance(value, list):  # a count: its kind, and between which bounds
        return " ".join(map(_piece, value))
    return "?" if value is None else str(value)


def _short(text: str, most: int) -> str:
    line = printable(text)
    return line if len(line) <= most else line[:most].rstrip() + "…"
