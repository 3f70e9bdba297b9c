"""The published styles that a company's .vale.ini names: got once, by Vale itself."""

from __future__ import annotations

from pathlib import Path

from onevoice.errors import OnevoiceError
from onevoice.program import ProgramLimits, run_program
from onevoice.prose import files
from onevoice.prose.read import decode_text
from onevoice.vale import settings
from onevoice.vale.resolve import Vale
from onevoice.vale.scratch import hold_scratch_folder


def sync_packages(vale: Vale, ini: Path, patience: float = 120.0) -> list[str]:
    """Get the packages that a .vale.ini names and that are not in its style folders. Returns the names of those got.

    Runs `vale sync`, which downloads. Raises OnevoiceError, in one line, if a package cannot be downloaded.
    """
    found, _ = settings.parse_settings(decode_text(ini.as_posix(), files.read_file_bytes(ini))[0])
    top = [one for one in found if one.section == ""]
    named = [name for one in top if one.key == "Packages" for name in settings.split_names(one.value)]
    folders = [ini.parent.absolute() / one.value for one in top if one.key == "StylesPath"]
    # Vale empties a folder in it and unpacks what it downloads.
    folders = [folder for folder in folders if files.is_path_inside(folder, ini.parent)]
    missing = sorted(name for name in map(_name_package, named) if not any((at / name).is_dir() for at in folders))
    if not missing:
        return []
    if not folders:
        raise OnevoiceError(f"{ini.name}: no StylesPath in the handbook's folder, so packages have no place. Add one.")
    for folder in folders:
        folder.mkdir(parents=True, exist_ok=True)
    with hold_scratch_folder("sync") as scratch:
        own = scratch / "vale.ini"
        lines = [settings.format_setting(settings.Setting("", "StylesPath", str(folder), 1)) for folder in folders]
        own.write_text("\n".join([*lines, f"Packages = {', '.join(named)}", ""]), "utf-8")
        command = [vale.path.absolute(), "--no-global", "--plain-progress", f"--config={own}", "sync"]
        try:
            done = run_program(command, ProgramLimits(patience), folder=ini.parent)
        except OSError as error:
            raise OnevoiceError(f"{vale} does not start: {error.strerror or error}.") from None
    said, failed = done.stderr + done.stdout, done.code != 0 or bool(done.stopped_by)
    if done.stopped_by:
        said = f"did not finish within {patience:g} seconds".encode()
    if failed:
        reason = " ".join(said.decode("utf-8", "replace").split())[:300]
        raise OnevoiceError(
            f"{ini.name}: could not get these Vale packages: {', '.join(missing)} ({reason}). "
            "Check their names and the network, or put the styles into a folder of your own."
        )
    return missing


def _name_package(package: str) -> str:
    """The folder of a package, which may be named by its path or address."""
    return Path(package).stem
