"""`onevoice serve`: what is edited shows in the browser, and so does what is wrong with it. It answers nobody else."""

import contextlib
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from handbooks import ROOT, TODAY, copy
from onevoice import limits
from onevoice.commands import cli
from onevoice.run import preview

WAIT = 60_000
FRAME = (ROOT / "scripts/onevoice/site/mkdocs.yml").read_text("utf-8")


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """A handbook's folder, the address at which it is served, and what the command says."""
    folder = copy(tmp_path_factory.mktemp("served"))
    (folder / "mkdocs.yml").write_text(f"nav:{FRAME.partition('nav:')[2].partition('not_in_nav')[0]}", "utf-8")
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
    page.goto(f"{address}catalog/gaps/")
    edit(folder / "mkdocs.yml", "      - Gaps:", "      - What is missing:")
    page.get_by_role("link", name="What is missing").first.wait_for(state="attached", timeout=WAIT)


def ask(address: str, path: str = "/", method: str = "GET", **headers: str) -> tuple[int, str, http.client.HTTPMessage]:
    """What a request gets: status, text and headers. A header that is "" is left out."""
    connection = http.client.HTTPConnection(address.split("/")[2], timeout=20)
    given = {"Host": address.split("/")[2], **headers}
    connection.putrequest(method, path, skip_host=True)
    for name, value in given.items():
        if value:
            connection.putheader(name.replace("_", "-"), value)
    connection.endheaders()
    response = connection.getresponse()
    text = response.read().decode("utf-8", "replace")
    connection.close()
    return response.status, text, response.headers


def send(address: str, data: bytes, wait: float = 20) -> bytes:
    """What the server says to these bytes, until it hangs up."""
    host, port = address.split("/")[2].split(":")
    with socket.create_connection((host, int(port)), timeout=wait) as connection:
        connection.sendall(data)
        answer = b""
        while part := connection.recv(65536):
            answer += part
        return answer


PATHS = ["/", "/livereload/0/1", "/livereload.js", "/assets/labels.js", "/nowhere/"]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "[::1]", "LOCALHOST"])
def test_it_answers_to_its_own_names(served, name, path):
    _, address, _ = served
    status, _, headers = ask(address, path, Host=f"{name}:{address.split(':')[2].strip('/')}")
    assert status == (404 if path == "/nowhere/" else 200)
    assert headers["Content-Security-Policy"].startswith("default-src 'self'; script-src 'self'")
    assert "frame-ancestors 'self'" in headers["Content-Security-Policy"]
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "host",
    [
        "evil.example", "evil.example:PORT", "localhost.evil.example:PORT", "127.0.0.1.evil.example:PORT",
        "localhost:1", "localhost", "", "localhost:PORT@evil.example",
        "evil.example,localhost:PORT", "[::ffff:127.0.0.1]:PORT",
        "0.0.0.0:PORT", "localhost.:PORT", "\x00", "<b>",
    ],
)  # fmt: skip
def test_it_answers_to_no_other_name(served, host, path):
    _, address, _ = served
    host = host.replace("PORT", address.split(":")[2].strip("/"))
    status, text, headers = ask(address, path, Host=host)
    assert status == 403 and text.startswith(f"This preview answers only to {address}, ")
    assert headers["Content-Type"] == "text/plain; charset=utf-8" and "<html" not in text


@pytest.mark.parametrize(
    "method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get", "A" * 99]
)
def test_it_can_only_be_read(served, method):
    _, address, _ = served
    status, _, headers = ask(address, method=method)
    assert (status, headers["Allow"]) == (405, "GET, HEAD")


def test_head_says_what_get_says_without_the_page(served):
    _, address, _ = served
    status, text, headers = ask(address, method="HEAD")
    assert (status, text, headers["Content-Type"]) == (200, "", "text/html")


@pytest.mark.parametrize(
    "path",
    [
        "/../../mkdocs.yml", "/..%2f..%2fmkdocs.yml", "/%2e%2e/%2e%2e/mkdocs.yml", "/..%5c..%5cmkdocs.yml",
        "//etc/passwd", "/assets/../../../mkdocs.yml", "/%00", "/a%00.html", "/C:/x", "/livereload/", "/livereload/x/y",
        "/" + "a" * 5000, "/" + "../" * 2000, "/%", "/%ff%fe", "/assets", "/?" + "q" * 9000,
    ],
)  # fmt: skip
def test_no_address_leads_out_of_the_site(served, path):
    _, address, _ = served
    status, text, _ = ask(address, path)
    # What leads to the top of the site is its home page.
    assert status in (200, 400, 404) and ("nav:" in text, "root:" in text) == (False, False)


@pytest.mark.parametrize(
    "data",
    [
        b"\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"\x16\x03\x01\x02\x00\x01",
        b"GET / HTTP/1.1\r\n" + b"a: b\r\n" * 500,
        b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\na: " + b"b" * 70_000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: \xff\xfe\r\n\r\n", b"GET / HTTP/1.1\r\nno header\r\n\r\n", b"\xff" * 1000 + b"\n",
    ],
)  # fmt: skip
def test_a_broken_request_gets_an_answer_or_the_door(served, data):
    _, address, said = served
    answer = send(address, data)
    assert not answer or re.match(rb"HTTP/1\.[01] (?:400|403|414|431|505) |<!DOCTYPE|This preview", answer), answer[:99]
    assert ask(address)[0] == 200
    assert "Traceback" not in said.read_text("utf-8")


def test_slow_and_silent_requests_end_and_others_are_answered(served):
    _, address, said = served
    host, port = address.split("/")[2].split(":")
    silent = [socket.create_connection((host, int(port)), timeout=30) for _ in range(40)]
    drip = silent[0]
    begun = time.monotonic()
    assert ask(address)[0] == 200
    with contextlib.suppress(OSError):
        for sign in b"GET / HTTP/1.1\r\nHost: localhost" + b"x" * 1000:
            drip.sendall(bytes([sign]))
            time.sleep(0.5)
            if time.monotonic() - begun > 30:
                break
    assert time.monotonic() - begun < 30, "a drip of bytes keeps its place"
    for connection in silent[1:]:
        assert connection.recv(10) == b""
        connection.close()
    drip.close()
    assert ask(address)[0] == 200
    assert "Traceback" not in said.read_text("utf-8")


def test_more_requests_than_there_are_places_are_turned_away_and_the_preview_lives(served):
    _, address, said = served
    host, port = address.split("/")[2].split(":")
    many = [socket.create_connection((host, int(port)), timeout=30) for _ in range(limits.MAX_PREVIEW_REQUESTS + 20)]
    ended = 0
    for connection in many:
        connection.settimeout(0.05)
        with contextlib.suppress(TimeoutError, ConnectionError):
            ended += connection.recv(1) == b""
    assert ended >= 20
    for connection in many:
        connection.close()
    end = time.monotonic() + 20
    while True:
        with contextlib.suppress(OSError, http.client.HTTPException):
            if ask(address)[0] == 200:
                break
        assert time.monotonic() < end
        time.sleep(0.1)
    assert "Traceback" not in said.read_text("utf-8")


def test_a_page_runs_under_the_policy_and_still_loads_again(served, page):
    folder, address, _ = served
    stopped = []
    page.on("console", lambda message: "Content Security Policy" in message.text and stopped.append(message.text))
    page.goto(f"{address}glossary/lead/")
    assert "sha256-" in ask(address, "/glossary/lead/")[2]["Content-Security-Policy"]
    terms = next(path for path in (folder / "terminology").glob("*.yaml") if "- id: lead\n" in path.read_text("utf-8"))
    definition = re.search(r"id: lead\n.*?definition: (.*?)\n", terms.read_text("utf-8"), re.S)[1]
    edit(terms, definition, "Somebody under a policy.")
    page.get_by_text("Somebody under a policy.").first.wait_for(timeout=WAIT)
    assert stopped == []


def test_a_fault_of_ours_is_a_line_and_the_preview_lives(tmp_path, monkeypatch):
    said, told = [], []
    kept = preview.Preview(copy(tmp_path), said.append, lambda error: None)

    def fail(*_):
        raise RuntimeError("boom\nand more")

    monkeypatch.setattr(preview, "load_handbook", fail)
    kept.refresh()
    monkeypatch.setattr(preview, "_build_site", fail)
    monkeypatch.setattr(preview.process, "follow_parent", lambda: None)
    preview._build_and_report(tmp_path, SimpleNamespace(send=told.append))
    for line in (*said, *told):
        assert re.fullmatch(
            r"(onevoice: )?this is a fault in onevoice \(RuntimeError: boom at .*\). Please report it. .*", line
        )
    assert (len(said), len(told)) == (1, 1)
    assert b"RuntimeError: boom" in kept.render_banner()


@pytest.mark.parametrize("port", ["-1", "65536", "9" * 30])
def test_a_port_that_no_computer_has_is_refused(port):
    result = CliRunner().invoke(cli, ["serve", "--port", port, "--handbook", str(ROOT)])
    assert result.exit_code == 2 and f"{port} is not in the range 0<=x<=65535" in result.output
