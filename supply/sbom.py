"""Write what a release is made of, in CycloneDX: `make sbom` writes build/onevoice-VERSION.cdx.json.

The locked packages are installed as users install them, and looked at there: only an installed package says under what
license it is, and what it needs itself.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


def read_version() -> str:
    """The version of the package."""
    text = (ROOT / "scripts" / "onevoice" / "__init__.py").read_text("utf-8")
    return re.findall(r'^__version__ = "(.+)"$', text, re.M)[0]


def read_licenses() -> dict[str, str]:
    """The license of each package in the tables of README.md."""
    text = (ROOT / "supply" / "README.md").read_text("utf-8")
    return dict(re.findall(r"^\| `(\S+)` \|.*\| (\S+) \|$", text, re.M))


def normalize_name(name: str) -> str:
    """The name of a package in the one way in which all ways to write it are equal."""
    return re.sub(r"[-_.]+", "-", name).lower()


def complete_list(found: dict[str, Any]) -> None:
    """Add our own version, and the licenses of packages that say theirs only in a text."""
    found["metadata"]["component"]["version"] = read_version()
    licenses = {normalize_name(name): license for name, license in read_licenses().items()}
    for component in found["components"]:
        if not component.get("licenses"):
            component["licenses"] = [{"license": {"id": licenses[normalize_name(component["name"])]}}]


def check_list(text: str) -> None:
    """Raise ValueError unless the list is valid."""
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    if error := JsonStrictValidator(SchemaVersion.V1_6).validate_str(text):
        raise ValueError(f"the list is not valid CycloneDX: {error.data}")


def write_sbom(target: Path) -> None:
    """Write the list. Raises CalledProcessError if a package cannot be installed, and ValueError if it is not valid."""
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True, clear=True)
        python = Path(folder, "Scripts" if sys.platform == "win32" else "bin", "python")
        pip = [str(python), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
        site = ROOT / "requirements" / "site.txt"
        subprocess.run([*pip, "--require-hashes", "-r", str(site)], check=True)
        subprocess.run([*pip, "--no-deps", "--no-build-isolation", str(ROOT)], check=True)
        subprocess.run([*pip[:-2], "uninstall", "--quiet", "--yes", "pip", "setuptools"], check=True)
        command = [
            *(sys.executable, "-m", "cyclonedx_py", "environment", "--pyproject", str(ROOT / "pyproject.toml")),
            *("--mc-type", "application", "--output-format", "JSON", "--spec-version", "1.6", "--output-reproducible"),
            str(python),
        ]
        # Otherwise it would look there, too.
        environ = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        found = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, env=environ).stdout)
    complete_list(found)
    text = json.dumps(found, indent=2, sort_keys=True) + "\n"
    check_list(text)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, "utf-8")


if __name__ == "__main__":
    place = ROOT / "build" / f"onevoice-{read_version()}.cdx.json"
    write_sbom(place)
    print(f"Wrote {place.relative_to(ROOT)}")
