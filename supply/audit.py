"""Ask for known vulnerabilities of every locked package: `make audit`.

The exit code is 1 if there is one, or if some packages could not be looked up. If the advisories cannot be reached at
all, a line says so, and the exit code is 0: a network that is down is no finding, and no proof either.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

REQUIREMENTS = Path(__file__).resolve().parents[1] / "requirements"
# What is in the other files is in dev.txt too.
FILES = ("dev.txt", "fuzz.txt", "services.txt", "supply.txt")
_UNREACHABLE = re.compile(r"Could not connect|Connection(?:Error|Refused)|Timeout\b|timed out|Max retries|ProxyError")


class UnreachableError(Exception):
    """Nobody can be asked."""


def run_audit(file: Path, *options: str) -> tuple[int, list[dict[str, Any]], str]:
    """The exit code of pip-audit, what it says of each package, and its last line of errors.

    Raises UnreachableError if its data cannot be reached.
    """
    command = [
        *(sys.executable, "-m", "pip_audit", "--format", "json", "--progress-spinner", "off", "--aliases", "on"),
        *("--disable-pip", "--require-hashes", "-r", str(file), *options),
    ]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    try:
        packages = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError, TypeError):
        packages = []
    last = (done.stderr.strip().splitlines() or [""])[-1]
    if done.returncode and not packages and _UNREACHABLE.search(done.stderr):
        raise UnreachableError(last)
    return done.returncode, packages, last


def audit_file(file: Path) -> tuple[int, list[str]]:
    """How many packages were looked up, and a line for each thing that is wrong. Raises UnreachableError."""
    code, packages, last = run_audit(file, "--strict")
    if code and not any(package.get("vulns") for package in packages):
        # With --strict it stops at the first package that it does not find: are the others found?
        code, packages, last = run_audit(file)
    missing = [package["name"] for package in packages if "skip_reason" in package]
    if packages and len(missing) == len(packages):
        raise UnreachableError(f"none of the {len(packages)} packages in {file.name} is known there")
    faults = [
        f"{package['name']} {package['version']}: {vulnerability['id']}, fixed in "
        f"{', '.join(vulnerability.get('fix_versions', ())) or 'no version yet'}"
        for package in packages
        for vulnerability in package.get("vulns", ())
    ]
    if missing:
        faults.append(f"{file.name}: not looked up: {', '.join(missing)}")
    if code and not faults:
        faults.append(f"{file.name}: pip-audit stopped: {last}")
    return len(packages) - len(missing), faults


def main() -> int:
    """1 if something is wrong."""
    count, faults = 0, []
    try:
        for name in FILES:
            known, wrong = audit_file(REQUIREMENTS / name)
            count += known
            faults += wrong
    except UnreachableError as error:
        print(f"The advisories can't be reached, so the packages were NOT audited ({error}).")
    else:
        print(f"Looked up {count} locked packages: {len(faults) or 'no'} problem{'s' * (len(faults) != 1)}.")
    print(*faults, sep="\n", end="\n" * bool(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
