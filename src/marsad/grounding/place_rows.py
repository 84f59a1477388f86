"""What all sources of places share: which of our governorates a point lies in, which names can stand in Arabic news, kinds by size."""

from __future__ import annotations

from collections.abc import Iterable

from marsad.grounding.gazetteer import kilometres
from marsad.grounding.tables import Governorate

CITY, TOWN = 50_000, 5_000
"""Inhabitants from which a place is called so where the source does not say."""
_ARABIC = frozenset("اأإآٱبتثجحخدذرزسشصضطظعغفقكلمنهويىةءؤئ -ـ()یکہە،")
_ADMIN_HEADS = ("محافظة ", "محافظه ", "ولاية ", "قضاء ", "ناحية ", "منطقة ", "استان ", "شهرستان ")


class Units:
    """Which of our governorates a GeoNames row lies in."""

    def __init__(self, known: Iterable[Governorate]) -> None:
        self._by_code: dict[tuple[str, str], list[Governorate]] = {}
        for unit in known:
            self._by_code.setdefault((unit.code[:2], unit.geonames), []).append(unit)

    def of(self, country: str, admin1: str, at: tuple[float, float]) -> str:
        """The code, or ""; where GeoNames has one unit for several of ours, the one whose seat is nearest."""
        found = self._by_code.get((country, admin1), []) if admin1 else []
        nearest = min(found, key=lambda unit: kilometres((unit.lat, unit.lon), at), default=None)
        return nearest.code if nearest else ""


def arabic_names(names: Iterable[str]) -> list[str]:
    """The names in Arabic letters that can stand in Arabic news: no mixed scripts, no letters of other languages, no heads of districts."""
    return [
        name.strip()
        for name in names
        if name.strip()
        and set(name) <= _ARABIC
        and len(name.strip()) > 1
        and not name.startswith(_ADMIN_HEADS)
    ]


def kind_by_size(population: int) -> str:
    """City, town or village, where the source does not say."""
    return "city" if population >= CITY else "town" if population >= TOWN else "village"
