"""How fast lists, facets, timeline and points answer on a project: python bench/lists.py PROJECT [--rounds N]

Prints for each set of filters how much fits and the milliseconds of what pages ask, the median of several rounds in this process; below them the median and the worst over all
sets, beside the budget. The project is only read.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from sqlalchemy import Connection

from marsad.run.project import load_project
from marsad.store import Store
from marsad.store.reads import (
    FACETS,
    Filters,
    Order,
    articles_page,
    claims_page,
    facets,
    filters_from,
    grid,
    histogram,
    incidents_page,
    points,
)

ADDRESSES = (
    "",
    "status=disputed",
    "status=single",
    "event=strike",
    "event=strike.air",
    "actor=sy-army",
    "country=SY",
    "since=2024-12-01&until=2024-12-31",
    "words=قصف حماة",
    "words=قصف",
    "outlet=skynewsarabia",
    "root=sohr",
    "killed=50",
    "review=machine",
    "box=35,32,38,37",
    "status=single&country=SY&event=harm",
    "actor=houthis&country=YE&since=2015-03-01&until=2015-12-31&words=تعز",
)
BUDGET = {"page+timeline": 60.0, "facets": 120.0, "points of claims": 300.0}
"""Milliseconds that the median may take (points: the worst)."""


def asked(filters: Filters) -> dict[str, Callable[[Connection], Any]]:
    """What pages ask, by name."""
    return {
        "page+timeline": lambda one: (incidents_page(one, filters, Order()), histogram(one, filters)),
        "facets": lambda one: facets(one, filters, FACETS["incidents"]),
        "points": lambda one: points(one, filters),
        "cells": lambda one: grid(one, filters),
        "claims": lambda one: (claims_page(one, filters, Order()), histogram(one, filters, "claims")),
        "facets of claims": lambda one: facets(one, filters, FACETS["claims"], "claims"),
        "points of claims": lambda one: points(one, filters, "claims"),
        "articles": lambda one: articles_page(one, filters, Order()),
    }


def spent(store: Store, ask: Callable[[Connection], Any], rounds: int) -> float:
    """Milliseconds, the median."""
    found = []
    for _ in range(rounds):
        with store.database.reading() as connection:
            began = time.perf_counter()
            ask(connection)
            found.append((time.perf_counter() - began) * 1000)
    return statistics.median(found)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("project", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    store = load_project(options.project).open()
    names = list(asked(Filters()))
    print("incidents |", " | ".join(names), "| filters")
    columns: dict[str, list[float]] = {name: [] for name in names}
    for address in ADDRESSES:
        filters = filters_from(parse_qsl(address))
        for name, ask in asked(filters).items():
            columns[name].append(spent(store, ask, options.rounds))
        with store.database.reading() as connection:
            total = incidents_page(connection, filters, Order(most=1)).total
        print(
            f"{total:9,} |",
            " | ".join(f"{columns[name][-1]:{len(name)}.1f}" for name in names),
            f"| {address}",
        )
    store.close()
    for name, found in columns.items():
        budget = f", budget {BUDGET[name]:.0f}" if name in BUDGET else ""
        print(f"{name}: median {statistics.median(found):.1f} ms, worst {max(found):.1f} ms{budget}")


if __name__ == "__main__":
    main()
