"""The package has no type errors, and next to nothing that mypy is told to overlook ([tool.mypy] in pyproject.toml)."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MAX_IGNORES = 8


@pytest.mark.early
def test_the_package_has_no_type_errors(tmp_path):
    command = [sys.executable, "-m", "mypy", "--no-error-summary", "--cache-dir", str(tmp_path)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=300)
    assert (run.stdout, run.stderr, run.returncode) == ("", "", 0)


def test_what_mypy_overlooks_is_little_and_has_a_reason():
    ignores = [
        line.strip()
        for path in sorted(ROOT.glob("scripts/onevoice/**/*.py"))
        for line in path.read_text("utf-8").splitlines()
        if "type: ignore" in line or "mypy:" in line
    ]
    assert [line for line in ignores if not re.search(r"# type: ignore\[[a-z-]+\]  # \w.{4,}", line)] == []
    assert len(ignores) <= MAX_IGNORES
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["mypy"]
    assert settings["strict"] is True
    assert not {"ignore_errors", "ignore_missing_imports", "exclude", "disable_error_code", "overrides"} & set(settings)
