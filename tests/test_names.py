"""Names: a stranger can search for any function, and finds it in one place (CONTRIBUTING.md, "Style")."""

import ast
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "scripts" / "onevoice"
# What all files of a folder share.
ENTRY_POINTS = {"command", "check", "may_speak", "read", "recognize", "render", "write"}
MOST_ONE_WORD = 0.35


def iter_functions() -> Iterator[tuple[str, str, bool]]:
    """(module, name, whether it is a function of the module itself) for each function, method and inner function."""
    for path in sorted(PACKAGE.rglob("*.py")):
        module = path.relative_to(PACKAGE).as_posix()
        if module.startswith("sample/"):
            continue
        tree = ast.parse(path.read_text("utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                yield module, node.name, node in tree.body


def test_a_public_function_has_a_name_of_its_own():
    modules = defaultdict(set)
    for module, name, is_top in iter_functions():
        if is_top and not name.startswith("_") and name not in ENTRY_POINTS:
            modules[name].add(module)
    assert {name: where for name, where in modules.items() if len(where) > 1} == {}


def test_names_are_verb_and_object():
    names = [name.strip("_") for _, name, _ in iter_functions()]
    short = [name for name in names if "_" not in name]
    assert len(names) > 1000
    assert len(short) <= MOST_ONE_WORD * len(names), f"{len(short)} of {len(names)} functions have one word for a name"


def test_a_class_of_the_pages_is_laid_out_in_one_place():
    """A second use of a name lays out what already has it, on pages that nobody looks at then."""
    style = (PACKAGE / "site" / "assets" / "onevoice.css").read_text("utf-8")
    counts = Counter(re.findall(r"^((?:\.md-typeset )?\.ov-[a-z-]+) \{", style, re.MULTILINE))
    assert len(counts) > 100
    assert {name: count for name, count in counts.items() if count > 1} == {}
