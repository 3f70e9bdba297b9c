"""Runs one command as the test says, and tells how it ended: a script of its own, started with `python -I -S`.

Linux counts a process's memory from the one that it was copied from on. This one has next to none; pytest has a lot.
"""

import contextlib
import json
import os
import resource
import signal
import sys
import time

# Bytes of addresses, so that a command that fills the memory ends before the machine does.
MAX_ADDRESSES = 6 * 2**30


def open_streams(job):
    """Put the command's three streams in place: files, or none."""
    for number, path in enumerate(job["streams"]):
        if path is None:
            os.close(number)
        else:
            flags = os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_CREAT | os.O_APPEND
            if (handle := os.open(path, flags, 0o644)) != number:
                os.dup2(handle, number)
                os.close(handle)


def run_command(job):
    """Become the command, in a group of processes of its own."""
    try:
        os.setsid()
        # Python lets a child inherit that SIGPIPE is ignored, which shells do not.
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
        os.chdir(job["folder"])
        for _ in range(job["lost_folders"]):
            os.rmdir(os.getcwd())  # noqa: PTH106, PTH109 - pathlib takes long to load
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (MAX_ADDRESSES, MAX_ADDRESSES))
        for name, value in job["limits"].items():
            resource.setrlimit(getattr(resource, name), (value, value))
        if job["umask"] is not None:
            os.umask(job["umask"])
        open_streams(job)
        os.execve(job["command"][0], job["command"], job["variables"])
    finally:
        os._exit(126)


def wait_for(pid, seconds):
    """How the command ended: its status, what it used, whether it had to be stopped."""
    end, pause = time.monotonic() + seconds, 0.005
    while time.monotonic() < end:
        done, status, used = os.wait4(pid, os.WNOHANG)
        if done:
            return status, used, False
        time.sleep(pause)
        pause = min(pause * 1.5, 0.1)
    os.killpg(pid, signal.SIGKILL)
    _, status, used = os.wait4(pid, 0)
    return status, used, True


def main():
    """Read the job from standard input; write what happened to standard output, both as JSON."""
    job = json.load(sys.stdin)
    began = time.monotonic()
    if not (pid := os.fork()):
        run_command(job)
    status, used, stopped = wait_for(pid, job["seconds"])
    left = False
    with contextlib.suppress(ProcessLookupError):
        # What a command leaves behind would go on for as long as the machine does.
        os.killpg(pid, signal.SIGKILL)
        left = not stopped
    print(
        json.dumps(
            {
                "code": os.waitstatus_to_exitcode(status),
                "stopped": stopped,
                "left": left,
                "processor_seconds": used.ru_utime + used.ru_stime,
                "seconds": time.monotonic() - began,
                "megabytes": used.ru_maxrss / 1024,
            }
        )
    )


if __name__ == "__main__":
    main()
