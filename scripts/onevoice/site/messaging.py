"""What we say: call cards by persona and stage, personas, the journey, objections, versus, proof, boilerplate."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from operator import attrgetter

from onevoice.forms import build_mail_link
from onevoice.handbook.address import find_page_path
from onevoice.handbook.card import CallCard, compose_card, compose_email
from onevoice.handbook.news import get_quotes
from onevoice.output import Artifact
from onevoice.phrases.catalog import mark_text, translate_text
from onevoice.records.journey import Stage
from onevoice.records.message import Message
from onevoice.records.persona import Persona
from onevoice.records.play import Play
from onevoice.site.sections import Hub, has_messages, has_records
from onevoice.site.view import View

HUBS = (
    Hub(mark_text("Say"), "/messaging/", needs=has_records("messages", "personas", "journey", "proof")),
    Hub(mark_text("Say"), "/messaging/journey/", mark_text("Journey"), needs=has_records("journey")),
    Hub(mark_text("Say"), "/messaging/personas/", mark_text("Personas"), needs=has_records("personas")),
    Hub(
        mark_text("Say"),
        "/messaging/compare/",
        mark_text("Side by side"),
        needs=lambda book: len(book.list_approved("personas")) > 1,
    ),
    Hub(mark_text("Say"), "/messaging/objections/", mark_text("Objections"), needs=has_messages("objection")),
    Hub(mark_text("Say"), "/messaging/versus/", mark_text("Versus"), needs=has_messages("versus")),
    Hub(mark_text("Say"), "/messaging/proof/", mark_text("Proof"), needs=has_records("proof")),
    Hub(mark_text("Say"), "/messaging/boilerplate/", mark_text("Boilerplate"), needs=has_messages("boilerplate")),
)

LISTS = (
    (
        "objection",
        "/messaging/objections/",
        mark_text("Objections"),
        mark_text("What customers push back on, in their own words, and how to answer."),
    ),
    (
        "versus",
        "/messaging/versus/",
        mark_text("Versus"),
        mark_text("What to say when customers compare us with others. Start with what the others do well."),
    ),
)
# What reps may say of a line that they have used.
VERDICTS = (mark_text("It worked"), mark_text("It didn't work"))
GROUPS = (
    (mark_text("Pillars"), "pillar"),
    (mark_text("Pitches"), "pitch"),
    (mark_text("Values"), "value"),
    (mark_text("Questions to ask"), "question"),
)


# Whether a claim may be made, best first.
ANSWERS = ("Yes", "Ask first", "No")
MOST_COMPARED = 5


def _pick_messages(view: View, persona: Persona, kind: str) -> list[Message]:
    """The messages of a type for a persona, those for nobody else first."""
    found = [m for m in view.handbook.list_approved("messages") if m.type == kind]
    fitting = [m for m in found if not m.personas or persona.id in m.personas]
    return sorted(fitting, key=lambda m: len(m.personas) or len(view.handbook.list_approved("personas")))


def _pick_texts(*fields: str) -> Callable[[View, Persona], Iterator[tuple[str, str]]]:
    """A function that lists texts of a persona: (text, "")."""
    return lambda view, persona: ((text, "") for field in fields for text in attrgetter(field)(persona))


def _pick_objections(view: View, persona: Persona) -> Iterator[tuple[str, str]]:
    opening, closing = get_quotes()
    for message in _pick_messages(view, persona, "objection")[:MOST_COMPARED]:
        yield f"{opening}{message.they_say}{closing}", find_page_path(message)


def _pick_questions(view: View, persona: Persona) -> Iterator[tuple[str, str]]:
    for message in _pick_messages(view, persona, "question")[:3]:
        yield message.say or message.title, find_page_path(message)


def _pick_proofs(view: View, persona: Persona) -> Iterator[tuple[str, str]]:
    messages = [m for kind in ("value", "pitch", "objection") for m in _pick_messages(view, persona, kind)]
    named = dict.fromkeys(id for message in messages for id in message.proof)
    proofs = [one for one in view.handbook.resolve_ids("proof", list(named)) if view.judge_claim(one).answer == "Yes"]
    for proof in proofs[:MOST_COMPARED]:
        yield proof.title, find_page_path(proof)


# What the page that compares personas shows of each: (heading, what it is good for, a function that picks it).
COMPARED = (
    (mark_text("What bothers them"), mark_text("Pains, as they'd put it."), _pick_texts("pains")),
    (mark_text("What they want"), mark_text("Goals that they're measured by."), _pick_texts("goals")),
    (
        mark_text("Their words"),
        mark_text("What they ask at first, and later."),
        _pick_texts("interested.asks", "ready_to_buy.asks"),
    ),
    (mark_text("What worries them"), "", _pick_texts("interested.worries", "ready_to_buy.worries")),
    (mark_text("What to ask them"), "", _pick_questions),
    (mark_text("What you might hear"), mark_text("Each leads to the answer."), _pick_objections),
    (mark_text("What convinces them"), mark_text("Proof that you can use today."), _pick_proofs),
    (mark_text("Where to find them"), "", _pick_texts("found_at")),
)


def render(view: View) -> Iterator[Artifact | None]:
    """Everything below `/messaging/`."""
    book = view.handbook
    personas = book.list_approved("personas")
    messages = book.list_approved("messages")
    yield view.render_page(
        "/messaging/",
        "messaging",
        title=translate_text("What we say"),
        description=translate_text("Call cards, pitches, values, questions, objections and proof."),
        personas=personas,
        groups=[(translate_text(heading), [m for m in messages if m.type == kind]) for heading, kind in GROUPS],
    )
    for kind, path, title, intro in LISTS:
        items = [message for message in messages if message.type == kind]
        said = translate_text(intro)
        yield view.render_page(path, "messages", title=translate_text(title), description=said, intro=said, items=items)
    yield view.render_page(
        "/messaging/boilerplate/",
        "boilerplate",
        title=translate_text("Boilerplate"),
        description=translate_text("Ready-to-copy text about %(name)s in several lengths.", name=book.brand.name),
        items=[message for message in messages if message.type == "boilerplate"],
    )
    yield view.render_page(
        "/messaging/proof/",
        "proof",
        title=translate_text("Proof"),
        description=translate_text("Which figures we can use, how to word them, and which to leave alone."),
        # What can be used first: people look here before they write a figure.
        items=sorted(book.list_approved("proof"), key=lambda proof: ANSWERS.index(view.judge_claim(proof).answer)),
    )
    yield view.render_page(
        "/messaging/journey/",
        "journey",
        title=translate_text("The customer journey"),
        description=translate_text("The one agreed path, stage by stage."),
        record=book.find_single("journey"),
        personas=personas,
    )
    yield view.render_page(
        "/messaging/personas/",
        "personas",
        title=translate_text("Personas"),
        description=translate_text("Who we talk to: one person with two facets."),
        personas=personas,
    )
    yield view.render_page(
        "/messaging/compare/",
        "compare",
        title=translate_text("Personas side by side"),
        description=translate_text("What bothers each of them, what they ask and say, and what convinces them."),
        personas=personas,
        rows=[
            (translate_text(title), translate_text(hint) if hint else "", [list(pick(view, one)) for one in personas])
            for title, hint, pick in COMPARED
        ],
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
        description=translate_text("Say: %(line)s", line=first),
        persona=persona,
        stage=stage,
        card=card,
        nots=list(dict.fromkeys(text for line in card.lines for text in line.say_not)),
        has_sales_assets=any(one.job == "sales" for one in (card.send, *card.more_assets) if one),
        nearest=book.find_nearest_assets(persona.id, stage.id, view.today),
        others=[other for other in book.list_approved("personas") if other is not persona],
        request=view.build_request_link(path, persona, stage),
        email=_build_email_link(view, card, persona, stage),
        verdicts=[
            (label, view.build_verdict_link(path, card.lines[0], persona, stage, label))
            for label in map(translate_text, VERDICTS)
        ]
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
