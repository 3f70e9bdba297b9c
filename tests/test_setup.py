"""The set-up: what `make` does on machines that lack something, and what the locks hold."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LOCKS = ["site.txt", "dev.txt"]


@pytest.fixture
def checkout(tmp_path):
    """A folder with the Makefile alone, and an empty PATH but for the shell's tools."""
    for name in ("Makefile", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path / name)
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    (tmp_path / "build").mkdir()
    (tmp_path / "build" / "README.md").write_text("Output only.\n")
    return tmp_path


def make(folder: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess:
    env = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MAKELEVEL", "NO_SKIP")}
    return subprocess.run(
        ["make", *arguments, *(f"{name}={value}" for name, value in variables.items())],
        cwd=folder, env=env, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=120, check=False,
    )  # fmt: skip


def program(path: Path, text: str) -> Path:
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


def ready(folder: Path, onevoice: str) -> None:
    """A set-up that is done, with a stand-in for onevoice that notes what it was asked."""
    binaries = folder / ".venv" / "bin"
    binaries.mkdir(parents=True)
    program(binaries / "onevoice", f'echo "$1" >> asked; {onevoice}')
    (folder / ".venv" / "made-in").write_text(f"{folder}\n")
    for name in ("site", "dev"):
        (folder / ".venv" / f"{name}.stamp").touch()


def asked(folder: Path) -> list[str]:
    return (folder / "asked").read_text().split()


def test_help_names_every_target(checkout):
    said = make(checkout).stdout
    targets = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(), re.M)[1].split()
    assert [name for name in targets if name not in ("help", "moved") and f"make {name} " not in said] == []


@pytest.mark.parametrize("answer", ["exit 1", "echo Python 3.9.6; exit 1"])
def test_an_old_python_is_said_with_the_fix(checkout, answer):
    old = program(checkout / "old-python", answer)
    done = make(checkout, "site", PYTHON=str(old))
    assert done.returncode and "needs Python 3.11 or later" in done.stderr and "make PYTHON=" in done.stderr
    assert not (checkout / ".venv").exists()


def test_no_python_at_all_is_said_with_the_fix(checkout):
    done = make(checkout, "site", PYTHON="no-such-python")
    assert done.returncode and "needs Python 3.11 or later" in done.stderr


def test_a_python_without_venv_is_said_with_the_fix(checkout):
    broken = program(checkout / "python", f'[ "$1" = "-c" ] && exec {sys.executable} "$@"; exit 1')
    done = make(checkout, "site", PYTHON=str(broken))
    assert done.returncode and "apt-get install python3-venv" in done.stderr


def test_site_checks_lints_and_builds_and_sets_up_nothing_twice(checkout):
    ready(checkout, "exit 0")
    assert make(checkout, "site").returncode == 0
    assert asked(checkout) == ["doctor", "check", "lint", "build"]


def test_the_site_is_built_in_spite_of_findings_and_ends_with_an_error(checkout):
    ready(checkout, '[ "$1" != lint ]')
    done = make(checkout, "site")
    assert done.returncode and "The site is built, but the lint found something" in done.stderr
    assert asked(checkout) == ["doctor", "check", "lint", "build"]


@pytest.mark.parametrize("verb", ["check", "lint"])
def test_an_error_in_a_record_stops_the_site(checkout, verb):
    ready(checkout, f'[ "$1" != {verb} ] || exit 2')
    assert make(checkout, "site").returncode
    assert asked(checkout) == ["doctor", "check", "lint"][: 2 + (verb == "lint")]


def test_without_vale_the_site_is_built_but_nothing_may_be_skipped_in_ci(checkout):
    ready(checkout, '[ "$1" != doctor ] || exit 3')
    assert make(checkout, "site").returncode == 0
    assert asked(checkout) == ["doctor", "check", "lint", "build"]
    assert make(checkout, "site", NO_SKIP="1").returncode


def test_a_doctor_that_fails_otherwise_stops_the_site(checkout):
    ready(checkout, "exit 2")
    assert make(checkout, "site").returncode
    assert asked(checkout) == ["doctor"]


@pytest.mark.parametrize(("given", "option"), [({}, ""), ({"OFFLINE": "0"}, ""), ({"OFFLINE": "1"}, " --offline")])
def test_a_site_for_a_folder_is_asked_for_by_a_variable(checkout, given, option):
    ready(checkout, "exit 0")
    builds = [
        line.rstrip() for line in make(checkout, "-n", "site", **given).stdout.splitlines() if "onevoice build" in line
    ]
    assert [line.partition(" build")[2] for line in builds] == [option]


def test_a_moved_checkout_is_set_up_again(checkout):
    ready(checkout, "exit 0")
    (checkout / ".venv" / "made-in").write_text("/somewhere/else\n")
    assert "-m venv --clear" in make(checkout, "-n", "site").stdout


@pytest.mark.parametrize("changed", ["requirements/site.txt", "pyproject.toml"])
def test_a_new_lock_is_installed(checkout, changed):
    ready(checkout, "exit 0")
    stamp = checkout / ".venv" / "site.stamp"
    for path in checkout.rglob("*"):
        if path.is_file():
            os.utime(path, (1000, 1000))
    assert "pip" not in make(checkout, "-n", "site").stdout
    os.utime(checkout / changed, (2000, 2000))
    said = make(checkout, "-n", "site").stdout
    assert "--require-hashes -r requirements/site.txt" in said and "-m venv" not in said and stamp.exists()


def test_clean_empties_the_output_and_nothing_else(checkout):
    for path in ("build/site/index.html", "build/.manifest", ".venv/made-in", "content/page.md"):
        (checkout / path).parent.mkdir(parents=True, exist_ok=True)
        (checkout / path).touch()
    assert make(checkout, "clean").returncode == 0
    assert [path.name for path in (checkout / "build").iterdir()] == ["README.md"]
    assert (checkout / "content" / "page.md").exists() and (checkout / ".venv" / "made-in").exists()


def pins(name: str) -> dict[str, str]:
    text = (ROOT / "requirements" / name).read_text()
    return dict(re.findall(r"^([a-z0-9-]+)(?:\[[a-z,]+\])?==([^ ;\\]+)", text, re.M))


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_has_hashes_and_no_lock_names_a_host(name):
    text = (ROOT / "requirements" / name).read_text()
    entries = re.split(r"\n(?=\S)", "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#")))
    assert len(entries) > 10
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []
    assert not re.search(r"https?:|--(?:extra-)?index-url|--find-links|@ ", text)


def test_what_users_get_is_what_is_tested():
    site, dev = pins("site.txt"), pins("dev.txt")
    assert site.items() <= dev.items() and len(site) < len(dev)
    assert "playwright" not in site and "mkdocs" in site


def test_every_dependency_is_locked():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = [*project["project"]["dependencies"], *project["project"]["optional-dependencies"]["site"]]
    groups = project["dependency-groups"]
    wanted += [entry for name in ("setup", "dev") for entry in groups[name] if isinstance(entry, str)]
    names = {re.match(r"[A-Za-z0-9._-]+", entry)[0].lower().replace(".", "-").replace("_", "-") for entry in wanted}
    assert names <= set(pins("dev.txt"))


def test_ci_starts_on_any_machine():
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    subprocess.run(["bash", "-n", script], check=True)
    assert "NO_SKIP=1 make test" in script.read_text()
