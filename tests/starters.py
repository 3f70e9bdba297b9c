"""A handbook made of the starter files alone, and the packages that it depends on."""

import functools
import subprocess
import sys
import tempfile
from pathlib import Path

import onevoice

ROOT = Path(__file__).parents[1]
STARTER = Path(onevoice.__file__).parent / "starter"
VALUES = {
    "name": "Northlight",
    "package": "northlight_handbook",
    "url": "https://brand.northlight.example",
    "language": "en",
    "branch": "main",
    "version": onevoice.__version__,
}
BRAND = "brand: {name: Northlight, url: https://brand.northlight.example, language: en}\n"
WORDS = (
    "terms:\n  - id: solar-panel\n    preferred: solar panel\n    definition: What makes power on a roof.\n"
    "    part_of_speech: noun\n    avoid: [{term: solar cell, why: A panel has many cells.}]\n"
)


def fill_starter(text: str, **more: str) -> str:
    """The text of a starter file with its placeholders filled in."""
    for key, value in {**VALUES, **more}.items():
        text = text.replace(f"[[ {key} ]]", value)
    return text


def write_starter(folder: Path, host: str, **more: str) -> Path:
    """A handbook with two records and the starter files for a host."""
    for part in ("all", host):
        for path in (STARTER / part).rglob("*"):
            if path.is_file():
                target = folder / path.relative_to(STARTER / part)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(fill_starter(path.read_text("utf-8"), **more), "utf-8")
    for name, text in (("content/brand.yaml", BRAND), ("terminology/words.yaml", WORDS)):
        target = folder / name
        if not target.is_file() or "[[" in target.read_text("utf-8"):
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, "utf-8")
    return folder


@functools.cache
def build_packages() -> Path:
    """A folder with our source distribution and the wheel that is made from it."""
    out = Path(tempfile.mkdtemp(prefix="onevoice-packages-"))
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return out
