"""Several files of a handbook that change together, whenever the process ends.

What they will be is written into one file first. A run that dies before that has changed nothing; what one that dies
later has left undone, the next run does. A file that someone has changed meanwhile stays as it is.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from onevoice.disk import overwrite_file, replace_file, sweep_folders
from onevoice.errors import OnevoiceError
from onevoice.output import hold_folder, read_json
from onevoice.prose.files import is_path_inside, read_file_bytes

# Below the handbook's folder.
PLAN, LOCKED = "build/import-plan.json", "build"


@contextlib.contextmanager
def hold_handbook(folder: Path, say: Callable[[str], None]) -> Iterator[None]:
    """Keep other runs from changing a handbook meanwhile, and finish what a run that died has left undone."""
    with hold_folder(folder / LOCKED, say):
        sweep_folders([str(folder / LOCKED)], is_held=True)
        if finish_plan(folder):
            say("Finished an import that was interrupted.")
        yield


def recover_handbook(folder: Path, say: Callable[[str], None]) -> None:
    """Finish what a run that died has left undone."""
    if (folder / PLAN).is_file():
        with hold_handbook(folder, say):
            pass


def write_together(folder: Path, changes: Mapping[str, bytes]) -> list[str]:
    """Write files of a handbook, by their paths below its folder, in this order; those that change, sorted.

    The caller holds the handbook. Raises OnevoiceError if one leads out of the handbook or can't be written.
    """
    plan = []
    for name, data in changes.items():
        path = folder / name
        if not is_path_inside(path, folder):
            raise OnevoiceError(f"{name}: this link leads out of the handbook. Put the file itself there.")
        old = read_file_bytes(path) if path.exists() else None
        if old != data:
            plan.append({"path": name, "old": _hash(old), "new": data.decode("utf-8")})
    if plan:
        replace_file(folder / PLAN, json.dumps(plan).encode())
        finish_plan(folder)
    return sorted(step["path"] for step in plan)


def finish_plan(folder: Path) -> bool:
    """Write what a plan says that isn't written yet; whether there was a plan."""
    plan = read_json(folder / PLAN)
    if not isinstance(plan, list):
        return False
    for step in plan:
        path, data = folder / step["path"], step["new"].encode()
        old = read_file_bytes(path) if path.exists() else None
        if _hash(old) == step["old"] and is_path_inside(path, folder):
            path.parent.mkdir(parents=True, exist_ok=True)
            sweep_folders([str(path.parent)])
            overwrite_file(path, data, old)
    (folder / PLAN).unlink()
    return True


def _hash(data: bytes | None) -> str:
    return "" if data is None else hashlib.sha256(data).hexdigest()
