"""Rows of a spreadsheet that anyone may have made -> entries, each row accounted for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from onevoice.exchange.entry import Entry, Omission
from onevoice.exchange.sheet.cells import ERRORS, clean_line, clean_text, split_cell, split_remark
from onevoice.exchange.sheet.columns import Columns
from onevoice.exchange.sheet.concept import Concept
from onevoice.exchange.sheet.doubts import ALSO, FORMULA, FULL, KEEP, NOTE, SHORT, Doubts, find_bracket_kind
from onevoice.exchange.sheet.headers import (
    CONCEPT,
    IGNORED,
    INSTEAD,
    LANGUAGE,
    WORD,
    find_key,
    read_language_tag,
    read_part_of_speech,
    read_status_word,
)
from onevoice.sheet.table import Row, Table

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ADDRESS = re.compile(r"https?://\S+")
_WORDS = ("preferred", "avoid.term", "allowed", WORD, INSTEAD)
_LEVELS = {"error": "error", "warning": "warning", "suggestion": "suggestion"}
# More than anybody writes into one cell.
_MAX_WORDS = 200


class _Word(NamedTuple):
    """A word of a cell, and what its brackets said."""

    text: str
    abbreviation: str = ""
    others: tuple[str, ...] = ()
    note: str = ""
    part_of_speech: str = ""


class RowReader:
    """Reads the rows of one table. concepts: those found so far, by key, which other sheets may add to."""

    def __init__(
        self, table: Table, columns: Columns, doubts: Doubts, language: str, concepts: dict[str, Concept]
    ) -> None:
        self._table, self._columns, self._doubts = table, columns, doubts
        self._language, self._concepts = language, concepts
        self.omissions: list[Omission] = []
        self._last: Concept | None = None
        # Rows about concepts that haven't been named yet.
        self._waiting: dict[str, list[Row]] = {}
        self._by_number: dict[str, Concept] = {}
        names = columns.list_columns("preferred")
        avoided = columns.list_columns("avoid.term")
        # An empty name means "the same as above" only if the names are on the left, as people read.
        self._continues = bool(names) and (not avoided or names[0] < avoided[0])

    def read_rows(self) -> int:
        """Read all rows below the header; returns how many there are."""
        rows = self._table.rows[self._columns.header + 1 :]
        for row in self._table.rows[: max(self._columns.header, 0)]:
            self._omit(row, "It's above the header, so it's taken for a title.")
        for row in rows:
            self._read_row(row, may_wait=True)
        for waiting in [*self._waiting.values()]:
            for row in waiting:
                self._read_row(row, may_wait=False)
        return len(rows) + max(self._columns.header, 0)

    def _read_row(self, row: Row, *, may_wait: bool) -> None:
        if row.is_wide:
            self._omit(row, "One cell reaches across the row, so it's taken for a heading.")
            self._last = None
            return
        texts = self._collect_texts(row)
        if self._is_header(row):
            self._omit(row, "It's the header again.")
            return
        if not any(texts.values()):
            self._omit(row, "It says nothing that a term can have.")
            return
        if len(texts) == 1 and self._is_letter(row):
            self._omit(row, "It's a letter of the alphabet, so it's taken for a heading.")
            return
        if may_wait and self._must_wait(texts):
            self._waiting.setdefault(_join(texts[CONCEPT]), []).append(row)
            return
        concept = self._find_concept(row, texts)
        if concept:
            self._last = concept
            self._add_details(concept, row, texts)
            for waiting in self._waiting.pop(_join(texts.get(CONCEPT, [])), []):
                self._read_row(waiting, may_wait=False)

    def _must_wait(self, texts: dict[str, list[tuple[int, str]]]) -> bool:
        """Whether a row is about a concept that a row further down names: `client, forbidden` above `customer`."""
        number = _join(texts.get(CONCEPT, []))
        if not number or number in self._by_number:
            return False
        return read_status_word(_join(texts.get("status", []))) in ("avoid", "allowed") or bool(self._read_tag(texts))

    def _read_tag(self, texts: dict[str, list[tuple[int, str]]]) -> str:
        """The language of a row, if it isn't the handbook's."""
        tag = read_language_tag(_join(texts.get(LANGUAGE, [])))
        return "" if tag.split("-")[0] == self._language.split("-")[0] else tag

    def _collect_texts(self, row: Row) -> dict[str, list[tuple[int, str]]]:
        """The cells of a row by key, cleaned; errors of formulas and dates for words are left out and said."""
        texts: dict[str, list[tuple[int, str]]] = {}
        for column, key in self._columns.keys.items():
            cell = row.get_cell(column)
            if not cell or key == IGNORED:
                continue
            if column in row.formulas:
                use = self._doubts.get_formula_use(column)
                if use == IGNORED:
                    self._omit_cell(row, column, row.formulas[column], "It's a formula.")
                    continue
                cell = row.formulas[column] if use == FORMULA else cell
            if cell.strip() in ERRORS:
                self._omit_cell(row, column, cell, "It's an error of the spreadsheet. Correct the formula.")
                continue
            if column in row.dates and key in _WORDS:
                why = "It's a date. If it was a word such as 24/7, format the cell as text and write it again."
                self._omit_cell(row, column, cell, why)
                continue
            if text := clean_text(cell):
                texts.setdefault(key, []).append((column, text))
        return texts

    def _find_concept(self, row: Row, texts: dict[str, list[tuple[int, str]]]) -> Concept | None:
        """The concept that a row is about, made if it's new; its words are added to it."""
        status = read_status_word(_join(texts.get("status", [])))
        number = _join(texts.get(CONCEPT, []))
        names = self._list_words(texts, "preferred")
        word = self._list_words(texts, WORD)
        instead = self._list_words(texts, INSTEAD)
        tag = self._read_tag(texts)
        known = self._by_number.get(number) if number else None
        if word and (status in ("avoid", "allowed") or instead):
            return self._take_word(row, word, instead, status or "avoid", known, tag)
        names = names or word
        if names and status == "avoid" and not texts.get("avoid.term"):
            return self._take_word(row, names, [], status, known, tag)
        if tag and known and names:
            self._name_in(known, tag, names)
            return known
        if not names:
            return self._continue_concept(row, texts, known)
        concept = self._open_concept(row, names, number, tag)
        self._avoid_words(concept, texts)
        return concept

    def _take_word(
        self, row: Row, words: list[_Word], instead: list[_Word], status: str, known: Concept | None, tag: str
    ) -> Concept | None:
        """A word that the row calls wrong or allowed: part of the concept whose number or name the row has."""
        concept = known or (self._open_concept(row, instead[:1], "", tag) if instead else None)
        if not concept:
            self._omit(
                row, "It says not to use the word, but not what to use instead. Add that, or its concept's number."
            )
            return None
        more: dict[str, Any] = {}
        if instead and (known or len(instead) > 1):
            more["use"] = [word.text for word in instead]
        for word in words:
            if status == "allowed":
                concept.add_words("allowed", [word.text])
            else:
                concept.avoid_word(word.text, more, tag if known and tag else "")
        return concept

    def _continue_concept(
        self, row: Row, texts: dict[str, list[tuple[int, str]]], known: Concept | None
    ) -> Concept | None:
        # Who writes "n/a" has no name for it, and doesn't mean the one above.
        is_blank = not any(row.get_cell(column).strip() for column in self._columns.list_columns("preferred"))
        concept = known or (self._last if self._continues and is_blank else None)
        languages = [key for key in texts if key.startswith("names.")]
        if not concept and languages:
            # What has no name of the handbook's language is called what the first other language calls it.
            tag = languages[0].split(".")[1]
            words = self._list_words(texts, f"names.{tag}.preferred")
            concept = self._open_concept(row, words, "", tag) if words else None
        if not concept:
            what = "what to avoid, but not what to use" if texts.get("avoid.term") else "no name"
            self._omit(row, f"It says {what}. Write the name that you use, too.")
            return None
        self._avoid_words(concept, texts)
        return concept

    def _open_concept(self, row: Row, names: list[_Word], number: str, tag: str) -> Concept:
        first = names[0]
        key = first.text
        concept = self._by_number.get(number) if number else self._concepts.get(key)
        if concept is None:
            where = self._table.name_place(row)
            if number:
                key = number if number not in self._concepts else f"{self._table.sheet} {number}"
            concept = self._concepts[key] = Concept(key, where, first.text)
            if number:
                self._by_number[number] = concept
        elif concept.preferred != first.text:
            concept.add_words("allowed", [first.text])
        if tag:
            concept.set_value("language", tag)
        for name in names:
            if name is not first:
                concept.add_words("allowed", [name.text])
            concept.add_words("allowed", [*name.others])
            if name.abbreviation:
                concept.set_value("abbreviation", name.abbreviation)
            if name.part_of_speech:
                concept.set_value("part_of_speech", name.part_of_speech)
            if name.note:
                concept.add_note(name.note)
        return concept

    def _avoid_words(self, concept: Concept, texts: dict[str, list[tuple[int, str]]]) -> None:
        more = self._read_avoid_details(texts)
        for word in self._list_words(texts, "avoid.term"):
            own = {**more, "why": word.note} if word.note and "why" not in more else more
            for text in (word.text, *word.others):
                concept.avoid_word(text, own)
            if word.part_of_speech:
                # What replaces a verb is a verb.
                concept.set_value("part_of_speech", word.part_of_speech)

    def _read_avoid_details(self, texts: dict[str, list[tuple[int, str]]]) -> dict[str, Any]:
        more: dict[str, Any] = {}
        if why := _join(texts.get("avoid.why", [])):
            more["why"] = why
        if level := _LEVELS.get(_join(texts.get("avoid.level", [])).casefold()):
            more["level"] = level
        since = _join(texts.get("avoid.since", []))
        if _DAY.fullmatch(since):
            more["since"] = since
        if use := self._list_words(texts, "avoid.use"):
            more["use"] = [word.text for word in use]
        return more

    def _add_details(self, concept: Concept, row: Row, texts: dict[str, list[tuple[int, str]]]) -> None:
        """Everything that a row says besides the names and the words to avoid."""
        for key, cells in texts.items():
            if key in ("allowed", "related", "except"):
                for word in self._list_words(texts, key):
                    concept.add_words(key, [word.text, *word.others])
            elif key == "note":
                for _, text in cells:
                    concept.add_note(text)
            elif key == "sources":
                for _, text in cells:
                    concept.add_source(_read_source(text))
            elif key in ("definition", "abbreviation", "area", "owner"):
                column, text = cells[0]
                value = text if key == "definition" else " ".join(text.split())
                if not concept.set_value(key, value):
                    self._omit_cell(row, column, text, f"“{concept.preferred}” has another {key} already.")
            elif key.startswith("names."):
                self._add_name(concept, key, texts)
        self._add_classes(concept, row, texts)
        self._add_examples(concept, texts)
        if texts.get("avoid.why") and not texts.get("avoid.term") and not texts.get(WORD):
            concept.add_note(_join(texts["avoid.why"]))
        for note in row.notes.values():
            if text := clean_text(note):
                concept.add_note(text)

    def _add_classes(self, concept: Concept, row: Row, texts: dict[str, list[tuple[int, str]]]) -> None:
        for column, text in texts.get("part_of_speech", [])[:1]:
            part = read_part_of_speech(text)
            if not part:
                self._omit_cell(row, column, text, "It's no part of speech that a term can have.")
            elif not concept.set_value("part_of_speech", part):
                self._omit_cell(row, column, text, f"“{concept.preferred}” has another part of speech already.")
        for column, text in texts.get("status", [])[:1]:
            status = read_status_word(text)
            if status in ("proposed", "retired", "declined"):
                concept.set_value("status", status)
            elif not status:
                self._omit_cell(row, column, text, "It's no status that a term can have.")

    def _add_examples(self, concept: Concept, texts: dict[str, list[tuple[int, str]]]) -> None:
        good = [line for _, text in texts.get("examples.good", []) for line in _list_lines(text)]
        bad = [line for _, text in texts.get("examples.bad", []) for line in _list_lines(text)]
        for at in range(max(len(good), len(bad))):
            pair = {"good": good[at : at + 1], "bad": bad[at : at + 1]}
            concept.add_example({key: lines[0] for key, lines in pair.items() if lines})

    def _add_name(self, concept: Concept, key: str, texts: dict[str, list[tuple[int, str]]]) -> None:
        _, tag, rest = key.split(".", 2)
        if rest == "preferred":
            self._name_in(concept, tag, self._list_words(texts, key))
        elif rest == "avoid.term":
            for word in self._list_words(texts, key):
                concept.avoid_word(word.text, {}, tag)
        elif rest == "allowed":
            concept.name_in(tag, rest, [word.text for word in self._list_words(texts, key)])
        elif rest in ("definition", "abbreviation"):
            concept.name_in(tag, rest, _join(texts[key]))

    @staticmethod
    def _name_in(concept: Concept, tag: str, names: list[_Word]) -> None:
        if not names or concept.values.get("language") == tag:
            return
        others = [name.text for name in names[1:]]
        if not concept.name_in(tag, "preferred", names[0].text):
            others = [names[0].text, *others]
        if others:
            concept.name_in(tag, "allowed", others)
        if names[0].abbreviation:
            concept.name_in(tag, "abbreviation", names[0].abbreviation)

    def _list_words(self, texts: dict[str, list[tuple[int, str]]], key: str) -> list[_Word]:
        return [word for column, text in texts.get(key, []) for word in self._iter_words(column, text)]

    def _iter_words(self, column: int, text: str) -> Iterator[_Word]:
        # What looks like a formula is one word, whatever is in it.
        separators = "" if text.startswith("=") else self._doubts.get_separators(column)
        for word in split_cell(text, separators)[:_MAX_WORDS]:
            bare, remark = split_remark(word)
            if not remark:
                yield _Word(bare)
                continue
            if part := read_part_of_speech(remark):
                yield _Word(bare, part_of_speech=part)
                continue
            use = self._doubts.get_bracket_use(column, find_bracket_kind(bare, remark))
            if use == FULL:
                yield _Word(remark, abbreviation=bare)
            elif use == KEEP:
                yield _Word(word)
            elif use == SHORT:
                yield _Word(bare, abbreviation=remark)
            else:
                yield _Word(bare, others=(remark,) if use == ALSO else (), note=remark if use == NOTE else "")

    def _is_header(self, row: Row) -> bool:
        if self._columns.header < 0:
            return False
        header = self._table.rows[self._columns.header]
        same = all(cell == header.get_cell(column) for column, cell in enumerate(row.cells) if cell)
        return same and any(find_key(cell) for cell in row.cells)

    def _is_letter(self, row: Row) -> bool:
        cells = [cell.strip() for cell in row.cells if cell.strip()]
        return self._table.width > 1 and len(cells) == 1 and len(cells[0]) == 1 and cells[0].isalpha()

    def _omit(self, row: Row, reason: str) -> None:
        """Leave out a row, unless a cell of it that was left out has said why."""
        if self.omissions and self.omissions[-1].place in self._list_places(row):
            return
        text = " | ".join(clean_line(cell) for cell in row.cells if cell.strip())
        self.omissions.append(Omission(self._table.name_place(row), text[:200], reason))

    def _list_places(self, row: Row) -> set[str]:
        return {self._table.name_place(row, column) for column in self._columns.keys}

    def _omit_cell(self, row: Row, column: int, text: str, reason: str) -> None:
        self.omissions.append(Omission(self._table.name_place(row, column), clean_line(text)[:200], reason))


def list_entries(concepts: dict[str, Concept]) -> tuple[Entry, ...]:
    """The entries of all concepts, in the order of the source."""
    return tuple(concept.make_entry() for concept in concepts.values())


def _join(cells: list[tuple[int, str]]) -> str:
    return "\n".join(text for _, text in cells)


def _list_lines(text: str) -> list[str]:
    return [line for line in (clean_line(line) for line in text.split("\n")) if line]


def _read_source(text: str) -> dict[str, str]:
    text = " ".join(text.split())
    if not (match := _ADDRESS.search(text)):
        return {"title": text}
    title = (text[: match.start()] + text[match.end() :]).strip(" ,;:()-–") or match[0].split("/")[2]
    return {"title": title, "url": match[0].rstrip(".,;)")}
