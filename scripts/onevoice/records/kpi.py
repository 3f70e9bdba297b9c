"""KPIs: the numbers that sales and marketing move together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from onevoice.records.envelope import Code, Date, Record, Ref
from onevoice.records.scalar import Line, Name, Text, ValueFormat

FORMULA_FORMAT = ValueFormat("formula", "A text in which `{its-id}` or `{its-id|other words}` links to a term.")
TERM_REFERENCE = re.compile(r"\{([^{}|]*)(?:\|([^{}]*))?\}")


def _validate_formula(value: str) -> str:
    if re.search(r"[{}]", TERM_REFERENCE.sub("", value)):
        raise ValueError("has an unmatched brace. Write a term as {its-id} or {its-id|other words}")
    return value


def parse_formula(formula: str) -> Iterator[tuple[str, str]]:
    """A formula as (text, term id) in order.

    The id is "" for text that names no term; the text is "" if the term's own name is meant.
    """
    at = 0
    for match in TERM_REFERENCE.finditer(formula):
        if before := formula[at : match.start()]:
            yield before, ""
        yield match[2] or "", match[1]
        at = match.end()
    if rest := formula[at:]:
        yield rest, ""


class Kpi(Record):
    """One number, how it's calculated, and what each side does to move it."""

    KIND = "kpis"
    SINGULAR = "KPI"
    PAGE = "/together/kpis/#{id}"
    UNSIGNED_FIELDS = ("now", "better", "tool", "report")
    NEWS_FIELDS = ("now",)
    EXAMPLE = """
    - id: first-answer-time
      name: Time to first answer
      means: How long people who want to talk wait for one of us.
      formula: "working hours from inquiry to first answer, summed up ÷ inquiries"
      marketing_moves: Hands over inquiries one by one, not in a list on Friday.
      sales_moves: Keeps one rep on duty for each region.
      now: 6 working hours in October 2026
      target: 4 working hours
      better: lower
      by: 2027-03-31
      horizon: quarter
      tool: crm
      report: Response times, by region
      caution: A quick answer can still be a useless one.
    """

    name: Line = Field(description="What we call it.")
    means: Text = Field(description="What it tells us, in one sentence.")
    formula: Annotated[Text, Code(), AfterValidator(_validate_formula), FORMULA_FORMAT] = Field(
        min_length=1,
        description="How it's calculated. Write a term as {its-id} or {its-id|other words}; it becomes a link.",
    )
    marketing_moves: Text | None = Field(None, description="What marketing does to move it.")
    sales_moves: Text | None = Field(None, description="What sales does to move it.")
    now: Text | None = Field(None, description="Where it is now, and since when.")
    target: Text = Field(description="Where it should be, with its unit.")
    better: Literal["higher", "lower"] = Field(
        "higher", description="Which way it should go: `lower` if less is better, such as for a time to wait."
    )
    by: Date | None = Field(None, description="The day it should get there, as YYYY-MM-DD.")
    horizon: Literal["quarter", "long"] = Field(
        description="quarter: it shows in this quarter's sales; long: it shows in sales years from now."
    )
    tool: Annotated[Name, Ref("tools")] | None = Field(None, description="The id of the tool that shows it.")
    report: Line | None = Field(None, description="The report or page in that tool.")
    caution: Text | None = Field(None, description="What it doesn't tell us, and how it could be gamed.")
