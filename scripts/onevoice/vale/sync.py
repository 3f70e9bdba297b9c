"""The published styles that a company's .vale.ini names: got once, by Vale itself."""

from __future__ import annotations

from pathlib import Path

from onevoice.errors import OnevoiceError
from onevoice.program import ProgramLimits, run_program
from onevoice.prose import files
from onevoice.prose.read import decode_text
from onevoice.vale import config
from onevoice.vale.resolve import Vale


def sync_packages(vale: Vale, ini: Path, patience: float = 120.0) -> list[str]:
    """Get the packages that a .vale.ini names and that are not in its style folders. Returns the names of those got.

    Runs `vale sync`, which downloads. Raises OnevoiceError, in one line, if a package cannot be downloaded.
    """
    text = decode_text(ini.as_posix(), files.read_file_bytes(ini))[0]
    folders = config.list_styles_paths(text, ini.parent)
    wanted = {Path(package).stem for package in config.list_vale_packages(text)}
    missing = sorted(name for name in wanted if not any((folder / name).is_dir() for folder in folders))
    if not missing:
        return []
    for folder in folders:
        folder.mkdir(parents=True, exist_ok=True)
    command = [vale.path.absolute(), "--no-global", "--plain-progress", f"--config={ini.name}", "sync"]
    try:
        done = run_program(command, ProgramLimits(patience), folder=ini.parent)
    except OSError as error:
        raise OnevoiceError(f"{vale} does not start: {error.strerror or error}.") from None
    said, failed = done.stderr + done.stdout, done.code != 0
    if done.stopped_by:
        said = f"did not finish within {patience:g} seconds".encode()
    if failed:
        reason = " ".join(said.decode("utf-8", "replace").split())[:300]
        raise OnevoiceError(
            f"{ini.name}: could not get these Vale packages: {', '.join(missing)} ({reason}). "
            "Check their names and the network, or put the styles into a folder of your own."
        )
    return missing
