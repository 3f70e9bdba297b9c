"""Handbooks that extend each other -> one: company, team, product.

A record here refines the record with the same id there: what it gives counts, all else is inherited. A text, a number
or a list replaces the whole; of keys with keys of their own, such as `review`, each is replaced for itself. Instead
of a list, `add` and `drop` change the one there. A file's `defaults` are for the records that begin in it.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, get_origin
from urllib.parse import urlsplit

from onevoice.errors import MAX_LISTED, DataError, find_nearest
from onevoice.finding import Finding, Span
from onevoice.load import yaml
from onevoice.load.folder import (
    Item,
    LoadResult,
    Origin,
    Place,
    load_files,
    plan_files,
    read_files,
    read_format,
    read_named_files,
    take_file,
    take_measures,
    validate_item,
)
from onevoice.load.migration import FORMAT
from onevoice.load.walk import Layer
from onevoice.records import KINDS
from onevoice.records.brand import Brand
from onevoice.records.envelope import Record

RULE = "extends"
# What a handbook says of itself alone.
OWN_BRAND_KEYS = ("extends", "url", "repository", "branch", "format")
EDITS = ("add", "drop")
# What an item of a list is called by, best first.
NAMES = ("id", "term", "name", "title", "label")
Found = tuple[str, str, bytes]
Key = tuple[str, str]


def load_layers(layers: Sequence[Layer], planned: Mapping[str, bytes] | None = None) -> LoadResult:
    """The records of the first of these handbooks, which extends the second, and so on.

    As load.folder.load_folder: problems are collected in `findings`, in whichever handbook they are. planned: the bytes
    that some files of the first will have.
    """
    loaded = LoadResult(layers[0].folder, roots=tuple(layer.folder for layer in layers[1:]))
    files = [read_files(loaded, layer.folder, layer.prefix) for layer in layers]
    files[0] = plan_files(files[0], planned or {})
    merge_layers(loaded, layers, files)
    read_named_files(loaded)
    take_measures(loaded)
    return loaded


def load_own_files(found: Iterable[Found], inherited: Mapping[Key, Item]) -> LoadResult:
    """The records in files of a handbook that are not on the disk, as (kind, path below its folder, bytes).

    inherited: what they refine, as a LoadResult has it; with none of it, this is load.folder.load_files.
    """
    if not inherited:
        return load_files(found)
    loaded = LoadResult(Path(), inherited=inherited)
    stack = _Stack(loaded, inherited)
    found = list(found)
    form = loaded.format = read_format(loaded, found)
    for kind, name, data in found if form <= FORMAT else ():
        stack.add_file(kind, name, data, form, None)
    stack.validate_items()
    return loaded


def read_inherited_record(inherited: Mapping[Key, Item], kind: str, id: str) -> Record | None:
    """A record as the handbooks that this one extends have it; None if they have none, or a wrong one."""
    item = inherited.get((kind, "" if KINDS[kind].SINGLE else id))
    loaded = LoadResult(Path())
    if item:
        validate_item(loaded, item)
    return loaded.records[0][0] if loaded.records else None


def merge_layers(loaded: LoadResult, layers: Sequence[Layer], files: Sequence[Sequence[Found]]) -> None:
    """Add what these handbooks hold together to what is loaded. files: those of each, with the prefixes of layers."""
    stack, origins = _Stack(loaded), _make_origins(layers, files)
    loaded.origins = tuple(origin for origin in origins if origin)
    for origin, found in reversed(list(zip(origins, files, strict=True))):
        if origin is None:
            loaded.inherited = {key: items[0] for key, items in stack.items.items() if not key[1].startswith("\0")}
        form = loaded.format = read_format(loaded, found)
        if loaded.is_newer:
            return
        for kind, name, data in found:
            stack.add_file(kind, name, data, form, origin)
    stack.validate_items()


def _make_origins(layers: Sequence[Layer], files: Sequence[Sequence[Found]]) -> list[Origin | None]:
    """What people are told of each handbook; None for the nearest, which is theirs."""
    brands = [_read_brand(one) for one in files]
    names = [""]
    for brand in reversed(brands):
        names.append(brand.get("name", names[-1]))
    taken = {names[-1]}
    found: list[Origin | None] = []
    for layer, brand, name in zip(reversed(layers), reversed(brands), names[1:], strict=True):
        if layer is layers[0]:
            found.append(None)
            continue
        short = layer.prefix.rpartition("/")[2].partition("@")[0].strip(".") or layer.folder.resolve().name
        name = f"{name} ({short})" if name in taken and name else name or short
        taken.add(name)
        repository = brand.get("repository", "")
        if not repository and urlsplit(layer.address).scheme == "https":
            repository = layer.address.removesuffix("/").removesuffix(".git")
        branch, url = brand.get("branch", "main"), brand.get("url", "")
        found.append(Origin(name, layer.prefix, repository.rstrip("/"), branch, url))
    return found[::-1]


def _read_brand(found: Iterable[Found]) -> dict[str, str]:
    """The texts of a handbook's brand record, as they are written."""
    brands = [
        item for kind, name, data in found if kind == Brand.KIND for item in _collect_items(kind, name, data, FORMAT)[1]
    ]
    return {key: value for key, value in brands[0].data.items() if isinstance(value, str)} if brands else {}


@functools.lru_cache(maxsize=1024)
def _collect_items(kind: str, name: str, data: bytes, form: int) -> tuple[LoadResult, tuple[Item, ...]]:
    """What one file holds: what is wrong with the file itself, and its records as they are written."""
    items: list[Item] = []
    loaded = take_file(kind, name, data, form, lambda loaded, item: items.append(item))
    return loaded, tuple(items)


@dataclass
class _Stack:
    """Records by kind and id, as the handbooks read so far have them together; of several, the first has the id.

    below: those of farther handbooks, which are only there to be refined.
    """

    loaded: LoadResult
    below: Mapping[Key, Item] = field(default_factory=dict)
    items: dict[Key, list[Item]] = field(default_factory=dict)

    def add_file(self, kind: str, name: str, data: bytes, form: int, origin: Origin | None) -> None:
        """Lay a file of the next nearer handbook over what is there. origin: that handbook; None: ours.

        form: how its records are written.
        """
        part, items = _collect_items(kind, name, data, form)
        self.loaded.merge_result(part)
        for item in items:
            if origin:
                item = replace(item, place=replace(item.place, origin=origin))
            key = item.key
            if not key[1] and not item.model.SINGLE:
                key = (key[0], f"\0{len(self.items)}")  # Without an id, it refines nothing.
            known = self.items.get(key)
            if known is None:
                known = self.items[key] = [self.below[key]] if key in self.below else []
            if known and known[0].place.origin is not origin:
                known[0] = _Refinement(self.loaded, known[0], item).merge()
            else:
                known.append(item)

    def validate_items(self) -> None:
        """Add the records to what is loaded, and what is wrong with them."""
        for key, items in self.items.items():
            for item in items:
                self._validate_item(item, key)

    def _validate_item(self, item: Item, key: Key) -> None:
        part, ours = LoadResult(Path()), item.place
        validate_item(part, item)
        if part.findings and ours.origin is None:
            refined = self.loaded.inherited.get(key)
            known = [id for kind, id in self.loaded.inherited if kind == key[0]]
            for number, finding in enumerate(part.findings):
                if finding.path != ours.path:
                    # There, it was right.
                    where = f"{finding.path}:{finding.span.line}"
                    message = f"{finding.message} This record inherits the field from {where}."
                    span = ours.locate_field("id", key=True)
                    part.findings[number] = replace(finding, path=ours.path, span=span, message=message)
                elif not refined and "is missing" in finding.message and (near := find_nearest(key[1], known)):
                    message = f"{finding.message} If this record is to change another one, is that `{near}`?"
                    part.findings[number] = replace(finding, message=message)
                    break
        self.loaded.merge_result(part)


class _Refinement:
    """A record of a nearer handbook over the one of a farther handbook that has the same id."""

    def __init__(self, loaded: LoadResult, old: Item, new: Item) -> None:
        self._loaded, self._old, self._new = loaded, old, new
        self._parts: dict[yaml.DataPath, tuple[Place, yaml.DataPath]] = {}

    def merge(self) -> Item:
        """The record that the two are together."""
        model, given = self._new.model, self._new.data
        self._refuse_publication()
        before = {**self._old.defaults, **self._old.data}
        if model is Brand:
            before = {key: value for key, value in before.items() if key not in OWN_BRAND_KEYS}
        names = {field.alias or name for name, field in Record.model_fields.items()}
        if given.keys() - names - set(model.UNSIGNED_FIELDS):
            before.pop("signed", None)  # That was signed for another text.
        data = self._merge_keys(before, given, (), ())
        keys = tuple(key for key in given if key != "id")
        place = replace(self._new.place, defaults=frozenset(), parts=self._parts, below=self._old.place, given=keys)
        return Item(model, data, {}, place)

    def _merge_keys(
        self, old: Mapping[str, Any], new: Mapping[str, Any], path: yaml.DataPath, at: yaml.DataPath
    ) -> dict[str, Any]:
        """Keys of two mappings, which are at a path of the merged record, and there in the older one."""
        data = dict(old)
        for key in old.keys() - new.keys():
            self._parts[*path, key] = self._old.place, (*at, key)
        for key, value in new.items():
            data[key] = self._merge_value(old.get(key), value, (*path, key), (*at, key))
        return data

    def _merge_value(self, old: Any, new: Any, path: yaml.DataPath, at: yaml.DataPath) -> Any:
        if not isinstance(new, dict):
            return new
        is_list = isinstance(old, str | list) or (old is None and self._is_list(path))
        if new and new.keys() <= set(EDITS) and is_list:
            return self._edit_list(_make_list(old), new, path, at)
        return self._merge_keys(old, new, path, at) if isinstance(old, dict) else new

    def _is_list(self, path: yaml.DataPath) -> bool:
        fields = {info.alias or name: info for name, info in self._new.model.model_fields.items()}
        return len(path) == 1 and path[0] in fields and get_origin(fields[str(path[0])].annotation) is tuple

    def _edit_list(self, old: list[Any], edit: Mapping[str, Any], path: yaml.DataPath, at: yaml.DataPath) -> list[Any]:
        numbers = {_name_item(item): number for number, item in enumerate(old)}
        for number, name in enumerate(_make_list(edit.get("drop"))):
            if numbers.pop(_fold(name), None) is None:
                where = self._old.place.name_field(*at)
                listed = ", ".join(f"`{_show_item(item)}`" for item in old[:MAX_LISTED])
                has = f"It has {listed}" if listed else "It is empty"
                message = f"`{_show_item(name)}` is not in the list that this changes ({where}). {has}. Delete it here."
                self._report((*path, "drop", number), message)
        kept = [number for number in range(len(old)) if number in numbers.values()]
        data: list[Any] = []
        places = {}
        for number in kept:
            places[_name_item(old[number])] = len(data)
            self._parts[*path, len(data)] = self._old.place, (*at, number)
            data.append(old[number])
        # The parts of what is added are found in this handbook under `add`.
        ours = self._new.place
        for number, item in enumerate(_make_list(edit.get("add"))):
            index = places.setdefault(_name_item(item), len(data))
            if index == len(data):
                data.append(item)
            elif isinstance(item, dict):
                named = next((name for name in NAMES if name in item), NAMES[0])
                before = data[index] if isinstance(data[index], dict) else {named: data[index]}
                there = self._parts[*path, index]
                data[index] = {**before, **item}
                for key in before.keys() - item.keys():
                    self._parts[*path, index, key] = there[0], (*there[1], key)
            self._parts[*path, index] = ours, (*path, "add", number)
        return data

    def _refuse_publication(self) -> None:
        """What is internal there must not become public here."""
        old = {**self._old.defaults, **self._old.data}
        if _is_true(self._new.data.get("public")) and not _is_true(old.get("public")):
            where = f"{self._old.place.path}:{self._old.place.line}"
            message = (
                f"`{self._new.data.get('id', self._new.model.KIND)}` is internal in {where}, so it can't be public "
                "here. Delete `public`, or make it public there."
            )
            self._report(("public",), message)

    def _report(self, path: yaml.DataPath, message: str) -> None:
        place = self._new.place
        self._loaded.findings.append(Finding(RULE, "error", place.path, place.locate_field(*path), "", message))


def _make_list(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


def _show_item(item: Any) -> str:
    if isinstance(item, dict):
        return next((str(item[name]) for name in NAMES if name in item), "…")
    return str(item)


def _fold(name: Any) -> str:
    return _show_item(name).casefold()


def _name_item(item: Any) -> str:
    """What an item is known by; an item without a name by all that it says."""
    if isinstance(item, dict) and not any(name in item for name in NAMES):
        return repr(item)
    return _fold(item)


def _is_true(value: Any) -> bool:
    return str(value).lower() == "true"


def find_extends(name: str, data: bytes) -> tuple[dict[str, str], Span] | None:
    """The handbook that one extends, by a file of its brand record: where it is, and the place that says so.

    name: the file's, for messages. None if the file names none. Raises DataError if it is not named rightly.
    """
    for item in _collect_items(Brand.KIND, name, data, FORMAT)[1]:
        given = {**item.defaults, **item.data}.get(RULE)
        if given is None:
            continue
        place = item.place.locate_field(RULE, key=True)
        loaded = LoadResult(Path())
        # Whatever else is wrong with the record is told when it is read.
        validate_item(loaded, replace(item, data={"name": "x", RULE: given}, defaults={}))
        if not loaded.records:
            raise DataError(loaded.findings)
        source = loaded.records[0][0].model_dump(exclude_none=True)[RULE]
        return source, place
    return None
