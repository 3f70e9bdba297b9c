"""`onevoice serve`: the site while you write; an edited record shows in the browser without a restart."""

from __future__ import annotations

import click

from onevoice.commands import _streams, _terminal
from onevoice.errors import EXIT_CLEAN, OnevoiceError
from onevoice.run.handbook import require_handbook


@click.command()
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port to serve the site on."
)
@_terminal.handbook_option
def command(port: int, handbook: str | None) -> int:
    """Preview the site, and rebuild it when a record changes."""
    try:
        from onevoice.engine.server import PreviewServer
        from onevoice.run.preview import Preview
    except ModuleNotFoundError as error:
        raise OnevoiceError(
            f"the site needs {error.name}, which is not installed: pip install 'onevoice[site]'"
        ) from None
    folder = require_handbook(handbook)
    preview = Preview(folder, _streams.print_aside, _terminal.print_data_errors)
    preview.refresh()
    if not preview.site.is_dir():
        raise OnevoiceError("there is no site to serve yet. Fix the problems above first.")
    server = None
    try:
        server = preview.server = PreviewServer(preview.site, port, preview.refresh, preview.render_banner)
        preview.watch_inputs()
        _streams.print_aside(f"http://127.0.0.1:{port}/ (press Ctrl+C to stop)")
        server.serve()  # type: ignore[no-untyped-call]  # MkDocs' own
    except OSError as error:
        raise OnevoiceError(f"port {port}: {error.strerror}. Choose another port with --port.") from None
    finally:
        # What this process has started ends with it, however it is stopped.
        preview.stop_build()
        if server:
            server.shutdown()
    return EXIT_CLEAN
