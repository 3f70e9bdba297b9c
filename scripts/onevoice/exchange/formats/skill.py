"""An Agent Skill: a folder that assistants read when they write for us, and a block for AGENTS.md.

The front matter of SKILL.md has a `name` of 64 characters at most, in lowercase letters, digits and hyphens, which is
the folder's name, too, and a `description` of 1,024 at most. References are read when they're needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from onevoice.exchange.correction import Correction, group_corrections
from onevoice.exchange.formats import Export, Format
from onevoice.exchange.yaml import format_yaml
from onevoice.finding import LEVELS
from onevoice.handbook.address import make_slug
from onevoice.output import Artifact
from onevoice.records.term import Term

MAX_NAME_CHARS = 64
MAX_DESCRIPTION_CHARS = 1024
# How many words SKILL.md itself has: an assistant reads it at each task.
MAX_WORDS = 30
BEGIN, END = "<!-- onevoice: begin -->", "<!-- onevoice: end -->"
STEPS = (
    "1. Write as the voice below says, and keep to the words. All others are in `references/words.md`.\n"
    "2. Take what you say from `references/messages.md`. Make only the claims in `references/proof.md`, in their exact "
    "wording and with their source. If a fact is missing, leave a gap and say so.\n"
    "3. Before you answer, run `onevoice lint --format json -` on your draft if the program is installed, and fix what "
    "it finds. Otherwise, look up each term of yours in `references/words.md`."
)


def write(export: Export) -> Sequence[Artifact]:
    """`skill/NAME/SKILL.md` with its references, and `skill/AGENTS.md` with the block."""
    name = build_skill_name(export.handbook.brand.name)
    found = [one for one in export.corrections if _is_told(one)]
    files = {
        f"{name}/SKILL.md": _render_skill(export, name, found),
        f"{name}/references/words.md": _render_words(export, found),
        f"{name}/references/messages.md": _render_messages(export),
        f"{name}/references/proof.md": _render_proofs(export),
        "AGENTS.md": _render_block(export, name),
    }
    return [Artifact(f"skill/{path}", "\n".join([*lines, ""]).encode()) for path, lines in files.items()]


def _can_correct(correction: Correction) -> bool:
    """Whether it's true for every text."""
    return not correction.is_limited


def _is_told(correction: Correction) -> bool:
    """Whether an assistant is told of it: the other forms of a word follow from the first."""
    return _can_correct(correction) and correction.wrong == correction.word


def build_skill_name(brand: str) -> str:
    """The folder's name, as the format wants it: letters of English, digits, and single hyphens."""
    slug = re.sub(r"[^a-z0-9]+", "-", make_slug(brand)).strip("-")
    return f"{slug[: MAX_NAME_CHARS - len('-voice')].strip('-')}-voice".removeprefix("-")


def _render_skill(export: Export, name: str, found: Sequence[Correction]) -> Iterator[str]:
    brand = export.handbook.brand
    description = (
        f"How {_one_line(brand.name)} writes: its voice, its words, its approved messages and claims. Use it whenever "
        f"you write, edit or review text for {_one_line(brand.name)}, such as emails, pages, posts, decks and docs."
    )
    yield from ("---", format_yaml({"name": name, "description": description[:MAX_DESCRIPTION_CHARS]}).rstrip(), "---")
    yield from ("", f"# Write for {_one_line(brand.name)}")
    if brand.summary:
        yield from ("", _one_line(brand.summary))
    yield from ("", STEPS)
    yield from _render_voice(export)
    worst = list(dict.fromkeys(_format_advice(one) for one in sorted(found, key=_rank_correction)))[:MAX_WORDS]
    if worst:
        yield from ("", "## Words to avoid", "", *(f"- {line}" for line in worst))


def _rank_correction(correction: Correction) -> int:
    return -LEVELS.index(correction.level)


def _render_voice(export: Export) -> Iterator[str]:
    voice = export.handbook.find_single("voice")
    if not voice:
        return
    yield from ("", "## Voice", "", _one_line(voice.summary), "")
    for trait in voice.traits:
        yield f"- {_one_line(trait.we_are)}, not {_one_line(trait.we_are_not)}: {_one_line(trait.why)}"
        yield from (f"  - Do: {_one_line(text)}" for text in trait.do)
        yield from (f"  - Don't: {_one_line(text)}" for text in trait.dont)


def _render_words(export: Export, found: Sequence[Correction]) -> Iterator[str]:
    by_term = group_corrections(found)
    yield "# Words"
    for term in export.handbook.list_approved("terms"):
        yield from ("", f"## {_one_line(term.preferred)}", "", _describe_term(term))
        lines = dict.fromkeys(_format_advice(one) for one in by_term.get(term.id, ()))
        yield from ("", *(f"- {line}" for line in lines)) if lines else ()


def _describe_term(term: Term) -> str:
    other = [*filter(None, [term.abbreviation]), *term.allowed]
    fine = f" Also fine: {', '.join(map(_one_line, other))}." if other else ""
    exact = " Spell it exactly like this." if term.case == "exact" else ""
    return f"{_one_line(term.definition or '')}{fine}{exact}".strip()


def _format_advice(correction: Correction) -> str:
    why = f" {correction.why}" if correction.why else ""
    if not correction.right:
        return f"Leave out “{correction.word}”.{why}"
    right = " or ".join(f"“{text}”" for text in correction.right)
    return f"Write {right}, not “{correction.wrong}”.{why}"


def _render_messages(export: Export) -> Iterator[str]:
    yield "# Messages"
    for message in export.handbook.list_approved("messages"):
        texts = [message.say, *(length.text for length in message.lengths)]
        yield from ("", f"## {_one_line(message.title)}", "")
        if message.they_say:
            yield f"They say: {_one_line(message.they_say)}"
        yield from (f"Say: {_one_line(text)}" for text in texts if text)
        yield from (f"Don't say: {_one_line(text)}" for text in message.say_not)


def _render_proofs(export: Export) -> Iterator[str]:
    yield "# Proof"
    for proof in export.handbook.list_approved("proof"):
        if proof.standing == "usable" and not (proof.expires and proof.expires < export.today):
            yield from ("", f"- {_one_line(proof.say)} Source: {_one_line(proof.source)}.")


def _render_block(export: Export, name: str) -> Iterator[str]:
    """What goes into a repository's AGENTS.md. The marks show where it is, for the next version of it."""
    brand = export.handbook.brand
    yield BEGIN
    yield from (f"## Text for {_one_line(brand.name)}", "")
    yield f"Before you write or edit text, read `{name}/SKILL.md`."
    if export.base:
        yield f"It's from {export.base}glossary/, which knows more about each word."
    yield END


def _one_line(text: str) -> str:
    return " ".join(text.split())


FORMAT = Format(
    "Agent Skill",
    ("SKILL.md",),
    write=write,
    rank=70,
    can_correct=_can_correct,
)
