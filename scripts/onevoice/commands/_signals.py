"""Signals that end a run: it stops where it is, cleans up, and leaves no process and no unfinished file behind."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from types import FrameType

# Those that a terminal, a supervisor or a closing terminal sends; Windows has no SIGHUP.
SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
# Linux: the signal that a process gets when the one that has started it ends.
PR_SET_PDEATHSIG = 1


class Stopped(BaseException):
    """A signal has come: no error, so nobody who handles errors catches it. exit_code: 128 and its number."""

    def __init__(self, number: int) -> None:
        self.exit_code = 128 + number
        self.is_from_keyboard = number == signal.SIGINT
        super().__init__(number)


# The process that a copy of us is to end with. No hook runs before a copy is made: in it, Stopped would be lost.
_parent = os.getpid()
# Seconds until Stopped is raised again if it was lost.
RETRY_SECONDS = 0.05


def catch_signals() -> None:
    """From now on, a signal that ends the process raises Stopped first. One that was ignored stays so (`nohup`)."""
    for number in SIGNALS:
        with contextlib.suppress(ValueError):  # not the main thread
            if signal.getsignal(number) != signal.SIG_IGN:
                signal.signal(number, _raise_stopped)
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=_follow_parent)
    sys.unraisablehook = _retry_stop


def _retry_stop(lost: sys.UnraisableHookArgs) -> None:
    """Where nothing can be raised, as in the end of an object's life, Python drops what a signal raises."""
    if isinstance(lost.exc_value, Stopped) and hasattr(signal, "setitimer"):
        number = lost.exc_value.exit_code - 128
        signal.signal(signal.SIGALRM, lambda *_: _raise_stopped(number, None))
        signal.setitimer(signal.ITIMER_REAL, RETRY_SECONDS)
    else:
        sys.__unraisablehook__(lost)


def _raise_stopped(number: int, frame: FrameType | None) -> None:
    # While we clean up, only a second Ctrl-C counts: it ends us at once.
    for other in SIGNALS:
        signal.signal(other, signal.SIG_DFL if other == signal.SIGINT else signal.SIG_IGN)
    raise Stopped(number)


def _follow_parent() -> None:
    """In a copy of this process: it ends at a signal, and with the process that it copies, even if that is killed."""
    global _parent
    parent, _parent = _parent, os.getpid()
    for number in SIGNALS:
        with contextlib.suppress(ValueError):
            if signal.getsignal(number) != signal.SIG_IGN:
                signal.signal(number, signal.SIG_DFL)
    if sys.platform == "linux":
        with contextlib.suppress(Exception):
            import ctypes

            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
            if os.getppid() != parent:
                os._exit(1)
