"""`python -m onevoice`, and the command `onevoice`."""

from __future__ import annotations

import signal

from onevoice import process


def start_program() -> None:
    """Run the command line. Never returns."""
    process.relax_collector()
    codes: list[int] = []
    process.prepare_end(codes)
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        # Until all is loaded, Ctrl-C ends us without a traceback; then _signals.py takes over.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from onevoice.commands import main

    try:
        main()
    except SystemExit as end:
        codes += [end.code] if isinstance(end.code, int) else []
        raise


if __name__ == "__main__":
    start_program()
