"""At least 600 hostile inputs, each tried as people would meet it: none crashes, hangs, or silences others."""

import functools
import importlib
import sys

import pytest

from hostile.trial import find_failures, group_cases, write_book
from rounds import IS_WHOLE

pytestmark = [
    pytest.mark.rounds,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="measures processes as Linux counts them"),
]
# The families, and of how many inputs `make test` tries one.
FAMILIES = {
    "front": 6,
    "html": 6,
    "markdown": 8,
    "package": 9,
    "names": 12,
    "records": 10,
    "surroundings": 40,
    "verbs": 40,
    "styles": 40,
}
DOCUMENTS = ("front", "html", "markdown", "package")
GROUP_SIZE = 12


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    return tmp_path_factory.mktemp("cache")


def load_family(family):
    return importlib.import_module(f"hostile.{family}")


def choose_cases(family, share):
    """All, or a sample: one of so many."""
    cases = [*load_family(family).iter_cases()]
    return cases if IS_WHOLE else [case for case in cases if not case.heavy][share // 3 :: share]


def try_family(cases, *how):
    """What does not hold."""
    failures = {}
    for group in group_cases(cases, GROUP_SIZE):
        failures |= find_failures(group, *how)
    return failures


@pytest.mark.parametrize("family", FAMILIES)
def test_hostile_inputs_hold(family, cache, request):
    variables = {"ONEVOICE_VALE": str(request.getfixturevalue("vale").path)} if family == "styles" else {}
    build = getattr(load_family(family), "build", write_book)
    assert try_family(choose_cases(family, FAMILIES[family]), cache, build, variables) == {}


@pytest.mark.parametrize("family", DOCUMENTS)
def test_hostile_documents_hold_with_vale(family, cache, vale):
    cases = [case.with_vale() for case in choose_cases(family, FAMILIES[family] * 3) if "--no-vale" in case.command]
    how = (functools.partial(write_book, style=True), {"ONEVOICE_VALE": str(vale.path)})
    assert try_family(cases, cache, *how) == {}


def test_there_are_enough():
    names = [case.name for family in FAMILIES for case in load_family(family).iter_cases()]
    assert len(names) >= 2000
    assert len({*names}) == len(names)
