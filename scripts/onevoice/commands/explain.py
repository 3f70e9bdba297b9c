"""`onevoice explain`: what a rule or a term looks for, why, and since when."""

from __future__ import annotations

import difflib
import textwrap
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from onevoice.commands import _terminal
from onevoice.errors import CLEAN, DataError, OnevoiceError
from onevoice.run.handbook import current_date, find_handbook, load_handbook

if TYPE_CHECKING:
    from onevoice.handbook.handbook import Handbook
    from onevoice.records.term import Term
    from onevoice.records.voice import Trait, ValeRule


@click.command()
@click.argument("what", metavar="RULE-OR-TERM")
@click.option("--regex", is_flag=True, help="Show a term's patterns as regular expressions, as Vale gets them.")
@_terminal.handbook_option
def command(what: str, regex: bool, handbook: str | None) -> int:
    """Say what a rule or a term looks for, why, on which sentences it speaks up, and what changed in it last.

    RULE-OR-TERM is a rule as a finding names it (Brand.customer-journey, unsourced-number, Voice.plain), a term's id,
    or any of a term's words, also one to avoid.
    """
    from onevoice.matcher.fold import key
    from onevoice.report.text import clean
    from onevoice.run.rules import checks, pages

    folder, _ = find_handbook(handbook)
    try:
        book, _ = load_handbook(folder)
    except DataError as error:
        _terminal.show_data(error)
        return error.exit_code
    rules = {page.name: page for page in (*pages(), *checks())}
    if page := rules.get(what) or rules.get(f"{what.rstrip('.')}."):
        click.echo(f"{page.name}\n\n{page.text}")
        return CLEAN
    voice = book.single("voice")
    for trait in voice.traits if voice else ():
        for rule in trait.vale:
            if what == f"Voice.{rule.id}":
                _voice(what, trait, rule)
                return CLEAN
    terms = book.approved("terms")
    name = what.removeprefix("Brand.").partition(".")[0] if what.startswith("Brand.") else what
    found = [term for term in terms if name == term.id] or [
        term
        for term in terms
        if key(name)
        in map(key, (term.preferred, term.abbreviation or "", *term.allowed, *(a.term for a in term.avoid)))
    ]
    if not found:
        known = [*rules, *(f"Brand.{term.id}" for term in terms), *(term.id for term in terms)]
        near = difflib.get_close_matches(what, known, 1, 0.5)
        hint = f"Did you mean `{near[0]}`?" if near else "`onevoice lint` names the rule of each finding in brackets."
        raise OnevoiceError(f"{clean(what)}: no rule and no term is called so. {hint}")
    for number, term in enumerate(found):
        click.echo("\n" * bool(number), nl=False)
        _term(book, term, terms, regex)
    return CLEAN


def _term(book: Handbook, term: Term, terms: list[Term], regex: bool) -> None:
    from onevoice.errors import OnevoiceError
    from onevoice.handbook.address import address
    from onevoice.history import entry
    from onevoice.run import explain as told

    place = book.place(term)
    click.echo(f"Brand.{term.id}: {term.preferred}\n")
    click.echo(_wrapped(term.definition, "  "))
    url = (book.brand.url or "").rstrip("/")
    facts = [
        f"{place.path}:{place.line}",
        f"owner {term.owner}" if term.owner else "",
        f"{url}{address(term)}" if url else "",
    ]
    click.echo("  " + "  ".join(filter(None, facts)))
    _table("Words", told.words(term), wrap=True)
    # Whole words only; spaces, hyphens and apostrophes of any kind are alike.
    _table("Patterns", told.expressions(term) if regex else told.looked_for(term))
    _table("Proofs", told.proofs(term, terms, current_date()), wrap=True)
    click.echo("\nLast changes")
    try:
        touches = entry.last(book.loaded.root, place.path, term.id)
    except OnevoiceError as error:
        click.echo(_wrapped(str(error), "  "))
        return
    for touch in touches:
        click.echo(f"  {touch.day}  {touch.name}  {touch.subject}")
    if not touches:
        click.echo("  Not committed yet.")


def _voice(name: str, trait: Trait, rule: ValeRule) -> None:
    click.echo(f"{name}: {trait.we_are}\n")
    click.echo(_wrapped(rule.why or rule.message, "  "))
    fields = (
        (field, _plain(value)) for field, value in rule if field not in ("id", "why") and value not in (None, (), {})
    )
    _table("The rule, as Vale gets it", fields, wrap=True)


def _plain(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{find} → {write}" for find, write in value.items())
    if isinstance(value, tuple):
        return ", ".join(value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def _table(title: str, rows: Iterable[tuple[str, str]], *, wrap: bool = False) -> None:
    rows = list(rows)
    if not rows:
        return
    click.echo(f"\n{title}")
    wide = min(max(len(first) for first, _ in rows), 28)
    for first, second in rows:
        if len(first) > wide:
            click.echo(f"  {first}")
            first = ""
        head = f"  {first:<{wide}}  "
        click.echo(_wrapped(second, " " * len(head), head) if wrap else f"{head}{second}")


def _wrapped(text: str, indent: str, first: str | None = None) -> str:
    return textwrap.fill(
        text, 80, initial_indent=indent if first is None else first, subsequent_indent=indent, break_long_words=False,
        break_on_hyphens=False,
    )  # fmt: skip
