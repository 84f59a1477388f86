"""Testimonies and incidents as bytes and back, for files that stages hand to each other: MessagePack, field by field in the order of the classes."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from marsad.model.incident import Incident, Testimony

_encoder = msgspec.msgpack.Encoder()
_testimonies = msgspec.msgpack.Decoder(list[Testimony])
_incident = msgspec.msgpack.Decoder(Incident)


def packed(told: Sequence[Testimony] | Incident) -> bytes:
    """The bytes of an episode or of an incident."""
    return _encoder.encode(told)


def testimonies_of(data: bytes) -> list[Testimony]:
    """The testimonies of an episode."""
    return _testimonies.decode(data)


def incident_of(data: bytes) -> Incident:
    """An incident."""
    return _incident.decode(data)
