"""`onevoice serve`: the site while you write; an edited record shows in the browser without a restart."""

from __future__ import annotations

from pathlib import Path

import click

from onevoice.commands import _common
from onevoice.errors import CLEAN, DataError, OnevoiceError


@click.command()
@click.option("--port", type=int, default=8000, show_default=True, help="Where the site answers on this machine.")
@_common.handbook_option
def command(port: int, handbook: str | None) -> int:
    """Serve the site on this machine and build it again whenever a record changes."""
    try:
        from mkdocs.livereload import LiveReloadServer

        from onevoice.commands import _site
    except ModuleNotFoundError as error:
        raise OnevoiceError(
            f"the site needs {error.name}, which is not installed: pip install 'onevoice[site]'"
        ) from None
    folder = _common.own(handbook)
    config = _site.config_file(folder)

    def build() -> None:
        try:
            plan = _site.plan(folder, _common.today())
            plan.write()
            _site.render(plan, config)
            click.echo("The site is up to date.", err=True)
        except DataError as error:
            _common.show_data(error)
            click.echo("The last good site stays.", err=True)
        except OnevoiceError as error:
            click.echo(f"onevoice: {error}", err=True)

    build()
    root = folder / "build" / "site"
    if not root.is_dir():
        raise OnevoiceError("there is no site to serve yet. Mend the problems above first.")
    server = LiveReloadServer(builder=build, host="127.0.0.1", port=port, root=str(root))
    for path in (folder / "terminology", folder / "content", config):
        if Path(path).exists():
            server.watch(str(path))
    click.echo(f"http://127.0.0.1:{port}/ (end with Ctrl+C)", err=True)
    try:
        server.serve()
    except OSError as error:
        raise OnevoiceError(f"port {port}: {error.strerror}. Choose another with --port.") from None
    except KeyboardInterrupt:
        server.shutdown()
    return CLEAN
