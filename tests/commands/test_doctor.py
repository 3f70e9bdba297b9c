"""`onevoice doctor`: what is used, by its path."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def doctor(folder: Path, **env: str) -> subprocess.CompletedProcess:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ONEVOICE_")}
    return subprocess.run(
        [sys.executable, "-m", "onevoice", "doctor"],
        cwd=folder,
        env={**kept, "PYTHONPATH": str(ROOT / "scripts"), **env},
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_vale(tmp_path):
    found = doctor(tmp_path, PATH="/nowhere", ONEVOICE_CACHE=str(tmp_path / "cache"), HOME=str(tmp_path))
    assert found.returncode == 3
    assert found.stderr == "onevoice: Vale is not installed. `onevoice doctor --get-vale` installs it.\n"
    assert f"Cache: {tmp_path / 'cache'}\n" in found.stdout
    assert "(the sample that comes with onevoice)" in found.stdout


def test_with_vale(vale, tmp_path):
    (tmp_path / "terminology").mkdir()
    (tmp_path / "terminology" / "t.yaml").write_text("terms: []\n")
    found = doctor(tmp_path, ONEVOICE_VALE=str(vale.path))
    assert found.returncode == 0
    assert f"Handbook: {tmp_path}\n" in found.stdout
    assert str(vale.path) in found.stdout.splitlines()[-1]
    assert sys.executable in found.stdout
