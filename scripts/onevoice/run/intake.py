"""Importing words: what a source says, what is asked about it, and what it changes in a handbook."""

from __future__ import annotations

import functools
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import accumulate
from pathlib import Path
from typing import Any

from onevoice import limits, process
from onevoice.errors import DataError, OnevoiceError, suggest_known
from onevoice.exchange.entry import Question, Reading, Settings, Source
from onevoice.exchange.formats import load_word_formats, recognize_format
from onevoice.exchange.merge import ledger as ledgers
from onevoice.exchange.merge.ledger import Ledger
from onevoice.exchange.merge.merge import CAUTION, Merged, Outcome, list_omitted_rows, merge_entries
from onevoice.exchange.merge.rules import PREFIX, MergedRules, find_voice_place, merge_rules
from onevoice.finding import Finding
from onevoice.handbook.address import make_file_slug
from onevoice.handbook.handbook import Handbook
from onevoice.load.amend import amend_source
from onevoice.load.folder import Place, forget_files
from onevoice.load.render import render_head, render_item, render_pair
from onevoice.load.walk import CONTENT, TERMINOLOGY, find_kind, iter_regular_files
from onevoice.load.yaml import parse_yaml
from onevoice.prose.files import describe_unread, is_path_inside, read_file_bytes
from onevoice.prose.read import decode_text, encode_text
from onevoice.records.term import Term
from onevoice.records.voice import Voice
from onevoice.run.handbook import current_date, inspect_records
from onevoice.run.inspect import has_many_records, inspect_meanwhile
from onevoice.run.layers import load_records
from onevoice.run.together import write_together
from onevoice.run.written import Written, trust_text

# How often what the checks refuse is left out and the rest tried again.
MAX_TRIES = 6
SKIPPED_FOLDERS = frozenset(("node_modules", "__pycache__", "venv", "build"))


@dataclass(frozen=True)
class Intake:
    """A source, which is read when someone asks. ledger: what is known of it. language: the handbook's.

    unread: the files of a folder that no format knows.
    """

    source: Source
    format: str
    ledger: Ledger
    unread: str = ""
    language: str = "en"

    @property
    def settings(self) -> Settings:
        """How it was read."""
        return Settings(self.ledger.columns, self.ledger.answers, self.language)

    @functools.cached_property
    def reading(self) -> Reading:
        """What it says. Raises OnevoiceError if it can't be read."""
        read = load_word_formats()[self.format].read
        assert read is not None
        return read(self.source, self.settings)

    @functools.cached_property
    def columns(self) -> Mapping[str, Mapping[str, str]]:
        """The columns with which it is read, by sheet."""
        guess = load_word_formats()[self.format].guess
        # Once someone has confirmed the columns, all rows are read again: they need not be read before.
        return guess(self.source, self.settings) if guess else self.reading.columns

    def list_open_questions(self) -> list[Question]:
        """What nobody has answered."""
        return [one for one in self.reading.questions if one.key not in self.ledger.answers]

    def list_guesses(self) -> dict[str, dict[str, str]]:
        """The columns that were guessed, by sheet: those that nobody has said."""
        known = self.ledger.columns
        return {
            sheet: dict(columns)
            for sheet, columns in self.columns.items()
            if columns and dict(columns) != dict(known.get(sheet, {}))
        }


@dataclass(frozen=True)
class Plan:
    """What an import changes. files: new bytes by path below the handbook. merged: row by row."""

    intake: Intake
    merged: Merged
    outcomes: tuple[Outcome, ...]
    files: Mapping[str, bytes] = field(default_factory=dict)


def read_source(given: str) -> tuple[Source, str]:
    """A file or a folder that someone names, and which files of the folder can't be read.

    Raises OnevoiceError if it can't be read or is too large.
    """
    path = Path(given)
    if not path.exists():
        raise OnevoiceError(f"{given}: there is no such file or folder. Check the spelling.")
    if not path.is_dir():
        return Source(path.name, {path.name: read_file_bytes(path)}), ""
    endings = {ending for kind in load_word_formats().values() if kind.read for ending in kind.endings}
    files: dict[str, bytes] = {}
    skipped: dict[str, int] = {}
    size = 0
    for file in sorted(iter_regular_files(path)):
        name = file.relative_to(path).as_posix()
        if SKIPPED_FOLDERS & {*file.relative_to(path).parts} or "/." in f"/{name.rpartition('/')[0]}":
            continue
        if not any(file.name.lower().endswith(ending) for ending in endings):
            ending = file.suffix.lower()
            skipped[ending] = skipped.get(ending, 0) + 1
            continue
        files[name] = read_file_bytes(file)
        size += len(files[name])
        if len(files) > limits.MAX_STYLE_FILES or size > limits.MAX_FILE_BYTES:
            most = f"{limits.MAX_STYLE_FILES} files or {limits.MAX_FILE_BYTES >> 20} MB"
            raise OnevoiceError(f"{given}: this folder has more than {most}. Import its parts one by one.")
    name = path.name or path.resolve().name
    return Source(name, files), describe_unread(skipped)


def open_intake(given: str, folder: Path, kind: str = "", map_file: str = "") -> Intake:
    """Read a source the way it was read last time, or as a map says.

    kind: the name of a format; "" if it's to be recognized. Raises OnevoiceError if it's in no format that we read.
    """
    source, unread = read_source(given)
    formats = {name: one for name, one in load_word_formats().items() if one.read}
    if kind and kind not in formats:
        raise OnevoiceError(f"--as: there is no format `{kind}`. {suggest_known(kind, formats)}")
    ledger = ledgers.find_ledger(_read_text(folder / ledgers.FILE), source.name)
    if map_file:
        said = ledgers.read_map(map_file, _read_text(Path(map_file), is_needed=True), source.name)
        ledger = replace(ledger, columns=said.columns or ledger.columns, answers={**ledger.answers, **said.answers})
    name = kind or recognize_format(source, ledger.format) or ledger.format
    if name not in formats:
        listed = ", ".join(one.label for one in formats.values())
        raise OnevoiceError(f"{given}: this isn't in a format that onevoice can import. It reads {listed}.")
    language = Handbook(load_records(folder)).brand.language
    intake = Intake(source, name, replace(ledger, format=name), unread, language)
    if not intake.list_guesses():
        _ = intake.reading  # If it can't be read, the user is told now.
    return intake


def answer_questions(intake: Intake, answers: Mapping[str, str]) -> Intake:
    """The same source read with these answers, too."""
    said = {**intake.ledger.answers, **answers}
    answered = replace(intake, ledger=replace(intake.ledger, answers=said))
    guesses = {one.key: one.guess for one in intake.list_open_questions()}
    # What was guessed is how it was read.
    return _keep_reading(intake, answered) if answers.items() <= guesses.items() else answered


def confirm_columns(intake: Intake, columns: Mapping[str, Mapping[str, str]]) -> Intake:
    """The same source read with these columns."""
    said = {**intake.ledger.columns, **columns}
    return replace(intake, ledger=replace(intake.ledger, columns=said))


def _keep_reading(intake: Intake, changed: Intake) -> Intake:
    """The changed one, which says the same as the other: a large source is not read again."""
    if "reading" in vars(intake):
        vars(changed)["reading"] = intake.reading
    return changed


def plan_import(folder: Path, intake: Intake, into: str = "", deleted: frozenset[str] = frozenset()) -> Plan:
    """What an import changes in a handbook, so that its checks find no error that wasn't there before.

    into: the file for new terms, below the handbook; "" for the last one. deleted: the keys of rows that are no longer
    in the source and whose terms go, too. Raises DataError if the handbook has errors, and OnevoiceError.
    """
    # Another run may have imported the same source since it was read.
    rows = ledgers.find_ledger(_read_text(folder / ledgers.FILE), intake.source.name).rows
    intake = _keep_reading(intake, replace(intake, ledger=replace(intake.ledger, rows=rows)))
    before = Handbook(load_records(folder))
    if any(one.level == "error" and one.rule in ("schema", "yaml") for one in before.load_result.findings):
        raise DataError(list_errors(before))
    target = _choose_target(folder, intake, into)
    dropped: dict[str, str] = {}
    words = {key: row for key, row in intake.ledger.rows.items() if not key.startswith(PREFIX)}
    rules = merge_rules(before, intake.reading.rules, intake.ledger.rows, intake.source.name)
    known: list[Finding] | None = None
    for _ in range(MAX_TRIES):
        merged = merge_entries(before, intake.reading.entries, words, dropped)
        files, written = _write_files(folder, before, intake, merged, rules, target, deleted)
        if not files:
            break
        with trust_text(written) as is_right:
            after = Handbook(load_records(folder, files))
            errors = list_errors(after)
            is_read = is_right()
        if not is_read:
            forget_files()
            after = Handbook(load_records(folder, files))
            errors = list_errors(after)
        if errors:
            known = list_errors(before) if known is None else known
            errors = list_new_errors(known, errors)
        if not errors:
            break
        blamed = _blame_rows(after, errors, merged, target)
        # What has been tried takes as much room as what is tried next.
        del after
        forget_files()
        if not blamed.keys() - dropped.keys():
            raise DataError(errors, "The handbook would have errors after this import, so nothing was changed")
        dropped |= blamed
    else:
        raise DataError(errors, "The handbook would have errors after this import, so nothing was changed")
    merged.rows |= rules.rows
    told = (*merged.outcomes, *rules.outcomes, *list_omitted_rows(intake.reading.omissions))
    outcomes = (*told, *_list_gone_terms(before, intake, {one.id for one in told if one.status == "gone"}))
    return Plan(intake, merged, outcomes, _add_ledger(folder, intake, merged, target, files, deleted))


def _list_gone_terms(handbook: Handbook, intake: Intake, told: set[str]) -> list[Outcome]:
    """The terms that were in a file of ours when it was exported, and that someone has deleted there."""
    return [
        Outcome("gone", "", term.preferred, (), term.id, term.id)
        for id in intake.reading.gone
        if id not in told
        and isinstance(term := handbook.find_record("terms", id), Term)
        and not handbook.locate_record(term).origin
    ]


def write_import(folder: Path, plan: Plan) -> None:
    """Write what an import changes, all or nothing. The caller holds the handbook."""
    write_together(folder, plan.files)
    process.hold_to_end(plan)


def _read_text(path: Path, *, is_needed: bool = False) -> str:
    if not path.exists() and not is_needed:
        return ""
    return decode_text(path.name, read_file_bytes(path))[0]


def _choose_target(folder: Path, intake: Intake, into: str) -> str:
    name = into or intake.ledger.to or f"{TERMINOLOGY}/{make_file_slug(Path(intake.source.name).stem)}.yaml"
    if into and (Path(into).is_absolute() or (Path(into).exists() and (folder / into) != Path(into))):
        real = os.path.relpath(os.path.realpath(into), os.path.realpath(folder)).replace(os.sep, "/")
        name = real if find_kind(Path(real)) == "terms" else into
    name = name.replace("\\", "/")
    if ".." in Path(name).parts or find_kind(Path(name)) != "terms" or not is_path_inside(folder / name, folder):
        raise OnevoiceError(f"--into: {name} is no file for terms. Name one such as {TERMINOLOGY}/words.yaml.")
    return name


def list_errors(handbook: Handbook) -> list[Finding]:
    """The errors that the checks find in a handbook of ours."""
    today = current_date()
    if has_many_records(handbook):
        findings, _ = inspect_meanwhile(handbook, today, lambda: None)
    else:
        findings = inspect_records(handbook, today)
    return [one for one in findings if one.level == "error"]


def list_new_errors(old: list[Finding], new: list[Finding]) -> list[Finding]:
    """Those that were not there before, wherever their lines have moved to."""
    known = {(one.rule, one.path, one.match, _drop_places(one.message)) for one in old}
    return [one for one in new if (one.rule, one.path, one.match, _drop_places(one.message)) not in known]


def _drop_places(message: str) -> str:
    """A message without the lines that it names: they move as files grow."""
    return "".join(char for char in message if not char.isdigit())


def _blame_rows(handbook: Handbook, errors: list[Finding], merged: Merged, target: str) -> dict[str, str]:
    """The rows of the source whose terms have an error, and what it is."""
    places = [(record.id, place) for record, place in handbook.load_result.records if record.KIND == "terms"]
    places += [(str(draft.data.get("id")), draft.place) for draft in handbook.load_result.drafts]
    starts: dict[str, list[tuple[int, str]]] = {}
    for id, place in places:
        starts.setdefault(place.path, []).append((place.line, id))
    keys: dict[str, list[str]] = {}
    touched = {*merged.terms, *merged.changes}
    for outcome in merged.outcomes:
        if outcome.id in touched:
            keys.setdefault(outcome.id, []).append(outcome.key)
    blamed: dict[str, str] = {}
    for error in errors:
        above = [one for one in starts.get(error.path, ()) if one[0] <= error.span.line]
        ids = [max(above)[1]] if above else []
        ids += [id for id in touched if f"`{id}`" in error.message]
        for id in ids:
            if id in keys:
                for key in keys[id]:
                    blamed.setdefault(key, error.message.rstrip("."))
                break
    return blamed


def _write_files(
    folder: Path,
    handbook: Handbook,
    intake: Intake,
    merged: Merged,
    rules: MergedRules,
    target: str,
    deleted: frozenset[str],
) -> tuple[dict[str, bytes], Written | None]:
    """The files of records that change; and the one with new terms, if it's new itself."""
    wanted: dict[str, Any] = {}

    def change_record(place: Place, fields: Mapping[str, Any] | None) -> None:
        data = place.document.data
        records = wanted.setdefault(place.path, {**data, "terms": list(data["terms"])})["terms"]
        index = place.base[-1]
        if fields is None:
            records[index] = None
            return
        kept = {key: value for key, value in records[index].items() if fields.get(key, value) is not None}
        records[index] = {**kept, **{key: _simplify(key, value) for key, value in fields.items() if value is not None}}

    for id, fields in merged.changes.items():
        change_record(handbook.locate_record(_get_term(handbook, id)), fields)
    removed = {intake.ledger.rows[key].id if key in intake.ledger.rows else key for key in deleted}
    for id in removed - merged.changes.keys():
        if (record := handbook.find_record("terms", id)) and not handbook.locate_record(record).origin:
            change_record(handbook.locate_record(record), None)
    for path, data in wanted.items():
        wanted[path] = {**data, "terms": [one for one in data["terms"] if one is not None]}
    made: dict[str, bytes] = {}
    used = {fields.get("owner") for fields in (*merged.terms.values(), *merged.changes.values())}
    teams = [_describe_team(id, name) for id, name in merged.teams.items() if id in used]
    _add_records(folder, handbook, "teams", teams, wanted, made)
    if rules.voice:
        place = find_voice_place(handbook)
        if place:
            wanted[place.path] = {**place.document.data, Voice.KIND: rules.voice}
        else:
            made[f"{CONTENT}/{Voice.KIND}.yaml"] = _write_record(Voice.KIND, rules.voice)
    terms = [_order_keys({key: _simplify(key, value) for key, value in term.items()}) for term in merged.terms.values()]
    written = None
    if terms and not (folder / target).exists():
        written = _write_terms(intake.source.name, terms)
        made[target] = written.text.encode()
    elif terms:
        source = _read_text(folder / target)
        data = wanted.get(target) or parse_yaml(target, source).data
        data = data if isinstance(data, dict) else {}
        defaults = data.get("defaults") or {}
        own = {key: value for key, value in CAUTION.items() if defaults.get(key) != value}
        terms = [_order_keys({**term, **own}) for term in terms]
        if data.get("terms"):
            wanted[target] = {**data, "terms": [*data["terms"], *terms]}
        else:
            made[target] = _append_terms(target, source, data, terms).encode()
    for path, data in wanted.items():
        source, mark = decode_text(path, read_file_bytes(folder / path))
        made[path] = encode_text(amend_source(path, source, data), mark)
    return made, written


def _describe_team(id: str, name: str) -> dict[str, str]:
    purpose = "Write what others can count on this team for."
    return {"id": id, "placeholder": "true", "name": name, "side": "both", "purpose": purpose}


def _add_records(
    folder: Path,
    handbook: Handbook,
    kind: str,
    records: list[dict[str, Any]],
    wanted: dict[str, Any],
    made: dict[str, bytes],
) -> None:
    """Add records to the last file of their kind, or to a new one."""
    if not records:
        return
    places = [handbook.locate_record(one) for one in handbook.list_records(kind)]
    own = [place for place in places if place.origin is None]
    path = own[-1].path if own else f"{CONTENT}/{kind}.yaml"
    if own:
        data = own[-1].document.data
        wanted[path] = {**data, kind: [*data[kind], *records]}
    else:
        lines = [line for one in records for line in render_item(one, 2)]
        made[path] = (render_head(kind) + f"{kind}:\n" + "\n".join(lines) + "\n").encode()


def _write_record(kind: str, record: Mapping[str, Any]) -> bytes:
    """A file with the one record of its kind."""
    return (render_head(kind) + "\n".join(render_pair(kind, record, 0)) + "\n").encode()


def _get_term(handbook: Handbook, id: str) -> Term:
    term = handbook.find_record("terms", id)
    assert term is not None, id
    return term


def _write_terms(name: str, terms: list[dict[str, Any]]) -> Written:
    """A new file of terms."""
    title = " ".join(name.split())
    defaults = "".join(f"  {key}: {value}\n" for key, value in CAUTION.items())
    head = f"{render_head(Term.KIND)}# Imported from {title}.\ndefaults:\n{defaults}terms:\n"
    items = [render_item(term, 2) for term in terms]
    starts = [*accumulate(map(len, items[:-1]), initial=head.count("\n") + 1)]
    text = head + "\n".join(line for item in items for line in item) + "\n"
    return Written(text, {"defaults": {**CAUTION}, Term.KIND: terms}, {Term.KIND: starts})


def _append_terms(path: str, source: str, data: Mapping[str, Any], terms: list[dict[str, Any]]) -> str:
    """A file that had no terms yet, with terms."""
    head = source.rstrip() + ("\n" if source.strip() else "") + ("" if "terms" in data else "terms:\n")
    made = head + "\n".join(line for term in terms for line in render_item(term, 2)) + "\n"
    if parse_yaml(path, made).data != {**data, "terms": terms}:
        raise OnevoiceError(
            f"{path}: `terms:` must be the last key of this file to add terms to it. Move it to the end."
        )
    return made


def _order_keys(term: dict[str, Any]) -> dict[str, Any]:
    """A term with its keys in the order in which people read them."""
    first = [key for key in ("id", "preferred", "definition") if key in term]
    last = [key for key in ("related", "sources", "note") if key in term]
    middle = [key for key in term if key not in (*first, *last)]
    return {key: term[key] for key in (*first, *middle, *last)}


def _simplify(key: str, value: Any) -> Any:
    """A field as people write it: one replacement without brackets."""
    if key == "avoid":
        return [
            {name: part[0] if name == "use" and len(part) == 1 else part for name, part in item.items()}
            if isinstance(item, Mapping)
            else item
            for item in value
        ]
    return value


def _add_ledger(
    folder: Path, intake: Intake, merged: Merged, target: str, files: dict[str, bytes], deleted: frozenset[str]
) -> dict[str, bytes]:
    text = _read_text(folder / ledgers.FILE)
    rows = {key: row for key, row in merged.rows.items() if key not in deleted}
    columns = {**intake.ledger.columns, **intake.reading.columns}
    questions = {one.key for one in intake.reading.questions}
    answers = {key: value for key, value in intake.ledger.answers.items() if key in questions}
    ledger = replace(intake.ledger, to=target, columns=columns, answers=answers, rows=rows)
    made = ledgers.write_ledger(text, ledger)
    return {**files, ledgers.FILE: made.encode()} if made != text else files
