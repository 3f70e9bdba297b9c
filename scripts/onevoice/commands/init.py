"""`onevoice init`: a handbook of your own, from a few questions."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from onevoice.commands import _intake, _streams, _terminal
from onevoice.display import escape_text
from onevoice.errors import EXIT_CLEAN, OnevoiceError
from onevoice.run.handbook import current_date, load_handbook

WORDS_QUESTION = "A word that people get wrong, as right = wrong, wrong (Enter: no more)"


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option("--name", help="Your company's name. Default: what the folder's name suggests.")
@click.option("--url", help="Where the handbook will be published, such as https://handbook.acme.example.")
@click.option("--language", help="The handbook's language, such as en-US or de. Default: en-US.")
@click.option("--logo", help="A picture of your logo, SVG or PNG.")
@click.option("--color", help='Your main color, such as "#0B5FFF".')
@click.option("--words", multiple=True, help='A word that people get wrong: "customer = client, account". Repeatable.')
@click.option(
    "--rooms", help="What to begin with, separated by commas: words, cards, catalog, together. Default: words."
)
@click.option("--host", help="Where the repository will be: `github`, `gitlab` or `none`. Default: `github`.")
@click.option("--from", "source", metavar="FILE_OR_DIR", help="Import words from this file or style, too.")
@click.option("--example", is_flag=True, help="Copy the example handbook of Ferrywell, a made-up company, instead.")
@click.option("--yes", is_flag=True, help="Ask nothing; take the default for whatever isn't given.")
def command(folder: Path, source: str | None, example: bool, yes: bool, **given: Any) -> int:
    """Start a handbook of your own in a new folder.

    Asks for what isn't given, unless standard input isn't a terminal.
    """
    from onevoice.run import init
    from onevoice.run.intake import open_intake

    intake = open_intake(source, folder) if source else None
    may_ask = not yes and _terminal.sees_terminal()
    if example:
        if any(given.values()):
            raise OnevoiceError("--example copies a handbook as it is. Leave out the other answers.")
        artifacts, notes = init.copy_example(), []
    else:
        answers = init.Answers(**_ask_rest(folder, given, may_ask=may_ask))
        start = init.plan_start(answers, current_date())
        artifacts, notes = start.artifacts, start.notes
    notes = [*notes, init.write_start(folder, artifacts)]
    handbook, findings = load_handbook(folder)
    for note in filter(None, notes):
        _streams.print_aside(note)
    _terminal.print_findings([one for one in findings if one.rule != "placeholder"])
    waiting = sum(one.rule == "placeholder" for one in findings)
    place = escape_text(os.path.relpath(folder))
    _streams.print_line(f"Wrote {len(artifacts)} files to {place}: the handbook of {escape_text(handbook.brand.name)}.")
    if waiting:
        _streams.print_line(f"{waiting} records are placeholders until you replace them: `onevoice check` lists them.")
    code = EXIT_CLEAN
    if intake:
        code = _intake.import_source(folder, intake, "", may_ask=may_ask, yes=yes, dry_run=False)
    _streams.print_line(f"Next: cd {place} && onevoice serve")
    return code


def _ask_rest(folder: Path, given: dict[str, Any], *, may_ask: bool) -> dict[str, Any]:
    """The answers: those given, then those typed, then the defaults."""
    from onevoice.run import init

    defaults = {"name": init.guess_name(folder), "language": "en-US", "rooms": "words", "host": "github"}
    questions = {
        "name": "Your company's name",
        "url": "Where will the handbook be published? (Enter: later)",
        "language": "Which language is it in?",
        "logo": "The file of your logo, SVG or PNG (Enter: later)",
        "color": "Your main color, such as #0B5FFF (Enter: later)",
        "rooms": f"What do you begin with? ({', '.join(init.ROOMS)})",
        "host": f"Where will the repository be? ({', '.join(init.HOSTS)})",
    }
    answers = {key: value for key, value in given.items() if value}
    if may_ask:
        for key, question in questions.items():
            if key not in answers:
                answers[key] = click.prompt(
                    question, default=defaults.get(key, ""), show_default=key in defaults
                ).strip()
        pairs: list[str] = []
        while not given["words"] and (pair := click.prompt(WORDS_QUESTION, default="", show_default=False).strip()):
            pairs.append(pair)
        answers |= {"words": tuple(pairs)} if pairs else {}
    answers = {**defaults, **{key: value for key, value in answers.items() if value}}
    rooms = [room.strip().lower() for room in str(answers["rooms"]).split(",") if room.strip()]
    if answers["host"] not in init.HOSTS:
        raise OnevoiceError(f"--host: there is no `{answers['host']}`. Choose from {', '.join(init.HOSTS)}.")
    return {**answers, "rooms": tuple(dict.fromkeys(rooms))}
