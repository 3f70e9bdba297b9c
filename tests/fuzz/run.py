"""Fuzz one part of the program, or all of them: `python tests/fuzz/run.py NAME --seconds 30`.

The parts are the modules in `targets/`: each has `list_seeds`, `check`, which raises for a fault, and SIGNS, which its
input is made of. atheris changes the input with an eye on the code that it reaches. A run goes on after a fault, and
reports each once, with the smallest input that shows it. What reaches new code is kept for the next run, in our cache.
With a seed and a number of inputs instead of seconds, a fast machine tries no more than a slow one, nor what was kept.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import os
import re
import shutil
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
# In place of our own folder, whose names are no modules.
sys.path[0] = str(HERE.parent)

# More would keep a small input's run from a hang apart: 4 KB, read in several ways, take some hundredths of a second.
MAX_BYTES, MAX_CPU_SECONDS = 4096, 5.0
# In whole seconds and megabytes: what libFuzzer ends a run for. atheris itself takes some of the memory.
HANG_SECONDS, MEMORY_MB = 60, 800
REDUCE_SECONDS = 20.0


def list_targets() -> list[str]:
    """The names of the parts that can be fuzzed."""
    return sorted(path.stem for path in (HERE / "targets").glob("[a-z]*.py"))


def locate_folder(name: str) -> Path:
    """Where a part's inputs and faults are kept."""
    from onevoice.cache import find_cache_folder

    return find_cache_folder() / "fuzz" / name


def identify_fault(error: BaseException) -> str:
    """A name for a fault: two errors that are raised at one place of our own code are one."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(ROOT) and frame.filename != __file__]
    places = dict.fromkeys(
        f"{Path(frame.filename).stem}-{frame.name}-{frame.lineno}" for frame in ours[-2:] or frames[-1:]
    )
    return re.sub(r"[^\w.-]", "", "--".join((type(error).__name__, *places)))[:150]


def check_timed(check: Callable[[bytes], None], data: bytes) -> None:
    """Check an input. Raises what the check raises, and TimeoutError if it took too long."""
    begun = time.process_time()
    check(data)
    if (took := time.process_time() - begun) > MAX_CPU_SECONDS:
        raise TimeoutError(f"{len(data)} bytes took {took:.1f} s of processor time")


def reduce_input(check: Callable[[bytes], None], data: bytes, name: str) -> bytes:
    """A smaller input with the same fault: parts are taken out as long as it stays."""

    def fails(tried: bytes) -> bool:
        try:
            check_timed(check, tried)
        except Exception as error:
            return identify_fault(error) == name
        return False

    until, size = time.monotonic() + REDUCE_SECONDS, max(len(data) // 2, 1)
    while time.monotonic() < until:
        at, before = 0, len(data)
        while at < len(data) and time.monotonic() < until:
            tried = data[:at] + data[at + size :]
            if fails(tried):
                data = tried
            else:
                at += size
        if size == 1 and len(data) == before:
            break
        size = max(size // 2, 1)
    return data


def fuzz_target(name: str, arguments: list[str]) -> None:
    """Fuzz in this process; faults are written below the part's folder."""
    import atheris

    with atheris.instrument_imports(include=["onevoice", "fuzz", "tomllib"]):
        target = importlib.import_module(f"fuzz.targets.{name}")
    found = locate_folder(name) / "found"

    def check_input(data: bytes) -> None:
        try:
            check_timed(target.check, data)
        except Exception as error:
            kept = found / identify_fault(error)
            if not kept.exists():
                kept.write_bytes(data)

    atheris.Setup([sys.argv[0], *arguments], check_input)
    atheris.Fuzz()


def write_dictionary(target: ModuleType, path: Path) -> None:
    """What inputs are made of, as libFuzzer reads it."""
    signs = {sign.encode("utf-8", "surrogatepass") for sign in target.SIGNS} - {b""}
    lines = ("".join(f"\\x{byte:02x}" for byte in sign) for sign in sorted(signs))
    path.write_text("".join(f'"{line}"\n' for line in lines), "ascii")


def run_target(name: str, seconds: float, seed: int, most: int) -> Iterator[str]:
    """Fuzz a part in processes of its own, which may die: a line on each fault.

    seed: 0 for another one each time. most: how many inputs are tried, however long it takes; 0: as the seconds allow.
    """
    target, folder = importlib.import_module(f"fuzz.targets.{name}"), locate_folder(name)
    for part in ("corpus", "seeds", "found"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    for old in (*(folder / "found").iterdir(), *(folder / "seeds").iterdir()):
        old.unlink()
    for data in target.list_seeds():
        (folder / "seeds" / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)
    if most:
        shutil.rmtree(folder / "corpus")
        (folder / "corpus").mkdir()
    write_dictionary(target, folder / "signs.txt")
    begun, runs, exits = time.monotonic(), 0, 0
    # What is in another order leads to other inputs.
    environ = {**os.environ, "PYTHONHASHSEED": str(seed)} if seed else None
    while (left := most - runs if most else round(begun + seconds - time.monotonic())) > 0 and exits < 20:
        command = [
            *(sys.executable, str(HERE / "run.py"), name, "--inside"),
            *(f"-{'runs' if most else 'max_total_time'}={left}", f"-seed={seed}", f"-dict={folder / 'signs.txt'}"),
            *(f"-max_len={MAX_BYTES}", f"-timeout={HANG_SECONDS}", f"-rss_limit_mb={MEMORY_MB}"),
            *(f"-artifact_prefix={folder / 'found'}/", "-reload=0", "-verbosity=1", "-print_final_stats=1"),
            *(str(folder / "corpus"), str(folder / "seeds")),
        ]
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False, env=environ)
        told = done.stderr.decode("utf-8", "replace")
        counts = re.findall(r"(?:number_of_executed_units: |^#)(\d+)", told, re.M)
        runs += int(counts[-1]) if counts else 0
        if done.returncode:
            exits += 1
            if not re.search(r"Test unit written to ", told):
                yield f"{name}: the fuzzer ended with {done.returncode}:\n{told[-2000:]}"
                break
    for path in sorted((folder / "found").iterdir()):
        yield describe_fault(target, path)
    faults = len(list((folder / "found").iterdir()))
    yield f"{name}: {runs} inputs in {time.monotonic() - begun:.0f} s, {faults} fault{'s' * (faults != 1)}"


def describe_fault(target: ModuleType, path: Path) -> str:
    """What happened with an input, and the smallest that shows it."""
    data = path.read_bytes()
    if re.match("(crash|oom|timeout|slow-unit|leak)-", path.name):
        return f"{path}: {data!r}"
    data = reduce_input(target.check, data, path.name)
    path.write_bytes(data)
    try:
        check_timed(target.check, data)
        return f"{path}: not seen again: {data!r}"
    except Exception as error:
        return f"{path}: {data!r}\n{''.join(traceback.format_exception(error))}"


def main() -> int:
    """1 if there was a fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="what to fuzz; nothing: all parts, one after the other")
    parser.add_argument("--seconds", type=float, default=30, help="how long, for each part")
    parser.add_argument("--inputs", type=int, default=0, help="how many for each part, instead of the seconds")
    parser.add_argument("--seed", type=int, default=0, help="try the same changes as another run; 0: new ones")
    names = parser.parse_args()
    faults = 0
    for name in names.names or list_targets():
        *told, last = run_target(name, names.seconds, names.seed, names.inputs)
        faults += len(told)
        print(*told, last, sep="\n", flush=True)
    return 1 if faults else 0


if __name__ == "__main__":
    # libFuzzer's own options follow.
    if sys.argv[2:3] == ["--inside"]:
        fuzz_target(sys.argv[1], sys.argv[3:])
    else:
        sys.exit(main())
