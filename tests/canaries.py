"""A handbook whose every text is a word of its own, so that a search shows what of it got where.

The records are made from the models: a new kind, and a new field, is there by itself. A field whose text has to be of
some form stands in TEXTS or FORMATS, or the handbook doesn't load.
"""

import datetime
import gzip
import io
import itertools
import tarfile
import types
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin
from urllib.parse import unquote

from ruamel.yaml import YAML

from onevoice.load.migration import FORMAT
from onevoice.records import KINDS
from onevoice.records.envelope import Internal, Part, Ref, ValueFormat
from onevoice.records.scalar import Language
from onevoice.records.source import HandbookSource

# Texts by the name of their field, and by their format: {} is the canary.
TEXTS = {
    "repeats": "FREQ=WEEKLY",
    "begins": "09:00",
    "ends": "17:00",
    "time_zone": "Europe/Berlin",
    "language": "en",
    "both_sign": "terms",
    "audiences": "customers",
    "channels": "email",
    "file": "identity/{}.svg",
    "files": "identity/{}.svg",
    "license_file": "identity/{}.svg",
    "motif": "identity/{}.svg",
    "picture": "identity/{}.svg",
    "hex": "#0B5FFF",
    "backend": "url",
    "to": "https://{}.example/ask",
    "extends": "existence",
    "github": "@{}/brand",
    "branch": "{}",
    "utm": "utm_source={}",
}
FORMATS = {
    "id": "{}",
    "interval": "6 months",
    "link": "https://{}.example/",
    "web address": "https://{}.example",
    "date": "2026-11-01",
    "year or date": "2026-11",
    "formula": "{} per day",
    "length of time": "4 working hours",
    "time of day": "09:30",
    "color": "#0B5FFF",
    "inks": "90, 60, 0, 50",
}


class Canary(NamedTuple):
    """Where a canary sits.

    kind: of the record; "" if it is in none. is_public: the record is. is_internal: the field is, or what it names.
    """

    kind: str
    loc: tuple[str, ...]
    is_public: bool = False
    is_internal: bool = True


@dataclass
class Aviary:
    """Makes canaries, and knows where each of them is.

    ids: of the records that references name, by kind and whether they are public. public_singles, public_kinds: the
    kinds of which the only record, or one record, is public.
    """

    places: dict[str, Canary] = field(default_factory=dict)
    ids: dict[tuple[str, bool], str] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=itertools.count)
    public_singles: frozenset[str] = frozenset()
    public_kinds: frozenset[str] = frozenset(KINDS)

    def put(self, *loc: str, kind: str = "", is_public: bool = False, is_internal: bool = True) -> str:
        """A new canary."""
        word = f"zq{next(self.numbers):05d}kx"
        # An internal team has a name for customers.
        named = loc == ("public_name",)
        self.places[word] = Canary(kind, loc, is_public or named, is_internal and not named)
        return word

    def name_record(self, kind: str, is_public: bool) -> str:
        """The id of the record of a kind that references from a public (or an internal) record name."""
        if kind == "stages":
            is_public = "journey" in self.public_singles
        elif KINDS[kind].SINGLE:
            is_public = kind in self.public_singles
        elif kind not in self.public_kinds:
            is_public = False
        if (kind, is_public) not in self.ids:
            self.ids[kind, is_public] = self.put("id", kind=kind, is_public=is_public, is_internal=not is_public)
        return self.ids[kind, is_public]

    def make_record(self, kind: str, is_public: bool, *, id: str = "") -> dict[str, Any]:
        """A record with canaries in all fields. id: another than the one that references name."""
        data = self._make_part(KINDS[kind], kind, is_public, (), False)
        for color in data.get("colors", ()):
            color["on"] = [color["name"]]
        if "one_per_text" in data:  # They are names that the term has.
            for word in [word for word, place in self.places.items() if place.loc == ("one_per_text",)]:
                del self.places[word]
            data["one_per_text"] = [data["preferred"], *data["allowed"]]
        del self.places[data["id"]]
        data |= {"id": id or (kind if KINDS[kind].SINGLE else self.name_record(kind, is_public)), "public": is_public}
        return data

    def _make_part(self, model, kind, is_public, loc, is_internal) -> dict[str, Any]:
        data = {}
        for name, info in model.model_fields.items():
            value = self._make_value(
                info.annotation, tuple(info.metadata), (kind, is_public, (*loc, name), is_internal)
            )
            data[info.alias or name] = value
        return data

    def _make_value(self, annotation, marks, place) -> Any:
        kind, is_public, loc, is_internal = place
        origin, args = get_origin(annotation), get_args(annotation)
        is_internal = is_internal or any(isinstance(mark, Internal) for mark in marks)
        place = (kind, is_public, loc, is_internal)
        if origin is Annotated:
            return self._make_value(args[0], (*args[1:], *marks), place)
        if origin in (Union, types.UnionType):
            return self._make_value(next(arg for arg in args if arg is not type(None)), marks, place)
        if origin is tuple:
            return [self._make_value(args[0], marks, place)]
        if origin is dict:
            key = "fr" if args[0] == Language else self._make_value(args[0], (), place)
            return {key: self._make_value(args[1], (), place)}
        if origin is Literal:
            return "approved" if loc[-1] == "status" else TEXTS.get(loc[-1], args[0])
        if isinstance(annotation, type) and issubclass(annotation, Part):
            if annotation is HandbookSource:
                return {"folder": self.put(*loc, kind=kind, is_public=is_public, is_internal=is_internal)}
            return self._make_part(annotation, kind, is_public, loc, is_internal)
        if annotation in (int, float, bool, datetime.date):
            if loc == ("format",):
                return FORMAT
            return {int: 5, float: 5, bool: False, datetime.date: "2026-11-01"}[annotation]
        assert annotation is str, f"{kind}: {loc}: {annotation}"
        for mark in marks:
            if isinstance(mark, Ref):
                return self.name_record(mark.kind, is_public)
        if (kind, loc) == ("journey", ("stages", "id")):
            return self.name_record("stages", is_public)
        formats = [mark.name for mark in marks if isinstance(mark, ValueFormat)]
        pattern = TEXTS.get(loc[-1]) or (FORMATS[formats[0]] if formats else "Say {} now")
        if "{}" not in pattern:
            return pattern
        word = self.put(*loc, kind=kind, is_public=is_public, is_internal=is_internal)
        return pattern.format(word.upper() if " {} " in pattern else word)

    def write_yaml(self, kind: str, body: Any) -> str:
        """A file of records, with canaries in its comments."""
        stream = io.StringIO()
        YAML(typ="safe", pure=True).dump({kind: body}, stream)
        lines = stream.getvalue().splitlines()
        return "\n".join([f"# {self.put('comment')}", *lines, f"# {self.put('comment').upper()}"]) + "\n"


def iter_files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file below a folder with what is in it; of archives, what is in them, too."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield from _unpack(path.relative_to(folder).as_posix(), path.read_bytes())


def _unpack(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    if data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for entry in archive.infolist():
                yield from _unpack(f"{name}/{entry.filename} {entry.comment!r}", archive.read(entry))
    elif data[:2] == b"\x1f\x8b":
        plain = gzip.decompress(data)
        if plain[257:262] == b"ustar":
            with tarfile.open(fileobj=io.BytesIO(plain)) as archive:
                for entry in archive:
                    found = archive.extractfile(entry)
                    yield from _unpack(f"{name}/{entry.name}", found.read() if found else b"")
        else:
            yield from _unpack(f"{name}/", plain)
    else:
        yield name, data


def find_words(files: Iterator[tuple[str, bytes]], words: set[str]) -> dict[str, str]:
    """The canaries that sing in files or their names, however they are written, and where each did first."""
    found = {}
    for name, data in files:
        for text in (data.decode("utf-8", "replace"), data.decode("utf-16-le", "replace")):
            text = unquote(f"{name}\n{text}").casefold()
            # All have one length and one beginning: a text is gone through once.
            at = text.find("zq")
            while at >= 0:
                if (word := text[at : at + 9]) in words:
                    found.setdefault(word, name)
                at = text.find("zq", at + 1)
    return found
