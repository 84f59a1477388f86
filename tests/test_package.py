"""The package's own face: its public names, its version and how quickly it starts."""

import subprocess
import sys

import pytest

import marsad

HEAVY = ("yaml", "trafilatura", "py3langid", "numpy", "lxml", "sklearn", "mazini")


def test_package_exports_its_public_names():
    for name in marsad.__all__:
        assert getattr(marsad, name) is not None


def test_package_has_no_other_names():
    with pytest.raises(AttributeError, match="no attribute 'read_articles'"):
        marsad.read_articles  # noqa: B018


def test_command_line_starts_without_heavy_libraries():
    code = f"import sys, marsad.cli.main; print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_version_is_printed():
    done = subprocess.run(
        [sys.executable, "-m", "marsad", "--version"], capture_output=True, text=True, check=True
    )
    assert marsad.__version__ in done.stdout
