"""Test what users install: `make test-wheel` runs a part of the tests against the wheel, in a new virtual environment.

The tests run in a folder that has no source code of ours, so they can only find the installed package. Its files go to
build/dist, which is what a release uploads.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DIST = ROOT / "build" / "dist"
# What a package could lack: modules of each room, data such as scripts, templates and starters, and what finds them.
SAMPLE = [
    "tests/records", "tests/load", "tests/report", "tests/exchange", "tests/lint",
    "tests/commands/test_settings.py", "tests/commands/test_lint_report.py", "tests/commands/test_main.py",
    "tests/commands/test_init.py", "tests/test_places.py",
]  # fmt: skip
# These look at the source code itself.
WITHOUT = " and ".join(
    f"not {name}" for name in ("a_new_kind", "page_finds_the_same", "both_stem", "in_both_languages", "installs_itself")
)
PROGRAM = "import onevoice, sys; sys.exit(not onevoice.__file__.startswith(sys.prefix))"


def build_packages(out: Path) -> Path:
    """Build the source distribution, and the wheel from it; the wheel's path."""
    shutil.rmtree(out, ignore_errors=True)
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), str(ROOT)],
        check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    [wheel] = out.glob("*.whl")
    return wheel


def install_wheel(wheel: Path, folder: Path, base: str) -> Path:
    """A new virtual environment with the locked packages and the wheel; its Python. base: the one it's made of."""
    subprocess.run([base, "-m", "venv", str(folder)], check=True)
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    subprocess.run([*pip, "--require-hashes", "-r", str(ROOT / "requirements" / "dev.txt")], check=True)
    subprocess.run([*pip, "--no-deps", str(wheel)], check=True)
    return python


def copy_tests(target: Path) -> None:
    """Copy all committed files except our source code."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    for name in filter(None, listed.split("\0")):
        if not name.startswith("scripts/") and (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, target / name)


def main() -> int:
    """The exit code of pytest."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--python", default=sys.executable, help="the Python to test with, such as python3.13")
    given, others = options.parse_known_args()
    wheel = build_packages(DIST)
    with tempfile.TemporaryDirectory(prefix="onevoice-wheel-") as folder:
        python = install_wheel(wheel, Path(folder, "venv"), given.python)
        copy_tests(Path(folder, "tests"))
        environ = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
        place = {"cwd": Path(folder, "tests"), "env": environ, "check": False}
        if subprocess.run([str(python), "-c", PROGRAM], **place).returncode:
            print("The installed package isn't what Python finds.", file=sys.stderr)
            return 2
        command = [str(python), "-m", "pytest", "-n", "2", "-k", WITHOUT, *SAMPLE, *others]
        return subprocess.run(command, **place).returncode


if __name__ == "__main__":
    sys.exit(main())
