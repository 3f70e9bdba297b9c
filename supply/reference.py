"""Write the page that lists each command with its options, and each setting: `make reference`.

It's made from the program, so it's never wrong: a test fails as long as the committed page is another one.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "content" / "pages" / "tool-reference.md"
HEAD = """\
---
title: "Reference: commands and settings"
description: Each command of onevoice with its options, the settings of a repository, and the exit codes.
group: The tool behind this handbook
order: 92
keywords: [onevoice, command line, CLI, options, exit code, .onevoice.yaml, environment variables]
owner: brand
reviewed: 2026-11-29
---

# Reference: commands and settings

Made from the program by `make reference`. What each rule and check looks for is on [the page of rules](/brand/rules/);
the keys of all records, with examples, are in `schemas/README.md` of the repository.
"""
EXIT_CODES = (
    ("0", "All is well."),
    ("1", "Something was found."),
    ("2", "A record or the command is wrong, or the report can't be written."),
    ("3", "A tool is missing, such as Vale."),
    ("128 and more", "A signal stopped the run: 130 for Ctrl-C, 143 for SIGTERM, 129 for SIGHUP."),
)
VARIABLES = {
    "ONEVOICE_HANDBOOK": "The handbook to use, as `--handbook` names it.",
    "ONEVOICE_EXTENDS": "Folders that a handbook's `extends` may name though they're outside its repository.",
    "ONEVOICE_VALE": "The Vale to run.",
    "ONEVOICE_CACHE": "The folder that keeps what's slow to compute.",
    "ONEVOICE_PROCESSORS": "How many processors to use.",
    "ONEVOICE_TODAY": "The day on which reviews and expiry dates are judged, as YYYY-MM-DD.",
}


def render_reference() -> str:
    """The page."""
    from onevoice.commands import cli
    from onevoice.load.settings import RepositorySettings

    context = click.Context(cli)
    parts = [HEAD, "## Commands\n"]
    for name in cli.list_commands(context):
        command = cli.get_command(context, name)
        assert command is not None
        parts += _render_command(f"onevoice {name}", command)
    parts.append("## Settings\n\nA `.onevoice.yaml` at the top of a repository; each key is optional.\n")
    parts.append(_render_table(("key", "what it says"), _iter_settings(RepositorySettings)))
    parts.append("Variables of the environment:\n")
    parts.append(_render_table(("variable", "what it says"), ((f"`{key}`", text) for key, text in VARIABLES.items())))
    parts.append("## Exit codes\n")
    parts.append(_render_table(("code", "when"), EXIT_CODES))
    return "\n".join(parts)


def _render_command(path: str, command: click.Command) -> Iterator[str]:
    """A command, or each command of a group."""
    if isinstance(command, click.Group):
        for name in command.list_commands(click.Context(command)):
            inner = command.get_command(click.Context(command), name)
            assert inner is not None
            yield from _render_command(f"{path} {name}", inner)
        return
    usage = " ".join(command.collect_usage_pieces(click.Context(command)))
    text = "\n\n".join(" ".join(part.split()) for part in inspect.cleandoc(command.help or "").split("\n\n"))
    # A heading is also an address.
    yield f"### {path}\n\n    {path} {usage}\n\n{_escape_text(text)}\n"
    rows = [_describe_option(one) for one in command.params if isinstance(one, click.Option) and not one.hidden]
    if rows:
        yield _render_table(("option", "what it does"), rows)


def _describe_option(option: click.Option) -> tuple[str, str]:
    names = ", ".join([*option.opts, *option.secondary_opts])
    choices = option.type.choices if isinstance(option.type, click.Choice) else ()
    value = "" if option.is_flag else f" {option.metavar or ', '.join(map(str, choices)) or _name_type(option)}"
    default = f" Default: `{option.default}`." if option.show_default and option.default is not None else ""
    return f"`{names}{value}`", (option.help or "") + default


def _name_type(option: click.Option) -> str:
    return option.type.name.upper().partition(" ")[0]


def _iter_settings(model: type) -> Iterator[tuple[str, str]]:
    for name, field in model.model_fields.items():  # type: ignore[attr-defined]
        yield f"`{field.alias or name}`", field.description or ""


def _render_table(head: tuple[str, str], rows: object) -> str:
    lines = [head, ("---", "---"), *rows]  # type: ignore[misc]
    return "".join(f"| {first.replace('|', chr(92) + '|')} | {_escape_text(second)} |\n" for first, second in lines)


def _escape_text(text: str) -> str:
    """Text of a help: words that look like options are code."""
    text = re.sub(r"(?<![`\w-])(--[a-z][a-z-]+)(?![\w`-])", r"`\1`", text)
    return re.sub(r"(?<![`\w])((?:content|terminology)/\w+)(?![\w`/])", r"`\1`", text.replace("|", "\\|"))


if __name__ == "__main__":
    PAGE.write_text(render_reference(), "utf-8")
    sys.stdout.write(f"Wrote {PAGE.relative_to(ROOT)}\n")
