"""The command line: one file per verb, found by name. Each parses, calls, prints and returns the exit code."""

from __future__ import annotations

import importlib
import io
import os
import pkgutil
import signal
import sys

import click

from onevoice import __version__
from onevoice.commands import _signals, _streams
from onevoice.errors import EXIT_CLEAN, EXIT_USAGE, DataError, OnevoiceError, explain_error


class LazyGroup(click.Group):
    """Loads a verb's module only when it is needed, so that `lint` never waits for what the site needs."""

    def list_commands(self, context: click.Context) -> list[str]:
        names = (module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_"))
        return sorted(name.replace("_", "-") for name in names)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in self.list_commands(context):
            return None
        command: click.Command = importlib.import_module(f"{__name__}.{name.replace('-', '_')}").command
        return command


@click.command(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def cli() -> None:
    """One voice for sales and marketing: check, build and lint a brand handbook."""


def main() -> None:
    """Run the command line and end the process with the exit code of errors.py."""
    _streams.prepare_streams()
    _signals.catch_signals()
    try:
        code = _run_verb()
    except _signals.Stopped as stopped:
        if stopped.is_from_keyboard:
            _streams.print_text("Stopped.", aside=True)
        code = stopped.exit_code
    sys.exit(_streams.close_streams(code))


def _run_verb() -> int:
    """What the arguments ask for; the exit code. Whatever goes wrong is told in one line."""
    try:
        return cli.main(standalone_mode=False) or EXIT_CLEAN
    except click.exceptions.Abort as error:
        if not isinstance(error.__cause__, EOFError):
            raise _signals.Stopped(signal.SIGINT) from None
        # To click, the end of a file is somebody who has left a prompt, and we have none.
        _streams.print_text(f"onevoice: {explain_error(error.__cause__)}", aside=True)
    except click.ClickException as error:
        said = io.StringIO()
        error.show(said)
        _streams.print_text(said.getvalue(), end="", aside=True)
    except DataError as error:
        from onevoice.commands import _terminal

        _terminal.print_data_errors(error, aside=True)
        return error.exit_code
    except OnevoiceError as error:
        _streams.print_text(f"onevoice: {error}", aside=True)
        return error.exit_code
    except Exception as error:
        if not isinstance(error, OSError) and os.environ.get("ONEVOICE_TRACEBACK"):
            raise
        _streams.print_text(f"onevoice: {explain_error(error)}", aside=True)
    return EXIT_USAGE
