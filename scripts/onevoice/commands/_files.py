"""Verbs whose arguments are files."""

from __future__ import annotations

from pathlib import Path

import click


class FileCommand(click.Command):
    """A verb that takes a file for one even if its name begins with a dash: a hook passes names as they are."""

    def parse_args(self, context: click.Context, args: list[str]) -> list[str]:
        known = {name for option in self.get_params(context) for name in (*option.opts, *option.secondary_opts)}
        end = args.index("--") if "--" in args else len(args)
        named = [f"./{arg}" if _is_file(arg, known) else arg for arg in args[:end]]
        return super().parse_args(context, named + args[end:])


def _is_file(arg: str, known: set[str]) -> bool:
    if not arg.startswith("-") or arg == "-" or arg.partition("=")[0] in known:
        return False
    try:
        return Path(arg).exists()
    except (OSError, ValueError):
        return False  # too long for a name, or no name at all
