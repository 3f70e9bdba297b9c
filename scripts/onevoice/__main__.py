"""`python -m onevoice`, and the command `onevoice`."""

from __future__ import annotations

import atexit
import gc
import signal

from onevoice import process


def start_program() -> None:
    """Run the command line. Never returns."""
    process.relax_collector()
    # All that is left goes at the end with the process; nobody need look through it.
    atexit.register(gc.freeze)
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        # Until all is loaded, Ctrl-C ends us without a traceback; then _signals.py takes over.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from onevoice.commands import main

    main()


if __name__ == "__main__":
    start_program()
