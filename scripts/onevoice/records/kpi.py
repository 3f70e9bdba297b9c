"""KPIs: the figures that sales and marketing move together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from onevoice.records.envelope import Code, Date, Record, Ref, Text

TERM_REFERENCE = re.compile(r"\{([^{}|]*)(?:\|([^{}]*))?\}")


def _validate_formula(value: str) -> str:
    if re.search(r"[{}]", TERM_REFERENCE.sub("", value)):
        raise ValueError(
            "has a brace that is not closed or not opened. Write a term as {its-id}, or as {its-id|other words}"
        )
    return value


def parse_formula(formula: str) -> Iterator[tuple[str, str]]:
    """A formula as (text, term) in order: text that stands as it is with "", and words with the id of their term.

    The words of a term are "" where its own name is meant.
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
    """One figure, how it is computed, and what each side does to move it."""

    KIND = "kpis"
    SINGULAR = "KPI"
    PAGE = "/together/kpis/#{id}"
    UNSIGNED_FIELDS = ("now", "tool", "report")
    NEWS_FIELDS = ("now",)

    name: Text = Field(description="What we call the figure.")
    means: Text = Field(description="What it tells us, in one sentence.")
    formula: Annotated[str, Code(), AfterValidator(_validate_formula)] = Field(
        min_length=1,
        description="How it is computed. A term is written {its-id}, or {its-id|other words}, and becomes a link.",
    )
    marketing_moves: Text | None = Field(None, description="What marketing does to move it.")
    sales_moves: Text | None = Field(None, description="What sales does to move it.")
    now: Text | None = Field(None, description="Where it stands, and since when.")
    target: Text = Field(description="Where it should go, with its unit.")
    by: Date | None = Field(None, description="The day by which it should be there.")
    horizon: Literal["quarter", "long"] = Field(
        description="quarter: it shows in this quarter's sales; long: it shows in those of the years to come."
    )
    tool: Annotated[str, Ref("tools")] | None = Field(None, description="The id of the tool in which it can be seen.")
    report: Text | None = Field(None, description="The report or page in that tool.")
    caution: Text | None = Field(None, description="What it does not tell, and how it could be moved to no good.")
