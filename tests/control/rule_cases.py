"""What each rule of control gives: a name, the incidents told of one place, and the spells that come of them."""

import sys
from pathlib import Path

from marsad.model.incident import When

sys.path.insert(0, str(Path(__file__).parent))
from telling_of import (
    EAST,
    HELD_BY_NORTH,
    NORTH,
    NORTH_HOLDS,
    NORTH_RADIO,
    OBSERVATORY,
    SOUTH,
    SOUTH_OFFICE,
    WIRE,
    capture,
    claim,
    day,
    denied,
    entry,
    incident,
    repel,
    siege,
    withdrawal,
)

CASES = {
    # The codebook's own case: the loser owns up to it on the day, the capturer and a monitor say so too.
    "conceded": (
        [
            incident(
                5,
                capture(SOUTH, by=SOUTH, loser=NORTH),
                withdrawal(NORTH, by=NORTH, stance="concede"),
                capture(SOUTH, by=OBSERVATORY),
            )
        ],
        [(5, None, "held", SOUTH, None)],
    ),
    "an independent source": ([incident(5, capture(SOUTH))], [(5, None, "held", SOUTH, None)]),
    "the capturer's word": ([incident(5, capture(SOUTH, by=SOUTH))], [(5, None, "contested", None, SOUTH)]),
    "the word of the capturer's own organ": (
        [incident(5, capture(SOUTH, by=SOUTH), capture(SOUTH, by=SOUTH_OFFICE))],
        [(5, None, "contested", None, SOUTH)],
    ),
    "the capturer's word against a holder": (
        [NORTH_HOLDS, incident(5, capture(SOUTH, by=SOUTH))],
        [HELD_BY_NORTH, (5, None, "contested", NORTH, SOUTH)],
    ),
    "the capturer's word, then an independent source": (
        [incident(5, capture(SOUTH, by=SOUTH)), incident(7, capture(SOUTH))],
        [(5, 7, "contested", None, SOUTH), (7, None, "held", SOUTH, None)],
    ),
    "the capturer's word, then the loser's": (
        [NORTH_HOLDS, incident(5, capture(SOUTH, by=SOUTH)), incident(6, capture(loser=NORTH, by=NORTH))],
        [HELD_BY_NORTH, (5, 6, "contested", NORTH, SOUTH), (6, None, "held", SOUTH, None)],
    ),
    "the capturer's word, then the loser leaves by his own": (
        [incident(5, capture(SOUTH, by=SOUTH)), incident(6, withdrawal(NORTH, by=NORTH))],
        [(5, 6, "contested", None, SOUTH), (6, None, "held", SOUTH, None)],
    ),
    "the capturer alone says that the loser left too": (
        [NORTH_HOLDS, incident(5, capture(SOUTH, by=SOUTH)), incident(6, withdrawal(NORTH, by=SOUTH))],
        [HELD_BY_NORTH, (5, None, "contested", NORTH, SOUTH)],
    ),
    "an entry": ([incident(5, entry(SOUTH))], [(5, None, "contested", None, SOUTH)]),
    "an entry contests a holder": (
        [NORTH_HOLDS, incident(5, entry(SOUTH))],
        [HELD_BY_NORTH, (5, None, "contested", NORTH, SOUTH)],
    ),
    "an entry into one's own": ([NORTH_HOLDS, incident(5, entry(NORTH))], [(1, None, "held", NORTH, None)]),
    "an entry by somebody and the holder": (
        [NORTH_HOLDS, incident(5, entry([SOUTH, NORTH]))],
        [(1, None, "held", NORTH, None)],
    ),
    "an entry by nobody named": ([incident(5, entry())], []),
    "an entry by nobody named contests a holder": (
        [NORTH_HOLDS, incident(5, entry())],
        [HELD_BY_NORTH, (5, None, "contested", NORTH, None)],
    ),
    "an entry is no capture": (
        [incident(5, entry(SOUTH), capture(SOUTH, by=SOUTH))],
        [(5, None, "contested", None, SOUTH)],
    ),
    "an entry, then the holder leaves": (
        [NORTH_HOLDS, incident(5, entry(SOUTH)), incident(6, withdrawal(NORTH))],
        [HELD_BY_NORTH, (5, 6, "contested", NORTH, SOUTH), (6, None, "unknown", None, None)],
    ),
    "an entry, then who entered leaves": (
        [NORTH_HOLDS, incident(5, entry(SOUTH)), incident(6, withdrawal(SOUTH))],
        [HELD_BY_NORTH, (5, 6, "contested", NORTH, SOUTH), (6, None, "held", NORTH, None)],
    ),
    "the holder alone says that who entered left": (
        [NORTH_HOLDS, incident(5, entry(SOUTH)), incident(6, withdrawal(SOUTH, by=NORTH))],
        [HELD_BY_NORTH, (5, None, "contested", NORTH, SOUTH)],
    ),
    "a withdrawal": (
        [NORTH_HOLDS, incident(5, withdrawal(NORTH))],
        [HELD_BY_NORTH, (5, None, "unknown", None, None)],
    ),
    "a withdrawal comes first": (
        [incident(5, withdrawal(NORTH, by=NORTH))],
        [(5, None, "unknown", None, None)],
    ),
    "a withdrawal of another than the holder": (
        [NORTH_HOLDS, incident(5, withdrawal(SOUTH))],
        [(1, None, "held", NORTH, None)],
    ),
    "a withdrawal, then the word of who came after": (
        [NORTH_HOLDS, incident(5, withdrawal(NORTH)), incident(6, capture(SOUTH, by=SOUTH))],
        [HELD_BY_NORTH, (5, 6, "unknown", None, None), (6, None, "held", SOUTH, None)],
    ),
    "a withdrawal, an entry, then the word of who came after": (
        [
            NORTH_HOLDS,
            incident(5, withdrawal(NORTH)),
            incident(6, entry(SOUTH)),
            incident(7, capture(SOUTH, by=SOUTH)),
        ],
        [
            HELD_BY_NORTH,
            (5, 6, "unknown", None, None),
            (6, 7, "contested", None, SOUTH),
            (7, None, "held", SOUTH, None),
        ],
    ),
    "a withdrawal, then who left says it is back": (
        [NORTH_HOLDS, incident(5, withdrawal(NORTH)), incident(6, capture(NORTH, by=NORTH))],
        [HELD_BY_NORTH, (5, 6, "unknown", None, None), (6, None, "contested", None, NORTH)],
    ),
    "a withdrawal that is denied": (
        [NORTH_HOLDS, incident(5, withdrawal(NORTH), denied(withdrawal(NORTH, by=NORTH)))],
        [HELD_BY_NORTH, (5, None, "contested", NORTH, None)],
    ),
    "a withdrawal that is denied later": (
        [NORTH_HOLDS, incident(5, withdrawal(NORTH)), incident(6, denied(withdrawal(NORTH, by=NORTH)))],
        [HELD_BY_NORTH, (5, 6, "unknown", None, None), (6, None, "contested", NORTH, None)],
    ),
    "a raid": (
        [incident(5, capture(SOUTH), withdrawal(SOUTH, by=WIRE))],
        [(5, None, "unknown", None, None)],
    ),
    "a counter-capture": (
        [incident(1, capture(NORTH)), incident(5, capture(SOUTH)), incident(7, capture(NORTH, loser=SOUTH))],
        [HELD_BY_NORTH, (5, 7, "held", SOUTH, None), (7, None, "held", NORTH, None)],
    ),
    "a capture by who holds it": (
        [NORTH_HOLDS, incident(5, capture(NORTH, by=WIRE))],
        [(1, None, "held", NORTH, None)],
    ),
    "a third party in a contest": (
        [NORTH_HOLDS, incident(5, entry(SOUTH)), incident(6, capture(EAST, by=EAST))],
        [HELD_BY_NORTH, (5, 6, "contested", NORTH, SOUTH), (6, None, "contested", NORTH, EAST)],
    ),
    "one more who enters a contested place": (
        [NORTH_HOLDS, incident(5, entry(SOUTH)), incident(6, entry(EAST))],
        [HELD_BY_NORTH, (5, None, "contested", NORTH, SOUTH)],
    ),
    "the last known holder says that it took it back": (
        [NORTH_HOLDS, incident(5, entry(SOUTH)), incident(6, capture(NORTH, by=NORTH))],
        [HELD_BY_NORTH, (5, None, "contested", NORTH, SOUTH)],
    ),
    "no gainer": (
        [NORTH_HOLDS, incident(5, capture())],
        [HELD_BY_NORTH, (5, None, "unknown", None, None)],
    ),
    "no gainer, disputed": (
        [NORTH_HOLDS, incident(5, capture(), denied(capture(by=WIRE)))],
        [HELD_BY_NORTH, (5, None, "contested", NORTH, None)],
    ),
    "no gainer but a loser": (
        [NORTH_HOLDS, incident(5, capture(loser=NORTH))],
        [HELD_BY_NORTH, (5, None, "unknown", None, None)],
    ),
    "a loser is no holder before": ([incident(5, capture(loser=NORTH))], [(5, None, "unknown", None, None)]),
    "a capture denied by the loser at once": (
        [incident(5, capture(SOUTH), denied(capture(SOUTH, by=NORTH, loser=NORTH)))],
        [(5, None, "contested", None, SOUTH)],
    ),
    "what the loser owns up to is not undone by others": (
        [incident(5, capture(SOUTH, loser=NORTH, by=NORTH), denied(capture(SOUTH, by=EAST)))],
        [(5, None, "held", SOUTH, None)],
    ),
    "the loser's organs contradict each other": (
        [
            incident(
                5, capture(SOUTH, loser=NORTH, by=NORTH), denied(capture(SOUTH, loser=NORTH, by=NORTH_RADIO))
            )
        ],
        [(5, None, "contested", None, SOUTH)],
    ),
    "a later denial in the same incident": (
        [
            NORTH_HOLDS,
            incident(5, capture(SOUTH), denied(capture(SOUTH, loser=NORTH, by=NORTH, told=8))),
        ],
        [HELD_BY_NORTH, (5, 8, "held", SOUTH, None), (8, None, "contested", SOUTH, NORTH)],
    ),
    "a later denial that names no loser, by who held it": (
        [NORTH_HOLDS, incident(5, capture(SOUTH)), incident(8, denied(capture(SOUTH, by=NORTH)))],
        [HELD_BY_NORTH, (5, 8, "held", SOUTH, None), (8, None, "contested", SOUTH, NORTH)],
    ),
    "a later denial by a third": (
        [NORTH_HOLDS, incident(5, capture(SOUTH)), incident(8, denied(capture(SOUTH, by=WIRE)))],
        [HELD_BY_NORTH, (5, 8, "held", SOUTH, None), (8, None, "contested", SOUTH, None)],
    ),
    "a denial about another than the holder": (
        [NORTH_HOLDS, incident(5, denied(capture(SOUTH, by=WIRE)))],
        [(1, None, "held", NORTH, None)],
    ),
    "a denial before any word": ([incident(5, denied(capture(SOUTH, by=NORTH)))], []),
    "a later denial, then an independent source once more": (
        [
            incident(5, capture(SOUTH)),
            incident(8, denied(capture(SOUTH, by=NORTH, loser=NORTH))),
            incident(9, capture(SOUTH, by=WIRE)),
        ],
        [
            (5, 8, "held", SOUTH, None),
            (8, 9, "contested", SOUTH, NORTH),
            (9, None, "held", SOUTH, None),
        ],
    ),
    "a root's later word replaces its denial": (
        [incident(5, denied(capture(SOUTH, loser=NORTH, by=NORTH)), capture(SOUTH, by=NORTH, told=6))],
        [(5, None, "held", SOUTH, None)],
    ),
    "a root's later denial replaces its word": (
        [incident(5, capture(SOUTH), denied(capture(SOUTH, told=6)))],
        [],
    ),
    "beaten back": (
        [NORTH_HOLDS, incident(5, entry(SOUTH)), incident(6, repel(NORTH, patient=SOUTH))],
        [HELD_BY_NORTH, (5, 6, "contested", NORTH, SOUTH), (6, None, "held", NORTH, None)],
    ),
    "beaten back by the defender's word": (
        [NORTH_HOLDS, incident(5, entry(SOUTH)), incident(6, repel(NORTH, by=NORTH, patient=SOUTH))],
        [HELD_BY_NORTH, (5, None, "contested", NORTH, SOUTH)],
    ),
    "beaten back, and denied": (
        [
            NORTH_HOLDS,
            incident(5, entry(SOUTH)),
            incident(6, repel(NORTH, patient=SOUTH), denied(repel(NORTH, by=SOUTH))),
        ],
        [HELD_BY_NORTH, (5, None, "contested", NORTH, SOUTH)],
    ),
    "another assault beaten back": (
        [NORTH_HOLDS, incident(5, entry(SOUTH)), incident(6, repel(NORTH, patient=EAST))],
        [HELD_BY_NORTH, (5, None, "contested", NORTH, SOUTH)],
    ),
    "beaten back by who claims it": (
        [NORTH_HOLDS, incident(5, entry(SOUTH)), incident(6, repel(SOUTH, patient=NORTH))],
        [HELD_BY_NORTH, (5, None, "contested", NORTH, SOUTH)],
    ),
    "beaten back begins nothing": ([incident(5, repel(NORTH))], []),
    "an assault that was beaten back the same day": (
        [NORTH_HOLDS, incident(5, entry(SOUTH), repel(NORTH, patient=SOUTH))],
        [(1, None, "held", NORTH, None)],
    ),
    "taken by one account and beaten back by the other": (
        [NORTH_HOLDS, incident(5, capture(SOUTH), repel(NORTH, by=NORTH, patient=SOUTH))],
        [HELD_BY_NORTH, (5, None, "contested", NORTH, SOUTH)],
    ),
    "beaten back, and then lost by the loser's own word": (
        [incident(5, capture(SOUTH, loser=NORTH, by=NORTH), repel(NORTH, by=WIRE, patient=SOUTH))],
        [(5, None, "held", SOUTH, None)],
    ),
    "an earlier assault beaten back": (
        [incident(5, capture(SOUTH), {**repel(NORTH, by=NORTH), "when": When(day(2), day(2), "day")})],
        [(5, None, "held", SOUTH, None)],
    ),
    "taken by an account, beaten back by another that is independent": (
        [NORTH_HOLDS, incident(5, capture(SOUTH), repel(NORTH, by=WIRE, patient=SOUTH))],
        [HELD_BY_NORTH, (5, None, "contested", NORTH, SOUTH)],
    ),
    "taken by the capturer's word, beaten back by an independent source": (
        [NORTH_HOLDS, incident(5, capture(SOUTH, by=SOUTH), repel(NORTH, patient=SOUTH))],
        [(1, None, "held", NORTH, None)],
    ),
    "a siege": ([incident(5, siege(SOUTH))], []),
    "a siege of what is held": ([NORTH_HOLDS, incident(5, siege(SOUTH))], [(1, None, "held", NORTH, None)]),
    "two gainers": (
        [incident(5, capture(SOUTH), capture(EAST, by=WIRE))],
        [(5, None, "contested", None, SOUTH)],
    ),
    "joint gainers": (
        [incident(5, capture([SOUTH, EAST]), capture(EAST, by=WIRE))],
        [(5, None, "held", EAST, None)],
    ),
    "a name that nobody knows is no rival": (
        [incident(5, capture(SOUTH), capture(SOUTH, by=SOUTH), capture("مسلحون", by=WIRE))],
        [(5, None, "held", SOUTH, None)],
    ),
    "a status that is disputed": (
        [incident(5, capture(SOUTH), status="disputed")],
        [(5, None, "contested", None, SOUTH)],
    ),
    "a dispute that may be over something else": (
        [incident(5, capture(SOUTH), status="disputed", events=["territory.control", "harm.killed"])],
        [(5, None, "held", SOUTH, None)],
    ),
    "a status that is conceded": (
        [incident(5, capture(SOUTH, by=SOUTH), status="conceded")],
        [(5, None, "held", SOUTH, None)],
    ),
    "what is expected or demanded": (
        [
            incident(
                5,
                capture(SOUTH, says="expects"),
                withdrawal(NORTH, says="demands"),
                entry(SOUTH, says="expects"),
            )
        ],
        [],
    ),
    "the agent stands for the gainer": (
        [incident(5, claim("territory.control", OBSERVATORY, agent=SOUTH))],
        [(5, None, "held", SOUTH, None)],
    ),
    "two captures of one day": (
        [incident(5, capture(SOUTH), id="a"), incident(5, capture(NORTH), id="b")],
        [(5, None, "contested", SOUTH, NORTH)],
    ),
    "two captures of one day, one by who held it": (
        [NORTH_HOLDS, incident(5, capture(SOUTH), id="a"), incident(5, capture(NORTH, by=WIRE), id="b")],
        [HELD_BY_NORTH, (5, None, "contested", NORTH, SOUTH)],
    ),
    "two captures of one day, told one after the other": (
        [incident(5, capture(SOUTH, told=6)), incident(5, capture(NORTH, told=5))],
        [(5, None, "held", SOUTH, None)],
    ),
}
