"""Fields of a term as an import compares them: what the source says, what it said last time, what we have.

What the last import wrote is known by hashes. So what a person has changed since is told from what nobody has touched.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from onevoice.matcher.fold import make_match_key

# Keys with a list of items, each of which is merged for itself.
LISTS = (
    *("allowed", "avoid", "except", "only_near", "never_near", "one_per_text", "examples", "related", "sources", "was"),
)
# Texts that may have several lines.
TEXTS = ("definition", "note", "why", "good", "bad")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\u2028\u2029]")
Base = Mapping[str, str]
# One encoder for all: `json.dumps` makes one for each value.
_write_json = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode


class Change(NamedTuple):
    """What happens to a field. value: what it says then; None if it goes. notes: a sentence for each piece of it.

    conflicts: what is left alone, a sentence each. base: what the import remembers; "" if nothing.
    """

    value: Any
    notes: tuple[str, ...]
    conflicts: tuple[str, ...]
    base: str


def clean_value(key: str, value: Any) -> Any:
    """A field as its record would be written: texts without what nobody sees, lists as lists, no empty parts."""
    # Most are short texts without anything to clean, which must not wait for what decides about the others.
    if isinstance(value, str) and key not in LISTS and value.isascii() and value.isprintable():
        return value.strip() if key in TEXTS or "  " not in value else " ".join(value.split())
    if isinstance(value, Mapping):
        parts = {str(name): clean_value(str(name), item) for name, item in value.items()}
        return {name: item for name, item in parts.items() if item}
    if isinstance(value, (list, tuple, set, frozenset)) or key in LISTS:
        items = [value] if isinstance(value, (str, Mapping)) else list(value or ())
        made = [clean_value("", item) for item in items]
        made = [simplify_item(item) if key == "avoid" else item for item in made]
        return [item for item in made if item]
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    text = _CONTROLS.sub("", unicodedata.normalize("NFC", str(value).replace("\r\n", "\n").replace("\r", "\n")))
    return text.strip() if key in TEXTS else " ".join(text.split())


def simplify_item(item: Any) -> Any:
    """An avoided word as a text, if there's no more to say."""
    if not isinstance(item, str) and isinstance(item, Mapping):
        if set(item) == {"term"}:
            return item["term"]
        if isinstance(item.get("use"), str):
            return {**item, "use": [item["use"]]}
    return item


def hash_value(value: Any) -> str:
    """A short hash of a clean value."""
    return hashlib.sha256(_write_json(value).encode()).hexdigest()[:8]


def identify_item(item: Any) -> str:
    """What an item of a list is known by: an avoided word, a name; of anything else, all of it."""
    if not isinstance(item, str) and isinstance(item, Mapping):
        return make_match_key(str(item["term"])) if "term" in item else hash_value(item)
    return make_match_key(str(item))


def identify_items(items: Sequence[Any], others: Sequence[Any] = ()) -> list[str]:
    """What each item of a list is known by; its letters as they are if a list has two that differ in capitals alone.

    others: the list that it's compared with.
    """
    names = [identify_item(item) for item in items]
    if len(names) < 2 and len(others) < 2:
        return names
    twice = {name for one in (names, list(map(identify_item, others))) for name in one if one.count(name) > 1}
    return [f"{name}\0{quote_value(item)}" if name in twice else name for name, item in zip(names, items, strict=True)]


def get_word(item: Any) -> str:
    """The word of an item of `avoid`."""
    return item if isinstance(item, str) else str(item["term"] if isinstance(item, Mapping) else item)


def describe_base(key: str, value: Any) -> str:
    """What an import remembers of a field that it has written: hashes."""
    if key not in LISTS:
        return hash_value(value)
    tags = []
    for name, item in zip(identify_items(value), value, strict=True):
        tag = hash_value(name)
        tags.append(f"{tag}.{tag if item == name else hash_value(item)}")
    return ",".join(tags)


def tame_item(item: Any) -> Any:
    """An avoided word without what makes its finding an error, or lets a fix write: an import brings neither."""
    if isinstance(item, str) or not isinstance(item, Mapping):
        return item
    return simplify_item(
        {name: part for name, part in item.items() if name != "fix" and (name != "level" or part == "suggestion")}
    )


def merge_field(key: str, source: Any, ours: Any, base: str, caution: Mapping[str, str] | None = None) -> Change:
    """Merge a field. source, ours: clean values, None if there is none. base: of the last import, "" if there is none.

    caution: what an avoided word gets that is added; None if the source may say how serious it is.
    """
    if key in LISTS:
        return _merge_list(key, source or [], ours or [], base, caution)
    said = "" if source is None else hash_value(source)
    if said == base:
        return Change(ours, (), (), base)
    if source == ours:
        return Change(ours, (), (), said)
    if ours is None and (not base or source is None):
        return Change(source, (f"adds `{key}`",) if source is not None else (), (), said)
    if base and ours is not None and hash_value(ours) == base and (source is not None or key != "preferred"):
        return Change(source, (f"{'changes' if source is not None else 'removes'} `{key}`",), (), said)
    if source is None:
        return Change(ours, (), (), base)
    if ours is None:
        return Change(ours, (), (f"`{key}` was taken out here. The source has {quote_value(source)}",), base)
    where = "was changed here, too" if base else "differs here"
    return Change(ours, (), (f"`{key}` {where}: {quote_value(ours)}. The source has {quote_value(source)}",), base)


def _merge_list(key: str, source: list[Any], ours: list[Any], base: str, caution: Mapping[str, str] | None) -> Change:
    known = dict(item.split(".", 1) for item in base.split(",") if "." in item)
    made: list[Any] = [*ours]
    names = identify_items(ours, source)
    mine = {name: index for index, name in enumerate(names)}
    given = identify_items(source, ours)
    is_tame = key == "avoid" and caution is not None

    def simplify(item: Any) -> Any:
        return tame_item(item) if is_tame else item

    notes: list[str] = []
    conflicts: list[str] = []
    kept: dict[str, str] = {}
    for name, item in dict(zip(reversed(given), reversed(source), strict=True)).items():
        tag = hash_value(name)
        said, before, index = hash_value(item), known.get(tag), mine.get(name)
        if said == before or (index is not None and simplify(ours[index]) == item):
            kept[tag] = said
        elif index is None and before is None:
            made.append(_add_caution(item, caution) if is_tame and caution else item)
            names.append(name)
            kept[tag] = said
            notes.append(f"adds {quote_value(item)} to `{key}`")
        elif index is not None and before is not None and hash_value(simplify(ours[index])) == before:
            made[index] = _keep_levels(item, ours[index]) if is_tame else item
            kept[tag] = said
            notes.append(f"changes {quote_value(item)} in `{key}`")
        else:
            if before is not None:
                kept[tag] = before
            if index is not None and not _says_less(item, ours[index]):
                conflicts.append(f"{quote_value(item)} in `{key}` differs here")
    for tag, before in known.items():
        at = next((n for n, name in enumerate(names) if hash_value(name) == tag), None)
        if tag not in kept and at is not None and hash_value(simplify(made[at])) == before:
            names.pop(at)
            notes.append(f"takes {quote_value(made.pop(at))} out of `{key}`")
    order = [tag for name in given if (tag := hash_value(name)) in kept]
    remembered = ",".join(f"{tag}.{kept[tag]}" for tag in dict.fromkeys(order))
    return Change(made or None, tuple(notes), tuple(conflicts), remembered)


def _add_caution(item: Any, caution: Mapping[str, str]) -> dict[str, Any]:
    return {**(item if isinstance(item, Mapping) else {"term": item}), **caution}


def _keep_levels(item: Any, ours: Any) -> Any:
    kept = {name: ours[name] for name in ("level", "fix") if isinstance(ours, Mapping) and name in ours}
    return _add_caution(item, kept) if kept else item


def _says_less(item: Any, ours: Any) -> bool:
    """Whether we say all that the source says of a word, and perhaps more."""
    one, other = (part if isinstance(part, Mapping) else {"term": part} for part in (item, ours))
    return all(name in ("term", "level") or other.get(name) == value for name, value in one.items())


def quote_value(value: Any) -> str:
    """A value as a message shows it."""
    if isinstance(value, Mapping):
        value = value.get("term") or ", ".join(map(str, value.values()))
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return f'"{text if len(text) <= 60 else text[:57] + "…"}"'
