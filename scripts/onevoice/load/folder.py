"""A handbook's folder -> records with their places, and every problem found on the way."""

from __future__ import annotations

import copy
import functools
import re
import stat
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from onevoice import __version__, limits
from onevoice.errors import find_nearest, suggest_known
from onevoice.finding import Finding, Span
from onevoice.load import yaml
from onevoice.load.messages import explain_validation_error, find_choice, find_model, list_keys, shorten_text
from onevoice.load.migration import (
    FORMAT,
    get_value,
    has_value,
    list_record_places,
    migrate_record,
    replace_value,
)
from onevoice.load.walk import (
    CONTENT,
    PICTURE_FOLDERS,
    find_kind,
    iter_misnamed_files,
    iter_record_files,
    read_handbook_bytes,
)
from onevoice.records import KINDS, Record
from onevoice.records.brand import Brand
from onevoice.records.envelope import Part

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

# A rule about several fields names first the one to look at.
FIELD_NAME = re.compile(r"`([a-z_]+)`")


@dataclass(frozen=True)
class Place:
    """Where a record is written: its file, and the path of its data in that file."""

    document: yaml.Document
    base: tuple[str | int, ...]
    defaults: frozenset[str] = frozenset()

    @property
    def path(self) -> str:
        return self.document.path

    @property
    def line(self) -> int:
        return self.locate_field().line

    def locate_field(self, *loc: str | int, key: bool = False) -> Span:
        """The place of a field of the record, such as `span("avoid", 0, "term")`."""
        if loc and loc[0] in self.defaults:
            return self.document.locate_path(("defaults", *loc), key=key)
        return self.document.locate_path((*self.base, *loc), key=key)

    def has_cut_value(self, *loc: str | int) -> bool:
        """Whether a key has nothing but what YAML takes for a comment."""
        return (*self.base, *loc) in self.document.cut_values


@dataclass(frozen=True)
class Draft:
    """A record that is written, but wrong in itself. data: its keys, with those under `defaults`."""

    model: type[Record]
    data: dict[str, Any]
    place: Place


@dataclass
class LoadResult:
    """What a folder holds: records with their places in the order of files and lines, and what is wrong with them.

    files: the pictures and fonts that records name, by their path below the content folder. refused_files: those that
    cannot be used, and why.
    drafts: the records that are wrong in themselves.
    invalid_ids: for each kind the ids of records that are wrong in themselves; "" for those that could not be read.
    format: how the records are written (see `migration`). is_newer: they are for a newer onevoice, and were not read.
    mistaken_lines: the files and lines whose values are only guessed, because what is written there is not YAML.
    """

    root: Path
    files: dict[str, bytes] = field(default_factory=dict)
    refused_files: dict[str, str] = field(default_factory=dict)
    records: list[tuple[Record, Place]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    invalid_ids: dict[str, set[str]] = field(default_factory=dict)
    format: int = 1
    is_newer: bool = False
    mistaken_lines: set[tuple[str, int]] = field(default_factory=set)

    def merge_result(self, part: LoadResult) -> None:
        """Take over what another reading found."""
        self.records += part.records
        self.findings += part.findings
        self.drafts += part.drafts
        self.mistaken_lines |= part.mistaken_lines
        for kind, ids in part.invalid_ids.items():
            self.invalid_ids.setdefault(kind, set()).update(ids)

    def mark_invalid(self, kind: str, id: object = "") -> None:
        """Note that a record is not among `records` although it is written."""
        self.invalid_ids.setdefault(kind, set()).add(id if isinstance(id, str) else "")


def load_folder(root: Path) -> LoadResult:
    """Read all records below `root`. Problems are collected in `findings`; nothing is raised for what files say."""
    loaded = LoadResult(root)
    misnamed = dict(iter_misnamed_files(root))
    for path, name in misnamed.items():
        message = (
            f"this file is not read, because its name has the wrong ending. Rename it to `{name}`. Some computers hide "
            "the last part of a name; they have a setting to show it."
        )
        shown = path.relative_to(root).as_posix()
        loaded.findings.append(Finding("yaml", "error", shown, yaml.make_point(1, 1), "", message))
        loaded.mark_invalid(find_kind(path.relative_to(root).with_name(name)) or "")
    found: list[tuple[str, str, bytes]] = []
    for kind, path in iter_record_files(root):
        if path in misnamed:
            continue
        data = _read_file(loaded, path)
        if data is None:
            loaded.mark_invalid(kind)
        else:
            found.append((kind, path.relative_to(root).as_posix(), data))
    _load_all(loaded, found)
    _read_named_files(loaded)
    return loaded


def _load_all(loaded: LoadResult, found: list[tuple[str, str, bytes]]) -> None:
    for kind, name, data in found:
        if kind == Brand.KIND and (stated := _find_format(name, data)):
            loaded.format, span = stated
            if loaded.format > FORMAT:
                message = (
                    f"this handbook has format {loaded.format}, and onevoice {__version__} reads formats up to "
                    f"{FORMAT}. Install a newer version: pip install --upgrade onevoice"
                )
                loaded.findings = [Finding("schema", "error", name, span, "", message)]
                loaded.is_newer = True
                return
    for kind, name, data in found:
        loaded.merge_result(_load_file(kind, name, data, loaded.format))


@functools.lru_cache(maxsize=16)
def _find_format(name: str, data: bytes) -> tuple[int, Span] | None:
    """The format of a handbook's records, as its brand.yaml states it, and where; None if it doesn't."""
    source = yaml.decode_yaml(name, data)
    if isinstance(source, Finding) or "format" not in source:
        return None
    document = yaml.parse_yaml(name, source)
    place = (Brand.KIND, "format")
    stated = get_value(document.data, place) if has_value(document.data, place) else None
    if not isinstance(stated, str) or not re.fullmatch("[1-9][0-9]{0,5}", stated):
        return None
    return int(stated), document.locate_path(place)


def _read_file(loaded: LoadResult, path: Path) -> bytes | None:
    """What is in a file; if it cannot be read, None, and a finding says why."""
    try:
        return read_handbook_bytes(path)
    except OSError as error:
        name = path.relative_to(loaded.root).as_posix()
        message = f"this file cannot be read ({error.strerror}). Check the file and its permissions."
        loaded.findings.append(Finding("yaml", "error", name, yaml.make_point(1, 1), "", message))
        return None


def _read_named_files(loaded: LoadResult) -> None:
    """Read the pictures and fonts that records name, and no others: regular files of the handbook, up to a size."""
    real = loaded.root.resolve()
    for name in dict.fromkeys(name for record, _ in loaded.records for _, name in record.iter_files()):
        inner = PurePosixPath(name)
        if inner.parts[:1] not in PICTURE_FOLDERS or ".." in inner.parts or "\\" in name or inner.as_posix() != name:
            continue
        path = loaded.root / CONTENT / name
        try:
            found = path.stat()
            # A link out of the handbook could publish any file of the machine that builds the site.
            if not stat.S_ISREG(found.st_mode) or not path.resolve().is_relative_to(real):
                continue
            if found.st_size > limits.MAX_PICTURE_BYTES:
                loaded.refused_files[name] = (
                    f"has {found.st_size >> 20} MB; at most {limits.MAX_PICTURE_BYTES >> 20} MB can be used. "
                    "Make it smaller."
                )
                continue
            loaded.files[name] = path.read_bytes()
        except (OSError, ValueError):
            continue  # The check `missing-file` reports it.


def load_files(found: Iterable[tuple[str, str, bytes]]) -> LoadResult:
    """The same from (kind, path below the handbook's folder, bytes) of files that are not on the disk; no pictures."""
    loaded = LoadResult(Path())
    _load_all(loaded, list(found))
    return loaded


# Several states of one handbook are read in a run, and in `serve` one after each edit: most files are the same in all.
@functools.lru_cache(maxsize=1024)
def _load_file(kind: str, name: str, data: bytes, form: int) -> LoadResult:
    """What one file holds; not to be changed."""
    loaded = LoadResult(Path())
    source = yaml.decode_yaml(name, data)
    if isinstance(source, Finding):
        loaded.findings.append(source)
        loaded.mark_invalid(kind)
        return loaded
    document = yaml.parse_yaml(name, source, _list_keys_of(KINDS[kind]) if kind in KINDS else ())
    loaded.findings += document.findings
    if kind not in KINDS:
        what = "file" if name.count("/") == 1 else "folder"
        message = f"there is no kind of record named `{kind}`. {suggest_known(kind, KINDS)} Rename the {what}."
        loaded.findings.append(_make_schema_finding(document, (), message))
    elif document.data is not None:
        _migrate_document(loaded, kind, document, form)
        _load_records(loaded, KINDS[kind], document)
    elif document.findings:
        loaded.mark_invalid(kind)
    else:
        message = f"the file is empty. Start it with `{kind}:` and put the records below, or delete the file."
        loaded.findings.append(_make_schema_finding(document, (), message, level="warning"))
    loaded.findings = list(dict.fromkeys(loaded.findings))
    loaded.mistaken_lines = {(name, line) for line in document.mistaken_lines}
    if document.lost_lines:
        loaded.mark_invalid(kind)
    return loaded


def _migrate_document(loaded: LoadResult, kind: str, document: yaml.Document, form: int) -> None:
    """Read keys and values of older formats as what they have become, and warn."""
    counts: dict[str, int] = {}
    places: dict[str, tuple[str | int, ...]] = {}
    for base in list_record_places(kind, document.data):
        record, changes = migrate_record(kind, get_value(document.data, base), form)
        for change in changes:
            told = change.describe()
            counts[told] = counts.get(told, 0) + 1
            places.setdefault(told, (*base, *change.old))
            document.rename_path((*base, *change.old), (*base, *change.new))
        if changes:
            document.data = replace_value(document.data, base, record)
    for told, count in counts.items():
        often = f" It's here {count} times." if count > 1 else ""
        message = f"{told} in format {FORMAT}, and the old way works for now. Run `onevoice upgrade`.{often}"
        loaded.findings.append(_make_schema_finding(document, places[told], message, key=True, level="warning"))


def _make_schema_finding(
    document: yaml.Document, path: tuple[str | int, ...], message: str, *, key: bool = False, level: str = "error"
) -> Finding:
    return Finding("schema", level, document.path, document.locate_path(path, key=key), "", message)


def _load_records(loaded: LoadResult, model: type[Record], document: yaml.Document) -> None:
    kind, data = model.KIND, document.data
    if not isinstance(data, dict):
        message = f"the file must start with `{kind}:`, with the records below it."
        loaded.findings.append(_make_schema_finding(document, (), message))
        loaded.mark_invalid(kind)
        return
    for key in [key for key in data if key not in (kind, "defaults")][: limits.MAX_ERRORS]:
        name = shorten_text(key)
        message = f"unknown key `{name}`. {suggest_known(name, [kind, 'defaults'])}"
        loaded.findings.append(_make_schema_finding(document, (key,), message, key=True))
    defaults = data.get("defaults") or {}
    if not isinstance(defaults, dict):
        loaded.findings.append(
            _make_schema_finding(document, ("defaults",), "`defaults` must have keys of its own. Indent them below it.")
        )
        defaults = {}
    body = data.get(kind)
    items: list[tuple[tuple[str | int, ...], Any]]
    if model.SINGLE:
        items = [((kind,), body)]
        shape_is_right, shape = (
            isinstance(body, dict),
            "must have keys of its own. Indent them below it, without hyphens",
        )
    else:
        items = [((kind, index), item) for index, item in enumerate(body)] if isinstance(body, list) else []
        shape_is_right, shape = isinstance(body, list), "must be a list. Start each record with `- `"
    if body is None:
        if kind in data:
            message = f"there is no record below `{kind}:`. Add one, or delete the file."
            loaded.findings.append(_make_schema_finding(document, (kind,), message, key=True, level="warning"))
        elif not data.keys() - {"defaults"}:
            message = f"`{kind}:` is missing. Add it, with the records below it."
            loaded.findings.append(_make_schema_finding(document, (), message))
        return
    if document.mistaken_lines and not body:
        loaded.mark_invalid(kind)
    if not shape_is_right:
        loaded.findings.append(_make_schema_finding(document, (kind,), f"`{kind}` {shape}."))
        loaded.mark_invalid(kind)
        return
    told = len(loaded.findings)
    for base, item in items:
        if len(loaded.findings) - told > limits.MAX_ERRORS:
            loaded.mark_invalid(kind)
            return
        _load_record(loaded, model, document, base, item, defaults)
        if len(loaded.findings) - told >= limits.MAX_ERRORS:
            message = f"this file has {limits.MAX_ERRORS} problems or more. Fix these first; then see the rest."
            loaded.findings.append(_make_schema_finding(document, base, message))


def _load_record(
    loaded: LoadResult,
    model: type[Record],
    document: yaml.Document,
    base: tuple[str | int, ...],
    item: object,
    defaults: dict[str, Any],
) -> None:
    if not isinstance(item, dict):
        loaded.findings.append(_make_schema_finding(document, base, "a record must have keys, such as `id: ...`."))
        loaded.mark_invalid(model.KIND)
        return
    # A key with nothing after it counts as left out.
    given = {key: value for key, value in item.items() if not _is_left_out(key, value)}
    merged = {**defaults, **given}
    place = Place(document, base, frozenset(defaults.keys() - given.keys()))
    try:
        loaded.records.append((_validate_record(model, _drop_empty(merged)), place))
    except ValidationError as error:
        loaded.mark_invalid(model.KIND, merged.get("id"))
        loaded.drafts.append(Draft(model, merged, place))
        problems = error.errors(include_url=False)
        problems += _find_later_problems(model, _drop_empty(merged), problems)
        meant = _find_meant_keys(model, problems)
        for problem in problems[: limits.MAX_ERRORS]:
            if problem["type"] == "too_short" and problem["input"]:
                continue  # What is in the list is wrong, and has its own line.
            if problem["type"] == "missing" and problem["loc"] in meant:
                continue  # It's there, but misspelled.
            if problem["type"] == "missing" and place.has_cut_value(*problem["loc"]):
                continue  # It's there, but read as a comment.
            message, key = explain_validation_error(model, problem)
            loc = tuple(step for step in problem["loc"] if step != "[key]")
            if problem["type"] == "value_error" and (named := FIELD_NAME.match(message)):
                loc += (named[1],)
            span = place.locate_field(*loc, key=key)
            if span.line in document.mistaken_lines and problem["type"] != "missing":
                continue  # That is only what was guessed.
            loaded.findings.append(Finding("schema", "error", document.path, span, "", message))


def _validate_record(model: type[Record], data: object) -> Record:
    """The record. Choices may be written in any capitals. Raises ValidationError."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        meant = [(one["loc"], choice) for one in error.errors(include_url=False) if (choice := find_choice(one))]
        if not meant:
            raise
    data = copy.deepcopy(data)
    for loc, choice in meant:
        _replace_value(data, loc, choice)
    return model.model_validate(data)


def _find_later_problems(model: type[Record], data: Any, problems: list[ErrorDetails]) -> list[ErrorDetails]:
    """What else is wrong with a record whose unknown keys and wrong values are left out, if it can do without them."""
    data = copy.copy(data)
    for problem in problems:
        name = problem["loc"][0] if problem["loc"] else None
        field = next((one for key, one in model.model_fields.items() if (one.alias or key) == name), None)
        if name is None or (field is not None and field.is_required()):
            return []
        data.pop(name, None)
    touched = {str(problem["loc"][0]) for problem in problems}
    try:
        _validate_record(model, data)
    except ValidationError as error:
        # What was left out is not missing.
        return [
            one
            for one in error.errors(include_url=False)
            if not touched & set(FIELD_NAME.findall(str(one.get("ctx", {}).get("error", one["msg"]))))
        ]
    return []


def _replace_value(data: Any, loc: tuple[int | str, ...], value: str) -> None:
    """Write a value at a place in plain data. A list of one item may be written as that item."""
    for step in loc[:-1]:
        below = data[step]
        if isinstance(below, str):
            data[step] = value
            return
        data = below
    data[loc[-1]] = value


def _find_meant_keys(model: type[Record], problems: list[ErrorDetails]) -> set[tuple[int | str, ...]]:
    """The places of keys that are missing because they're misspelled."""
    found: set[tuple[int | str, ...]] = set()
    for problem in problems:
        if problem["type"] == "extra_forbidden":
            *above, name = problem["loc"]
            part = find_model(model, above)
            if part and (near := find_nearest(str(name), list_keys(part))):
                found.add((*above, near))
    return found


def _is_left_out(key: str, value: object) -> bool:
    # Words with nothing after them are the rest of a text that a comma has cut in two: `{note: one, and two}`.
    return value is None and key in _list_known_keys()


@functools.cache
def _list_known_keys() -> frozenset[str]:
    """Every key that some part of a record has."""
    parts: list[type[Part]] = [Part]
    for part in parts:
        parts += part.__subclasses__()
    return frozenset(field.alias or name for part in parts for name, field in part.model_fields.items())


@functools.cache
def _list_keys_of(model: type[Part]) -> frozenset[str]:
    """Every key that a kind of record has, or some part of it."""
    parts = [model]
    for part in parts:
        inner = (find_model(part, (key,)) or find_model(part, (key, 0)) for key in list_keys(part))
        parts += [one for one in inner if one and issubclass(one, Part) and one not in parts]
    return frozenset(key for part in parts for key in list_keys(part))


def _drop_empty(value: object) -> object:
    if isinstance(value, dict):
        return {key: _drop_empty(item) for key, item in value.items() if not _is_left_out(key, item)}
    if isinstance(value, list):
        return [_drop_empty(item) for item in value]
    return value
