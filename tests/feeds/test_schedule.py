"""When a feed is asked again: as often as it has news, later and later where it fails, never because of a jumping clock."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from marsad.feeds import (
    FeedState,
    Seen,
    after_failure,
    after_gone,
    after_not_modified,
    after_success,
    from_row,
    is_due,
    is_silent,
    to_row,
)

NOW = datetime(2024, 12, 6, 9, 0, tzinfo=UTC)
HOUR, DAY = 3600, 86_400
FEED = FeedState(address="http://feeds.example/rss", outlet="o")


def at(seconds):
    return NOW + timedelta(seconds=seconds)


def middle():
    return 0.5


def waits(state, now=NOW):
    return (state.next_due - now).total_seconds()


def polled(gap, times=10, state=FEED):
    """A feed that had something new every `gap` seconds, up to now."""
    for n in range(times, -1, -1):
        state = after_success(state, at(-n * gap), Seen(new_entries=1), middle)
    return state


def test_a_new_feed_is_due_and_then_waits_an_hour():
    assert is_due(FEED, NOW)
    state = after_success(FEED, NOW, Seen(new_entries=30, etag='"1"', modified="Fri"), middle)
    assert waits(state) == HOUR
    assert (state.last_try, state.last_ok, state.last_new, state.etag, state.modified) == (
        NOW,
        NOW,
        NOW,
        '"1"',
        "Fri",
    )
    assert not is_due(state, at(HOUR - 1))
    assert is_due(state, at(HOUR))


@pytest.mark.parametrize(
    ("gap", "every", "wait"),
    [
        (60, HOUR, 300),
        (1800, HOUR, 900),
        (HOUR, HOUR, 1800),
        (10 * HOUR, HOUR, HOUR),
        (10 * HOUR, 6 * HOUR, 5 * HOUR),
        (10 * HOUR, 10, 300),
    ],
)
def test_a_feed_is_asked_twice_as_often_as_it_has_news(gap, every, wait):
    state = polled(gap, state=FeedState(address="http://feeds.example/", every=every))
    assert (state.usual_gap, waits(state)) == (gap, wait)


def test_the_usual_gap_is_the_middle_of_the_last_ones():
    state = polled(HOUR, times=8)
    state = after_success(state, at(100 * HOUR), Seen(new_entries=1), middle)
    assert (state.usual_gap, len(state.gaps)) == (HOUR, 9)
    assert after_success(state, at(101 * HOUR), Seen(), middle).gaps == state.gaps


@pytest.mark.parametrize(
    ("failures", "wait"), [(1, HOUR), (2, 2 * HOUR), (3, 4 * HOUR), (5, 16 * HOUR), (6, DAY), (500, DAY)]
)
def test_failures_double_the_wait_up_to_a_day(failures, wait):
    state = FEED
    for _ in range(failures):
        state = after_failure(state, NOW, middle)
    assert (state.failures, waits(state)) == (failures, wait)
    assert state.last_ok is None
    answered = after_not_modified(state, NOW, middle)
    assert (answered.failures, waits(answered)) == (0, HOUR)


@pytest.mark.parametrize(("chance", "wait"), [(0.0, 0.9 * HOUR), (1.0, 1.1 * HOUR)])
def test_waits_are_spread_by_a_tenth(chance, wait):
    assert waits(after_not_modified(FEED, NOW, lambda: chance)) == pytest.approx(wait)
    assert waits(after_failure(FEED, NOW, lambda: chance)) == pytest.approx(wait)


@pytest.mark.parametrize(
    ("asked", "wait"), [(60, HOUR), (5 * HOUR, 5 * HOUR), (3 * DAY, 3 * DAY), (365 * DAY, 7 * DAY)]
)
def test_what_the_server_asks_for_counts_where_it_is_longer(asked, wait):
    state = after_failure(FEED, NOW, middle, retry_after=asked)
    assert waits(state) == wait
    assert not is_due(state, at(wait - 1))


def test_a_feed_that_is_gone_is_not_asked_again():
    state = after_gone(FEED, NOW)
    assert state.stopped == "gone"
    assert not is_due(state, at(400 * DAY))


def test_a_move_for_good_is_recorded():
    state = after_success(FEED, NOW, Seen(moved_to="https://feeds.example/new"), middle)
    assert (state.address, state.moved_from) == ("https://feeds.example/new", "http://feeds.example/rss")
    again = after_success(state, NOW, Seen(moved_to="https://feeds.example/new"), middle)
    assert again.moved_from == "http://feeds.example/rss"


@pytest.mark.parametrize("back", [301, DAY, 30 * DAY, 4000 * DAY])
def test_a_clock_that_was_set_back_does_not_put_a_feed_to_sleep(back):
    state = polled(HOUR)
    assert is_due(state, at(-back))
    later = after_success(state, at(-back), Seen(new_entries=1), middle)
    assert (later.last_try, later.last_new) == (at(-back), at(-back))
    assert min(later.gaps) >= 0
    assert not is_due(later, at(-back + 60))
    assert not is_silent(later, at(-back))


def test_a_clock_set_back_a_little_changes_nothing():
    assert not is_due(polled(HOUR), at(-60))


def test_a_next_time_that_nothing_explains_counts_as_now():
    assert is_due(FeedState(address="http://a.example/", next_due=at(8 * DAY)), NOW)
    assert not is_due(FeedState(address="http://a.example/", next_due=at(6 * DAY)), NOW)


def test_a_clock_set_forward_makes_a_feed_due_once():
    state = polled(HOUR)
    assert is_due(state, at(4000 * DAY))
    assert not is_due(after_not_modified(state, at(4000 * DAY), middle), at(4000 * DAY + 60))


@pytest.mark.parametrize(
    ("gap", "quiet", "silent"),
    [
        (HOUR, 23 * HOUR, False),
        (HOUR, 25 * HOUR, True),
        (20 * HOUR, 59 * HOUR, False),
        (20 * HOUR, 61 * HOUR, True),
    ],
)
def test_a_feed_is_silent_after_three_usual_gaps_and_a_day_at_least(gap, quiet, silent):
    state = polled(gap)
    assert is_silent(state, at(quiet)) is silent
    for step in (
        after_not_modified(state, at(quiet), middle),
        after_failure(state, at(quiet), middle),
        after_success(state, at(quiet), Seen(), middle),
    ):
        assert step.silent_since == (NOW if silent else None)
        assert after_success(step, at(quiet), Seen(new_entries=1), middle).silent_since is None


def test_a_feed_that_never_had_anything_is_not_called_silent():
    assert not is_silent(after_not_modified(FEED, NOW, middle), at(400 * DAY))


@pytest.mark.parametrize(
    "state",
    [
        FEED,
        polled(HOUR),
        after_gone(polled(HOUR), NOW),
        after_failure(polled(HOUR), at(9 * DAY), middle),
        after_success(FEED, NOW, Seen(moved_to="http://b.example/", etag="x"), middle),
    ],
)
def test_a_state_goes_through_a_row_unchanged(state):
    row = json.loads(json.dumps(to_row(state)))
    assert from_row({**row, "of a later version": 1}) == state


def test_a_row_without_what_is_newer_is_read():
    assert from_row({"address": "http://a.example/", "last_ok": "2024-12-06T09:00:00"}).last_ok == NOW
