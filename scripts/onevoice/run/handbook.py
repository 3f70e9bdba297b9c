"""Which handbook a run is about, its records, and the day on which they are judged."""

from __future__ import annotations

import datetime
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import onevoice
from onevoice import limits
from onevoice.errors import DataError, OnevoiceError
from onevoice.finding import Finding
from onevoice.run.settings import FILE, Settings, read_settings

if TYPE_CHECKING:
    from onevoice.handbook.handbook import Handbook

# What marks the top of a repository, above which no handbook is looked for.
TOP_MARKS = (".git", FILE)
WHAT_MAKES_ONE = "A handbook has a `content/brand.yaml` with a name, or a `terminology` folder with YAML files."
# What the name of a package begins with where a folder could be named, too.
PACKAGE_MARK = "package:"


def current_date() -> datetime.date:
    """The day on which dates are judged: $ONEVOICE_TODAY (YYYY-MM-DD) or the clock's."""
    given = os.environ.get("ONEVOICE_TODAY")
    try:
        today = datetime.date.fromisoformat(given) if given else datetime.date.today()
    except ValueError:
        raise OnevoiceError(f"$ONEVOICE_TODAY: `{given}` is not a date. Write it as YYYY-MM-DD.") from None
    if not limits.FIRST_YEAR <= today.year <= limits.LAST_YEAR:
        what = "$ONEVOICE_TODAY" if given else "the clock of this computer"
        years = f"a year from {limits.FIRST_YEAR} to {limits.LAST_YEAR}"
        raise OnevoiceError(f"{what}: {today} is not a day that reviews can be due on. Set it to {years}.")
    return today


def find_sample() -> Path:
    """The sample handbook that comes with the tool: inside the wheel, or the repository it runs from."""
    package = Path(onevoice.__file__).parent
    sample = package / "sample"
    return sample if sample.is_dir() else package.parent.parent


def find_handbook(
    given: str | None, *, wants_sample: bool = False, settings: Settings | None = None
) -> tuple[Path, bool]:
    """The handbook's folder, and whether it is the packaged one.

    In this order: what `--handbook` or $ONEVOICE_HANDBOOK names (a folder, or `package:NAME`), what the settings name,
    the folder that the current one is in (not above the top of its repository), the one that comes with the tool.
    wants_sample: pass over settings and folder. A hook does, which comes with the handbook of its company: a pull
    request to a repository must not bring its own rules. settings: those of the current folder, if they have been read.
    """
    from onevoice.load.walk import is_handbook

    given = given or os.environ.get("ONEVOICE_HANDBOOK")
    if given:
        name = get_package_name(given)
        folder = _find_package(name, given) if name else Path(given)
        if not is_handbook(folder):
            what = _explain_misnamed(folder) or WHAT_MAKES_ONE
            raise OnevoiceError(f"{given}: there is no handbook here. {what}")
        return folder, False
    if not wants_sample:
        settings = settings or find_settings()
        if named := settings.locate_handbook():
            if is_handbook(named):
                return named, False
            raise OnevoiceError(f"{settings.path}: there is no handbook in {named}. {WHAT_MAKES_ONE}")
        for folder in iter_search_folders(Path.cwd()):
            if is_handbook(folder):
                return folder, False
    return find_sample(), True


def get_package_name(given: str | None) -> str:
    """The name of the package that `--handbook package:NAME` or $ONEVOICE_HANDBOOK names; "" if they name none."""
    given = given or os.environ.get("ONEVOICE_HANDBOOK") or ""
    return given.removeprefix(PACKAGE_MARK) if given.startswith(PACKAGE_MARK) else ""


def _find_package(package: str, place: str) -> Path:
    from onevoice.run.source import find_package

    return find_package(package, place)


def find_settings() -> Settings:
    """The settings of the repository that we are in. Raises DataError for what is wrong in them."""
    return read_settings(iter_search_folders(Path.cwd()))


def iter_search_folders(here: Path) -> Iterator[Path]:
    """A folder and those around it in which a handbook is looked for: none above the top of the repository.

    Nor is one that everyone may write to, such as the shared temporary folder, where others could leave a handbook.
    """
    for folder in (here, *here.parents):
        if folder != here and os.name == "posix" and folder.stat().st_mode & stat.S_IWOTH:
            return
        yield folder
        if any((folder / name).exists() for name in TOP_MARKS):
            return


def require_handbook(given: str | None = None) -> Path:
    """The handbook's folder, which must not be the sample. Raises OnevoiceError if there is none."""
    folder, sample = find_handbook(given)
    if sample:
        advice = "Go to its folder, name it with --handbook, or start one with `onevoice init DIR`."
        raise OnevoiceError(f"there is no handbook here. {_explain_misnamed(Path()) or advice}")
    return folder


def _explain_misnamed(folder: Path) -> str:
    """What to do if all that is missing is the right ending of a file's name; "" if that's not it."""
    from onevoice.load.walk import iter_misnamed_files

    for path, name in iter_misnamed_files(folder):
        return f"{path.relative_to(folder).as_posix()} is not read, because of its ending. Rename it to `{name}`."
    return ""


def load_handbook(folder: Path) -> tuple[Handbook, list[Finding]]:
    """The handbook and its warnings. Raises DataError with all findings if any is an error."""
    handbook = read_handbook(folder)
    findings = inspect_records(handbook, current_date())
    if any(finding.level == "error" for finding in findings):
        raise DataError(findings)
    return handbook, findings


def read_handbook(folder: Path) -> Handbook:
    """The handbook as far as it can be read."""
    from onevoice.handbook.handbook import Handbook
    from onevoice.run.layers import load_records

    return Handbook(load_records(folder))


def inspect_records(handbook: Handbook, today: datetime.date) -> list[Finding]:
    """Everything that is wrong with the records of a handbook."""
    from onevoice.handbook import checks
    from onevoice.handbook.origin import list_own_findings

    return list_own_findings(handbook, checks.run_checks(handbook, today))
