"""What a plan asks for beyond an earlier one in the same folder, in words: that much is done anew, and the rest stays."""

from __future__ import annotations

from dataclasses import fields

from marsad.archive.plan import Plan, Settings

_SHOWN = 3


def changes_between(before: Plan, now: Plan) -> list[str]:
    """What differs, a line each; nothing where the plans ask for the same."""
    return [*_inputs(before, now), *_settings(before.settings, now.settings)]


def _inputs(before: Plan, now: Plan) -> list[str]:
    had = {one.address: one.identity for one in before.inputs}
    has = {one.address: one.identity for one in now.inputs}
    groups = {
        "new": [address for address in has if address not in had],
        "gone": [address for address in had if address not in has],
        "changed": [address for address in has if address in had and has[address] != had[address]],
    }
    return [f"{len(some):,} {name} input{'s' if len(some) != 1 else ''}: {_named(some)}" for name, some in groups.items() if some]  # fmt: skip


def _named(addresses: list[str]) -> str:
    more = f" and {len(addresses) - _SHOWN:,} more" if len(addresses) > _SHOWN else ""
    return ", ".join(addresses[:_SHOWN]) + more


def _settings(before: Settings, now: Settings) -> list[str]:
    pairs = ((one.name, getattr(before, one.name), getattr(now, one.name)) for one in fields(Settings))
    return [f"{name}: {was!r} before, {is_now!r} now" for name, was, is_now in pairs if was != is_now]
