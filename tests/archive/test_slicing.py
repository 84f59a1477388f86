"""Which episodes are reconciled together hangs on how many there are on which day, and on nothing else."""

from hypothesis import given
from hypothesis import strategies as st

from marsad.archive.slicing import PERIOD, UNDATED, Cells, Places, buckets

DAY = 735_600
SLOTS = st.one_of(st.sampled_from([PERIOD, UNDATED]), st.integers(DAY, DAY + 40))
ROWS = st.lists(st.tuples(st.sampled_from(["violence:SY", "violence:IL+PS", "contact:"]), SLOTS, st.integers(1, 9)), max_size=60)  # fmt: skip


def cells_of(rows):
    cells = Cells()
    for block, slot, claims in rows:
        cells.add(block, slot, claims, claims * 7 + slot)
    return cells


def pieces_of(found):
    return [piece for bucket in found for piece in bucket.pieces]


@given(ROWS, st.integers(1, 40), st.randoms())
def test_every_slot_is_in_one_piece_whatever_the_order_of_the_rows(rows, at_once, chance):
    cells = cells_of(rows)
    found = buckets(cells, at_once)
    pieces = pieces_of(found)
    for block, slots in cells.held.items():
        for slot in slots:
            assert sum(piece.block == block and piece.holds(slot) for piece in pieces) == 1
    assert sum(bucket.claims for bucket in found) == sum(claims for _, _, claims in rows)
    assert len({piece.name for piece in pieces}) == len(pieces)
    shuffled = list(rows)
    chance.shuffle(shuffled)
    assert buckets(cells_of(shuffled), at_once) == found


@given(ROWS, st.integers(1, 40))
def test_a_slot_is_looked_up_in_the_bucket_that_holds_it(rows, at_once):
    cells = cells_of(rows)
    found = buckets(cells, at_once)
    places = Places(found)
    for block, slots in cells.held.items():
        for slot in slots:
            pieces = found[places.of(block, slot)].pieces
            assert any(piece.block == block and piece.holds(slot) for piece in pieces)


@given(ROWS, st.integers(1, 40))
def test_no_task_holds_more_than_asked_but_for_one_slot(rows, at_once):
    cells = cells_of(rows)
    for bucket in buckets(cells, at_once):
        held = [slot for piece in bucket.pieces for slot in cells.held[piece.block] if piece.holds(slot)]
        assert bucket.claims <= at_once or len(held) == 1


@given(ROWS, st.integers(1, 40))
def test_a_cut_has_two_sides_that_meet_at_one_day(rows, at_once):
    pieces = pieces_of(buckets(cells_of(rows), at_once))
    before = {(piece.block, piece.first) for piece in pieces if piece.cut_before}
    after = {(piece.block, piece.last + 1) for piece in pieces if piece.cut_after}
    assert before == after


def test_a_block_is_cut_where_the_fewest_claims_lie():
    quiet = DAY + 15
    rows = [("violence:SY", DAY + n, 10) for n in range(30) if abs(DAY + n - quiet) > 3]
    rows.append(("violence:SY", quiet, 1))
    pieces = pieces_of(buckets(cells_of(rows), 140))
    assert [(piece.first, piece.last) for piece in pieces] == [(DAY, quiet - 1), (quiet, DAY + 29)] or [
        (piece.first, piece.last) for piece in pieces
    ] == [(DAY, quiet), (quiet + 1, DAY + 29)]


def test_later_days_leave_the_tasks_of_earlier_ones_as_they_are():
    rows = [("violence:SY", DAY + n, 10) for n in range(30)]
    first = buckets(cells_of(rows), 100)
    more = buckets(cells_of([*rows, ("violence:SY", DAY + 30, 10)]), 100)
    assert more[:2] == first[:2]
    assert more[-1] != first[-1]


def test_a_claim_more_changes_the_digest_of_its_task_alone():
    rows = [("violence:SY", DAY, 90), ("violence:YE", DAY, 90)]
    one, other = buckets(cells_of(rows), 100)
    same, changed = buckets(cells_of([*rows, ("violence:YE", DAY + 1, 1)]), 100)
    assert same == one
    assert changed.digest != other.digest
