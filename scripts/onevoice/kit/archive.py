"""A ZIP archive with the same bytes whenever and wherever it's made."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

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
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            entry.compress_type = zipfile.ZIP_STORED if name.lower().endswith(STORED) else zipfile.ZIP_DEFLATED
            archive.writestr(entry, files[name], compresslevel=9)
    return buffer.getvalue()
