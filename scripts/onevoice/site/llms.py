"""What an assistant (a language model) is given: `/llms.txt` with the whole handbook, a brief for each call card."""

from __future__ import annotations

import codecs
import dataclasses
import json
from collections.abc import Iterable, Iterator, Sequence

from onevoice.handbook.address import address
from onevoice.output import Artifact
from onevoice.records import Record
from onevoice.records.envelope import texts
from onevoice.records.journey import Stage
from onevoice.records.message import Message
from onevoice.records.persona import Persona
from onevoice.records.proof import Proof
from onevoice.records.term import Avoid, Term
from onevoice.records.word import fold
from onevoice.site.view import View

RULES = (
    "Write with the words below. Claim nothing but what stands under Proof, in its wording and with its source. "
    "Where a fact is missing, leave a gap and say so; make nothing up."
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
# How many lines of words a brief has: what is not about the call has to fit beside it.
MOST = 150


def files(view: View) -> Iterator[Artifact]:
    """`/llms.txt`, and `brief.txt` beside each call card: Markdown that also reads as plain text."""
    yield _file("docs/llms.txt", _whole(view))
    for persona in view.handbook.approved("personas"):
        for stage in view.handbook.stages:
            brief = _file(f"docs/messaging/{persona.id}/{stage.id}/brief.txt", _brief(view, persona, stage))
            # People open it in browsers, which take a text for Latin-1 where a server does not say what it is.
            yield dataclasses.replace(brief, data=codecs.BOM_UTF8 + brief.data)
            # The button that copies it loads a script: a page that was opened from a folder may read no other file.
            script = f"window.onevoiceBrief = {json.dumps(brief.data.decode(), ensure_ascii=False)};\n"
            yield Artifact(brief.path.removesuffix("txt") + "js", script.encode())


def _file(path: str, lines: Iterable[str]) -> Artifact:
    return Artifact(path, ("\n".join(lines) + "\n").encode())


def _whole(view: View) -> Iterator[str]:
    book, brand = view.handbook, view.handbook.brand
    terms = sorted(book.approved("terms"), key=lambda term: fold(term.preferred))
    yield f"# {_line(brand.name)}: how we say it"
    if brand.summary:
        yield from ("", f"> {_line(brand.summary)}")
    yield from ("", RULES)
    yield from _section("Words", (line for term in terms for line in _words(view, term, meaning=True)))
    for title, kind in GROUPS:
        found = [message for message in book.approved("messages") if message.type == kind]
        yield from _section(title, (line for message in found for line in _message(view, message)))
    yield from _proof(view, book.approved("proof"))
    yield from _voice(view)


def _brief(view: View, persona: Persona, stage: Stage) -> Iterator[str]:
    book, brand = view.handbook, view.handbook.brand
    said = book.messages(persona.id, stage.id, "pitch", "value", "pillar")
    asked = book.messages(persona.id, stage.id, "question")
    heard = book.messages(persona.id, stage.id, "objection")
    proofs = book.named("proof", dict.fromkeys(id for message in (*said, *asked, *heard) for id in message.proof))
    yield f"# Brief: {_line(persona.name)} · {_line(stage.name)}"
    yield from ("", f"You write for {_line(brand.name)}. {_line(brand.summary or '')}".strip(), "", RULES)
    yield from ("", f"The page that this was made from: {view.url(f'/messaging/{persona.id}/{stage.id}/')}")
    yield from _section("Whom you write to", [
        f"- {_line(persona.name)}: {_line(persona.summary)}",
        f"- Wants: {_list(persona.goals)}",
        f"- Has trouble with: {_list(persona.pains)}",
        f"- Now asks: “{_line(stage.question)}” {_line(stage.customer)}",
    ])  # fmt: skip
    yield from _section("Say", (f"- {_line(one.say)}{_doubt(view, one)}" for one in said))
    yield from _section("Do not say", _bullets(text for one in (*said, *asked, *heard) for text in one.say_not))
    yield from _section("Ask", (f"- {_line(one.say)}{_doubt(view, one)}" for one in asked))
    yield from _section("Answer", (
        f"- When they say “{_line(one.they_say)}”: {_line(one.say)}{_doubt(view, one)}" for one in heard
    ))  # fmt: skip
    yield from _proof(view, proofs)
    yield from _section("Words", _near(view, [persona, *said, *asked, *heard, *proofs], stage))
    yield from _voice(view)


def _near(view: View, records: Iterable[Record], stage: Stage) -> list[str]:
    """The words of the call first, then all others that have a wrong name, as far as there is room."""
    said = [text for record in records for _, text in texts(record)]
    here = dict.fromkeys(id for text in (stage.question, stage.customer, *said) for id in view.mentions(text))
    terms = {term.id: term for term in view.handbook.approved("terms")}
    ordered = [terms[id] for id in here if id in terms] + [term for id, term in terms.items() if id not in here]
    lines = [line for term in ordered for line in _words(view, term)]
    if len(lines) > MOST:
        lines[MOST:] = [f"- {len(lines) - MOST} more lines of words: {view.url('/llms.txt')}"]
    return lines


def _words(view: View, term: Term, *, meaning: bool = False) -> Iterator[str]:
    """What to write for a term, a line for each thing that its wrong names are replaced by."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for avoid in term.avoid:
        if avoid.since is None or avoid.since <= view.today:
            uses = () if avoid.remove else avoid.use or (term.preferred,)
            groups.setdefault(uses, []).append(f"“{_line(avoid.term)}”{_limit(avoid)}")
    wrong = groups.pop((term.preferred,), [])
    letters = ", in exactly these letters" if term.case == "exact" else ""
    if meaning:
        short = f" ({_line(term.abbreviation)})" if term.abbreviation else ""
        no = f" Not: {', '.join(wrong)}." if wrong else ""
        fine = f" Also fine: {_list(term.allowed)}" if term.allowed else ""
        name = f"[{_line(term.preferred)}]({view.url(address(term))})"
        yield f"- {name}{short}{letters}: {_line(term.definition)}{no}{fine}"
    elif wrong or letters:
        yield f"- Write “{_line(term.preferred)}”{letters}{f', not {_or(wrong)}' if wrong else ''}."
    for uses, words in groups.items():
        yield f"- Write {_or([f'“{_line(use)}”' for use in uses])}, not {_or(words)}." if uses else (
            f"- Leave out {_or(words)}."
        )  # fmt: skip


def _limit(avoid: Avoid) -> str:
    places = [f"to {_or(avoid.audiences)}"] if avoid.audiences else []
    places += [f"in {_or(avoid.channels)}"] if avoid.channels else []
    return f" ({', '.join(places)})" if places else ""


def _message(view: View, message: Message) -> Iterator[str]:
    said = f"They say: “{_line(message.they_say)}” Say: " if message.they_say else ""
    said += _line(message.say or "")
    for length in message.lengths:
        said += f" In {length.words} words: {_line(length.text)}"
    whom = [view.handbook.get("personas", id) for id in message.personas]
    for_whom = f" For {_list([person.name for person in whom if person])}" if whom else ""
    yield f"- {_line(message.title)}: {said.strip()}{for_whom}{_doubt(view, message)}"
    if message.say_not:
        yield f"  Not: {_list(message.say_not)}"


def _proof(view: View, proofs: Iterable[Proof]) -> Iterator[str]:
    proofs = list(proofs)
    usable = [proof for proof in proofs if view.fresh(proof).state not in ("expired", "disputed")]
    lines = []
    for proof in usable:
        links = [source.url or source.title for source in proof.sources]
        lines.append(f"- {_line(proof.say)} Source: {_line(proof.source)}; {_line(proof.basis)}{_doubt(view, proof)}")
        lines += [f"  See: {_line(link)}" for link in links]
    yield from _section("Proof", lines)
    claims = [
        f"{proof.claim} Say instead: {proof.say}" if proof.standing == "disputed" else proof.claim
        for proof in proofs
        if proof not in usable
    ]
    yield from _section("Do not claim", _bullets([*claims, *(text for proof in proofs for text in proof.say_not)]))


def _voice(view: View) -> Iterator[str]:
    voice = view.handbook.single("voice")
    if voice is None:
        return
    lines = [_line(voice.summary), ""]
    for trait in voice.traits:
        lines.append(f"- {_line(trait.we_are)}; not: {_line(trait.we_are_not)}.")
        lines += [f"  Do: {_line(text)}" for text in trait.do] + [f"  Beware: {_line(text)}" for text in trait.dont]
    lines += [f"- {_line(tone.situation)}: {_line(tone.tone)}" for tone in voice.tones]
    yield from _section("Tone", lines)


def _doubt(view: View, record: Record) -> str:
    state = view.fresh(record)
    return f" ({state.words}: ask before you rely on it.)" if state.state in ("overdue", "expired") else ""


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    lines = list(lines)
    if lines:
        yield from ("", f"## {title}", "", *lines)


def _bullets(items: Iterable[str]) -> list[str]:
    return [f"- {_line(text)}" for text in dict.fromkeys(items)]


def _list(items: Iterable[str]) -> str:
    return "; ".join(_line(text).rstrip(".") for text in items) + "."


def _or(items: Sequence[str]) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} or {items[-1]}"


def _line(text: str | None) -> str:
    return " ".join((text or "").split())
