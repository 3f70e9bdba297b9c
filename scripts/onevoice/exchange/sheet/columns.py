"""A table -> its header, and the key of a term that each column stands for: by its name, else by its values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from onevoice.exchange.sheet.cells import clean_line
from onevoice.exchange.sheet.headers import (
    CONCEPT,
    IGNORED,
    INSTEAD,
    LANGUAGE,
    WORD,
    find_key,
    fold_header,
    read_language_tag,
    read_part_of_speech,
    read_status_word,
)
from onevoice.sheet.table import Table, name_column

# Rows in which a header is looked for, and values by which a column is judged.
_HEADER_ROWS, _SAMPLE_ROWS = 25, 200
_MAX_HEADER_CHARS, _MAX_COLUMNS = 80, 200
# Keys that several columns may have; what they say is one list.
LISTS = frozenset(("avoid.term", "allowed", "related", "except", "note", "sources", "examples.good", "examples.bad"))
# What a person can choose for a column that nobody knows.
CHOICES = (
    *(IGNORED, "preferred", "avoid.term", "avoid.why", "allowed", "abbreviation", "definition", "part_of_speech"),
    *("area", "owner", "note", "sources", "status", "examples.good", "examples.bad", "related", "except"),
    *(WORD, INSTEAD, LANGUAGE, CONCEPT),
)
_NAMING = ("preferred", "avoid.term", WORD, INSTEAD)
# Words that tell what a longer header is about.
_HINTS = (
    (
        "avoid.term",
        re.compile(
            r"\b(?:avoid|avoided|dont|never|forbidden|banned|wrong|incorrect|deprecated|nicht|verboten\w*|vermeiden|"
            r"falsch\w*|éviter|interdit\w*|evitar|prohibid\w*|evitare|vietat\w*|vermijden|undvik|не|запрещ\w*)\b"
        ),
    ),
    (
        "definition",
        re.compile(r"\b(?:definition\w*|meaning|bedeutung|définition|definición|definizione|определение)\b"),
    ),
    (
        "preferred",
        re.compile(r"\b(?:preferred|bevorzugt\w*|recommended|approved|correct|préféré\w*|preferid\w*|preferit\w*)\b"),
    ),
    (WORD, re.compile(r"\b(?:term|terms|word|words|begriffe?|wort|wörter|termes?|mots?|términos?|termini|termine)\b")),
)
_BRACKETS = re.compile(r"^([^()\[\]]{0,80})[(\[]([^()\[\]]{1,80})[)\]]\s*$")


@dataclass
class Columns:
    """How a table is read.

    header: the index of its header among the rows; -1 if it has none. names: of each column, unique. keys: what each
    stands for. doubts: columns of which a person should say it. has_guessed_names: no header says which words to use.
    """

    header: int
    names: dict[int, str]
    keys: dict[int, str] = field(default_factory=dict)
    doubts: list[int] = field(default_factory=list)
    has_guessed_names: bool = False

    def list_columns(self, key: str) -> list[int]:
        """The columns with a key, from the left."""
        return [column for column, known in self.keys.items() if known == key]

    def list_keys(self) -> dict[str, str]:
        """The key that each column stands for, by its name."""
        return {name: self.keys[column] for column, name in self.names.items()}

    @property
    def has_words(self) -> bool:
        """Whether one of the columns has the words that we use."""
        return bool({"preferred", WORD, INSTEAD} & {*self.keys.values()})


def map_columns(table: Table, known: Mapping[str, str], language: str) -> Columns:
    """How a table is read. known: keys by the names of columns, which someone has said. language: the handbook's."""
    header = find_header(table, known)
    columns = Columns(header, _name_columns(table, header))
    samples = {column: _take_sample(table, header, column) for column in columns.names}
    for column, name in columns.names.items():
        if name in known:
            columns.keys[column] = known[name]
        elif column in table.hidden:
            columns.keys[column] = IGNORED
        else:
            columns.keys[column] = _guess_key(name if header >= 0 else "", samples[column], language)
    said = {column for column, name in columns.names.items() if name in known}
    if not said:
        _settle_languages(columns, language)
        _settle_names(columns, samples)
        if not columns.has_words:
            columns.has_guessed_names = True
            _guess_by_values(columns, samples)
    _settle_doubles(columns, said)
    for column, key in columns.keys.items():
        if not key:
            columns.keys[column] = IGNORED
            if samples[column]:
                columns.doubts.append(column)
    return columns


def find_header(table: Table, known: Mapping[str, str]) -> int:
    """The index of the row with the names of the columns: there may be a title and notes above it. -1: there's none."""
    best, score = -1, 0
    for index, row in enumerate(table.rows[:_HEADER_ROWS]):
        cells = [cell for cell in row.cells if cell.strip()]
        if any(len(cell) > _MAX_HEADER_CHARS for cell in cells):
            continue
        found = [cell for cell in cells if clean_line(cell) in known or find_key(cell) or _read_language(cell)[0]]
        names = sum(
            1 for cell in cells if clean_line(cell) in known or find_key(cell) in _NAMING or _read_language(cell)[0]
        )
        # One known name may be a word like any other, unless it's above all others.
        is_first = not any(len(above.cells) > 1 for above in table.rows[:index])
        wanted = 1 if is_first and (len(cells) > 1 or table.width == 1) else 2
        if names and len(found) >= wanted and len(found) > score and len(found) * 3 >= len(cells):
            best, score = index, len(found)
    if best < 0 and table.width > 1:
        return _find_plain_header(table)
    return best


def _find_plain_header(table: Table) -> int:
    """The first row, if it looks different from the others: short names over longer texts, each only once."""
    for index, row in enumerate(table.rows[:_HEADER_ROWS]):
        cells = [cell for cell in row.cells if cell.strip()]
        if len(cells) < 2:
            continue
        if len({*cells}) < len(cells) or any(len(cell) > 40 or cell.strip().isdigit() for cell in cells):
            return -1
        return index
    return -1


def _name_columns(table: Table, header: int) -> dict[int, str]:
    names: dict[int, str] = {}
    counts: dict[str, int] = {}
    used = {column for row in table.rows for column, cell in enumerate(row.cells[:_MAX_COLUMNS]) if cell.strip()}
    for column in sorted(used):
        name = clean_line(table.rows[header].get_cell(column)) if header >= 0 else ""
        name = name or f"column {name_column(column)}"
        counts[name] = counts.get(name, 0) + 1
        names[column] = name if counts[name] == 1 else f"{name} ({counts[name]})"
    return names


def _take_sample(table: Table, header: int, column: int) -> list[str]:
    cells = (clean_line(row.get_cell(column)) for row in table.rows[header + 1 : header + 1 + _SAMPLE_ROWS])
    return [cell for cell in cells if cell]


def _guess_key(name: str, sample: Sequence[str], language: str) -> str:
    key = _read_header(name, language)
    if key == "status" and not _share(sample, read_status_word) > 0.5:
        key = ""
    if key == "part_of_speech" and sample and not _share(sample, read_part_of_speech) > 0.3:
        key = ""
    if key == CONCEPT and [*map(str, range(1, len(sample) + 1))] == [*sample]:
        # The numbers of the rows say nothing: they change when a row is put in.
        return IGNORED
    if key or len(sample) < 2:
        return key
    if _share(sample, read_part_of_speech) > 0.8:
        return "part_of_speech"
    if _share(sample, read_language_tag) > 0.8:
        return LANGUAGE
    if _share(sample, read_status_word) > 0.8 and len({*sample}) <= 6:
        return "status"
    return ""


def _read_header(name: str, language: str) -> str:
    """The key that a column's name stands for; "" if nobody knows."""
    if name in CHOICES and name != WORD:
        return name
    if key := find_key(name):
        return key
    tag, rest = _read_language(name)
    if tag:
        key = (find_key(rest) if rest else "") or "preferred"
        key = "preferred" if key in (WORD, INSTEAD) else key
        return f"names.{tag}.{key}"
    bare = _BRACKETS.match(name)
    for part in (*((bare[1], bare[2]) if bare else ()), *re.split(r"[/|,;:\n]", name)):
        if key := find_key(part):
            return key
    folded = fold_header(name)
    return next((key for key, words in _HINTS if words.search(folded)), "") if len(folded.split()) <= 6 else ""


def _read_language(name: str) -> tuple[str, str]:
    """The language that a header names, and the rest of it: `Term (DE)`, `German term`, `Begriff EN`."""
    if tag := read_language_tag(name):
        return (tag, "") if len(name) > 3 or name.isupper() or name.islower() else ("", name)
    if bare := _BRACKETS.match(name):
        for inner, outer in ((bare[2], bare[1]), (bare[1], bare[2])):
            if (tag := read_language_tag(inner)) and (not outer.strip() or find_key(outer)):
                return tag, outer
    words = re.split(r"[\s_:–-]+", name.strip())
    if len(words) in (2, 3):
        for tagged, others in ((words[-1], words[:-1]), (words[0], words[1:])):
            if (tag := read_language_tag(tagged)) and find_key(" ".join(others)):
                return tag, " ".join(others)
    return "", name


def _share(sample: Sequence[str], find: object) -> float:
    assert callable(find)
    return sum(1 for cell in sample if find(cell)) / len(sample) if sample else 0.0


def _settle_languages(columns: Columns, language: str) -> None:
    """The column of the handbook's language has our own names; of several languages without it, the first."""
    tags = list(dict.fromkeys(key.split(".")[1] for key in columns.keys.values() if key.startswith("names.")))
    if not tags:
        return
    own = next((tag for tag in tags if tag.split("-")[0] == language.split("-")[0]), "")
    if not own and not columns.has_words:
        return
    for column, key in columns.keys.items():
        if own and key.startswith(f"names.{own}."):
            key = key.removeprefix(f"names.{own}.")
            if key != "preferred" or not columns.list_columns("preferred"):
                columns.keys[column] = key


def _settle_names(columns: Columns, samples: Mapping[int, Sequence[str]]) -> None:
    """Which of the columns with words has those we use, if their names alone don't say it."""
    words, instead = columns.list_columns(WORD), columns.list_columns(INSTEAD)
    preferred, avoid = columns.list_columns("preferred"), columns.list_columns("avoid.term")
    if words and preferred and avoid:
        if all(_count_words(samples[column]) > 4 for column in (*preferred, *avoid)):
            # Correct and incorrect usage, in sentences.
            _set_keys(columns, preferred, "examples.good")
            _set_keys(columns, avoid, "examples.bad")
            _set_keys(columns, words, "preferred")
        else:
            _set_keys(columns, words, "")
    elif words and (preferred or instead) and not avoid:
        replacing = preferred or instead
        is_avoid_list = len(samples[replacing[0]]) >= 0.9 * len(samples[words[0]])
        _set_keys(columns, words, "avoid.term" if is_avoid_list else WORD)
        _set_keys(columns, replacing, "preferred" if is_avoid_list else INSTEAD)
    elif words and instead:
        _set_keys(columns, words, "")
        _set_keys(columns, instead, "preferred")
    elif words and not preferred:
        statuses = [read_status_word(cell) for column in columns.list_columns("status") for cell in samples[column]]
        _set_keys(columns, words, WORD if {"avoid", "allowed"} & {*statuses} else "preferred")
    elif instead and not preferred:
        _set_keys(columns, instead, "preferred")


def _set_keys(columns: Columns, which: Iterable[int], key: str) -> None:
    for column in which:
        columns.keys[column] = key


def _guess_by_values(columns: Columns, samples: Mapping[int, Sequence[str]]) -> None:
    """Nobody knows the name of the column with our words: it's the first one with short texts, each only once."""
    free = [column for column, key in columns.keys.items() if not key and samples[column]]
    most = max((len(samples[column]) for column in free), default=0)
    for column in free:
        sample = samples[column]
        if _count_words(sample) > 4:
            key = "definition" if not columns.list_columns("definition") else ""
        elif len(sample) * 2 < most or len({*sample}) * 3 < len(sample) * 2 or _share(sample, _is_number) > 0.5:
            continue
        elif not columns.has_words:
            key = "preferred"
        else:
            key = "" if columns.list_columns("avoid.term") else "avoid.term"
        if key:
            columns.keys[column] = key
            columns.doubts.append(column)


def _settle_doubles(columns: Columns, said: set[int]) -> None:
    """Only lists may have several columns; of the others, the first counts, or the one that a person named."""
    first: dict[str, int] = {}
    order = [
        *(column for column in columns.keys if column in said),
        *(column for column in columns.keys if column not in said),
    ]
    for column in order:
        key = columns.keys[column]
        if not key or key == IGNORED or key in LISTS or key.endswith((".avoid.term", ".allowed")):
            continue
        if first.setdefault(key, column) != column:
            columns.keys[column] = ""


def _count_words(sample: Sequence[str]) -> float:
    return sum(len(cell.split()) for cell in sample) / len(sample) if sample else 0.0


def _is_number(cell: str) -> bool:
    return cell.replace(".", "").replace(",", "").isdigit()


def iter_values(table: Table, columns: Columns, column: int) -> Iterator[str]:
    """The texts of a column below its header."""
    for row in table.rows[columns.header + 1 :]:
        if cell := row.get_cell(column):
            yield cell
