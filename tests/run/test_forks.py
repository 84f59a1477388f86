"""Work that is done in forked processes is the same work."""

import os
import signal

import pytest

from marsad.run.forks import forked_map


@pytest.mark.parametrize("jobs", [1, 2, 3])
@pytest.mark.parametrize("count", [0, 1, 2, 17])
def test_results_come_in_order(count, jobs):
    assert list(forked_map(lambda number: number * number, count, jobs)) == [n * n for n in range(count)]


def test_other_processes_do_it():
    makers = set(forked_map(lambda number: os.getpid(), 8, 2))
    assert os.getpid() not in makers


def test_what_a_process_dies_of_is_done_here():
    here = os.getpid()

    def fragile(number):
        if number == 3 and os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return number, os.getpid() == here

    assert list(forked_map(fragile, 6, 2))[3] == (3, True)


def test_it_goes_on_when_every_process_has_died():
    here = os.getpid()

    def fatal(number):
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return number

    assert list(forked_map(fatal, 7, 2)) == list(range(7))


def test_an_error_of_the_work_is_raised_here(capfd):
    def wrong(number):
        return 1 // (number - 2)

    with pytest.raises(ZeroDivisionError):
        list(forked_map(wrong, 5, 2))
    assert capfd.readouterr().err == ""


def test_the_processes_end_when_nobody_asks_for_more():
    results = forked_map(lambda number: os.getpid(), 100, 2)
    maker = next(results)
    results.close()
    with pytest.raises(ProcessLookupError):
        os.kill(maker, 0)
