"""Two runs at once: the site is whole in every round, and each run's exit code is true."""

import contextlib
import shutil
import signal
import socket
import sys
import threading
import time

import pytest

from hostile import site
from rounds import IS_WHOLE, choose_count

pytestmark = [
    pytest.mark.rounds,
    pytest.mark.skipif(sys.platform == "win32", reason="starts groups of processes"),
]
BUILD, PUBLIC, OFFLINE, ZENSICAL = (
    ("build",),
    ("build", "--public"),
    ("build", "--offline"),
    ("build", "--engine", "zensical"),
)
LINT = ("lint", "--no-vale", "content/submissions")
SIGN = ("sign", "use", "--as", "sales")
# Two runs and their exit codes; whether the caches are cold.
PAIRS = {
    "two first builds": (BUILD, 0, BUILD, 0, True),
    "a build and a public one": (BUILD, 0, PUBLIC, 0, False),
    "two public builds": (PUBLIC, 0, PUBLIC, 0, False),
    "two offline builds": (OFFLINE, 0, OFFLINE, 0, False),
    "two engines": (BUILD, 0, ZENSICAL, 0, False),
    "a build and a lint": (BUILD, 0, LINT, 1, False),
    "two lints with a cold cache": (LINT, 1, LINT, 1, True),
    "a build and a signature": (BUILD, 0, SIGN, 0, False),
    "two signatures": (SIGN, 0, ("sign", "use", "--as", "marketing"), 0, False),
}
SAMPLE = ("two lints with a cold cache",)


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    made = site.Book(tmp_path_factory.mktemp("together"))
    code, said = made.run(*BUILD)
    assert code == 0, said
    return made


def choose_pairs():
    return list(PAIRS) if IS_WHOLE else SAMPLE


@pytest.mark.parametrize("name", choose_pairs())
def test_two_at_once(book, name):
    first, first_code, second, second_code, is_cold = PAIRS[name]
    lints = {LINT: book.run(*LINT)[1]}
    for number in range(choose_count(1, 50)):
        if first[0] != "lint":
            book.edit()
        if is_cold:
            shutil.rmtree(book.cache, ignore_errors=True)
            if first == BUILD:
                shutil.rmtree(book.folder / "build", ignore_errors=True)
        processes = [site.start(book.folder, command, book.environment) for command in (first, second)]
        said = [process.communicate(timeout=300)[0] for process in processes]
        codes = [process.returncode for process in processes]
        assert codes == [first_code, second_code], f"round {number}: {said}"
        for command, one in zip((first, second), said, strict=True):
            assert one == lints.get(command, one), f"round {number}"
            if command[0] == "build" and command != ZENSICAL:
                book.check_output(command, number, is_mixed={SIGN, ZENSICAL} & {first, second})
        if first == SIGN:
            text = (book.folder / "terminology" / "terms.yaml").read_text()
            assert "sales" in text and "marketing" in text, f"round {number}: {text}"


@contextlib.contextmanager
def serve(book):
    """A server of the handbook, and the lines that it says."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = site.start(book.folder, ("serve", "--port", str(port)), book.environment)
    lines = []
    reader = threading.Thread(target=read_lines, args=(process.stdout, lines), daemon=True)
    reader.start()
    try:
        wait_until(lambda: does_answer(port), lines)
        time.sleep(0.5)  # It looks at the files for the first time, to see later what has changed.
        yield lines
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)
        reader.join()
        process.stdout.close()


def does_answer(port):
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


def count_builds(lines):
    return sum("up to date" in line for line in lines)


def read_lines(stream, lines):
    for line in stream:
        lines.append(line)


def wait_until(is_done, lines):
    end = time.monotonic() + 120
    while not is_done():
        assert time.monotonic() < end, "".join(lines)
        time.sleep(0.05)


def test_a_build_next_to_a_server(book):
    for number in range(choose_count(1, 50)):
        with serve(book) as lines:
            count = count_builds(lines)
            book.edit()
            # The server looks five times a second, shows at once what is open, and builds all of it a second later.
            time.sleep(0.4 * (number % 5))
            code, said = book.run(*BUILD)
            assert code == 0, f"round {number}: {said}"
            wait_until(lambda count=count, lines=lines: count_builds(lines) > count, lines)
        assert not [line for line in lines if "Traceback" in line], lines
        book.check_output(BUILD, number)
