"""A map in YAML for exports that we have no shape for, such as Highspot's and Seismic's: which column is what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from pydantic import Field, ValidationError, model_validator

from onevoice.errors import DataError
from onevoice.finding import Finding
from onevoice.handbook.address import make_file_slug
from onevoice.handbook.figures import name_week
from onevoice.load import yaml
from onevoice.load.measures import is_week
from onevoice.load.messages import explain_validation_error
from onevoice.load.walk import METRICS
from onevoice.privacy import fold_name, is_personal_column
from onevoice.records.envelope import Part
from onevoice.records.scalar import Line, Slug
from onevoice.tables.cells import DateColumn, read_number, show_cell
from onevoice.tables.query import find_query
from onevoice.tables.shape import Found, Shape
from onevoice.tables.tally import Tally
from onevoice.tables.words import WordColumns, collect_people, read_words


class TableMap(Part):
    """What the columns of an export are for."""

    title: Line = Field(description="What people call the export.")
    kind: Literal["assets", "kpis", "messages", "terms", "queries", "quotes"] = Field(
        description="What a row is about; `queries`: what people searched for; `quotes`: what customers said."
    )
    name: Line = Field(description="The column with the record's id, title or address, with the query or the words.")
    date: Line | None = Field(None, description="The column with the day.")
    week: Line | None = Field(None, description="The column with the week, as in `2026-W48`, instead of the day.")
    measures: dict[Slug, Line] = Field(default_factory=dict, description="What is counted, each with its column.")
    counts: Slug | None = Field(None, description="What each row counts as, if there's no column with a number.")
    side: Literal["sales", "marketing"] | None = Field(None, description="Whose figures these are.")
    about: Literal["pain", "objection"] = Field("pain", description="quotes: what the words are about.")
    persona: Line | None = Field(None, description="quotes: the column with the persona's id or name.")
    stage: Line | None = Field(None, description="quotes: the column with the id or name of the journey's stage.")
    decimal: Literal[".", ","] | None = Field(None, description="The decimal sign, if `1,234` could be either.")

    @model_validator(mode="after")
    def _check_columns(self) -> TableMap:
        if bool(self.date) == bool(self.week):
            raise ValueError("needs `date` or `week`, one of the two. Name the column")
        if self.kind == "quotes" and (self.measures or self.counts or not self.date):
            raise ValueError("is about quotes. It needs `date`, and neither `measures` nor `counts`")
        if self.kind != "quotes" and bool(self.measures) == bool(self.counts):
            raise ValueError("needs `measures` or `counts`, one of the two. Name what is counted")
        if self.kind != "quotes" and (self.persona or self.stage):
            raise ValueError("has `persona` or `stage`, which only quotes have. Delete them")
        for column in filter(None, (self.name, self.persona, self.stage, *self.measures.values())):
            if is_personal_column(column) and fold_name(column) != "name":
                raise ValueError(f"names the column `{column}`, which is about people. Leave it out")
        return self


def parse_map(path: str, data: bytes) -> TableMap:
    """The map in a file. Raises DataError with every problem's place."""
    source = yaml.decode_yaml(path, data)
    if isinstance(source, Finding):
        raise DataError([source], f"The map {path}")
    document = yaml.parse_yaml(path, source)
    findings = list(document.findings)
    if not findings:
        try:
            return TableMap.model_validate(document.data or {})
        except ValidationError as error:
            for problem in error.errors(include_url=False):
                message, key = explain_validation_error(TableMap, problem)
                steps = tuple(step for step in problem["loc"] if step != "[key]")
                findings.append(Finding(METRICS, "error", path, document.locate_path(steps, key=key), "", message))
    raise DataError(findings, f"The map {path}")


def make_map_shape(name: str, given: TableMap) -> Shape:
    """The shape that a map describes. name: of its file, for `--as`."""
    roles = {fold_name(column): f"measure:{measure}" for measure, column in given.measures.items()}
    roles[fold_name(given.name)] = "name"
    roles[fold_name(given.date or given.week or "")] = "date" if given.date else "week"
    if given.kind == "quotes":
        roles |= {fold_name(column): role for role in ("persona", "stage") if (column := getattr(given, role))}
    needs = ("name", "date|week", *(("measure",) if given.measures else ()))

    def find_role(header: str) -> str:
        return roles.get(fold_name(header), "")

    def read(found: Found, tally: Tally) -> None:
        if given.kind == "quotes":
            _read_quotes(name, given, found, tally)
        else:
            _read_rows(given, found, tally)

    return Shape(
        name, given.title, find_role, needs, (*given.measures, *([given.counts] if given.counts else [])), read
    )


def _read_quotes(name: str, given: TableMap, found: Found, tally: Tally) -> None:
    for role in ("persona", "stage"):
        if getattr(given, role) and role not in found.columns:
            said = f"there's no column `{getattr(given, role)}`"
            raise found.make_error(found.header, 0, said, "Correct the map, or export it.")
    words = ((found.get_column("name"), given.about),)
    columns = WordColumns(make_file_slug(name), words, found.get_column("persona"), found.get_column("stage"))
    read_words(found, columns, tally, DateColumn(found, found.get_column("date")))


def _read_rows(given: TableMap, found: Found, tally: Tally) -> None:
    dates = DateColumn(found, found.get_column("date")) if given.date else None
    names, side = found.get_column("name"), given.side or ""
    people = collect_people(found, but=names) if given.kind == "queries" else frozenset()
    for measure, column in given.measures.items():
        if f"measure:{measure}" not in found.columns:
            raise found.make_error(found.header, 0, f"there's no column `{column}`", "Correct the map, or export it.")
    for row, cells in found.iter_rows():
        text = " ".join(found.get_cell(cells, names).split())
        week = _find_week(found, dates, row, cells)
        if not text or not week:
            continue
        values: dict[str, float] = {given.counts: 1} if given.counts else {}
        for measure in given.measures:
            at = found.columns[f"measure:{measure}"][0]
            if at < len(cells) and cells[at].strip():
                values[measure] = read_number(found, row, at, cells[at], given.decimal or "")
        record = _find_record(given.kind, found, tally, text, people)
        if not record:
            continue
        if given.kind != "kpis":
            tally.add_values(record, week, side, values, max(values.values(), default=0))
            continue
        for measure, value in values.items():
            if not tally.set_value(record, week, side, measure, value):
                fix = "Leave one in, or export one row for each week."
                raise found.make_error(row, names, f"{record} has two different values for {week}", fix)


def _find_week(found: Found, dates: DateColumn | None, row: int, cells: Sequence[str]) -> str:
    if dates:
        moment = dates.read_time(row, cells)
        return name_week(moment.date()) if moment else ""
    at = found.get_column("week")
    text = found.get_cell(cells, at).strip()
    if text and not is_week(text):
        raise found.make_error(row, at, f"{show_cell(text)} is no week", "Write it as in `2026-W48`.")
    return text


def _find_record(kind: str, found: Found, tally: Tally, text: str, people: frozenset[str]) -> str:
    if kind != "queries":
        record = found.directory.find_named(kind, text)
        if not record:
            tally.count_unknown(f"row that's about none of our {kind}", f"rows that are about none of our {kind}")
        return record
    return find_query(text, tally, people)
