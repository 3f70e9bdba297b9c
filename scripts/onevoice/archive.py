"""ZIP archives with the same bytes whenever and wherever they're made."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

# The earliest that the format knows.
DATE = (1980, 1, 1, 0, 0, 0)
# What is compressed already.
STORED = (".png", ".woff2", ".zip", ".jpg")


def pack_archive(files: Mapping[str, bytes]) -> bytes:
    """An archive of files by their names in it, sorted, without the time, the system or the user."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, DATE)
            entry.create_system, entry.external_attr = 3, 0o100644 << 16
            entry.compress_type = zipfile.ZIP_STORED if name.lower().endswith(STORED) else zipfile.ZIP_DEFLATED
            archive.writestr(entry, files[name], compresslevel=9)
    return buffer.getvalue()


def pack_folder(folder: Path, name: str) -> bytes:
    """An archive of all files of a folder, below one that is called `name`."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    return pack_archive({f"{name}/{path.relative_to(folder).as_posix()}": path.read_bytes() for path in paths})
