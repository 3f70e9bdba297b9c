"""What a source says and what a handbook says -> what the handbook says then: by concept, and nothing overwritten.

A row that an earlier import has brought is known by its key; any other by its name, compared as the matcher does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from onevoice.exchange.entry import Entry, Omission
from onevoice.exchange.merge.fields import (
    LISTS,
    clean_value,
    describe_base,
    get_word,
    hash_value,
    identify_item,
    merge_field,
    quote_value,
    tame_item,
)
from onevoice.exchange.merge.ledger import Row
from onevoice.exchange.merge.names import NAME_KEYS, Names, collect_names, iter_former_ids
from onevoice.handbook.address import make_slug
from onevoice.handbook.handbook import Handbook
from onevoice.load.folder import Place
from onevoice.load.migration import get_value
from onevoice.matcher.fold import normalize_text
from onevoice.records.scalar import LINE_BREAK
from onevoice.records.term import Term

Status = Literal["new", "changed", "same", "conflicting", "left out", "gone"]
# How new words begin: nothing that an import brings breaks a build or changes a document.
CAUTION = {"level": "warning", "fix": "ask"}
KEYS = tuple(info.alias or name for name, info in Term.model_fields.items())
# Characters of a key in import.yaml: YAML reads keys up to 1,024.
MAX_KEY = 200
# Fields with which a term reports what nobody has asked about yet.
LOUD = ("case", "expand_first", "one_per_text")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What happened to a row of the source. notes: sentences without their period."""

    status: Status
    place: str
    name: str
    notes: tuple[str, ...] = ()
    key: str = ""
    id: str = ""


@dataclass
class Merged:
    """What an import does.

    terms: new ones, as data. teams: names of new ones, by id. changes: the fields of a term that change, None for one
    that goes. rows: of import.yaml.
    """

    outcomes: list[Outcome] = field(default_factory=list)
    terms: dict[str, dict[str, Any]] = field(default_factory=dict)
    teams: dict[str, str] = field(default_factory=dict)
    changes: dict[str, dict[str, Any]] = field(default_factory=dict)
    rows: dict[str, Row] = field(default_factory=dict)


@dataclass
class _Concept:
    """Rows of a source about one thing. fields: clean."""

    key: str
    place: str
    fields: dict[str, Any]
    notes: list[str] = field(default_factory=list)
    base: Mapping[str, str] = field(default_factory=dict)


def merge_entries(
    handbook: Handbook, entries: Sequence[Entry], rows: Mapping[str, Row], dropped: Mapping[str, str] | None = None
) -> Merged:
    """Merge what a source says into a handbook. rows: of the last import of it.

    dropped: what must be left out, by its key, and why.
    """
    return _Merger(handbook, rows, dropped or {}).merge_all(entries)


def make_row_key(key: str) -> str:
    """The key of a row as import.yaml can have it."""
    key = " ".join(LINE_BREAK.sub(" ", key).split())
    return key if 0 < len(key) <= MAX_KEY else f"{key[: MAX_KEY - 9]}-{hash_value(key)}"


class _Merger:
    def __init__(self, handbook: Handbook, rows: Mapping[str, Row], dropped: Mapping[str, str]) -> None:
        self.handbook, self.old_rows, self.dropped = handbook, rows, dropped
        self.names: Names = collect_names(handbook)
        self.language = handbook.brand.language
        self.former = dict(iter_former_ids(handbook))
        teams = handbook.list_records("teams")
        self.teams = {name.casefold(): team.id for team in teams for name in (team.name, team.id, make_slug(team.name))}
        self.ids = {*handbook.list_ids("terms"), *self.former, *Term.RESERVED_IDS}
        self.rows_by_id = {row.id: row for row in rows.values()}
        self.found: dict[str, str] = {}  # Which term an entry is, by its key.
        self.last_numbers: dict[str, int] = {}  # Of ids that were made, by what is before the number.
        self.places: dict[str, int] = {}  # Where in the report an entry is, by its key.
        self.result = Merged(rows=dict(rows))

    def merge_all(self, entries: Sequence[Entry]) -> Merged:
        concepts = list(self._join_entries(entries))
        for concept in concepts:
            self._merge_concept(concept)
        self._link_related(concepts)
        used = {row.id for key, row in self.result.rows.items() if key in self.found}
        said = {*self.found, *(concept.key for concept in concepts)}
        for key, row in self.old_rows.items():
            if key not in said:
                if row.id in used:
                    del self.result.rows[key]
                else:
                    self.result.outcomes.append(Outcome("gone", "", key, (), key, row.id))
        return self.result

    def _join_entries(self, entries: Iterable[Entry]) -> Iterable[_Concept]:
        """The rows, those of one name together unless they say that they mean two things."""
        by_key: dict[str, _Concept] = {}
        by_name: dict[tuple[str, str], _Concept] = {}
        order: list[_Concept] = []
        for entry in entries:
            fields = {key: clean_value(key, value) for key, value in entry.fields.items() if key in KEYS}
            fields = {key: value for key, value in fields.items() if value}
            if "owner" in fields:
                fields["owner"] = self._find_team(str(fields["owner"]))
            concept = _Concept(make_row_key(entry.key), entry.place, fields, base=entry.base)
            concept.notes += [f"`{key}` is no key of a term" for key in entry.fields if key not in KEYS]
            if not fields.get("preferred"):
                self._report("left out", concept, "it has no name")
                continue
            name = normalize_text(fields["preferred"]), fields.get("language", "")
            same = by_key.get(concept.key) or by_name.get(name)
            if same and _can_join(same.fields, fields):
                _join_fields(same, concept)
                continue
            while concept.key in by_key:
                concept.key = make_row_key(f"{concept.key} {len(by_key) + 1}")
            by_key[concept.key] = concept
            by_name.setdefault(name, concept)
            order.append(concept)
        return order

    def _find_team(self, name: str) -> str:
        """The id of the team that a source names; a new one if the handbook has teams, but not this one."""
        id = self.teams.get(name.casefold()) or self.teams.get(make_slug(name))
        if id is None:
            slug = make_slug(name)
            id = slug if slug.isascii() else f"team-{len(self.teams) + 1}"
            if self.teams:
                self.result.teams[id] = name
            self.teams[name.casefold()] = id
        return id

    def _report(self, status: Status, concept: _Concept, *notes: str, id: str = "") -> None:
        told = (*notes, *concept.notes)
        self.places[concept.key] = len(self.result.outcomes)
        self.result.outcomes.append(
            Outcome(status, concept.place, str(concept.fields.get("preferred", concept.key)), told, concept.key, id)
        )

    def _merge_concept(self, concept: _Concept) -> None:
        if reason := self.dropped.get(concept.key):
            self._report("left out", concept, reason)
            return
        language = concept.fields.get("language", self.language)
        if concept.fields.get("language", "").lower() == self.language.lower():
            del concept.fields["language"]
        row = self.old_rows.get(concept.key)
        id = self._find_row_term(row) if row else self._find_named_term(concept, language)
        if row and id is None:
            note = f"the term `{row.id}` was deleted here. To import it again, delete its row in import.yaml"
            self._report("left out", concept, note)
            self.found[concept.key] = row.id
        elif id is None:
            return
        elif id:
            known = row or self.rows_by_id.get(id) or Row(id)
            self._change_term(id, concept, replace(known, base=known.base or concept.base), language)
        else:
            self._add_term(concept, language)

    def _find_row_term(self, row: Row) -> str | None:
        id = self.former.get(row.id, row.id)
        return id if self.handbook.find_record("terms", id) else None

    def _find_named_term(self, concept: _Concept, language: str) -> str | None:
        """The term that a concept is; "" if it's none; None if that's a conflict, which is reported."""
        given = concept.fields.get("id")
        if given and self.handbook.find_record("terms", given):
            return str(given)
        preferred = concept.fields["preferred"]
        own = self.names.find_names(preferred, language)
        claims = [claim for claim in own if not claim.is_unused]
        same = [claim for claim in claims if claim.key == "preferred"] or claims
        ids = list(dict.fromkeys(claim.id for claim in same))
        if len(ids) > 1:
            places = ", ".join(f"`{claim.id}` ({claim.place})" for claim in same)
            self._report("conflicting", concept, f"several terms have this name: {places}. Left as they are")
            return None
        if ids:
            if ids[0] in self.result.terms:
                return ""  # Of another row, which means something else.
            return ids[0]
        if own:
            note = f"the term `{own[0].id}` ({own[0].place}) is no longer in use. Left out"
            self._report("conflicting", concept, note)
            return None
        if avoided := [claim for claim in self.names.find_avoided(preferred, language) if not claim.is_unused]:
            self._report("conflicting", concept, f"it's {avoided[0].describe_owner()}. Left out")
            return None
        for word in concept.fields.get("allowed", ()):
            for claim in self.names.find_names(word, language):
                if claim.key == "preferred" and not claim.is_unused and claim.id not in self.result.terms:
                    note = f'"{word}" is {claim.describe_owner()}, and the source prefers "{preferred}". Left as it is'
                    self._report("conflicting", concept, note)
                    return None
        return ""

    def _add_term(self, concept: _Concept, language: str) -> None:
        fields = {key: value for key, value in concept.fields.items() if key not in ("id", "related")}
        id = self._choose_id(concept)
        conflicts = self._drop_claimed(id, fields, language, {})
        fields = _calm_levels(fields)
        self.names.add_term(id, fields, language, concept.place)
        self.ids.add(id)
        self.found[concept.key] = id
        self.result.terms[id] = {"id": id, **fields}
        base = {key: describe_base(key, value) for key, value in fields.items()}
        self.result.rows[concept.key] = Row(id, True, base)
        self._report("new", concept, *conflicts, id=id)

    def _drop_claimed(self, id: str, fields: dict[str, Any], language: str, ours: Mapping[str, Any]) -> list[str]:
        """Take out of a term's words those that contradict another's, or ours; a sentence for each."""
        spellings = {normalize_text(word) for one in (fields, ours) for word in _list_names(one)}
        refused = {normalize_text(get_word(item)) for item in ours.get("avoid", ())}
        conflicts, kept = [], []
        for key in ("allowed", "abbreviation"):
            words = fields.get(key, ())
            for word in [words] if isinstance(words, str) else words:
                claims = [one for one in self.names.find_avoided(word, language) if one.id != id and not one.is_unused]
                if claims or normalize_text(word) in refused:
                    who = claims[0].describe_owner() if claims else f"avoided by the term `{id}` itself"
                    conflicts.append(f'"{word}" is {who}. Left out')
                    left = [other for other in words if other != word] if isinstance(words, list) else None
                    words = left or ()
            if words:
                fields[key] = words
            else:
                fields.pop(key, None)
        seen: set[str] = set()
        for item in fields.get("avoid", ()):
            word = get_word(item)
            mark = normalize_text(word)
            reason = "" if mark in refused else self._find_objection(id, word, item, spellings, language)
            if mark in seen:
                continue
            seen.add(mark)
            if reason:
                conflicts.append(reason)
            else:
                kept.append(item)
        if kept:
            fields["avoid"] = kept
        else:
            fields.pop("avoid", None)
        return conflicts

    def _find_objection(self, id: str, word: str, item: Any, own: set[str], language: str) -> str:
        """Why a word can't be avoided by a term: a sentence, or ""."""
        if normalize_text(word) in own:
            return f'"{word}" is its own name, so it isn\'t avoided. Left out'
        claims = [
            *(one for one in self.names.find_names(word, language) if one.id != id),
            *(one for one in self.names.find_avoided(word, language) if one.id != id),
        ]
        claims = [claim for claim in claims if not claim.is_unused]
        if claims:
            return f'"{word}" is {claims[0].describe_owner()}. Left out'
        if uses := [one for one in self.names.find_uses(word, language) if not one.is_unused]:
            return f'"{word}" is what the term `{uses[0].id}` ({uses[0].place}) writes instead of a word. Left out'
        for use in item.get("use") or () if isinstance(item, Mapping) else ():
            if chain := [one for one in self.names.find_avoided(use, language) if not one.is_unused]:
                return f'"{use}", which replaces "{word}", is {chain[0].describe_owner()}. Left out'
        return ""

    def _change_term(self, id: str, concept: _Concept, row: Row, language: str) -> None:
        term = self.handbook.find_record("terms", id)
        assert isinstance(term, Term)
        place = self.handbook.locate_record(term)
        ours = read_fields(place)
        source = {key: value for key, value in concept.fields.items() if key not in ("id", "related")}
        caution = None if concept.base else {} if row.is_new else CAUTION
        source = source if concept.base else _calm_levels(source)
        conflicts = self._drop_claimed(id, source, language, ours)
        notes: list[str] = []
        base: dict[str, str] = {}
        changed: dict[str, Any] = {}
        for key in dict.fromkeys([*source, *(key for key in row.base if key != "related")]):
            if caution and key in LOUD and key not in ours:
                conflicts.append(f"`{key}` would make errors of what others have written. Add it by hand")
                continue
            change = merge_field(key, source.get(key), ours.get(key), row.base.get(key, ""), caution)
            conflicts += change.conflicts
            notes += change.notes
            if change.base:
                base[key] = change.base
            if change.value != ours.get(key):
                changed[key] = change.value
        if changed and place.origin:
            conflicts.append(f"it's a term of the {place.origin.label}. Change it there")
            changed, notes, base = {}, [], dict(row.base)
        self.found[concept.key] = id
        if base or concept.key in self.old_rows:
            made = Row(id, row.is_new, base)
            # Most are as they were, and two of each would take much room.
            self.result.rows[concept.key] = row if row == made else made
        if changed:
            self.result.changes[id] = {**self.result.changes.get(id, {}), **changed}
            added = {key: value for key, value in changed.items() if value is not None}
            self.names.add_term(id, added, language, f"{place.path}:{place.line}")
        where = f"{place.path}:{place.line}"
        status: Status = "changed" if changed else "conflicting" if conflicts else "same"
        told = [text if ". " in text else f"{text}. Left as it is" for text in conflicts]
        self._report(status, concept, *([f"{where} {'; '.join(notes)}"] if notes else []), *told, id=id)

    def _choose_id(self, concept: _Concept) -> str:
        wanted = str(concept.fields.get("id") or "")
        slug = make_slug(wanted or concept.fields["preferred"])
        slug = slug[:100].rstrip("-")
        stem, id = (slug, slug) if slug.isascii() else ("word", "word-1")
        while id in self.ids:
            # Ids are only ever added, so those up to the last number stay taken.
            self.last_numbers[stem] = self.last_numbers.get(stem, 1) + 1
            id = f"{stem}-{self.last_numbers[stem]}"
        return id

    def _link_related(self, concepts: Sequence[_Concept]) -> None:
        """Resolve `related`, which a source says in ids, keys or names: now all terms are known."""
        for concept in concepts:
            given, id = concept.fields.get("related"), self.found.get(concept.key)
            row = self.result.rows.get(concept.key)
            base = row.base.get("related", "") if row else ""
            if not id or row is None or not (given or base):
                continue
            language = concept.fields.get("language", self.language)
            links = [link for one in given or () if (link := self._find_related(one, language)) and link != id]
            links = list(dict.fromkeys(links))
            if id in self.result.terms:
                if links:
                    self.result.terms[id]["related"] = links
                    base = describe_base("related", links)
                    self.result.rows[concept.key] = replace(row, base={**row.base, "related": base})
                continue
            term = self.handbook.find_record("terms", id)
            if term is None or self.handbook.locate_record(term).origin:
                continue
            ours = read_fields(self.handbook.locate_record(term)).get("related")
            change = merge_field("related", links, ours, base)
            self.result.rows[concept.key] = replace(row, base={**row.base, "related": change.base})
            if change.value != ours:
                self.result.changes.setdefault(id, {})["related"] = change.value
                self._note_change(concept, change.notes)

    def _note_change(self, concept: _Concept, notes: Sequence[str]) -> None:
        index = self.places[concept.key]
        outcome = self.result.outcomes[index]
        if outcome.status in ("same", "changed", "conflicting"):
            self.result.outcomes[index] = replace(outcome, status="changed", notes=(*outcome.notes, *notes))

    def _find_related(self, given: Any, language: str) -> str:
        if not isinstance(given, str):
            return ""
        if id := self.found.get(make_row_key(given)):
            return id
        if given in self.result.terms or self.handbook.find_record("terms", given):
            return given
        claims = [claim for claim in self.names.find_names(given, language) if not claim.is_unused]
        return claims[0].id if claims else ""


def read_fields(place: Place) -> dict[str, Any]:
    """A term as its file has it, with the file's defaults, clean."""
    written = get_value(place.document.data, place.base)
    defaults = place.document.data.get("defaults") or {}
    given = {**{key: defaults[key] for key in place.defaults if key in defaults}, **written}
    fields = {key: clean_value(key, value) for key, value in given.items()}
    return {key: value for key, value in fields.items() if value not in (None, "", [], {})}


def _list_names(fields: Mapping[str, Any]) -> Iterator[str]:
    """All right names of a term."""
    for key in NAME_KEYS:
        value = fields.get(key, ())
        yield from [value] if isinstance(value, str) else value


def _calm_levels(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields of a new term, none of which is an error or may be fixed without asking."""
    made = {key: value for key, value in fields.items() if key != "fix" and (key != "level" or value == "suggestion")}
    if "avoid" in made:
        made["avoid"] = [tame_item(item) for item in made["avoid"]]
    return made


def _can_join(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two rows of one name mean one thing."""
    return all(
        key in LISTS or key not in one or key not in other or one[key] == other[key]
        for key in ("definition", "part_of_speech", "id", "language")
    )


def _join_fields(concept: _Concept, more: _Concept) -> None:
    """Add what another row says of the same thing."""
    for key, value in more.fields.items():
        mine = concept.fields.get(key)
        if mine is None:
            concept.fields[key] = value
        elif key in LISTS:
            known = {identify_item(item) for item in mine}
            concept.fields[key] = [*mine, *(item for item in value if identify_item(item) not in known)]
        elif mine != value:
            concept.notes.append(f"{more.place} has another `{key}`: {quote_value(value)}. Left out")


def list_omitted_rows(omissions: Iterable[Omission]) -> list[Outcome]:
    """What a reader has left out, as rows of the report."""
    return [Outcome("left out", one.place, one.text, (one.reason.rstrip("."),)) for one in omissions]
