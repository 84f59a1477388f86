"""What the rules of control give at their edges: a name, the incidents told of one place, and the spells that come of them."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from telling_of import (
    EAST,
    HELD_BY_NORTH,
    NORTH,
    NORTH_HOLDS,
    NORTH_RADIO,
    SOUTH,
    SOUTH_OFFICE,
    WIRE,
    capture,
    denied,
    entry,
    incident,
    repel,
    siege,
    withdrawal,
)

MORE = {
    "nobody named left, by the holder's word": (
        [NORTH_HOLDS, incident(5, withdrawal(by=NORTH))],
        [HELD_BY_NORTH, (5, None, "unknown", None, None)],
    ),
    "nobody named left, by another's word": (
        [NORTH_HOLDS, incident(5, withdrawal())],
        [(1, None, "held", NORTH, None)],
    ),
    "the holder says that another left": (
        [NORTH_HOLDS, incident(5, withdrawal(SOUTH, by=NORTH))],
        [(1, None, "held", NORTH, None)],
    ),
    "nobody named left a contested place": (
        [incident(5, capture(SOUTH, by=SOUTH)), incident(6, withdrawal())],
        [(5, None, "contested", None, SOUTH)],
    ),
    "a third leaves a contested place": (
        [NORTH_HOLDS, incident(5, capture(SOUTH, by=SOUTH)), incident(6, withdrawal(EAST))],
        [HELD_BY_NORTH, (5, None, "contested", NORTH, SOUTH)],
    ),
    "who entered leaves, and no holder was known": (
        [incident(5, entry(SOUTH)), incident(6, withdrawal(SOUTH))],
        [(5, 6, "contested", None, SOUTH), (6, None, "unknown", None, None)],
    ),
    "both leave": (
        [NORTH_HOLDS, incident(5, entry(SOUTH)), incident(6, withdrawal([SOUTH, NORTH]))],
        [HELD_BY_NORTH, (5, 6, "contested", NORTH, SOUTH), (6, None, "unknown", None, None)],
    ),
    "one after the other leaves, then the last says it is back": (
        [
            incident(5, withdrawal(NORTH)),
            incident(6, withdrawal(EAST)),
            incident(7, capture(EAST, by=EAST)),
        ],
        [(5, 7, "unknown", None, None), (7, None, "contested", None, EAST)],
    ),
    "a withdrawal that is denied, and nothing before": (
        [incident(5, withdrawal(NORTH), denied(withdrawal(NORTH, by=NORTH)))],
        [(5, None, "contested", None, NORTH)],
    ),
    "a denied withdrawal of another than the holder": (
        [NORTH_HOLDS, incident(5, withdrawal(SOUTH), denied(withdrawal(SOUTH, by=SOUTH)))],
        [(1, None, "held", NORTH, None)],
    ),
    "who leaves says so, others deny it": (
        [NORTH_HOLDS, incident(5, withdrawal(NORTH, by=NORTH), denied(withdrawal(NORTH, by=SOUTH)))],
        [HELD_BY_NORTH, (5, None, "unknown", None, None)],
    ),
    "who leaves says so, its own organ denies it": (
        [NORTH_HOLDS, incident(5, withdrawal(NORTH, by=NORTH), denied(withdrawal(NORTH, by=NORTH_RADIO)))],
        [HELD_BY_NORTH, (5, None, "contested", NORTH, None)],
    ),
    "left, it says, but not lost": (
        [
            NORTH_HOLDS,
            incident(5, denied(capture(SOUTH, loser=NORTH, by=NORTH)), withdrawal(NORTH, by=NORTH)),
        ],
        [HELD_BY_NORTH, (5, None, "unknown", None, None)],
    ),
    "the holder says once more that it holds": (
        [NORTH_HOLDS, incident(5, capture(NORTH, by=NORTH))],
        [(1, None, "held", NORTH, None)],
    ),
    "no gainer, disputed, and nothing before": (
        [incident(5, capture(), denied(capture(by=WIRE)))],
        [(5, None, "contested", None, None)],
    ),
    "no gainer, disputed, after a withdrawal": (
        [incident(4, withdrawal(NORTH)), incident(5, capture(), denied(capture(by=WIRE)))],
        [(4, 5, "unknown", None, None), (5, None, "contested", None, None)],
    ),
    "the holder's organ owns up, a third denies": (
        [NORTH_HOLDS, incident(5, capture(SOUTH, by=NORTH_RADIO), denied(capture(SOUTH, by=EAST)))],
        [HELD_BY_NORTH, (5, None, "held", SOUTH, None)],
    ),
    "the gainer beats back the counter-attack": (
        [incident(5, capture(SOUTH), repel(SOUTH, by=WIRE, patient=NORTH))],
        [(5, None, "held", SOUTH, None)],
    ),
    "nobody owns up to what it gains": (
        [incident(5, capture(SOUTH, by=SOUTH, stance="concede"))],
        [(5, None, "contested", None, SOUTH)],
    ),
    "beaten back, and no holder was known": (
        [incident(5, entry(SOUTH)), incident(6, repel(patient=SOUTH))],
        [(5, None, "contested", None, SOUTH)],
    ),
    "beaten back by nobody named": (
        [NORTH_HOLDS, incident(5, entry(SOUTH)), incident(6, repel(patient=SOUTH))],
        [HELD_BY_NORTH, (5, 6, "contested", NORTH, SOUTH), (6, None, "held", NORTH, None)],
    ),
    "a denial in a contest": (
        [NORTH_HOLDS, incident(5, entry(SOUTH)), incident(6, denied(capture(NORTH, by=SOUTH)))],
        [HELD_BY_NORTH, (5, None, "contested", NORTH, SOUTH)],
    ),
    "a denial by the holder that names nobody": (
        [NORTH_HOLDS, incident(5, denied(capture(by=NORTH)))],
        [(1, None, "held", NORTH, None)],
    ),
    "a denial by another that names nobody": (
        [NORTH_HOLDS, incident(5, denied(capture(by=WIRE)))],
        [HELD_BY_NORTH, (5, None, "contested", NORTH, None)],
    ),
    "a denial of an entry": (
        [NORTH_HOLDS, incident(5, denied(entry(SOUTH, by=WIRE)))],
        [(1, None, "held", NORTH, None)],
    ),
    "a later expectation takes nothing back": (
        [incident(5, capture(SOUTH), capture(SOUTH, says="expects", told=6))],
        [(5, None, "held", SOUTH, None)],
    ),
    "a later denial, and the status says so": (
        [
            incident(
                5, capture(SOUTH), denied(capture(SOUTH, loser=NORTH, by=NORTH, told=8)), status="disputed"
            )
        ],
        [(5, 8, "held", SOUTH, None), (8, None, "contested", SOUTH, NORTH)],
    ),
    "a known name is no rival of one that nobody knows": (
        [incident(5, capture("لواء الغيم"), capture("لواء الغيم", by=WIRE), capture(SOUTH, by=EAST))],
        [(5, None, "held", "لواء الغيم", None)],
    ),
    "words that name nobody hold nothing": (
        [NORTH_HOLDS, incident(5, capture("العشرات من مسلحيه", loser=NORTH))],
        [HELD_BY_NORTH, (5, None, "unknown", None, None)],
    ),
    "two that are told to have taken it together are one, whoever is named alone": (
        [
            incident(5, capture([SOUTH, EAST]), capture([EAST, SOUTH], by=WIRE)),
            incident(7, capture(SOUTH)),
            incident(9, capture(EAST)),
        ],
        [(5, None, "held", SOUTH, None)],
    ),
    "one article makes no camp": (
        [incident(5, capture([SOUTH, EAST])), incident(7, capture(SOUTH)), incident(9, capture(EAST))],
        [(5, 9, "held", SOUTH, None), (9, None, "held", EAST, None)],
    ),
    "who had it from the other is no ally": (
        [
            incident(5, capture([SOUTH, EAST]), capture([EAST, SOUTH], by=WIRE)),
            incident(7, capture(EAST, loser=SOUTH)),
        ],
        [(5, 7, "held", SOUTH, None), (7, None, "held", EAST, None)],
    ),
    "one name in two spellings": (
        [incident(1, capture("كتيبة أ")), incident(5, capture("كتيبه ا", by=WIRE))],
        [(1, None, "held", "كتيبة أ", None)],
    ),
    "a siege and an entry": (
        [incident(5, siege(SOUTH), entry(SOUTH))],
        [(5, None, "contested", None, SOUTH)],
    ),
    "a raid on a holder": (
        [NORTH_HOLDS, incident(5, capture(SOUTH), withdrawal(SOUTH, by=WIRE))],
        [HELD_BY_NORTH, (5, None, "unknown", None, None)],
    ),
    "a holder said to have taken it and left": (
        [NORTH_HOLDS, incident(5, capture(NORTH), withdrawal(NORTH, by=WIRE))],
        [HELD_BY_NORTH, (5, None, "unknown", None, None)],
    ),
    "three captures of one day": (
        [
            incident(5, capture(SOUTH), id="a"),
            incident(5, capture(NORTH), id="b"),
            incident(5, capture(SOUTH, by=WIRE), id="c"),
        ],
        [(5, None, "contested", SOUTH, NORTH)],
    ),
    "two captures of one day by one side": (
        [incident(5, capture(SOUTH), id="a"), incident(5, capture(SOUTH_OFFICE), id="b")],
        [(5, None, "held", SOUTH, None)],
    ),
}
