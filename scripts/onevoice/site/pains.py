"""What customers said, in groups: what nothing answers first, and the messages that answer the rest."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator

from onevoice.handbook.handbook import Handbook
from onevoice.output import Artifact
from onevoice.pains.answer import Pain
from onevoice.phrases.catalog import mark_text, translate_text
from onevoice.records.quote import Quote
from onevoice.site.sections import Hub
from onevoice.site.view import View


def _has_quotes(handbook: Handbook) -> bool:
    """Whether there's anything that a customer said; customers themselves see none of it."""
    return not handbook.is_public and bool(handbook.quotes)


HUBS = (
    Hub(
        mark_text("Say"),
        "/messaging/pains/",
        mark_text("Customers’ words"),
        mark_text("What customers say, and what nothing answers yet."),
        _has_quotes,
    ),
)


@dataclasses.dataclass(frozen=True)
class Section:
    """Some of what customers said. groups: what several said. single: what one alone said."""

    id: str
    title: str
    groups: tuple[Pain, ...]
    single: tuple[Pain, ...]


def render(view: View) -> Iterator[Artifact | None]:
    """`/messaging/pains/`; customers see none."""
    path = HUBS[0].path
    if not view.has_page(path) or not view.wants_page(path):
        return
    pains = view.pains
    has_forms = len({quote.form for quote in view.handbook.quotes}) > 1
    yield view.render_page(
        path,
        "pains",
        title=translate_text("Customers’ words"),
        description=translate_text("What customers say in their own words, and the messages that answer it."),
        sections=[section for section in list_sections(pains) if section.groups or section.single],
        table=count_quotes(view, pains),
        total=len(view.handbook.quotes),
        unanswered=sum(len(pain.group.quotes) for pain in pains if not pain.answers),
        tell_source=lambda quote: tell_source(view, quote, has_forms=has_forms),
    )


def list_sections(pains: list[Pain]) -> tuple[Section, ...]:
    """What nothing answers, then what something does."""
    titles = (("open", translate_text("Nothing answers this yet")), ("answered", translate_text("Answered")))
    return tuple(
        Section(
            id,
            title,
            tuple(one for one in pains if bool(one.answers) == (id == "answered") and len(one.group.quotes) > 1),
            tuple(one for one in pains if bool(one.answers) == (id == "answered") and len(one.group.quotes) == 1),
        )
        for id, title in titles
    )


def count_quotes(view: View, pains: list[Pain]) -> tuple[list[str], list[tuple[str, list[tuple[int, int]]]]]:
    """How many quotes there are by persona and stage, and how many of them nothing answers: (stages, rows)."""
    book = view.handbook
    counts: Counter[tuple[str, str]] = Counter()
    unanswered: Counter[tuple[str, str]] = Counter()
    stages = {stage.id: stage.name for stage in book.stages}
    personas = {persona.id: persona.name for persona in book.list_approved("personas")}
    for pain in pains:
        for quote in pain.group.quotes:
            cell = quote.persona if quote.persona in personas else "", quote.stage if quote.stage in stages else ""
            counts[cell] += 1
            unanswered[cell] += not pain.answers
    stages[""], personas[""] = translate_text("Stage unknown"), translate_text("Persona unknown")
    columns = [id for id in stages if any(stage == id for _, stage in counts)]
    rows = [
        (name, [(counts[persona, stage], unanswered[persona, stage]) for stage in columns])
        for persona, name in personas.items()
        if any(who == persona for who, _ in counts)
    ]
    return [stages[id] for id in columns], rows


def tell_source(view: View, quote: Quote, *, has_forms: bool) -> str:
    """Who said it and when, as far as we know: the persona, the stage and the week; and the form, if there are some."""
    book = view.handbook
    persona = book.find_record("personas", quote.persona)
    stage = next((one.name for one in book.stages if one.id == quote.stage), "")
    form = book.find_record("forms", quote.form) if has_forms else None
    source = form.title if form else quote.form if has_forms else ""
    return " · ".join(filter(None, (persona.name if persona else "", stage, quote.week, source)))
