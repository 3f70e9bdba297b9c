"""The fields that every record shares, and the small types that records are made of."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, Literal, get_args, get_origin

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

SLUG = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
INTERVAL = re.compile(r"^([1-9][0-9]{0,3}) (day|week|month|year)s?$")
DAY = re.compile(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
LINK = re.compile(r"^(?:https?://|mailto:|/)", re.I)


class Ref:
    """Marks a field as the id of a record of another kind: `Annotated[str, Ref("personas")]`."""

    def __init__(self, kind: str) -> None:
        self.kind = kind


class Code:
    """Marks a field whose text is no prose, such as a formula: `Annotated[str, Code()]`."""


def wrap_in_list(value: Any) -> Any:
    """A text as a list of itself; anything else as it is."""
    return [value] if isinstance(value, str) else value


def _validate_interval(value: str) -> str:
    if not INTERVAL.match(value):
        raise ValueError("is not an interval: write a number and day, week, month or year, such as `6 months`")
    return value


def _validate_day(value: Any) -> Any:
    # A number would be taken for the seconds since 1970.
    if isinstance(value, str) and not DAY.match(value):
        raise ValueError("is not a date: write it as YYYY-MM-DD, such as `2026-11-01`")
    return value


def _validate_link(value: str) -> str:
    if not LINK.match(value):
        raise ValueError("is not a link: start it with https://, http://, mailto: or / (a page of this site)")
    return value


def add_interval(day: datetime.date, interval: str) -> datetime.date:
    """The day that comes an interval such as `6 months` later; a month that is too short for it ends it."""
    number, unit = int(INTERVAL.match(interval)[1]), INTERVAL.match(interval)[2]
    try:
        if unit in ("day", "week"):
            return day + datetime.timedelta(days=number * (7 if unit == "week" else 1))
        years, month = divmod(day.month - 1 + number * (12 if unit == "year" else 1), 12)
        last = calendar.monthrange(day.year + years, month + 1)[1]
        return datetime.date(day.year + years, month + 1, min(day.day, last))
    except (OverflowError, ValueError):
        return datetime.date.max


Slug = Annotated[str, Field(pattern=SLUG)]
Text = Annotated[str, Field(min_length=1)]
Interval = Annotated[str, AfterValidator(_validate_interval)]
Link = Annotated[str, AfterValidator(_validate_link)]
Date = Annotated[datetime.date, BeforeValidator(_validate_day, json_schema_input_type=datetime.date)]
Level = Literal["suggestion", "warning", "error"]
Side = Literal["sales", "marketing", "both"]
Job = Literal["marketing", "sales"]
Group = Literal["words", "messages", "content", "ways of working"]

# A list that may also be written as its only item.
ONE_OR_MORE = BeforeValidator(wrap_in_list, json_schema_input_type=str | tuple[str, ...])
Texts = Annotated[tuple[Text, ...], ONE_OR_MORE]
Personas = Annotated[tuple[Annotated[str, Ref("personas")], ...], ONE_OR_MORE]
Stages = Annotated[tuple[Annotated[str, Ref("stages")], ...], ONE_OR_MORE]
Messages = Annotated[tuple[Annotated[str, Ref("messages")], ...], ONE_OR_MORE]
Proofs = Annotated[tuple[Annotated[str, Ref("proof")], ...], ONE_OR_MORE]
Teams = Annotated[tuple[Annotated[str, Ref("teams")], ...], ONE_OR_MORE]
Terms = Annotated[tuple[Annotated[str, Ref("terms")], ...], ONE_OR_MORE]


class Part(BaseModel):
    """A piece of a record: frozen, and strict about its keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Reviewed(Part):
    """When somebody last read the record and found it true."""

    date: Date = Field(description="The day of the last review, as YYYY-MM-DD.")
    every: Interval | None = Field(
        None, description="How long a review holds, such as `6 months`. Left out: the interval that brand.yaml gives."
    )


class Signature(Part):
    """One side's agreement with the text as it stood. Written by `onevoice sign`, never by hand."""

    date: Date = Field(description="The day on which the side signed.")
    of: Text = Field(description="A hash of the fields that carry the meaning, as they were when signed.")


class Signed(Part):
    """Who has agreed."""

    sales: Signature | None = Field(None, description="The signature of sales.")
    marketing: Signature | None = Field(None, description="The signature of marketing.")


class Dissent(Part):
    """One side's disagreement with the text as it stands, until it is settled."""

    side: Job = Field(description="The side that disagrees: sales or marketing.")
    date: Date = Field(description="Since when, as YYYY-MM-DD.")
    why: Text = Field(description="What is wrong with it, in a sentence.")


class Source(Part):
    """Where a record's facts come from."""

    title: Text = Field(description="The name of the article, study or conversation.")
    publisher: Text | None = Field(None, description="Who published it.")
    url: Link | None = Field(None, description="Where it can be read.")
    date: Date | None = Field(None, description="When it was published, as YYYY-MM-DD.")
    note: Text | None = Field(None, description="What we took from it, in our words.")


def _coerce_source(value: Any) -> Any:
    return {"title": value} if isinstance(value, str) else value


class Record(Part):
    """What all records share. KIND is the kind's name: the file, the list's key, and the name in the API.

    ONE: what people call one record of this kind.
    PAGE: the site path of a record, where {id} is its id (a contract: links from outside rely on it).
    FOLDER: the folder of the site in which each record has a name of its own; "" where the kind has none.
    TAKEN: names that this folder has already, so that no record can have them as its id.
    SINGLE: exactly one record of this kind; it is written as a mapping, not a list.
    NEWS: the group under which its news stand.
    SILENT: fields without a meaning of their own, which may change without breaking a signature; what all records share
        is silent anyway. TOLD: those of them that are news all the same.
    """

    KIND: ClassVar[str]
    SINGULAR: ClassVar[str]
    PAGE: ClassVar[str]
    FOLDER: ClassVar[str] = ""
    RESERVED_IDS: ClassVar[tuple[str, ...]] = ()
    SINGLE: ClassVar[bool] = False
    NEWS_GROUP: ClassVar[Group] = "ways of working"
    UNSIGNED_FIELDS: ClassVar[tuple[str, ...]] = ()
    NEWS_FIELDS: ClassVar[tuple[str, ...]] = ()

    id: Slug = Field(
        description="The record's permanent name, in lower-case words with hyphens. It becomes the page's address."
    )
    was: Annotated[tuple[Slug, ...], ONE_OR_MORE] = Field(
        (), description="Ids that this record had before. Old links lead to it."
    )
    owner: Annotated[str, Ref("teams")] | None = Field(None, description="The id of the team that keeps it true.")
    status: Literal["proposed", "approved", "retired", "declined"] = Field(
        "approved", description="Where the record stands. Only approved records are used in lint and on call cards."
    )
    public: bool = Field(False, description="`true` where customers may read it. Default: for colleagues only.")
    reviewed: Reviewed | None = Field(None, description="When it was last reviewed, and how long that holds.")
    signed: Signed | None = Field(None, description="The signatures of sales and marketing. Use `onevoice sign`.")
    dissent: tuple[Dissent, ...] = Field((), description="Who disagrees, since when and why, until it is settled.")
    sources: tuple[Annotated[Source, BeforeValidator(_coerce_source, json_schema_input_type=str | Source)], ...] = (
        Field((), description="What the record stands on. A plain text is taken as the title.")
    )

    @property
    def page_path(self) -> str:
        """The site path of the record, with a leading slash; an anchor where several records share a page."""
        return self.PAGE.format(id=self.id)

    @property
    def label(self) -> str:
        """What people call the record."""
        for field in ("name", "preferred", "title"):
            if (value := self.__dict__.get(field)) is not None:
                return value
        return self.id


# Texts that are somebody else's words, show what not to write, or are no prose at all.
NOT_PROSE = frozenset(
    (
        *(
            "id",
            "was",
            "owner",
            "status",
            "signed",
            "dissent",
            "sources",
            "tags",
            "param",
            "vale",
            "number",
            "measures",
        ),
        *("allowed", "avoid", "except_", "bad", "dont", "say_not", "they_say", "asks", "source"),
        *("url", "hex", "file", "utm", "repository", "language", "branch", "github", "contact", "to"),
    )
)


def iter_texts(record: Part, skip: frozenset[str] = NOT_PROSE) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every text of a record that a reader takes for our own words, as (path of the field, text), in order.

    skip: the fields that are passed over, wherever they stand.
    """
    for name, field in type(record).model_fields.items():
        if name not in skip:
            kind = Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation
            yield from _iter_value_texts(getattr(record, name), (field.alias or name,), kind, skip)


def _iter_value_texts(
    value: Any, loc: tuple[str | int, ...], kind: Any, skip: frozenset[str]
) -> Iterator[tuple[tuple, str]]:
    if isinstance(value, Part):
        for inner, text in iter_texts(value, skip):
            yield (*loc, *inner), text
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _iter_value_texts(item, (*loc, index), kind, skip)
    elif isinstance(value, str) and not _is_coded(kind):
        yield loc, value


def _is_coded(kind: Any) -> bool:
    """Whether a field holds one of a few fixed values, an id or a formula, not words."""
    if get_origin(kind) is Literal or any(isinstance(item, Ref | Code) for item in getattr(kind, "__metadata__", ())):
        return True
    return any(_is_coded(inner) for inner in get_args(kind) if inner is not type(None))
