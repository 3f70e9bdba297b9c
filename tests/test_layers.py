"""The direction of imports (DESIGN.md, "One direction, no way back"), read from the source."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "scripts" / "onevoice"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "sample" not in path.parts)

# What each room may import at run time, itself aside. Rooms in braces in the design do not see each other.
LOW = {"errors", "finding"}
MATCH = {*LOW, "records", "load", "handbook", "matcher", "prose"}
SEES = {
    "errors": {"finding"},
    "finding": set(),
    "records": LOW,
    "load": {*LOW, "records"},
    "handbook": {*LOW, "records", "load"},
    "matcher": {*LOW, "records", "load", "handbook"},
    "prose": {*LOW, "records", "load", "handbook", "matcher", "process"},
    "process": set(),
    "output": {"errors"},
    "cache": {"errors", "output"},
    "forms": {*LOW, "records"},
    "report": {"finding"},
    "feeds": MATCH,
    "site": {*MATCH, "output", "forms", "exchange"},
    "lint": {*MATCH, "cache"},
    "vale": {*MATCH, "output", "cache"},
    "exchange": {*MATCH, "output", "forms", "feeds"},
    "history": MATCH,
    "__main__": {"commands"},
}
# Whose words open files and start programs.
FILES = (
    *("load", "prose", "cache", "output", "vale"),
    *("site/site", "engine"),  # the package's own stylesheet; the stamp of the last site
)
PROGRAMS = ("vale", "history", "engine/zensical")
OPENS = {"open", "read_text", "read_bytes", "write_text", "write_bytes", "mkstemp", "NamedTemporaryFile"}


def name(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").as_posix()


def room(path: Path) -> str:
    return name(path).split("/")[0]


def imports(path: Path) -> list[tuple[str, bool]]:
    """What a module imports, and whether for type checkers alone."""
    found = []

    def walk(node: ast.AST, typing: bool) -> None:
        if isinstance(node, ast.Import):
            found.extend((alias.name, typing) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found.append((node.module, typing))
            found.extend((f"{node.module}.{alias.name}", typing) for alias in node.names)
        elif isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            for child in node.body:
                walk(child, True)
            for child in node.orelse:
                walk(child, typing)
        else:
            for child in ast.iter_child_nodes(node):
                walk(child, typing)

    walk(ast.parse(path.read_text(encoding="utf-8")), False)
    return found


def by_name(paths):
    return [pytest.param(path, id=name(path)) for path in paths]


@pytest.mark.parametrize(
    "path", by_name(path for path in MODULES if room(path) not in ("commands", "run", "engine", "__init__"))
)
def test_imports_point_to_the_left(path):
    assert room(path) in SEES, f"{room(path)} is a room without a place in the design"
    rooms = {"onevoice", "__init__"}
    for module, typing in imports(path):
        parts = module.split(".")
        if parts[0] == "onevoice" and len(parts) > 1 and not typing:
            rooms.add(parts[1])
    assert rooms - {"onevoice", "__init__", room(path)} <= SEES[room(path)]


@pytest.mark.parametrize("path", by_name(path for path in MODULES if room(path) not in ("commands", "engine")))
def test_only_commands_know_the_command_line_and_mkdocs(path):
    assert not {module.split(".")[0] for module, _ in imports(path)} & {"click", "mkdocs", "material"}


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
    assert "subprocess" not in {module.split(".")[0] for module, _ in imports(path)}
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
    assert not warm & {"pydantic", "ruamel", "mkdocs", "jinja2"}
