"""Words of records as exports show them: labels instead of ids, in the language of the export, and no names of private persons (`marsad.export.masking`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from marsad.export.base import ClaimRecord, Making
from marsad.export.masking import PRIVATE, hidden_names, is_private, is_private_root, said_of
from marsad.export.private_names import without

Rows = Sequence[Mapping[str, Any]]


def source_of(claim: ClaimRecord, making: Making) -> str | None:
    """The words that name the nearest source; None for the article's own voice."""
    links: Rows = claim.data.get("attribution") or ()
    if not links:
        return None
    return without(link_words(links[0], making), hidden_names(claim, making), PRIVATE[making.lang])


def link_words(link: Mapping[str, Any], making: Making) -> str:
    """The words of a link, with the body that a person speaks for behind a comma."""
    if is_private(link) and not making.private:
        return PRIVATE[making.lang]
    body = link.get("for")
    text = str(link["text"])
    return f"{text}, {body}" if body and body not in text else text


def root_words(row: Mapping[str, Any], making: Making) -> str:
    """Who a root is, from a row of an incident's claims: our label of it where there is one, else the words; for a private person no name."""
    known = making.names.label(row["root"])
    if known is not None:
        return making.said(known)
    if is_private_root(row) and not making.private:
        return PRIVATE[making.lang]
    return str(row.get("root_label") or row["root_text"])


def actor_words(row: Mapping[str, Any], making: Making) -> str:
    """Who an actor is: our label where the register knows it, else the words."""
    known = making.names.label(row.get("id"))
    if known is None:
        return str(row.get("text") or "")
    return making.said(known)


def actors_in(rows: Rows, roles: Iterable[str], making: Making) -> list[str]:
    """The words of the actors in some roles, each once, in their order."""
    wanted = frozenset(roles)
    return list(dict.fromkeys(actor_words(row, making) for row in rows if row["role"] in wanted))


def outlet_words(name: str | None, making: Making) -> str | None:
    """An outlet's label where the register knows it, else its name as stored."""
    known = making.names.outlet(name)
    if known is None:
        return name
    return making.said(known.label)


def place_words(place: Mapping[str, Any] | None, making: Making) -> str | None:
    """A place's name in the language of the export, else as it is known or written."""
    if not place:
        return None
    known = making.names.place(place.get("id")) if making.lang == "ar" else None
    return (known.ar if known and known.ar else None) or place.get("name") or place.get("text")


def why(incident: Mapping[str, Any], making: Making) -> str:
    """The reasons of an incident's status in one line, in the language of the export."""
    reasons = incident.get("reasons_ar" if making.lang == "ar" else "reasons") or ()
    return said_of("; ".join(map(str, reasons)), incident, making)
