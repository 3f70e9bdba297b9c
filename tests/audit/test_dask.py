"""An audit on a Dask cluster writes what one on our own processes does."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

from handbooks import ROOT, TODAY

pytestmark = pytest.mark.services
RESULTS = ("documents.csv", "findings.csv", "index.html", "manifest.json")
WITHOUT = "import sys; sys.modules['distributed'] = None; from onevoice.commands import main; main()"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "book" / "terminology").mkdir(parents=True)
    (tmp_path / "book" / "terminology" / "terms.yaml").write_text(
        "terms:\n  - {id: use, preferred: use, definition: d, part_of_speech: verb, avoid: [{term: utilize, why: w}]}\n"
    )
    (tmp_path / "archive").mkdir()
    for number in range(120):
        (tmp_path / "archive" / f"{number}.md").write_text(f"# Text {number}\n\nWe utilize it {number} times.\n")
    (tmp_path / "archive" / "broken.docx").write_text("no archive")
    # Partitions of ten documents, and one that ends its reader.
    (tmp_path / "small.py").write_text(
        "import os, signal\nfrom onevoice.audit import plan\nplan.MAX_DOCUMENTS = 10\n"
        "from onevoice.run.audit import work\nown = work.audit_entry\n"
        "def audit_entry(entry, *rest):\n"
        "    if entry.uri.endswith('/77.md'):\n        os.kill(os.getpid(), signal.SIGKILL)\n"
        "    return own(entry, *rest)\nwork.audit_entry = audit_entry\n"
    )
    (tmp_path / "run.py").write_text(
        "import small\nfrom onevoice.commands import main\nif __name__ == '__main__':\n    main()\n"
    )
    return tmp_path


def run(folder: Path, out: str, *arguments: str, script=("run.py",)):
    env = {
        **os.environ, "PYTHONPATH": f"{ROOT / 'scripts'}{os.pathsep}{folder}", "ONEVOICE_TODAY": TODAY,
        "ONEVOICE_CACHE": str(folder / "cache"), "DASK_DISTRIBUTED__WORKER__PRELOAD": "small",
    }  # fmt: skip
    command = [sys.executable, *script, "audit", "archive", "--handbook", "book", "--out", out, *arguments]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=120)


def test_dask_writes_what_our_own_processes_do(folder):
    if not importlib.util.find_spec("distributed"):
        pytest.skip("distributed, which only --dask needs, is not installed")
    mine = run(folder, "mine", "--processes", "2")
    dask = run(folder, "dask", "--processes", "2", "--dask", "local")
    assert (dask.returncode, dask.stdout) == (mine.returncode, mine.stdout) and mine.returncode == 1, dask.stderr
    for name in RESULTS:
        assert (folder / "dask" / name).read_bytes() == (folder / "mine" / name).read_bytes(), name
    parts = [sorted(path.name for path in (folder / out / "parts").iterdir()) for out in ("mine", "dask")]
    assert parts[0] == parts[1] and len(parts[0]) > 10
    assert b"SIGKILL" in (folder / "dask" / "documents.csv").read_bytes()


def test_what_is_not_installed_is_said(folder):
    done = run(folder, "dask", "--dask", "local", script=("-c", WITHOUT))
    assert done.returncode == 2 and 'pip install "onevoice[audit-dask]"' in done.stderr
