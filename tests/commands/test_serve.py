"""`onevoice serve`: what is edited shows in the browser, and so does what is wrong with it."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from handbooks import ROOT, TODAY, copy

WAIT = 60_000


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """A handbook's folder, the address at which it is served, and what the command says."""
    folder = copy(tmp_path_factory.mktemp("served"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    said = folder / "said.txt"
    env = {**os.environ, "PYTHONPATH": str(ROOT / "scripts"), "ONEVOICE_TODAY": TODAY, "PYTHONUNBUFFERED": "1"}
    with said.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "onevoice", "serve", "--port", str(port), "--handbook", str(folder)],
            cwd=folder, env=env, stdout=out, stderr=out,
        )  # fmt: skip
    address = f"http://127.0.0.1:{port}/"
    heard(said, address)
    yield folder, address, said
    process.send_signal(signal.SIGTERM)
    process.wait()


def heard(said: Path, words: str, times: int = 1) -> None:
    end = time.monotonic() + WAIT / 1000
    while said.read_text("utf-8").count(words) < times:
        assert time.monotonic() < end, said.read_text("utf-8")
        time.sleep(0.1)


def edit(path: Path, before: str, after: str) -> None:
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")


def test_an_edit_shows_without_loading_the_page_by_hand(served, page):
    folder, address, _ = served
    page.goto(f"{address}glossary/customer-journey/")
    terms = folder / "terminology" / "journey.yaml"
    definition = re.search(r"id: customer-journey\n.*?definition: (.*?)\n", terms.read_text("utf-8"), re.S)[1]
    edit(terms, definition, "The path that we have just now written down anew.")
    page.get_by_text("The path that we have just now").first.wait_for(timeout=WAIT)
    # What is not looked at follows.
    page.goto(f"{address}glossary/")
    page.get_by_text("The path that we have just now").first.wait_for(timeout=WAIT)


def test_a_new_record_has_a_page(served, page):
    folder, address, _ = served
    (folder / "terminology" / "new.yaml").write_text(
        "terms:\n  - {id: brand-new, preferred: brand-new word, definition: It was not here before.}\n"
    )
    end = time.monotonic() + WAIT / 1000
    while page.goto(f"{address}glossary/brand-new/").status != 200:
        assert time.monotonic() < end
        time.sleep(0.2)
    assert page.get_by_text("It was not here before.").first.is_visible()


def test_an_error_shows_on_the_page_and_in_the_terminal_and_the_last_good_page_stays(served, page):
    folder, address, said = served
    page.goto(f"{address}messaging/personas/sales-lead/")
    heading = page.get_by_role("heading", level=1).inner_text()
    personas = folder / "content" / "personas.yaml"
    edit(personas, "    summary:", "    sumary:")
    line = personas.read_text("utf-8").split("sumary:")[0].count("\n") + 1
    banner = page.get_by_role("alert")
    banner.wait_for(timeout=WAIT)
    assert f"content/personas.yaml:{line}:5 unknown key `sumary`" in banner.inner_text()
    assert page.get_by_role("heading", level=1).inner_text() == heading
    heard(said, f"content/personas.yaml:{line}:5  error")
    edit(personas, "    sumary:", "    summary:")
    banner.wait_for(state="detached", timeout=WAIT)
    assert page.get_by_role("heading", level=1).inner_text() == heading


def test_another_frame_makes_all_pages_anew(served, page):
    folder, address, _ = served
    page.goto(f"{address}catalog/")
    edit(folder / "mkdocs.yml", "      - Gaps:", "      - What is missing:")
    page.get_by_role("link", name="What is missing").first.wait_for(state="attached", timeout=WAIT)
