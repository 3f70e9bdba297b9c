"""The command line: one file per verb, found by name. Each parses, calls, prints and returns the exit code."""

from __future__ import annotations

import importlib
import pkgutil
import sys

import click

from onevoice import __version__
from onevoice.errors import OnevoiceError


class LazyGroup(click.Group):
    """Loads a verb's module only when it is needed, so that `lint` never waits for what the site needs."""

    def list_commands(self, context: click.Context) -> list[str]:
        return sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_"))

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in self.list_commands(context):
            return None
        command: click.Command = importlib.import_module(f"{__name__}.{name}").command
        return command


@click.command(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def cli() -> None:
    """One voice for sales and marketing: check, build and lint a brand handbook."""


def main() -> None:
    """Run the command line and end the process with the exit code of errors.py."""
    try:
        sys.exit(cli.main(standalone_mode=False) or 0)
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except OnevoiceError as error:
        click.echo(f"onevoice: {error}", err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:
        click.echo(f"onevoice: {error.filename or 'a file'}: {error.strerror or error}. Check the file.", err=True)
        sys.exit(2)
