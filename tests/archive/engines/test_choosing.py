"""An address says which engine is meant; what is missing for it is said when it is entered."""

import socket
import sys

import pytest

from marsad.archive.engines.choosing import engine_of
from marsad.errors import InputError


@pytest.mark.parametrize(
    ("address", "jobs", "name"),
    [
        ("local", 3, "3 processes on this machine"),
        ("local:1", 0, "1 process on this machine"),
        ("local:4", 2, "2 processes on this machine"),
        ("here", 5, "this process"),
        ("spark://host:7077", 0, "Spark at spark://host:7077"),
        ("spark:local[2,4]", 0, "Spark at local[2,4]"),
        ("spark:k8s://https://host:443", 0, "Spark at k8s://https://host:443"),
        ("ray://host:10001", 0, "Ray at ray://host:10001"),
        ("ray:auto", 0, "Ray at auto"),
        ("ray:10.0.0.1:6379", 0, "Ray at 10.0.0.1:6379"),
    ],
)
def test_an_address_is_an_engine(address, jobs, name):
    assert engine_of(address, jobs).name == name


@pytest.mark.parametrize(
    "address", ["", "dask", "local:0", "local:two", "spark:", "spark://", "ray", "ray://"]
)
def test_what_is_no_address_is_told_with_all_that_are(address):
    with pytest.raises(InputError, match=r"(?s)no engine has the address .*spark://HOST:7077"):
        engine_of(address)


@pytest.mark.parametrize(("address", "package"), [("spark:local[2]", "spark"), ("ray:local", "ray")])
def test_a_package_that_is_missing_is_named(address, package, monkeypatch):
    for name in ("pyspark", "pyspark.sql", "ray"):
        monkeypatch.setitem(sys.modules, name, None)
    for name in ("RAY_AUTH_MODE", "RAY_AUTH_TOKEN", "RAY_USAGE_STATS_ENABLED"):
        monkeypatch.setenv(name, "1")
    with pytest.raises(InputError, match=rf'pip install "marsad\[{package}\]"'):
        engine_of(address).__enter__()


def test_a_spark_master_that_is_not_there_is_said_at_once(monkeypatch):
    pytest.importorskip("pyspark", reason="pyspark is not installed: make engines")
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        address = f"spark://127.0.0.1:{one.getsockname()[1]}"
    with pytest.raises(InputError, match="no Spark master answers"):
        engine_of(address).__enter__()
