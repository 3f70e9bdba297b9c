"""The files that a new handbook begins with, as the package brings them, and the example that it can copy."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import onevoice
from onevoice.errors import OnevoiceError

PACKAGE = Path(onevoice.__file__).parent
# In a starter file, what is filled in.
BLANK = re.compile(r"\[\[ (\w+) \]\]")


def read_starter(part: str, blanks: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    """The files of one part of the starter, as (path in the handbook, bytes). blanks: what is filled in, by name."""
    folder = PACKAGE / "starter" / part
    for path, name in _list_files(folder):
        text = BLANK.sub(lambda match: blanks[match[1]], path.read_text("utf-8"))
        yield name, text.encode()


def read_example(parts: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    """The files of the example in these folders of its own, as (path in the handbook, bytes).

    It's in the package, or the repository that this runs from. Raises OnevoiceError if the package was built without.
    """
    example = next((one for one in (PACKAGE / "example", PACKAGE.parent.parent) if (one / parts[0]).is_dir()), None)
    if example is None:
        raise OnevoiceError("this package has no example. Install onevoice itself.")
    for part in parts:
        for path, name in _list_files(example / part):
            yield f"{part}/{name}", path.read_bytes()


def _list_files(folder: Path) -> list[tuple[Path, str]]:
    found = [path for path in sorted(folder.rglob("*")) if path.is_file() and "__pycache__" not in path.parts]
    return [(path, path.relative_to(folder).as_posix()) for path in found]
