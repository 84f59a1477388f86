"""The site's timeline: bars of incidents by month and by year, stacked by status."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from marsad.export.site_words import STATUSES

WIDTH, HEIGHT = 960, 220
"""Of a chart in its own units; below it are 24 more for years."""
_MOST = 144
_TAIL = 0.01
Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A bar: where, what it stands for, and its parts from below: status, number, height and the upper edge."""

    x: float
    width: float
    key: str
    count: int
    parts: Sequence[tuple[str, int, float, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Bars in the order of time; ``ticks`` are years with where they begin, ``most`` what the highest bar stands for, ``outside`` the incidents before it."""

    bars: Sequence[Bar]
    ticks: Sequence[tuple[float, str]]
    most: int
    outside: int


def by_month(months: Mapping[str, Counts]) -> Chart | None:
    """The bars of the latest months, as many as fit, without the few incidents long before; None where no day is known."""
    dated = {month: counts for month, counts in months.items() if month}
    if not dated:
        return None
    keys = list(_from(_first(dated), max(dated)))[-_MOST:]
    return _chart(keys, dated)


def by_year(months: Mapping[str, Counts]) -> Chart | None:
    """The bars of years, likewise; None where there are fewer than two."""
    years: dict[str, dict[str, int]] = {}
    for month, counts in months.items():
        for status, number in counts.items() if month else ():
            year = years.setdefault(month[:4], {})
            year[status] = year.get(status, 0) + number
    if len(years) < 2:
        return None
    keys = [f"{year:04}" for year in range(int(_first(years)), int(max(years)) + 1)][-_MOST:]
    return _chart(keys, years)


def _first(times: Mapping[str, Counts]) -> str:
    """The month or year from which nearly all incidents are."""
    whole, so_far = sum(sum(counts.values()) for counts in times.values()), 0
    for key in sorted(times):
        so_far += sum(times[key].values())
        if so_far > whole * _TAIL:
            return key
    return max(times)


def _from(first: str, last: str) -> Iterator[str]:
    year, month = map(int, first.split("-"))
    while (key := f"{year:04}-{month:02}") <= last:
        yield key
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def _chart(keys: Sequence[str], counts: Mapping[str, Counts]) -> Chart:
    most = max(sum(counts.get(key, {}).values()) for key in keys)
    pitch = min(WIDTH / len(keys), 60)
    bars = [_bar(number * pitch, pitch, key, counts.get(key, {}), most) for number, key in enumerate(keys)]
    ticks = [(round(bar.x, 1), bar.key[:4]) for bar in bars if len(bar.key) == 4 or bar.key.endswith("-01") or bar is bars[0]]  # fmt: skip
    whole = sum(sum(one.values()) for one in counts.values())
    return Chart(bars=bars, ticks=list(_apart(ticks)), most=most, outside=whole - sum(bar.count for bar in bars))  # fmt: skip


def _apart(ticks: Sequence[tuple[float, str]]) -> Iterator[tuple[float, str]]:
    """Ticks with room for their words between them."""
    last = -99.0
    for x, text in ticks:
        if x - last >= 44:
            last = x
            yield x, text


def _bar(x: float, pitch: float, key: str, counts: Counts, most: int) -> Bar:
    parts, foot = [], float(HEIGHT)
    for status in STATUSES:
        if number := counts.get(status, 0):
            tall = HEIGHT * number / max(most, 1)
            foot -= tall
            parts.append((status, number, round(tall, 1), round(foot, 1)))
    return Bar(x=round(x, 1), width=round(max(pitch - 1.2, 0.8), 1), key=key, count=sum(counts.values()), parts=parts)  # fmt: skip
