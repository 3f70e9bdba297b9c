"""The fields that every record has, and the small types that records are made of."""

from __future__ import annotations

import calendar
import datetime
import functools
import re
from collections.abc import Iterable, Iterator
from typing import Annotated, Any, ClassVar, Literal, Self, get_args, get_origin

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from onevoice.records.scalar import Expression, Line, Link, Name, Phrase, Slug, Text, ValueFormat

# Kinds of records may take the small types from here, too.
__all__ = ["Line", "Link", "Slug", "Text", "ValueFormat"]

INTERVAL = re.compile(r"^([1-9][0-9]{0,3}) (day|week|month|year)s?$")
DAY = re.compile(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")


class Ref:
    """Marks a field as the id of a record of another kind: `Annotated[Name, Ref("personas")]`."""

    def __init__(self, kind: str) -> None:
        self.kind = kind


class Code:
    """Marks a field whose text is not prose, such as a formula: `Annotated[str, Code()]`."""


class Internal:
    """Marks a field that only colleagues may read, whatever its record says: `Annotated[str | None, Internal()]`.

    It has a default, which is all that the public site knows of it.
    """


def wrap_in_list(value: Any) -> Any:
    """A text as a list with that one item; anything else unchanged."""
    return [value] if isinstance(value, str) else value


def _validate_interval(value: str) -> str:
    if not INTERVAL.match(value):
        raise ValueError("is not an interval. Write a number and days, weeks, months or years, such as `6 months`")
    return value


def _validate_day(value: Any) -> Any:
    # pydantic would read a number as seconds since 1970.
    if isinstance(value, str) and not DAY.match(value):
        raise ValueError("is not a date. Write it as YYYY-MM-DD, such as `2026-11-01`")
    return value


def add_interval(day: datetime.date, interval: str) -> datetime.date:
    """The day an interval such as `6 months` after `day`; if that month is too short, its last day.

    The latest day that Python knows if the result is later than that. `interval` must match INTERVAL.
    """
    match = INTERVAL.match(interval)
    assert match is not None, interval
    number, unit = int(match[1]), match[2]
    try:
        if unit in ("day", "week"):
            return day + datetime.timedelta(days=number * (7 if unit == "week" else 1))
        years, month = divmod(day.month - 1 + number * (12 if unit == "year" else 1), 12)
        last = calendar.monthrange(day.year + years, month + 1)[1]
        return datetime.date(day.year + years, month + 1, min(day.day, last))
    except (OverflowError, ValueError):
        return datetime.date.max


Interval = Annotated[
    str,
    AfterValidator(_validate_interval),
    ValueFormat("interval", "A number and days, weeks, months or years, such as `6 months`."),
]
Date = Annotated[
    datetime.date,
    BeforeValidator(_validate_day, json_schema_input_type=datetime.date),
    ValueFormat("date", "YYYY-MM-DD, such as `2026-11-01`."),
]
Level = Literal["suggestion", "warning", "error"]
Side = Literal["sales", "marketing", "both"]
Job = Literal["marketing", "sales"]
Group = Literal["words", "messages", "content", "ways of working"]

# A list of one item may be written as just that item.
ONE_OR_MORE = BeforeValidator(wrap_in_list, json_schema_input_type=str | tuple[str, ...])
Texts = Annotated[tuple[Text, ...], ONE_OR_MORE]
Lines = Annotated[tuple[Line, ...], ONE_OR_MORE]
Phrases = Annotated[tuple[Phrase, ...], ONE_OR_MORE]
Expressions = Annotated[tuple[Expression, ...], ONE_OR_MORE]
Personas = Annotated[tuple[Annotated[Name, Ref("personas")], ...], ONE_OR_MORE]
Stages = Annotated[tuple[Annotated[Name, Ref("stages")], ...], ONE_OR_MORE]
Messages = Annotated[tuple[Annotated[Name, Ref("messages")], ...], ONE_OR_MORE]
Proofs = Annotated[tuple[Annotated[Name, Ref("proof")], ...], ONE_OR_MORE]
Teams = Annotated[tuple[Annotated[Name, Ref("teams")], ...], ONE_OR_MORE]
Terms = Annotated[tuple[Annotated[Name, Ref("terms")], ...], ONE_OR_MORE]


class Part(BaseModel):
    """A piece of a record: frozen, and strict about its keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, defer_build=True)


class Reviewed(Part):
    """When a record was last reviewed, and how long that review is good for."""

    date: Date = Field(description="The day of the last review, as YYYY-MM-DD.")
    every: Interval | None = Field(
        None, description="How long a review is good for, such as `6 months`. Default: the interval in brand.yaml."
    )


class Signature(Part):
    """One side's agreement with the text as it was that day. `onevoice sign` writes it; don't edit it by hand."""

    date: Date = Field(description="The day this side signed, as YYYY-MM-DD.")
    of: Line = Field(description="A hash of what was signed.")


class Signed(Part):
    """Which sides have agreed to the text."""

    sales: Signature | None = Field(None, description="Sales' signature.")
    marketing: Signature | None = Field(None, description="Marketing's signature.")


class Dissent(Part):
    """One side's disagreement with the text, until it's settled."""

    side: Job = Field(description="The side that disagrees: sales or marketing.")
    date: Date = Field(description="The day it was raised, as YYYY-MM-DD.")
    why: Text = Field(description="What's wrong with the text, in one sentence.")


class Source(Part):
    """Where a record's facts come from."""

    title: Line = Field(description="The name of the article, study or conversation.")
    publisher: Line | None = Field(None, description="Who published it.")
    url: Link | None = Field(None, description="Where to read it.")
    date: Date | None = Field(None, description="The day it was published, as YYYY-MM-DD.")
    note: Text | None = Field(None, description="What we took from it, in our own words.")


def _coerce_source(value: Any) -> Any:
    return {"title": value} if isinstance(value, str) else value


class Record(Part):
    """What every record has.

    KIND: the kind's name: the file, the key in it, and the name in the API.
    SINGULAR: what people call one record of this kind.
    PAGE: the site path of a record, with {id} for its id (a contract: links from outside rely on it); "" if a plain
        page at /records/<kind>/ is enough.
    FOLDER: the folder of the site in which each id is the name of a page or folder; "" if there is none.
    RESERVED_IDS: names already used in that folder, which no record can have as its id.
    SINGLE: there is exactly one record of this kind, written as a mapping, not a list.
    NEWS_GROUP: the heading its news goes under.
    UNSIGNED_FIELDS: fields that may change without breaking a signature, in addition to those that every record has.
    NEWS_FIELDS: those of UNSIGNED_FIELDS whose changes are news anyway.
    EXAMPLE: what may stand below the kind's key in a file, as YAML; shown in the reference and by editors.
    """

    KIND: ClassVar[str]
    SINGULAR: ClassVar[str]
    PAGE: ClassVar[str] = ""
    FOLDER: ClassVar[str] = ""
    RESERVED_IDS: ClassVar[tuple[str, ...]] = ()
    SINGLE: ClassVar[bool] = False
    NEWS_GROUP: ClassVar[Group] = "ways of working"
    UNSIGNED_FIELDS: ClassVar[tuple[str, ...]] = ()
    NEWS_FIELDS: ClassVar[tuple[str, ...]] = ()
    EXAMPLE: ClassVar[str] = ""

    id: Slug = Field(
        description="The record's permanent name: lowercase words joined by hyphens. It becomes part of the "
        "page's address."
    )
    was: Annotated[tuple[Slug, ...], ONE_OR_MORE] = Field(
        (), description="Earlier ids of this record. Links to them lead here."
    )
    owner: Annotated[Name, Ref("teams")] | None = Field(None, description="The id of the team responsible for it.")
    status: Literal["proposed", "approved", "retired", "declined"] = Field(
        "approved", description="How far along it is. The lint and the call cards use approved records only."
    )
    public: bool = Field(False, description="`true` if customers may read it. Default: colleagues only.")
    placeholder: bool = Field(
        False, description="`true` while the text is what `onevoice init` wrote. Delete this line once it's yours."
    )
    reviewed: Reviewed | None = Field(
        None, description="When it was last reviewed, and how long that review is good for."
    )
    signed: Annotated[Signed | None, Internal()] = Field(
        None, description="The signatures of sales and marketing. Use `onevoice sign`; don't edit them by hand."
    )
    dissent: Annotated[tuple[Dissent, ...], Internal()] = Field(
        (), description="Who disagrees, since when and why. Delete an entry once it's settled."
    )
    sources: tuple[Annotated[Source, BeforeValidator(_coerce_source, json_schema_input_type=str | Source)], ...] = (
        Field((), description="Where the facts come from. A plain text is read as the title.")
    )

    @model_validator(mode="after")
    def _check_former_ids(self) -> Self:
        if self.id in self.was:
            raise ValueError(f"`was` has the id of the record itself, {self.id}. Delete it there")
        return self

    @property
    def page_path(self) -> str:
        """The site path of the record, with a leading slash; with an anchor if several records share a page."""
        return self.PAGE.format(id=self.id) if self.PAGE else f"/records/{self.KIND}/#{self.id}"

    def iter_files(self) -> Iterable[tuple[tuple[str | int, ...], str]]:
        """The files of the handbook that it names: the place of each name in the record, and a path below content/."""
        return ()

    @property
    def label(self) -> str:
        """What people call the record."""
        for field in ("name", "preferred", "title"):
            if (value := self.__dict__.get(field)) is not None:
                return str(value)
        return self.id


# Fields whose texts are someone else's words, show what not to write, or are not prose at all. A new field says so
# with its type: Code(), Ref() or ValueFormat().
NOT_PROSE = frozenset(
    (
        *("signed", "dissent", "sources", "source", "tags", "param", "vale", "number", "measures"),
        *("allowed", "one_per_text", "avoid", "except_", "only_near", "never_near"),
        *("bad", "dont", "say_not", "they_say", "asks"),
        *("file", "picture", "utm", "language", "branch", "github", "to"),
    )
)


def iter_texts(record: Part, skip: frozenset[str] = NOT_PROSE) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every text of a record that readers take for our own words, as (path of the field, text), in order.

    skip: names of fields to leave out, at any depth.
    """
    for name, key in _list_prose_fields(type(record)):
        if name not in skip:
            yield from _iter_value_texts(getattr(record, name), (key,), skip)


def _iter_value_texts(
    value: Any, loc: tuple[str | int, ...], skip: frozenset[str]
) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(value, Part):
        for inner, text in iter_texts(value, skip):
            yield (*loc, *inner), text
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _iter_value_texts(item, (*loc, index), skip)
    elif isinstance(value, str):
        yield loc, value


@functools.cache
def _list_prose_fields(model: type[Part]) -> tuple[tuple[str, str], ...]:
    """The fields of a part of a record that may hold prose, as (name, key in YAML)."""
    return tuple(
        (name, field.alias or name)
        for name, field in model.model_fields.items()
        if not _is_coded(Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation)
    )


def _is_coded(kind: Any) -> bool:
    """Whether a field holds one of a few fixed values, an id, a date, a link or a formula, not words."""
    marks = getattr(kind, "__metadata__", ())
    if get_origin(kind) is Literal or any(isinstance(mark, Ref | Code | ValueFormat) for mark in marks):
        return True
    return any(_is_coded(inner) for inner in get_args(kind) if inner is not type(None))
