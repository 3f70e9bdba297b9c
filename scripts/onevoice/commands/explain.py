"""`onevoice explain`: what a rule or a term looks for, why, and since when."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import click

from onevoice.commands import _streams, _terminal
from onevoice.errors import EXIT_CLEAN, DataError, OnevoiceError, suggest_known
from onevoice.run.handbook import current_date, find_handbook, load_handbook

if TYPE_CHECKING:
    from onevoice.handbook.handbook import Handbook
    from onevoice.handbook.origin import Source
    from onevoice.records.term import Term
    from onevoice.records.voice import Trait, ValeRule


@click.command()
@click.argument("what", metavar="RULE-OR-TERM")
@click.option("--regex", is_flag=True, help="Show a term's patterns as the regular expressions that Vale gets.")
@_terminal.handbook_option
def command(what: str, regex: bool, handbook: str | None) -> int:
    """Explain a rule or term: which sentences it flags, and why.

    Also shows its latest changes. RULE-OR-TERM is a rule as findings name it (Brand.customer-journey,
    unsourced-number, Voice.plain), a term's id, or any of a term's words, including those to avoid.
    """
    from onevoice.run.explain import find_terms, find_voice_rules
    from onevoice.run.rules import list_check_pages, list_reading_pages, list_rule_pages

    rules = {page.name: page for page in (*list_rule_pages(), *list_check_pages())}
    if page := rules.get(what) or rules.get(f"{what.rstrip('.')}."):
        _streams.print_text(page.show_text())
        return EXIT_CLEAN
    # A handbook may have words with these names, and may be unreadable for what they say.
    reading = {page.name: page for page in list_reading_pages()}
    folder, _ = find_handbook(handbook)
    try:
        book, _ = load_handbook(folder)
    except DataError as error:
        if page := reading.get(what):
            _streams.print_text(page.show_text())
            return EXIT_CLEAN
        _terminal.print_data_errors(error)
        return error.exit_code
    for trait, rule in find_voice_rules(book, what):
        _print_voice_rule(what, trait, rule)
        return EXIT_CLEAN
    terms = book.list_approved("terms")
    name = what.removeprefix("Brand.").partition(".")[0] if what.startswith("Brand.") else what
    found = find_terms(terms, name)
    if not found and (page := reading.get(what)):
        _streams.print_text(page.show_text())
        return EXIT_CLEAN
    if not found:
        known = [*rules, *reading, *(f"Brand.{term.id}" for term in terms), *(term.id for term in terms)]
        hint = suggest_known(what, known, "`onevoice lint` shows the rule of each finding in brackets.")
        raise OnevoiceError(f"{what}: there is no rule or term with that name. {hint}")
    for number, term in enumerate(found):
        _streams.print_text("\n" * bool(number), end="")
        _print_term(book, term, terms, name, regex)
    return EXIT_CLEAN


def _print_term(book: Handbook, term: Term, terms: list[Term], name: str, regex: bool) -> None:
    from onevoice.errors import OnevoiceError
    from onevoice.handbook.address import find_page_path
    from onevoice.handbook.origin import list_sources
    from onevoice.history import entry
    from onevoice.run import explain as told

    place = book.locate_record(term)
    _streams.print_text(f"Brand.{term.id}: {term.preferred}\n")
    _streams.print_text(_wrap_text(term.definition or "It has no definition yet.", "  "))
    url = (book.brand.url or "").rstrip("/")
    sources = list_sources(book, term)
    facts = [
        f"{sources[0].path}:{sources[0].line}" if not place.origin else "",
        f"owner {term.owner}" if term.owner else "",
        f"{url}{find_page_path(term)}" if url else "",
    ]
    if any(facts):
        _streams.print_text("  " + "  ".join(filter(None, facts)))
    if sources[-1].origin:
        _print_table("Written in", _describe_sources(sources))
    _print_table("Words", told.describe_words(term), wrap=True)
    # Whole words only; spaces, hyphens and apostrophes of any kind are alike.
    _print_table("Patterns", told.describe_regexes(term) if regex else told.describe_patterns(term))
    _print_table("Tests", told.describe_probes(term, terms, current_date(), book.brand.language), wrap=True)
    _print_table("If a word is fine in another sense", told.describe_contexts(term, name), wrap=True)
    _streams.print_text("\nLatest changes")
    if place.origin:
        _streams.print_text(f"  The {place.origin.label} has its own history.")
        return
    try:
        touches = entry.list_last_commits(book.load_result.root, place.path, term.id)
    except OnevoiceError as error:
        _streams.print_text(_wrap_text(str(error), "  "))
        return
    for touch in touches:
        _streams.print_text(f"  {touch.day}  {touch.name}  {touch.subject}")
    if not touches:
        _streams.print_text("  Not committed yet.")


def _describe_sources(sources: Sequence[Source]) -> Iterator[tuple[str, str]]:
    """(a handbook, the place of a term in it and what it changes there), the farthest first."""
    for source in reversed(sources):
        changes = f", changes {', '.join(source.fields)}" if source.fields else ""
        yield source.origin.label if source.origin else "this handbook", f"{source.path}:{source.line}{changes}"


def _print_voice_rule(name: str, trait: Trait, rule: ValeRule) -> None:
    _streams.print_text(f"{name}: {trait.we_are}\n")
    _streams.print_text(_wrap_text(rule.why or rule.message, "  "))
    fields = (
        (field, _format_value(value))
        for field, value in rule
        if field not in ("id", "why") and value not in (None, (), {})
    )
    _print_table("The rule that Vale gets", fields, wrap=True)


def _format_value(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{find} → {write}" for find, write in value.items())
    if isinstance(value, tuple):
        return ", ".join(map(_format_value, value))
    if isinstance(value, Iterable) and not isinstance(value, str):
        # A part of a record is its fields.
        return " ".join(f"{name} {_format_value(own)}" for name, own in value if own not in (None, (), False))
    return str(value).lower() if isinstance(value, bool) else str(value)


def _print_table(title: str, rows: Iterable[tuple[str, str]], *, wrap: bool = False) -> None:
    rows = list(rows)
    if not rows:
        return
    _streams.print_text(f"\n{title}")
    wide = min(max(len(first) for first, _ in rows), 28)
    for first, second in rows:
        if len(first) > wide:
            _streams.print_text(f"  {first}")
            first = ""
        head = f"  {first:<{wide}}  "
        _streams.print_text(_wrap_text(second, " " * len(head), head) if wrap else f"{head}{second}")


def _wrap_text(text: str, indent: str, first: str | None = None) -> str:
    return textwrap.fill(
        text, 80, initial_indent=indent if first is None else first, subsequent_indent=indent, break_long_words=False,
        break_on_hyphens=False,
    )  # fmt: skip
