"""What `import` and `init --from` ask and say about a source."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onevoice.commands import _streams, _terminal
from onevoice.display import escape_controls
from onevoice.errors import EXIT_CLEAN, EXIT_FINDINGS, DataError

if TYPE_CHECKING:
    from onevoice.run.intake import Intake, Plan

# New words that are listed unless all are asked for; questions from which on someone may take the guesses.
MAX_NEW, MAX_QUESTIONS, MAX_ROUNDS = 10, 10, 5
LABELS = {
    "new": "new",
    "changed": "changed",
    "conflicting": "conflict",
    "left out": "left out",
    "gone": "gone",
    "same": "same",
}
LEAVE_OUT = "-"


def import_source(folder: Path, intake: Intake, into: str, *, may_ask: bool, yes: bool, dry_run: bool) -> int:
    """Ask what is open, say what changes, and change it; the exit code."""
    from onevoice.run.intake import plan_import, write_import
    from onevoice.run.together import hold_handbook

    settled = _settle_intake(intake, may_ask=may_ask, yes=yes)
    if settled is None:
        return EXIT_FINDINGS
    say = _streams.print_aside
    with contextlib.nullcontext() if dry_run else hold_handbook(folder, say):
        try:
            plan = plan_import(folder, settled, into)
            if may_ask and not yes and not dry_run and (gone := _ask_about_gone(plan)):
                plan = plan_import(folder, settled, into, gone)
        except DataError as error:
            _terminal.print_data_errors(error)
            return error.exit_code
        print_plan(plan, lists_all=dry_run)
        if dry_run:
            _streams.print_aside(f"Nothing was written; {_count(len(plan.files), 'file')} would be.")
            return EXIT_FINDINGS if plan.files else EXIT_CLEAN
        write_import(folder, plan)
    if plan.files:
        _streams.print_aside(f"Wrote {', '.join(plan.files)}. Run `onevoice check`, then commit.")
    else:
        _streams.print_aside("Nothing has changed since the last import.")
    return EXIT_CLEAN


def _settle_intake(intake: Intake, *, may_ask: bool, yes: bool) -> Intake | None:
    """The source read as someone has said, or as it was guessed; None if someone would have to be asked."""
    from onevoice.run.intake import answer_questions, confirm_columns

    if guesses := intake.list_guesses():
        _print_columns(guesses)
        if may_ask and not yes:
            if not click.confirm("Is this right?", default=True, err=True):
                guesses = _ask_columns(guesses)
        elif not yes:
            _streams.print_line(
                "Nobody has confirmed these columns. Use --yes to take them, or name --map FILE.", aside=True
            )
            _print_questions(intake)
            return None
        intake = confirm_columns(intake, guesses)
    for _ in range(MAX_ROUNDS):
        questions = intake.list_open_questions()
        if not questions:
            break
        if not yes and not may_ask:
            _print_questions(intake)
            return None
        answers = {one.key: one.guess for one in questions}
        if not yes:
            answers |= _ask_questions(intake)
        intake = answer_questions(intake, answers)
    return intake


def _print_columns(guesses: Mapping[str, Mapping[str, str]]) -> None:
    for sheet, columns in guesses.items():
        _streams.print_aside(f"{sheet or 'Columns'}:")
        for header, key in columns.items():
            _streams.print_aside(f"  {header}: {key or 'left out'}")


def _ask_columns(guesses: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    _streams.print_aside(f"For each column, type the key of a term, or {LEAVE_OUT} to leave it out.")
    made: dict[str, dict[str, str]] = {}
    for sheet, columns in guesses.items():
        made[sheet] = {}
        for header, key in columns.items():
            said = click.prompt(f"{sheet}: {header}" if sheet else header, default=key or LEAVE_OUT, err=True).strip()
            made[sheet][header] = "" if said == LEAVE_OUT else said
    return made


def _print_questions(intake: Intake) -> None:
    questions = intake.list_open_questions()
    for one in questions:
        choices = f" ({', '.join(one.choices)})" if one.choices else ""
        _streams.print_line(f"{one.place}  {one.text}{choices} Guess: {one.guess}")
    if questions:
        text = f"{_count(len(questions), 'question')} nobody has answered, so nothing was changed. "
        _streams.print_aside(f"{text}Use --yes to take the guesses, or answer in a file with --map FILE.")


def _ask_questions(intake: Intake) -> dict[str, str]:
    questions = intake.list_open_questions()
    if len(questions) > MAX_QUESTIONS:
        text = f"There are {len(questions)} questions. Answer them one by one? (No: take the guesses)"
        if not click.confirm(text, default=True, err=True):
            return {}
    answers = {}
    for one in questions:
        choice = click.Choice(one.choices) if one.choices else None
        text = escape_controls(f"{one.place}  {one.text}")
        answers[one.key] = str(click.prompt(text, default=one.guess, type=choice, err=True)).strip()
    return answers


def _ask_about_gone(plan: Plan) -> frozenset[str]:
    """The rows that the source no longer has and whose terms someone wants to be rid of."""
    rows = plan.merged.rows
    gone = [one for one in plan.outcomes if one.status == "gone" and (one.key not in rows or rows[one.key].is_new)]
    if not gone:
        return frozenset()
    names = ", ".join(one.name for one in gone[:MAX_NEW]) + (" …" if len(gone) > MAX_NEW else "")
    text = escape_controls(f"No longer in the source: {names}. Delete {_count(len(gone), 'term')} here, too?")
    return frozenset(one.key for one in gone) if click.confirm(text, default=False, err=True) else frozenset()


def print_plan(plan: Plan, *, lists_all: bool) -> None:
    """Print what happens to each row, and how many there are of each."""
    for line in _list_lines(plan, lists_all=lists_all):
        _streams.print_line(line)
    counts: dict[str, int] = {}
    for one in plan.outcomes:
        counts[one.status] = counts.get(one.status, 0) + 1
    told = ", ".join(f"{counts[status]} {label}" for status, label in LABELS.items() if status in counts)
    if plan.intake.unread:
        _streams.print_aside(f"Not read: {plan.intake.unread}.")
    _streams.print_aside(f"{plan.intake.source.name}: {told or 'no words'}.")
    if counts.get("new"):
        _streams.print_aside("New words are warnings, and no fix writes them: `level: warning`, `fix: ask`.")


def _list_lines(plan: Plan, *, lists_all: bool) -> Iterator[str]:
    new = 0
    for one in plan.outcomes:
        if one.status == "same" and not one.notes:
            continue
        new += one.status == "new" and not one.notes
        if one.status == "new" and not one.notes and new > MAX_NEW and not lists_all:
            continue
        notes = ": " + "; ".join(one.notes) if one.notes else ""
        place = f"{one.place}  " if one.place else ""
        yield f"{LABELS[one.status]:<8}  {place}{one.name}{notes}"
    if new > MAX_NEW and not lists_all:
        yield f"{LABELS['new']:<8}  … and {new - MAX_NEW} more"


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'s' * (number != 1)}"
