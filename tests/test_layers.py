"""Imports, read from the source: each room lists what it may import, no more and no less (CONTRIBUTING.md, "Rooms")."""

import ast
import os
import re
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "scripts" / "onevoice"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "sample" not in path.relative_to(PACKAGE).parts[:1])

# What each room imports at run time, itself aside: no more may be imported, and nothing here is unused.
ROOMS = {
    "expression": set(),
    "finding": set(),
    "program": set(),
    "limits": set(),
    "fence": {"limits", "process"},
    "archive": set(),
    "display": set(),
    "errors": {"limits"},
    "process": set(),
    "nesting": {"limits"},
    "disk": {"errors"},
    "output": {"disk", "errors", "limits"},
    "cache": {"disk"},
    "privacy": set(),
    "records": {"limits"},
    "load": {"errors", "finding", "limits", "nesting", "records"},
    "phrases": set(),
    "matcher": {"expression"},
    "handbook": {"errors", "expression", "finding", "limits", "load", "matcher", "phrases", "privacy", "records"},
    "prose": {"errors", "expression", "finding", "limits", "nesting", "process"},
    "sheet": {"errors", "limits", "prose"},
    "tables": {"errors", "finding", "handbook", "limits", "load", "privacy", "process", "records", "sheet"},
    "history": {"errors", "handbook", "limits", "load", "phrases", "program", "records"},
    "report": {"display", "finding"},
    "forms": {"records"},
    "lint": {"errors", "expression", "finding", "handbook", "limits", "matcher", "prose"},
    "pains": {"handbook", "lint", "records"},
    "audit": {"finding", "lint", "matcher", "prose", "sheet"},
    "store": {"cache", "disk", "errors", "limits", "process", "prose"},
    "vale": {
        *("archive", "cache", "errors", "finding", "limits", "load", "matcher", "nesting", "output", "program"),
        *("prose", "records"),
    },
    "exchange": {
        *("archive", "errors", "finding", "forms", "handbook", "limits", "load", "matcher", "output", "phrases"),
        *("prose", "records", "sheet", "vale"),
    },
    "kit": {"handbook", "records"},
    "site": {
        *("archive", "finding", "forms", "handbook", "kit", "matcher", "output", "pains", "phrases", "prose", "records")
    },
    "engine": {"disk", "errors", "limits", "output", "process"},
    "run": {
        *(
            "archive",
            "audit",
            "cache",
            "disk",
            "engine",
            "errors",
            "exchange",
            "fence",
            "finding",
            "handbook",
            "history",
            "kit",
            "limits",
        ),
        *("lint", "load", "matcher", "output", "pains", "phrases", "process", "prose", "records", "report", "site"),
        *("store", "tables", "vale"),
    },
    "commands": {
        *("archive", "cache", "disk", "display", "engine", "errors", "exchange", "finding", "handbook", "history"),
        *("limits", "phrases", "process", "report", "run", "vale"),
    },
    "__main__": {"commands", "process"},
}
# Libraries that one room alone may import.
DOORS = {
    "click": "commands",
    "fontTools": "kit",
    "material": "engine",
    "mkdocs": "engine",
    "rdflib": "exchange",
    "resvg_py": "kit",
    "zensical": "engine",
}
# Whose words open files and start programs.
FILES = (
    *("load", "prose", "cache", "disk", "output", "archive", "vale"),
    "phrases",  # the package's own message files
    "fence",  # how large this process is, as Linux says; where the output of its copies goes
    *("exchange/docx", "tables/export"),  # an entry of an archive in memory
    *("site/site", "engine"),  # the package's own stylesheet and scripts; the stamp of the last site
    "store/web",  # a connection
    "kit/fonts",  # the fonts that packages bring
    "commands/_streams",  # what stands in the place of a closed stream
)
PROGRAMS = ("program", "history/git", "engine/zensical")
OPENS = {"open", "read_text", "read_bytes", "write_text", "write_bytes", "mkstemp", "NamedTemporaryFile"}


def name(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").as_posix()


def room(path: Path) -> str:
    return name(path).split("/")[0]


def iter_imports(source: str) -> Iterator[tuple[str, bool]]:
    """What a module imports, and whether for type checkers alone."""

    def walk(node: ast.AST, typing: bool) -> Iterator[tuple[str, bool]]:
        if isinstance(node, ast.Import):
            yield from ((alias.name, typing) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: relative import"
            yield node.module, typing
            yield from ((f"{node.module}.{alias.name}", typing) for alias in node.names)
        elif isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            for child in node.body:
                yield from walk(child, True)
            for child in node.orelse:
                yield from walk(child, typing)
        else:
            for child in ast.iter_child_nodes(node):
                yield from walk(child, typing)

    yield from walk(ast.parse(source), False)


def list_rooms(source: str) -> set[str]:
    """The rooms that a module imports at run time."""
    parts = [module.split(".") for module, typing in iter_imports(source) if not typing]
    return {part[1] for part in parts if part[0] == "onevoice" and len(part) > 1} & {*ROOMS}


def find_wrong_imports(home: str, source: str) -> set[str]:
    """What a module of the room `home` imports and may not: rooms, and libraries that have another door."""
    libraries = {module.split(".")[0] for module, typing in iter_imports(source) if not typing}
    return list_rooms(source) - ROOMS[home] - {home} | {one for one in libraries & {*DOORS} if DOORS[one] != home}


def by_name(paths):
    return [pytest.param(path, id=name(path)) for path in paths]


@pytest.mark.parametrize("path", by_name(path for path in MODULES if room(path) != "__init__"))
def test_a_module_imports_what_its_room_may(path):
    assert room(path) in ROOMS, f"{room(path)} is a room without a place in the design"
    assert find_wrong_imports(room(path), path.read_text("utf-8")) == set()


@pytest.mark.parametrize("home", ROOMS)
def test_a_room_imports_all_that_it_lists(home):
    used = set().union(*(list_rooms(path.read_text("utf-8")) for path in MODULES if room(path) == home))
    assert used - {home} == ROOMS[home]


@pytest.mark.parametrize("home", ROOMS)
def test_a_planted_import_is_found(home):
    for other in ROOMS.keys() - ROOMS[home] - {home}:
        assert find_wrong_imports(home, f"def late():\n    from onevoice.{other} import thing\n") == {other}
        assert find_wrong_imports(home, f"from onevoice import {other}\n") == {other}


@pytest.mark.parametrize(("library", "door"), DOORS.items())
def test_a_planted_library_is_found(library, door):
    for home in ROOMS:
        wanted = set() if home == door else {library}
        assert find_wrong_imports(home, f"import {library}.inside\n") == wanted


def test_rooms_are_no_circle():
    done: set[str] = set()
    while left := {home for home in ROOMS if home not in done and ROOMS[home] <= done}:
        done |= left
    assert done == {*ROOMS}


def draw_rooms() -> str:
    """The rooms and what each imports, as CONTRIBUTING.md shows them."""
    wide = max(map(len, ROOMS))
    return "\n".join(
        textwrap.fill(
            " ".join(sorted(ROOMS[home])) or "(nothing)",
            110,
            initial_indent=f"    {home:<{wide}}  <-  ",
            subsequent_indent=" " * (wide + 10),
        )
        for home in ROOMS
    )


def test_contributing_shows_the_rooms_as_they_are():
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    shown = re.search(r"<!-- rooms -->\n\n(.*?)\n\n<!-- /rooms -->", text, re.S)
    assert shown and shown[1] == draw_rooms(), f"Write between the marks of CONTRIBUTING.md:\n\n{draw_rooms()}\n"


def test_tests_use_no_private_module():
    for path in sorted((ROOT / "tests").rglob("*.py")):
        private = [module for module, _ in iter_imports(path.read_text("utf-8")) if ".commands._" in module]
        assert private == [], path


def test_verbs_are_short():
    lines = {name(path): path.read_text("utf-8").count("\n") for path in MODULES if room(path) == "commands"}
    assert sum(lines.values()) <= 1800, lines


def calls(path: Path) -> set[str]:
    """The names of what a module calls."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return {func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "") for func in functions}


@pytest.mark.parametrize("path", by_name(path for path in MODULES if not name(path).startswith(FILES)))
def test_few_rooms_open_files(path):
    assert not calls(path) & OPENS


@pytest.mark.parametrize("path", by_name(path for path in MODULES if not name(path).startswith(PROGRAMS)))
def test_few_rooms_start_programs(path):
    assert "subprocess" not in {module.split(".")[0] for module, _ in iter_imports(path.read_text("utf-8"))}
    assert not calls(path) & {"Popen", "system", "execv", "execvp", "posix_spawn"}


@pytest.mark.parametrize(
    "path", by_name(path for path in MODULES if not name(path).startswith(("commands", "vale", "run", "engine")))
)
def test_only_commands_and_the_search_for_vale_read_the_environment(path):
    read = ast.unparse(ast.parse(path.read_text(encoding="utf-8")))
    assert "os.environ[" not in read
    assert "os.environ.get" not in read or name(path) in ("cache", "process")


@pytest.mark.parametrize(
    "path", by_name(path for path in MODULES if not name(path).startswith(("commands", "run/handbook")))
)
def test_today_is_an_argument(path):
    assert not calls(path) & {"today", "now", "utcnow"}


def loaded(*code: str, **env: str) -> set[str]:
    """The top-level modules that a new Python has loaded after some code."""
    program = "\n".join([*code, "import sys", "print(*sorted({name.split('.')[0] for name in sys.modules}))"])
    run = subprocess.run(
        [sys.executable, "-c", program], env={**os.environ, **env}, capture_output=True, text=True, check=True
    )
    return set(run.stdout.splitlines()[-1].split())


@pytest.mark.parametrize(
    "module",
    ["onevoice.matcher.matcher", "onevoice.matcher.compile", "onevoice.prose.read", "onevoice.prose.files",
     "onevoice.prose.record", "onevoice.lint.terms", "onevoice.lint.suppress", "onevoice.lint.fix",
     "onevoice.load.walk", "onevoice.report.json", "onevoice.commands.lint"],
)  # fmt: skip
def test_hot_paths_load_no_records(module):
    assert not loaded(f"import {module}") & {"pydantic", "ruamel", "mkdocs", "jinja2"}


def test_a_lint_with_a_warm_cache_loads_no_records(tmp_path):
    """pydantic and ruamel.yaml take longer to load than a commit's words take to check."""
    (tmp_path / "terminology").mkdir()
    (tmp_path / "terminology" / "terms.yaml").write_text("terms:\n  - {id: a, preferred: alpha, definition: d}\n")
    (tmp_path / "draft.md").write_text("Some words.\n")
    code = (
        "import os, sys",
        f"os.chdir({str(tmp_path)!r})",
        "sys.argv = ['onevoice', 'lint', '--no-vale', 'draft.md']",
        "from onevoice.commands import main",
        "try: main()",
        "except SystemExit as end: assert not end.code, end.code",
    )
    cold = loaded(*code, ONEVOICE_CACHE=str(tmp_path / "cache"))
    warm = loaded(*code, ONEVOICE_CACHE=str(tmp_path / "cache"))
    assert cold >= {"pydantic", "ruamel"}
    assert not warm & {"pydantic", "ruamel", "mkdocs", "jinja2", "snowballstemmer", "onevoice_snowball", "filelock"}
