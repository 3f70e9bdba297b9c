"""What all records share: intervals, and which of their texts are prose."""

import datetime
from typing import Annotated, Literal

import pytest
from pydantic import ValidationError

from onevoice.records.envelope import (
    Code,
    Date,
    Interval,
    Link,
    Part,
    Ref,
    Reviewed,
    Text,
    Texts,
    add_interval,
    iter_texts,
)
from onevoice.records.term import Term


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "interval", "end"),
    [
        ("2026-11-21", "1 day", "2026-11-22"),
        ("2026-11-21", "10 days", "2026-12-01"),
        ("2026-11-21", "2 weeks", "2026-12-05"),
        ("2026-11-21", "1 month", "2026-12-21"),
        ("2026-11-21", "12 months", "2027-11-21"),
        ("2026-11-21", "1 year", "2027-11-21"),
        ("2026-08-31", "6 months", "2027-02-28"),
        ("2023-08-31", "6 months", "2024-02-29"),
        ("2024-02-29", "1 year", "2025-02-28"),
        ("2026-01-31", "1 month", "2026-02-28"),
        ("2026-12-01", "1 month", "2027-01-01"),
        ("9999-12-31", "1 day", "9999-12-31"),
        ("9000-01-01", "9999 years", "9999-12-31"),
        ("9000-01-01", "9999 weeks", "9191-08-21"),
    ],
)
def test_after(start, interval, end):
    assert add_interval(day(start), interval) == day(end)


@pytest.mark.parametrize(
    "interval", ["", "month", "0 days", "-1 day", "1.5 years", "12345 days", "1 quarter", "1  day"]
)
def test_what_is_no_interval(interval):
    with pytest.raises(ValidationError, match="6 months"):
        Reviewed.model_validate({"date": "2026-11-01", "every": interval})


def test_texts_are_our_own_words_alone():
    term = Term.model_validate(
        {
            "id": "lead", "was": "old", "owner": "brand", "preferred": "lead", "definition": "A person.",
            "part_of_speech": "noun", "allowed": ["warm lead"], "except": ["lead time"], "note": "Mind it.",
            "avoid": [{"term": "prospect", "use": "lead", "why": "It is vague."}],
            "examples": [{"good": "A new lead.", "bad": "A new prospect."}],
            "sources": ["Somebody's words"],
        }
    )  # fmt: skip
    assert list(iter_texts(term)) == [
        (("preferred",), "lead"),
        (("definition",), "A person."),
        (("examples", 0, "good"), "A new lead."),
        (("note",), "Mind it."),
    ]


def test_fields_are_named_as_they_are_written():
    term = Term.model_validate({"id": "a", "preferred": "a", "definition": "d", "except": ["b"]})
    assert [loc for loc, _ in iter_texts(term, skip=frozenset())][-1] == ("except", 0)


def test_codes_are_no_prose_whatever_their_field_is_named():
    class Booth(Part):
        name: Text
        number_on_plan: Annotated[Texts, Code()]
        website: Link
        opens: Date
        every: Interval
        team: Annotated[str, Ref("teams")]
        color: Literal["red", "blue"]

    booth = Booth(
        name="Ours", number_on_plan="B-12", website="https://acme.example", opens="2027-03-02", every="1 year",
        team="sales", color="red",
    )  # fmt: skip
    assert list(iter_texts(booth, skip=frozenset())) == [(("name",), "Ours")]
