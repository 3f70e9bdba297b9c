"""An office file as its parts: a ZIP archive of XML that names its parts by relationships."""

from __future__ import annotations

import io
import posixpath
import urllib.parse
import zipfile
import zlib
from collections.abc import Iterator

from onevoice import limits
from onevoice.errors import OnevoiceError
from onevoice.prose import xml
from onevoice.prose.formats import Format
from onevoice.prose.xml import Node

# How much of a part is copied at a time.
_PART_SIZE = 1 << 20
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP_ERRORS = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    EOFError,
    IndexError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)


class Package:
    """The parts of one file, unpacked and parsed when they are asked for."""

    def __init__(self, path: str, data: bytes, kind: Format) -> None:
        """path: as the user named it. kind: what its ending says it is.

        Raises OnevoiceError, as all methods do, with a line for people, if the file is broken, protected or another.
        """
        self.path = path
        self._left = limits.MAX_XML_BYTES
        self._bytes: dict[str, bytes] = {}
        self._roots: dict[str, Node] = {}
        self._related: dict[str, dict[str, tuple[str, str]]] = {}
        self._used: set[str] = set()
        self._program = program = kind.name
        if not data:
            raise OnevoiceError(f"{path}: the file is empty")
        if data.startswith(_OLE):
            raise OnevoiceError(f"{path}: {_explain_protection(data, kind)}")
        try:
            self.archive = zipfile.ZipFile(io.BytesIO(data))
            # Windows and macOS do not tell capitals apart, and neither do the names of parts.
            self._names = {name.lower().replace("\\", "/").lstrip("/"): name for name in self.archive.namelist()}
        except _ZIP_ERRORS:
            if data.startswith(b"PK"):
                raise self.make_broken_error("it is incomplete or damaged") from None
            what = f"this is not a {program} file, despite its name"
            raise OnevoiceError(f"{path}: {what}. Save it from {program}, or correct its name.") from None

    def make_broken_error(self, why: str) -> OnevoiceError:
        """The error for a file that cannot be read."""
        program = self._program
        return OnevoiceError(
            f"{self.path}: cannot be read as a {program} file: {why}. Open it in {program} and save it again."
        )

    def has_part(self, part: str) -> bool:
        """Whether there is such a part (`word/document.xml`)."""
        return part.lower() in self._names

    def load_bytes(self, part: str) -> bytes:
        """What is in a part, in UTF-8."""
        if part not in self._bytes:
            try:
                with self.archive.open(self._names[part.lower()]) as stream:
                    data = stream.read(self._left + 1)
            except KeyError:
                raise self.make_broken_error(f"it has no {part}") from None
            except _ZIP_ERRORS:
                raise self.make_broken_error(f"{part} is damaged") from None
            self._left -= len(data)
            if self._left < 0:
                size = limits.MAX_XML_BYTES // 1_000_000
                raise self.make_broken_error(f"it is far larger than any real document (over {size} MB of text)")
            try:
                self._bytes[part] = xml.convert_to_utf8(data)
            except OnevoiceError as error:
                raise self.make_broken_error(f"in {part}, {error}") from None
        return self._bytes[part]

    def load_root(self, part: str, *, mixed: bool = False) -> Node:
        """The tree of a part. mixed: as of `parse_xml`."""
        if part not in self._roots:
            try:
                self._roots[part] = xml.parse_xml(self.load_bytes(part), mixed=mixed)
            except OnevoiceError as error:
                said = str(error)
                raise (error if said.startswith(self.path) else self.make_broken_error(f"in {part}, {said}")) from None
        return self._roots[part]

    def iter_entries(self) -> Iterator[tuple[zipfile.ZipInfo, Iterator[bytes]]]:
        """Every entry of the archive with what is in it, as it is, in order and in parts: a film is not held whole."""
        size = 0

        def iter_parts(entry: zipfile.ZipInfo) -> Iterator[bytes]:
            nonlocal size
            try:
                with self.archive.open(entry) as stream:
                    while data := stream.read(_PART_SIZE):
                        size += len(data)
                        if size > limits.MAX_COPY_BYTES:
                            break
                        yield data
            except _ZIP_ERRORS:
                # A name may hold line ends.
                name = entry.filename if entry.filename.isprintable() else ascii(entry.filename)[1:-1]
                raise self.make_broken_error(f"{name} is damaged") from None
            if size > limits.MAX_COPY_BYTES:
                most = limits.MAX_COPY_BYTES // 1_000_000
                raise self.make_broken_error(f"it is far larger than any real document (over {most} MB unpacked)")

        for entry in self.archive.infolist():
            yield entry, iter_parts(entry)

    def find_main_part(self) -> str:
        """The name of the part that the document begins with."""
        for kind, target in self.load_relationships("").values():
            if kind == "officeDocument" and target:
                return target
        raise self.make_broken_error("it contains no document")

    def load_relationships(self, part: str) -> dict[str, tuple[str, str]]:
        """What a part (or, for "", the file) refers to: by id, the kind (`footnotes`) and the name of the other part.

        The name is empty if the target is outside of the file: nothing is ever fetched from there.
        """
        if part in self._related:
            return self._related[part]
        sheet = build_rels_path(part)
        found = self._related[part] = {}
        if not self.has_part(sheet):
            return found
        for node in self.load_root(sheet).iter_descendants("rel:Relationship"):
            target = node.get("Target")
            if node.get("TargetMode") == "External":
                target = ""
            elif target:
                target = urllib.parse.unquote(target.replace("\\", "/"))
                target = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")
            found[node.get("Id")] = (node.get("Type").rpartition("/")[2], target)
        return found

    def claim_part(self, part: str) -> bool:
        """Whether a part is there and asked for the first time: no program refers twice to what is in one place."""
        fresh = self.has_part(part) and part not in self._used
        self._used.add(part)
        return fresh

    def find_related_part(self, part: str, kind: str) -> str:
        """The name of the first part of a kind that a part refers to, and that is there; or ""."""
        return next(
            (name for what, name in self.load_relationships(part).values() if what == kind and self.has_part(name)), ""
        )


def build_rels_path(part: str) -> str:
    """The name of the part that holds the relationships of a part."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _explain_protection(data: bytes, kind: Format) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return f"the file is password-protected. In {kind.name}, save a copy without a password."
    return f"the file is in an old binary format. In {kind.name}, save it as {kind.endings[0]}."
