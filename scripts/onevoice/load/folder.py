"""A handbook's folder -> records with their places, and every problem found on the way."""

from __future__ import annotations

import copy
import functools
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from onevoice import __version__, limits
from onevoice.errors import find_nearest, suggest_known
from onevoice.finding import Finding, Span
from onevoice.load import yaml
from onevoice.load.measures import Places, read_measures
from onevoice.load.messages import explain_validation_error, find_choice, find_model, list_keys, shorten_text
from onevoice.load.migration import (
    FORMAT,
    get_value,
    has_value,
    list_record_places,
    migrate_record,
    replace_value,
)
from onevoice.load.quotes import Places as QuotePlaces
from onevoice.load.quotes import read_quotes
from onevoice.load.walk import CONTENT, find_kind, read_folder, read_pictures
from onevoice.records import KINDS, Record
from onevoice.records.brand import Brand
from onevoice.records.envelope import Part

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

TakeItem = Callable[["LoadResult", "Item"], None]
# A rule about several fields names first the one to look at.
FIELD_NAME = re.compile(r"`([a-z_]+)`")


@dataclass(frozen=True)
class Origin:
    """A handbook that another one extends, as people are told of it.

    name: whose it is, such as `Northlight`; each has another one. prefix: what comes before the paths of its files in
    messages. repository, branch: where its files can be edited; "" if it does not say. url: where it is published, or
    "".
    """

    name: str
    prefix: str
    repository: str = ""
    branch: str = "main"
    url: str = ""

    @property
    def label(self) -> str:
        """What messages call it."""
        return f"{self.name} handbook"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record is written: its file, and the path of its data in that file.

    origin: the handbook that it is written in, if that is one that ours extends. parts: where the parts of the record
    are written that another handbook gives, by their paths in the record: the place, and the path in the record there.
    below: the place of the record that this one refines. given: the keys with which it does.
    """

    document: yaml.Document
    base: tuple[str | int, ...]
    defaults: frozenset[str] = frozenset()
    origin: Origin | None = None
    parts: Mapping[yaml.DataPath, tuple[Place, yaml.DataPath]] = field(default_factory=dict)
    below: Place | None = None
    given: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        return self.document.path

    @property
    def inner_path(self) -> str:
        """The path of the file below the folder of the handbook that it belongs to."""
        return self.path.removeprefix(f"{self.origin.prefix}/") if self.origin else self.path

    @property
    def line(self) -> int:
        return self.document.locate_record(self.base)

    def locate_field(self, *loc: str | int, key: bool = False) -> Span:
        """The place of a field of the record, such as `span("avoid", 0, "term")`, in the file of `find_part`."""
        part, loc = self.follow_part(loc)
        if loc and loc[0] in part.defaults:
            return part.document.locate_path(("defaults", *loc), key=key)
        return part.document.locate_path((*part.base, *loc), key=key)

    def find_part(self, *loc: str | int) -> Place:
        """The place of the record in the handbook that gives a field of it."""
        return self.follow_part(loc)[0]

    def name_field(self, *loc: str | int) -> str:
        """`file:line` of a field."""
        return f"{self.find_part(*loc).path}:{self.locate_field(*loc).line}"

    def list_places(self) -> list[Place]:
        """The record's places in all handbooks that give a part of it, this one first."""
        return [self, *(self.below.list_places() if self.below else ())]

    def follow_part(self, loc: yaml.DataPath) -> tuple[Place, yaml.DataPath]:
        """The place of the record in the handbook that gives a field of it, and the path of the field there."""
        for size in range(len(loc), 0, -1) if self.parts else ():
            if found := self.parts.get(loc[:size]):
                place, path = found
                return place.follow_part((*path, *loc[size:]))
        return self, loc

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
    origins, roots: the handbooks that this one extends, nearest first, and their folders. inherited: the records that
    they have together, as data, by kind and id: what a record here refines.
    format: how the records are written (see `migration`). is_newer: they are for a newer onevoice, and were not read.
    measures, quotes: the figures of each week and what customers said, by file and line.
    mistaken_lines: the files and lines whose values are only guessed, because what is written there is not YAML.
    """

    root: Path
    files: dict[str, bytes] = field(default_factory=dict)
    refused_files: dict[str, str] = field(default_factory=dict)
    records: list[tuple[Record, Place]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    invalid_ids: dict[str, set[str]] = field(default_factory=dict)
    origins: tuple[Origin, ...] = ()
    roots: tuple[Path, ...] = ()
    inherited: Mapping[tuple[str, str], Item] = field(default_factory=dict)
    format: int = 1
    is_newer: bool = False
    mistaken_lines: set[tuple[str, int]] = field(default_factory=set)
    measures: Places = field(default_factory=dict)
    quotes: QuotePlaces = field(default_factory=dict)

    def merge_result(self, part: LoadResult) -> None:
        """Take over what another reading found."""
        self.records += part.records
        self.findings += part.findings
        self.drafts += part.drafts
        self.mistaken_lines |= part.mistaken_lines
        for kind, ids in part.invalid_ids.items():
            self.invalid_ids.setdefault(kind, set()).update(ids)

    def locate_file(self, name: str) -> Path:
        """Where a picture or a font is, by its path below the content folder: in the nearest handbook that has it."""
        paths = [root / CONTENT / name for root in (self.root, *self.roots)]
        return next((path for path in paths if path.is_file()), paths[0])

    def mark_invalid(self, kind: str, id: object = "") -> None:
        """Note that a record is not among `records` although it is written."""
        self.invalid_ids.setdefault(kind, set()).add(id if isinstance(id, str) else "")


@dataclass(frozen=True, slots=True)
class Item:
    """A record as it is written: its kind's model, its data, what the file's `defaults` add to it, and its place."""

    model: type[Record]
    data: Mapping[str, Any]
    defaults: Mapping[str, Any]
    place: Place

    @property
    def key(self) -> tuple[str, str]:
        """Its kind and id; there is one record of some kinds, whatever its id. The id is "" if none is written."""
        id = "" if self.model.SINGLE else self.data.get("id")
        return self.model.KIND, id if isinstance(id, str) else ""


def load_folder(root: Path, planned: Mapping[str, bytes] | None = None) -> LoadResult:
    """Read all records below `root`. Problems are collected in `findings`; nothing is raised for what files say.

    planned: the bytes that some files will have, by their paths below `root`.
    """
    loaded = LoadResult(root)
    _load_all(loaded, plan_files(read_files(loaded, root), planned or {}))
    read_named_files(loaded)
    take_measures(loaded)
    return loaded


def take_measures(loaded: LoadResult) -> None:
    """Read the figures of each week, and what customers said: another handbook's are another company's."""
    if loaded.is_newer:
        return
    loaded.measures, wrong_measures = read_measures(loaded.root)
    loaded.quotes, wrong_quotes = read_quotes(loaded.root)
    loaded.findings += [*wrong_measures, *wrong_quotes]


def plan_files(found: Iterable[tuple[str, str, bytes]], planned: Mapping[str, bytes]) -> list[tuple[str, str, bytes]]:
    """The files with records as they will be, in the order in which they are read then."""
    files = {name: (kind, name, data) for kind, name, data in found}
    for name, data in planned.items():
        if kind := find_kind(PurePosixPath(name)):
            files[name] = kind, name, data
    if not planned:
        return list(files.values())
    return sorted(files.values(), key=lambda file: (file[1].startswith(f"{CONTENT}/"), PurePosixPath(file[1])))


def _load_all(loaded: LoadResult, found: list[tuple[str, str, bytes]]) -> None:
    form = loaded.format = read_format(loaded, found)
    for kind, name, data in found if form <= FORMAT else ():
        loaded.merge_result(_load_file(kind, name, data, form))


def read_format(loaded: LoadResult, found: Iterable[tuple[str, str, bytes]]) -> int:
    """The format of the records in a handbook's files, as its brand.yaml states it; 1 if it doesn't.

    If it's newer than FORMAT, that is all that the findings say.
    """
    for kind, name, data in found:
        if kind == Brand.KIND and (stated := _find_format(name, data)):
            form, span = stated
            if form > FORMAT:
                message = (
                    f"this handbook has format {form}, and onevoice {__version__} reads formats up to {FORMAT}. "
                    "Install a newer version: pip install --upgrade onevoice"
                )
                loaded.findings = [Finding("schema", "error", name, span, "", message)]
                loaded.is_newer = True
            return form
    return 1


@functools.lru_cache(maxsize=16)
def _find_format(name: str, data: bytes) -> tuple[int, Span] | None:
    source = yaml.decode_yaml(name, data)
    if isinstance(source, Finding) or "format" not in source:
        return None
    document = yaml.parse_yaml(name, source)
    place = (Brand.KIND, "format")
    stated = get_value(document.data, place) if has_value(document.data, place) else None
    if not isinstance(stated, str) or not re.fullmatch("[1-9][0-9]{0,5}", stated):
        return None
    return int(stated), document.locate_path(place)


def read_files(loaded: LoadResult, root: Path, prefix: str = "") -> list[tuple[str, str, bytes]]:
    """The files with records as (kind, path, bytes), sorted. A finding says which files cannot be read.

    prefix: as in `walk.read_folder`.
    """
    reading = read_folder(root, prefix)
    for kind, name, message in reading.problems:
        loaded.findings.append(Finding("yaml", "error", name, yaml.make_point(1, 1), "", message))
        loaded.mark_invalid(kind)
    return reading.files


def read_named_files(loaded: LoadResult) -> None:
    """Read the pictures and fonts that records name, and no others."""
    names = dict.fromkeys(name for record, _ in loaded.records for _, name in record.iter_files())
    loaded.files, loaded.refused_files = read_pictures(names, (loaded.root, *loaded.roots))


def load_files(found: Iterable[tuple[str, str, bytes]]) -> LoadResult:
    """The same from (kind, path below the handbook's folder, bytes) of files that are not on the disk; no pictures."""
    loaded = LoadResult(Path())
    _load_all(loaded, list(found))
    return loaded


# Several states of one handbook are read in a run, and in `serve` one after each edit: most files are the same in all.
@functools.lru_cache(maxsize=1024)
def _load_file(kind: str, name: str, data: bytes, form: int) -> LoadResult:
    """What one file holds; not to be changed."""
    return take_file(kind, name, data, form, validate_item)


def forget_files() -> None:
    """Let go of the files that have been read: what a large one holds takes much room."""
    _load_file.cache_clear()


def take_file(kind: str, name: str, data: bytes, form: int, take: TakeItem) -> LoadResult:
    """What one file holds. form: of its records (see `migration`). take: what to do with each record in it."""
    loaded = LoadResult(Path())
    source = yaml.decode_yaml(name, data)
    if isinstance(source, Finding):
        loaded.findings.append(source)
        loaded.mark_invalid(kind)
        return loaded
    document = yaml.parse_yaml(name, source, _list_keys_of(KINDS[kind]) | {kind, "defaults"} if kind in KINDS else ())
    loaded.findings += document.findings
    written = document.data
    if kind not in KINDS:
        what = "file" if name.count("/") == 1 else "folder"
        message = f"there is no kind of record named `{kind}`. {suggest_known(kind, KINDS)} Rename the {what}."
        loaded.findings.append(_make_schema_finding(document, (), message))
    elif document.data is not None:
        _migrate_document(loaded, kind, document, form)
        _take_records(loaded, KINDS[kind], document, take)
    elif document.findings:
        loaded.mark_invalid(kind)
    else:
        message = f"the file is empty. Start it with `{kind}:` and put the records below, or delete the file."
        loaded.findings.append(_make_schema_finding(document, (), message, level="warning"))
    loaded.findings = list(dict.fromkeys(loaded.findings))
    loaded.mistaken_lines = {(name, line) for line in document.mistaken_lines}
    if document.lost_lines:
        loaded.mark_invalid(kind)
    if document.data is written:
        document.release_data()
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


def _take_records(loaded: LoadResult, model: type[Record], document: yaml.Document, take: TakeItem) -> None:
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
        _take_record(loaded, model, Place(document, base), item, defaults, take)
        if len(loaded.findings) - told >= limits.MAX_ERRORS:
            message = f"this file has {limits.MAX_ERRORS} problems or more. Fix these first; then see the rest."
            loaded.findings.append(_make_schema_finding(document, base, message))


def _take_record(
    loaded: LoadResult, model: type[Record], place: Place, item: object, defaults: dict[str, Any], take: TakeItem
) -> None:
    if not isinstance(item, dict):
        loaded.findings.append(_make_schema_finding(place.document, place.base, _explain_text(item)))
        loaded.mark_invalid(model.KIND)
        return
    # A key with nothing after it counts as left out.
    given = {key: value for key, value in item.items() if value is not None or not _is_left_out(key, value)}
    added = {key: value for key, value in defaults.items() if key not in given}
    place = Place(place.document, place.base, frozenset(added)) if added else place
    take(loaded, Item(model, given, added, place))


def validate_item(loaded: LoadResult, item: Item) -> None:
    """Add a record to what is loaded, or what is wrong with it."""
    model, place, merged = item.model, item.place, {**item.defaults, **item.data}
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
            part = place.find_part(*loc)
            if span.line in part.document.mistaken_lines and problem["type"] != "missing":
                continue  # That is only what was guessed.
            loaded.findings.append(Finding("schema", "error", part.path, span, "", message))


def _explain_text(item: object) -> str:
    """What is wrong with a record that has no keys."""
    if isinstance(item, str) and (found := re.match(r"([a-z_]+):(\S.*)", item)):
        return f"there is no space after the colon. Write `{found[1]}: {shorten_text(found[2])}`."
    return "a record must have keys, such as `id: ...`."


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
    # Most values are texts.
    if isinstance(value, dict):
        return {
            key: item if isinstance(item, str) else _drop_empty(item)
            for key, item in value.items()
            if item is not None or not _is_left_out(key, item)
        }
    if isinstance(value, list):
        return [item if isinstance(item, str) else _drop_empty(item) for item in value]
    return value
