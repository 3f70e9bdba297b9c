"""What an assistant (a language model) is given: `/llms.txt` with the addresses of all that it may need,
`/llms-full.txt` with the whole handbook, and a brief for each call card.
"""

from __future__ import annotations

import codecs
import dataclasses
import json
from collections.abc import Iterable, Iterator, Sequence

from onevoice.handbook.address import find_page_path
from onevoice.handbook.card import compose_card
from onevoice.matcher.fold import make_match_key
from onevoice.output import Artifact
from onevoice.records import KINDS, Record
from onevoice.records.envelope import iter_texts
from onevoice.records.journey import Stage
from onevoice.records.message import Message
from onevoice.records.persona import Persona
from onevoice.records.proof import Proof
from onevoice.records.term import Avoid, Term
from onevoice.site.view import View

WRITING_RULES = (
    "Use the words below. Make only the claims listed under Proof, in their exact wording and with their source. "
    "If a fact is missing, leave a gap and say so; don't make anything up."
)
GROUPS = (
    ("Pillars", "pillar"),
    ("Pitches", "pitch"),
    ("Values", "value"),
    ("Questions to ask", "question"),
    ("Objections", "objection"),
    ("Versus", "versus"),
    ("Boilerplate", "boilerplate"),
)
# The most lines of words that a brief has: it has to leave room for everything else.
MAX_WORD_LINES = 150


def write(view: View) -> Iterator[Artifact]:
    """`/llms.txt`, `/llms-full.txt`, and `brief.txt` next to each call card: Markdown that also reads as plain text."""
    yield from write_overview(view)
    for persona in view.handbook.list_approved("personas"):
        for stage in view.handbook.stages:
            brief = _build_file(
                f"docs/messaging/{persona.id}/{stage.id}/brief.txt", _render_brief(view, persona, stage)
            )
            # People open it in browsers, which take a text for Latin-1 if a server does not say what it is.
            yield dataclasses.replace(brief, data=codecs.BOM_UTF8 + brief.data)
            # The button that copies it loads a script: a page that was opened from a folder may read no other file.
            script = f"window.onevoiceBrief = {json.dumps(brief.data.decode(), ensure_ascii=False)};\n"
            yield Artifact(brief.path.removesuffix("txt") + "js", script.encode())


def write_overview(view: View) -> list[Artifact]:
    """`/llms.txt` and `/llms-full.txt`."""
    return [
        _build_file("docs/llms.txt", _render_index(view)),
        _build_file("docs/llms-full.txt", _render_handbook(view)),
    ]


def _render_index(view: View) -> Iterator[str]:
    """The addresses, as llmstxt.org wants them: a title, a summary, and lists of links."""
    brand = view.handbook.brand
    yield f"# {_one_line(brand.name)}: how we say it"
    if brand.summary:
        yield from ("", f"> {_one_line(brand.summary)}")
    yield from ("", WRITING_RULES)
    whole = f"- [The whole handbook]({view.build_url('/llms-full.txt')}): words, messages, proof and voice in one text"
    yield from _render_section("Everything", [whole])
    tabs: dict[str, list[str]] = {}
    for hub in view.list_hubs():
        hint = f": {_one_line(hub.hint)}" if hub.hint else ""
        tabs.setdefault(hub.tab, []).append(f"- [{hub.title or hub.tab}]({view.build_url(hub.path)}){hint}")
    for tab, lines in tabs.items():
        yield from _render_section(tab, lines)
    kinds = [kind for kind in KINDS if view.handbook.list_approved(kind)]
    links = [f"- [{kind}]({view.build_url(f'/api/{kind}.json')}): all records as JSON" for kind in kinds]
    yield from _render_section("Optional", links)


def _build_file(path: str, lines: Iterable[str]) -> Artifact:
    return Artifact(path, ("\n".join(lines) + "\n").encode())


def _render_handbook(view: View) -> Iterator[str]:
    book, brand = view.handbook, view.handbook.brand
    terms = sorted(book.list_approved("terms"), key=lambda term: make_match_key(term.preferred))
    yield f"# {_one_line(brand.name)}: how we say it"
    if brand.summary:
        yield from ("", f"> {_one_line(brand.summary)}")
    yield from ("", WRITING_RULES)
    yield from _render_section("Words", (line for term in terms for line in _iter_term_lines(view, term, meaning=True)))
    for title, kind in GROUPS:
        found = [message for message in book.list_approved("messages") if message.type == kind]
        yield from _render_section(title, (line for message in found for line in _render_message(view, message)))
    yield from _render_proofs(view, book.list_approved("proof"))
    yield from _render_voice(view)


def _render_brief(view: View, persona: Persona, stage: Stage) -> Iterator[str]:
    book, brand = view.handbook, view.handbook.brand
    card = compose_card(book, persona.id, stage.id, view.today)
    said, asked, heard = card.lines, card.questions, card.objections
    proofs = book.resolve_ids("proof", dict.fromkeys(id for message in (*said, *asked, *heard) for id in message.proof))
    yield f"# Brief: {_one_line(persona.name)} · {_one_line(stage.name)}"
    yield from (
        "",
        f"You are writing for {_one_line(brand.name)}. {_one_line(brand.summary or '')}".strip(),
        "",
        WRITING_RULES,
    )
    yield from ("", f"Source: {view.build_url(f'/messaging/{persona.id}/{stage.id}/')}")
    yield from _render_section("Who you are writing to", [
        f"- {_one_line(persona.name)}: {_one_line(persona.summary)}",
        f"- Wants: {_join_items(persona.goals)}",
        f"- Struggles with: {_join_items(persona.pains)}",
        f"- Now asks: “{_one_line(stage.question)}” {_one_line(stage.customer)}",
    ])  # fmt: skip
    yield from _render_section("Say", (f"- {_one_line(one.say)}{_format_doubt(view, one)}" for one in said))
    yield from _render_section(
        "Do not say", _format_bullets(text for one in (*said, *asked, *heard) for text in one.say_not)
    )
    yield from _render_section("Ask", (f"- {_one_line(one.say)}{_format_doubt(view, one)}" for one in asked))
    yield from _render_section("Answer", (
        f"- When they say “{_one_line(one.they_say)}”: {_one_line(one.say)}{_format_doubt(view, one)}" for one in heard
    ))  # fmt: skip
    yield from _render_proofs(view, proofs)
    yield from _render_section("Words", _list_call_words(view, [persona, *said, *asked, *heard, *proofs], stage))
    yield from _render_voice(view)


def _list_call_words(view: View, records: Iterable[Record], stage: Stage) -> list[str]:
    """The words of the call first, then all others with a word to avoid, as far as there is room."""
    said = [text for record in records for _, text in iter_texts(record)]
    here = dict.fromkeys(id for text in (stage.question, stage.customer, *said) for id in view.find_mentions(text))
    terms = {term.id: term for term in view.handbook.list_approved("terms")}
    ordered = [terms[id] for id in here if id in terms] + [term for id, term in terms.items() if id not in here]
    lines = [line for term in ordered for line in _iter_term_lines(view, term)]
    if len(lines) > MAX_WORD_LINES:
        lines[MAX_WORD_LINES:] = [
            f"- {len(lines) - MAX_WORD_LINES} more word rules: {view.build_url('/llms-full.txt')}"
        ]
    return lines


def _iter_term_lines(view: View, term: Term, *, meaning: bool = False) -> Iterator[str]:
    """What to write for a term, a line for each replacement of its wrong names."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for avoid in term.avoid:
        if avoid.since is None or avoid.since <= view.today:
            uses = () if avoid.remove else avoid.use or (term.preferred,)
            groups.setdefault(uses, []).append(f"“{_one_line(avoid.term)}”{_format_limit(avoid)}")
    wrong = groups.pop((term.preferred,), [])
    letters = ", spelled exactly like this" if term.case == "exact" else ""
    if meaning:
        short = f" ({_one_line(term.abbreviation)})" if term.abbreviation else ""
        no = f" Not: {', '.join(wrong)}." if wrong else ""
        fine = f" Also fine: {_join_items(term.allowed)}" if term.allowed else ""
        name = f"[{_one_line(term.preferred)}]({view.build_url(find_page_path(term))})"
        means = f": {_one_line(term.definition)}" if term.definition else "."
        yield f"- {name}{short}{letters}{means}{no}{fine}"
    elif wrong or letters:
        yield f"- Write “{_one_line(term.preferred)}”{letters}{f', not {_join_alternatives(wrong)}' if wrong else ''}."
    for uses, words in groups.items():
        if uses:
            right = _join_alternatives([f"“{_one_line(use)}”" for use in uses])
            yield f"- Write {right}, not {_join_alternatives(words)}."
        else:
            yield f"- Leave out {_join_alternatives(words)}."


def _format_limit(avoid: Avoid) -> str:
    places = [f"to {_join_alternatives(avoid.audiences)}"] if avoid.audiences else []
    places += [f"in {_join_alternatives(avoid.channels)}"] if avoid.channels else []
    places += [f"near {_join_alternatives(avoid.only_near)}"] if avoid.only_near else []
    places += [f"not near {_join_alternatives(avoid.never_near)}"] if avoid.never_near else []
    return f" ({', '.join(places)})" if places else ""


def _render_message(view: View, message: Message) -> Iterator[str]:
    said = f"They say: “{_one_line(message.they_say)}” Say: " if message.they_say else ""
    said += _one_line(message.say or "")
    for length in message.lengths:
        said += f" In {length.words} words: {_one_line(length.text)}"
    whom = [view.handbook.find_record("personas", id) for id in message.personas]
    for_whom = f" For {_join_items([person.name for person in whom if person])}" if whom else ""
    yield f"- {_one_line(message.title)}: {said.strip()}{for_whom}{_format_doubt(view, message)}"
    if message.say_not:
        yield f"  Not: {_join_items(message.say_not)}"


def _render_proofs(view: View, proofs: Iterable[Proof]) -> Iterator[str]:
    proofs = list(proofs)
    usable = [proof for proof in proofs if view.assess_freshness(proof).state not in ("expired", "disputed")]
    lines = []
    for proof in usable:
        links = [source.url or source.title for source in proof.sources]
        lines.append(
            f"- {_one_line(proof.say)} Source: {_one_line(proof.source)}; "
            f"{_one_line(proof.basis)}{_format_doubt(view, proof)}"
        )
        lines += [f"  See: {_one_line(link)}" for link in links]
    yield from _render_section("Proof", lines)
    claims = [
        f"{proof.claim} Say instead: {proof.say}" if proof.standing == "disputed" else proof.claim
        for proof in proofs
        if proof not in usable
    ]
    yield from _render_section(
        "Do not claim", _format_bullets([*claims, *(text for proof in proofs for text in proof.say_not)])
    )


def _render_voice(view: View) -> Iterator[str]:
    voice = view.handbook.find_single("voice")
    if voice is None:
        return
    lines = [_one_line(voice.summary), ""]
    for trait in voice.traits:
        lines.append(f"- {_one_line(trait.we_are)}; not: {_one_line(trait.we_are_not)}.")
        lines += [f"  Do: {_one_line(text)}" for text in trait.do] + [
            f"  Avoid: {_one_line(text)}" for text in trait.dont
        ]
    lines += [f"- {_one_line(tone.situation)}: {_one_line(tone.tone)}" for tone in voice.tones]
    yield from _render_section("Tone", lines)


def _format_doubt(view: View, record: Record) -> str:
    state = view.assess_freshness(record)
    return f" ({state.label}: ask before you rely on it.)" if state.state in ("overdue", "expired") else ""


def _render_section(title: str, lines: Iterable[str]) -> Iterator[str]:
    lines = list(lines)
    if lines:
        yield from ("", f"## {title}", "", *lines)


def _format_bullets(items: Iterable[str]) -> list[str]:
    return [f"- {_one_line(text)}" for text in dict.fromkeys(items)]


def _join_items(items: Iterable[str]) -> str:
    return "; ".join(_one_line(text).rstrip(".") for text in items) + "."


def _join_alternatives(items: Sequence[str]) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} or {items[-1]}"


def _one_line(text: str | None) -> str:
    return " ".join((text or "").split())
