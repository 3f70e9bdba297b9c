"""`onevoice digest`: what changed in the handbook, as an email."""

from __future__ import annotations

import datetime

import click

from onevoice import display
from onevoice.commands import _streams, _terminal
from onevoice.errors import EXIT_CLEAN, DataError
from onevoice.run.handbook import current_date, load_handbook, require_handbook


@click.command()
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="First day to include, as YYYY-MM-DD. Default: a week ago.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "html", "mail"]),
    default="text",
    show_default=True,
    help="Plain text, HTML, or an email with both.",
)
@_terminal.handbook_option
def command(since: datetime.datetime | None, form: str, handbook: str | None) -> int:
    """Print what changed in the handbook, ready to send.

    Lists what changed since DATE, which requests from sales were answered, and the agenda of each meeting in the next
    week. The changes come from the handbook's Git history; the digest says what the history cannot show.
    """
    from onevoice.exchange import mail
    from onevoice.history import tell
    from onevoice.phrases.catalog import speak_language
    from onevoice.run.digest import list_meeting_news

    folder = require_handbook(handbook)
    try:
        book, _ = load_handbook(folder)
    except DataError as error:
        _terminal.print_data_errors(error, aside=True)
        return error.exit_code
    day = since.date() if since else current_date() - datetime.timedelta(weeks=1)
    speak_language(book.brand.language)
    history, meetings = tell.load_history_since(folder, book, day), list_meeting_news(book, current_date())
    if form == "mail":
        _streams.print_data(display.escape_mail(mail.build_mail_message(book, history, meetings).decode()))
    elif form == "html":
        _streams.print_data(display.escape_html(mail.render_mail_html(book, history, meetings)))
    else:
        _streams.print_text(mail.render_mail_text(book, history, meetings), end="")
    if history.caveat:
        _streams.print_aside(history.caveat)
    return EXIT_CLEAN
