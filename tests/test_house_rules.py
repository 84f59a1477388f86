"""The house keeps its shape: sizes, names, front doors, imports, help (CONTRIBUTING.md says why)."""

import ast
import importlib
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "marsad"
MODULES = sorted(SOURCE.rglob("*.py"))
CHECKED = sorted(
    [*MODULES, *(ROOT / "bench").rglob("*.py"), *(ROOT / "docs").rglob("*.py"), *ROOT.glob("hatch_*.py")]
)
TESTS = sorted((ROOT / "tests").rglob("*.py"))
ROOMS = sorted(path.parent for path in SOURCE.glob("*/__init__.py"))
ATTICS = {"utils", "util", "helpers", "helper", "common", "misc", "tools", "stuff", "core"}
WITHOUT_DOOR = {"cli"}  # the command line is entered as a program

MAX_LINES = 400  # aim at 300
MAX_FUNCTION_LINES = 40
MAX_PARAMETERS = 5

Function = ast.FunctionDef | ast.AsyncFunctionDef


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def functions(path: Path) -> Iterator[Function]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, Function):
            yield node


def body_lines(node: Function) -> int:
    """Lines of a function without its docstring: explaining is not what makes it long."""
    lines = (node.end_lineno or node.lineno) - node.lineno + 1
    first = node.body[0]
    if (
        isinstance(first, ast.Expr)
        and isinstance(first.value, ast.Constant)
        and isinstance(first.value.value, str)
    ):
        lines -= (first.end_lineno or first.lineno) - first.lineno + 1
    return lines


@pytest.mark.parametrize("path", [*CHECKED, *TESTS], ids=named)
def test_file_is_not_too_long(path: Path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MAX_LINES


@pytest.mark.parametrize("path", CHECKED, ids=named)
def test_functions_are_short_and_take_few_parameters(path: Path):
    long = [f"{f.name}: {body_lines(f)} lines" for f in functions(path) if body_lines(f) > MAX_FUNCTION_LINES]
    wide = [f"{f.name}: {n} parameters" for f in functions(path) if (n := parameters(f)) > MAX_PARAMETERS]
    assert long + wide == []


def parameters(node: Function) -> int:
    """Parameters that a caller fills in; a click command's are filled in from its options."""
    if node.name == "__init__":  # makes the object that the rule asks for
        return 0
    if any("click" in ast.unparse(mark) or ".command" in ast.unparse(mark) for mark in node.decorator_list):
        return 0
    arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    return len([a for a in arguments if a.arg not in ("self", "cls")])


def test_no_attic_modules():
    assert [named(path) for path in MODULES if path.stem in ATTICS] == []


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_room_says_what_it_is_and_has_a_front_door(room: Path):
    tree = ast.parse((room / "__init__.py").read_text(encoding="utf-8"))
    assert ast.get_docstring(tree), f"{room.name}/__init__.py has no docstring"
    if room.name in WITHOUT_DOOR:
        return
    module = importlib.import_module(f"marsad.{room.name}")
    assert getattr(module, "__all__", None), f"marsad.{room.name} exports nothing through __all__"
    missing = [name for name in module.__all__ if not hasattr(module, name)]
    assert missing == [], f"marsad.{room.name} promises names that it does not have"


def test_every_folder_of_modules_is_a_package():
    assert [named(path) for path in MODULES if not (path.parent / "__init__.py").exists()] == []


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_imports_are_absolute_and_nothing_prints(path: Path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    relative = [n.lineno for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.level]
    assert relative == [], "relative imports"
    if "cli" not in path.relative_to(SOURCE).parts:
        calls = [n for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)]
        assert [n.lineno for n in calls if n.func.id == "print"] == [], "print outside cli/"


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_module_has_a_docstring(path: Path):
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


def commands(command: click.Command, name: str = "marsad") -> Iterator[tuple[str, click.Command]]:
    yield name, command
    if isinstance(command, click.Group):
        context = click.Context(command, info_name=name)
        for child in command.list_commands(context):
            yield from commands(command.get_command(context, child), f"{name} {child}")


def root_command() -> click.Group:
    module = importlib.import_module("marsad.cli.main")
    return next(value for value in vars(module).values() if isinstance(value, click.Group))


def test_commands_have_help_and_examples():
    missing = []
    for name, command in commands(root_command()):
        if not command.help:
            missing.append(f"{name}: no help")
        missing += [
            f"{name} {p.opts[0]}: no help"
            for p in command.params
            if isinstance(p, click.Option) and not p.help
        ]
        words = f"{command.help or ''} {command.epilog or ''}"
        if not isinstance(command, click.Group) and not re.search(r"\bmarsad \w", words):
            missing.append(f"{name}: its help shows no example")
    assert missing == []


def test_lock_files_pin_every_package_and_name_no_registry():
    for path in (ROOT / "requirements.lock", ROOT / "requirements-dev.lock"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"https?://|file://|index-url|find-links", text), f"{path.name} names a registry"
        pins = re.findall(r"^([A-Za-z0-9._-]+)==", text, re.M)
        assert len(pins) > 5
        assert re.findall(r"^(?!\s|#)(?!.*==).+$", text, re.M) == [], f"{path.name}: a line without a pin"
        assert text.count("--hash=sha256:") >= len(pins), f"{path.name}: a package without a hash"


def test_locks_hold_what_the_package_asks_for():
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    locked = (ROOT / "requirements.lock").read_text(encoding="utf-8").lower()
    dev = (ROOT / "requirements-dev.lock").read_text(encoding="utf-8").lower()
    for line in wanted:
        name = re.split(r"[<>=!~\[; ]", line)[0].lower()
        assert re.search(rf"^{re.escape(name)}==", locked, re.M), (
            f"{name} is not in requirements.lock: make lock"
        )
    for pin in re.findall(r"^\S+==\S+", locked, re.M):
        assert pin in dev, f"{pin} differs between the two locks: make lock"


def test_skipped_tests_say_why():
    bare = []
    for path in TESTS:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and re.search(
                r"pytest\.(mark\.)?(skip|skipif|xfail)$", ast.unparse(node.func)
            ):
                said = node.args[:1] if "mark" not in ast.unparse(node.func) else []
                if not (said or any(k.arg == "reason" for k in node.keywords)):
                    bare.append(f"{named(path)}:{node.lineno}")
    assert bare == [], "a test is skipped without a reason"


def test_import_contracts_hold():
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_path_of_a_machine_stands_in_the_tree():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    kinds = {".py", ".yml", ".yaml", ".toml", ".md", ".json", ".css", ".js", ".tsv", ".lock"}
    home = re.compile(r"(^|[^A-Za-z./])/(home|root|Users|work)/\w")
    paths = [ROOT / name for name in listed.splitlines() if Path(name).suffix in kinds]
    found = [named(p) for p in paths if p.exists() and home.search(p.read_text(encoding="utf-8"))]
    assert [name for name in found if name != "tests/test_house_rules.py"] == []
