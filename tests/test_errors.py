"""The error tree: the class says the fate, and nothing is lost between processes."""

import pickle

import pytest

from marsad.errors import InputError, MarsadError, SetAside, TryAgain


@pytest.mark.parametrize("fate", [InputError, SetAside, TryAgain])
def test_every_error_is_a_marsad_error(fate):
    assert issubclass(fate, MarsadError)


def test_set_aside_keeps_reason_and_message():
    error = SetAside("not_arabic", "3 % of the letters are Arabic")
    assert (error.reason, str(error)) == ("not_arabic", "3 % of the letters are Arabic")


def test_set_aside_survives_pickling():
    copy = pickle.loads(pickle.dumps(SetAside("empty", "no text in the page")))
    assert (copy.reason, copy.message) == ("empty", "no text in the page")
