"""What we say: call cards by persona and stage, personas, the journey, objections, versus, proof, boilerplate."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from onevoice.forms import build_mail_link
from onevoice.handbook.address import find_page_path
from onevoice.handbook.card import CallCard, compose_card, compose_email
from onevoice.output import Artifact
from onevoice.records.journey import Stage
from onevoice.records.persona import Persona
from onevoice.records.play import Play
from onevoice.site.sections import Hub, has_messages, has_records
from onevoice.site.view import View

HUBS = (
    Hub("Say", "/messaging/", needs=has_records("messages", "personas", "journey", "proof")),
    Hub("Say", "/messaging/journey/", "Journey", needs=has_records("journey")),
    Hub("Say", "/messaging/personas/", "Personas", needs=has_records("personas")),
    Hub("Say", "/messaging/objections/", "Objections", needs=has_messages("objection")),
    Hub("Say", "/messaging/versus/", "Versus", needs=has_messages("versus")),
    Hub("Say", "/messaging/proof/", "Proof", needs=has_records("proof")),
    Hub("Say", "/messaging/boilerplate/", "Boilerplate", needs=has_messages("boilerplate")),
)

LISTS = (
    (
        "objection",
        "/messaging/objections/",
        "Objections",
        "What customers push back on, in their own words, and how to answer.",
    ),
    (
        "versus",
        "/messaging/versus/",
        "Versus",
        "What to say when customers compare us with others. Start with what the others do well.",
    ),
)
# What reps may say of a line that they have used.
VERDICTS = ("It worked", "It didn't work")
GROUPS = (("Pillars", "pillar"), ("Pitches", "pitch"), ("Values", "value"), ("Questions to ask", "question"))


def render(view: View) -> Iterator[Artifact | None]:
    """Everything below `/messaging/`."""
    book = view.handbook
    personas = book.list_approved("personas")
    messages = book.list_approved("messages")
    yield view.render_page(
        "/messaging/",
        "messaging",
        title="What we say",
        description="Call cards, pitches, values, questions, objections and proof.",
        personas=personas,
        groups=[(heading, [m for m in messages if m.type == kind]) for heading, kind in GROUPS],
    )
    for kind, path, title, intro in LISTS:
        items = [message for message in messages if message.type == kind]
        yield view.render_page(path, "messages", title=title, description=intro, intro=intro, items=items)
    yield view.render_page(
        "/messaging/boilerplate/",
        "boilerplate",
        title="Boilerplate",
        description=f"Ready-to-copy text about {book.brand.name} in several lengths.",
        items=[message for message in messages if message.type == "boilerplate"],
    )
    yield view.render_page(
        "/messaging/proof/",
        "proof",
        title="Proof",
        description="Which figures we can use, how to word them, and which to leave alone.",
        items=book.list_approved("proof"),
    )
    yield view.render_page(
        "/messaging/journey/",
        "journey",
        title="The customer journey",
        description="The one agreed path, stage by stage.",
        record=book.find_single("journey"),
        personas=personas,
    )
    yield view.render_page(
        "/messaging/personas/",
        "personas",
        title="Personas",
        description="Who we talk to: one person with two facets.",
        personas=personas,
    )
    for persona in personas:
        yield view.render_page(
            find_page_path(persona), "persona", title=persona.name, description=persona.summary, record=persona
        )
        for stage in book.stages:
            yield _render_card_page(view, persona, stage)


def _render_card_page(view: View, persona: Persona, stage: Stage) -> Artifact | None:
    book, path = view.handbook, f"/messaging/{persona.id}/{stage.id}/"
    card = compose_card(book, persona.id, stage.id, view.today)
    first = card.lines[0].say if card.lines else persona.summary
    return view.render_page(
        path,
        "card",
        title=f"{persona.name} · {stage.name}",
        description=f"Say: {first}",
        persona=persona,
        stage=stage,
        card=card,
        nots=list(dict.fromkeys(text for line in card.lines for text in line.say_not)),
        has_sales_assets=any(one.job == "sales" for one in (card.send, *card.more_assets) if one),
        nearest=book.find_nearest_assets(persona.id, stage.id, view.today),
        others=[other for other in book.list_approved("personas") if other is not persona],
        request=view.build_request_link(path, persona, stage),
        email=_build_email_link(view, card, persona, stage),
        verdicts=[(label, view.build_verdict_link(path, card.lines[0], persona, stage, label)) for label in VERDICTS]
        if card.lines and book.brand.feedback_form
        else [],
        is_new=_make_novelty_test(),
        plays=[
            play
            for play in book.list_approved("plays")
            if play.compute_phase(view.today) != "over" and _is_relevant_play(play, persona, stage)
        ],
    )


def _build_email_link(view: View, card: CallCard, persona: Persona, stage: Stage) -> str:
    """The address that opens the follow-up email of a card; "" if it has nothing to send."""
    if not card.send or not card.lines:
        return ""
    email = compose_email(card, view.build_tracked_url(card.send, persona.id, stage.id))
    return build_mail_link("", email.subject, email.body)


def _make_novelty_test() -> Callable[[str], bool]:
    """A function that says whether a page has not shown a text yet: its answer is True once for each text."""
    shown: set[str] = set()

    def is_new(text: str) -> bool:
        words, count = " ".join(text.split()), len(shown)
        shown.add(words)
        return len(shown) > count

    return is_new


def _is_relevant_play(play: Play, persona: Persona, stage: Stage) -> bool:
    return (not play.personas or persona.id in play.personas) and (not play.stages or stage.id in play.stages)
