"""`onevoice from-issue`: a submitted form as a change that someone reviews."""

from __future__ import annotations

from pathlib import Path

import click

from onevoice.commands import _streams, _terminal
from onevoice.errors import EXIT_CLEAN, DataError
from onevoice.run.handbook import current_date, require_handbook


@click.command()
@click.argument("form")
@click.argument("given", metavar="[FILE]", default="-")
@click.option(
    "--as",
    "makes",
    type=click.Choice(["term", "change", "request", "submission"]),
    help="What to make of it. Default: what the form's questions ask for.",
)
@_terminal.handbook_option
def command(form: str, given: str, makes: str | None, handbook: str | None) -> int:
    """Turn a submitted form into a change to review.

    FORM is the id of a form in content/forms.yaml. FILE has the body of the issue or email; without it, it's read from
    standard input. A new word becomes a proposed term, a call for content a request, a draft a file in
    content/submissions. Whatever someone has typed is text: it's never run, and never becomes a path or a key.
    """
    from onevoice.run.issue import apply_form, read_form

    folder = require_handbook(handbook)
    data = _streams.read_input() if given == "-" else read_form(Path(given))
    body = data.decode("utf-8", "replace")
    say = _streams.print_aside
    try:
        _streams.print_aside(apply_form(folder, form, body, makes or "", current_date(), say))
    except DataError as error:
        _terminal.print_data_errors(error)
        return error.exit_code
    return EXIT_CLEAN
