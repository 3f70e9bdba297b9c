"""The offline site as one file, for people to take along."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

# The earliest day that the format knows: equal sites make equal archives.
DAY = (1980, 1, 1, 0, 0, 0)


def pack_folder(folder: Path, name: str) -> bytes:
    """A ZIP archive of a folder's files, sorted, below a folder called `name`."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*"), key=Path.as_posix):
            if path.is_file():
                entry = zipfile.ZipInfo(f"{name}/{path.relative_to(folder).as_posix()}", DAY)
                entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
                archive.writestr(entry, path.read_bytes())
    return packed.getvalue()
