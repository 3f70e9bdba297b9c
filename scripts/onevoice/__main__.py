"""`python -m onevoice`, and the command `onevoice`."""

from __future__ import annotations

import atexit
import gc
import signal

# How many more objects there are before Python looks for those that nobody needs. Modules and documents leave hardly
# any: with Python's own 700, the search takes a twentieth of a short run.
GARBAGE_THRESHOLD = 50_000


def start_program() -> None:
    """Run the command line. Never returns."""
    gc.set_threshold(GARBAGE_THRESHOLD)
    # All that is left goes at the end with the process; nobody need look through it.
    atexit.register(gc.freeze)
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        # Until all is loaded, Ctrl-C ends us without a traceback; then _signals.py takes over.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from onevoice.commands import main

    main()


if __name__ == "__main__":
    start_program()
