"""Roots as agents: keys stay, and those of private persons say nothing outside their incident."""

import pytest

from export import records
from marsad.export.roots import root_of

UNKNOWN = {"root_label": None, "authority": []}
ROWS = {
    "registered": {},
    "outlet": {"root": "outlet:agency", "root_text": "وكالة", "root_kind": "outlet", **UNKNOWN},
    "unnamed": {
        "root": "unnamed:agency:مصدر طبي",
        "root_text": "مصدر طبي",
        "root_kind": "unnamed",
        **UNKNOWN,
    },
    "private": {"root": "سالم", "root_text": "سالم", "root_kind": "person", **UNKNOWN},
}


def root(name, identity="i1", **changes):
    claim = records.claim()
    return root_of(
        records.incident(identity, [claim], [records.told(claim, **ROWS[name])]), 0, records.making(**changes)
    )


@pytest.mark.parametrize(
    ("name", "key", "label", "kind"),
    [
        ("registered", "observer", "Observer", "Organization"),
        ("outlet", None, "وكالة", ""),
        ("unnamed", None, "مصدر طبي", ""),
        ("private", "private-i1-0", "[private person]", ""),
    ],
)
def test_a_root_has_a_key_a_label_and_a_type_where_the_register_knows(name, key, label, kind):
    found = root(name)
    assert (found.label, found.type) == (label, kind)
    assert found.key == (key or root(name, "i2").key)
    assert found.key.isascii()


def test_a_private_root_is_another_one_in_each_incident():
    assert root("private").key != root("private", "i2").key
    named = root("private", private=True)
    assert named.label == "سالم"
    assert named.key == root("private", "i2", private=True).key


def test_an_outlet_that_speaks_itself_is_the_outlet():
    assert root("outlet").outlet == "agency"
    assert root("registered").actor == records.ACTORS["observer"]
