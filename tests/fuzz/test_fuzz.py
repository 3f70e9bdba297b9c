"""The fuzzing itself: what it begins with is fine, a fault is found and made small, and parts hold for a while."""

import importlib
import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import absent
from rounds import choose_count

HERE = Path(__file__).parent
TARGETS = sorted(path.stem for path in (HERE / "targets").glob("[a-z]*.py"))
PLANTED = """
SIGNS = ["journey"]


def list_seeds():
    return [b"a journey of a customer"]


def check(data):
    if data.startswith(b"j"):
        raise KeyError(data)
"""


def run_fuzzer(cache, *arguments, path=()):
    environ = {**os.environ, "ONEVOICE_CACHE": str(cache), "PYTHONPATH": os.pathsep.join([*map(str, path), *sys.path])}
    command = [sys.executable, HERE / "run.py", *arguments]
    return subprocess.run(
        command, env=environ, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=600, check=False
    )


@pytest.fixture
def atheris():
    if not sys.platform.startswith("linux"):
        pytest.skip("atheris is for Linux")
    if importlib.util.find_spec("atheris") is None:
        absent("atheris")


@pytest.mark.parametrize("name", TARGETS)
def test_what_fuzzing_begins_with_is_fine(name):
    target = importlib.import_module(f"fuzz.targets.{name}")
    seeds = target.list_seeds()
    for seed in seeds:
        target.check(seed)
    assert len(set(seeds)) >= 3 and len(target.SIGNS) > 30


def test_a_fault_is_found_and_made_small(tmp_path, atheris):
    place = tmp_path / "fuzz" / "targets"
    place.mkdir(parents=True)
    (place / "planted.py").write_text(PLANTED)
    done = run_fuzzer(tmp_path / "cache", "planted", "--seconds", "2", path=[tmp_path])
    assert done.returncode == 1, done.stdout + done.stderr
    (fault,) = (tmp_path / "cache" / "fuzz" / "planted" / "found").iterdir()
    assert fault.name.startswith("KeyError-") and fault.read_bytes() == b"j"
    assert f"{fault}: b'j'" in done.stdout and "1 fault\n" in done.stdout


@pytest.mark.rounds
@pytest.mark.parametrize("name", TARGETS if choose_count(0, 1) else ["front"])
def test_a_part_holds_for_a_while(tmp_path, atheris, name):
    done = run_fuzzer(tmp_path, name, "--seconds", str(choose_count(2, 30)))
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(done.stdout.split(f"{name}: ")[-1].split(" ")[0]) > 20


def shorten(found):
    """The same function, which leaves out the last thing of what it gives."""
    return lambda *arguments, **options: found(*arguments, **options)[:-1]


def dig(name):
    module, _, rest = name.partition(":")
    owner = importlib.import_module(module)
    *outer, last = rest.split(".")
    for step in outer:
        owner = getattr(owner, step)
    return owner, last


@pytest.mark.parametrize(
    ("part", "place", "damage"),
    [
        ("markdown", "fuzz.targets.markdown:mask_macros", shorten),
        ("markdown", "onevoice.run.fix:fix_prose", lambda true: lambda *given, **more: true(*given, **more) + "\n# A"),
        ("page", "onevoice.prose.block:Prose.locate_span", lambda true: lambda self, start, end: true(self, end, end)),
        ("office", "onevoice.exchange.docx:_pack_archive", shorten),
        ("front", "onevoice.prose.front:_parse_scalar", lambda true: lambda text, item=False: text or None),
        ("matching", "onevoice.matcher.matcher:Matcher.find_hits", shorten),
        ("matching", "onevoice.matcher.matcher:Matcher.blocks_to_check", lambda true: lambda self, texts: []),
        ("kept", "onevoice.engine.site:_list_files", lambda true: lambda site: {}),
        ("kept", "onevoice.lint.baseline:render_baseline", lambda true: lambda counts: true({})),
    ],
)  # fmt: skip
def test_a_check_notices_damage_of_the_program(monkeypatch, part, place, damage):
    target = importlib.import_module(f"fuzz.targets.{part}")
    owner, name = dig(place)
    monkeypatch.setattr(owner, name, damage(getattr(owner, name)))
    noticed = 0
    for seed in target.list_seeds():
        try:
            target.check(seed)
        except Exception:
            noticed += 1
    assert noticed
