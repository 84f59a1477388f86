"""Settings come from the environment and say which value is wrong."""

import pytest

from marsad.errors import InputError
from marsad.settings import Settings, load_settings


def test_settings_defaults():
    assert load_settings({}) == Settings()


def test_settings_reads_the_environment():
    assert load_settings({"MARSAD_MAX_CHARACTERS": "500", "HOME": "x"}).max_characters == 500


@pytest.mark.parametrize("raw", ["", "0", "-3", "many", "1.5", "٣"])
def test_settings_names_the_variable_that_is_wrong(raw):
    with pytest.raises(InputError, match="MARSAD_JOBS"):
        load_settings({"MARSAD_JOBS": raw})
