"""Ends the process at a rename of its own: $DEADLY_AT is the number of the rename, $DEADLY_SIDE `before` or `after` it.

Python reads this by itself if the folder is on $PYTHONPATH. Without $DEADLY_AT the renames are counted: a line of the
file $DEADLY_LOG for each.
"""

import os
import signal

LOG, AT, SIDE = os.environ.get("DEADLY_LOG"), int(os.environ.get("DEADLY_AT", "0")), os.environ.get("DEADLY_SIDE")
# What a copy of the process renames is not ours, but counts there.
OWNER, count = os.getpid(), 0


def watch_call(call):
    """The call of the system, which may be the last."""

    def run(*given, **named):
        global count
        if os.getpid() != OWNER or not (LOG or AT):
            return call(*given, **named)
        count += 1
        if count == AT and SIDE == "before":
            os.kill(OWNER, signal.SIGKILL)
        result = call(*given, **named)
        if count == AT:
            os.kill(OWNER, signal.SIGKILL)
        if LOG:
            with open(LOG, "a") as file:  # noqa: PTH123
                file.write(f"{given[0]} -> {given[1]}\n")
        return result

    return run


os.rename, os.replace = watch_call(os.rename), watch_call(os.replace)
