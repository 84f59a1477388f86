"""What others' tables call a country: ISO codes, regions of ACLED and of UCDP, numbers of Gleditsch and Ward. Where each comes from stands in ``countries.yml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

_SOURCE = Path(__file__).parent / "countries.yml"


@dataclass(frozen=True, slots=True)
class Country:
    """A country or territory.

    Attributes:
        iso3: ISO 3166-1 alpha-3.
        numeric: ISO 3166-1 numeric; None where it has none.
        name: Our English name, the gazetteer's.
        acled_region: The region that ACLED counts it to; None for uninhabited islands.
        ucdp_region: The region that UCDP counts it to, None where none fits.
        gw: Its Gleditsch-Ward number; None where the list has none.
    """

    iso3: str
    numeric: int | None
    name: str
    acled_region: str | None
    ucdp_region: str | None
    gw: int | None


@cache
def countries() -> Mapping[str, Country]:
    """All of them by ISO 3166-1 alpha-2."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    rows = yaml.load(_SOURCE.read_text(encoding="utf-8"), Loader=loader)
    return {code: Country(*row) for code, row in rows.items()}


def country_of(code: str | None) -> Country | None:
    """The country of an alpha-2 code; None for no code, or one that is not there."""
    return countries().get(code) if code else None
