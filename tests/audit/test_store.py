"""Documents in buckets and zip archives: the same rows as from a folder, and faults that pass are borne."""

import contextlib
import csv
import importlib.util
import json
import random
import socket
import sys
import threading
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from onevoice import limits
from onevoice.commands import cli
from onevoice.errors import OnevoiceError
from onevoice.store import bucket
from onevoice.store.retry import retry_reading

fsspec = pytest.importorskip("fsspec", reason="fsspec, which only sources elsewhere need, is not installed")
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="what is in memory is there only in a copy of us")
TEXTS = {
    "sales/clean.md": "---\nowner: sales\n---\n\n# Desks\n\nWe use it.\n",
    "sales/wrong.md": "# Chairs\n\nWe utilize it, and you utilize it.\n",
    "sales/copy.md": "# Chairs\n\nWe utilize it, and you utilize it.\n",
    "web/old.html": "<title>T</title><p>We utilize it.</p>",
    "web/broken.docx": "no archive",
    "web/table.xls": "x",
    "web/picture.png": "x",
    "node_modules/theirs.md": "We utilize it.",
    "web/.hidden.md": "We utilize it.",
    "top.txt": "We utilize it.",
}


@pytest.fixture
def book(tmp_path, monkeypatch):
    """A handbook, and an archive on the disk."""
    (tmp_path / "book" / "terminology").mkdir(parents=True)
    (tmp_path / "book" / "terminology" / "terms.yaml").write_text(
        "terms:\n  - {id: use, preferred: use, definition: d, part_of_speech: verb, avoid: [{term: utilize, why: w}]}\n"
    )
    for name, text in TEXTS.items():
        (tmp_path / "archive" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "archive" / name).write_text(text)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(source: str, out: str, *more: str):
    return CliRunner().invoke(
        cli, ["audit", source, "--out", out, "--handbook", "book", "--processes", "2", *more],
        env={"ONEVOICE_TODAY": "2026-11-21"}, standalone_mode=False,
    )  # fmt: skip


def read_rows(source: str, out: str) -> list[list[str]]:
    """The tables, with places as they are in the source, and without the day on which a store got a file."""
    rows = []
    for name in ("documents.csv", "findings.csv"):
        with (Path(out) / name).open(newline="", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                row.pop("modified", None)
                rows.append([cell.replace(f"{source}/", "") for cell in row.values()])
    return rows


@pytest.fixture
def memory():
    system = fsspec.filesystem("memory")
    for name, text in TEXTS.items():
        system.pipe(f"/company/docs/{name}", text.encode())
    yield system
    system.store.clear()


def test_a_store_gives_the_same_rows_as_a_folder(book, memory):
    assert run("archive", "mine").return_value == 1
    done = run("memory://company/docs", "theirs")
    assert done.exception is None, done.exception
    assert done.return_value == 1 and "1 .png" in done.stdout
    mine, theirs = read_rows("archive", "mine"), read_rows("memory://company/docs", "theirs")
    assert theirs == mine and len(mine) > 9


def test_what_has_not_changed_in_a_store_is_not_read_again(book, memory, monkeypatch):
    run("memory://company/docs", "out")
    kept = Path("out/findings.csv").read_bytes()
    memory.pipe("/company/docs/new.md", b"We utilize it.")
    for name in TEXTS:
        memory.store[f"/company/docs/{name}"].truncate(0)  # Who reads one again sees nothing.
        memory.store[f"/company/docs/{name}"].write(b"-" * len(TEXTS[name]))
    run("memory://company/docs", "out")
    again = Path("out/findings.csv").read_bytes()
    assert b"new.md" in again and {*kept.splitlines()} < {*again.splitlines()}


def test_a_zip_archive_gives_the_same_rows_as_a_folder(book, memory):
    with zipfile.ZipFile("old.zip", "w") as archive:
        for name, text in TEXTS.items():
            archive.writestr(name, text)
    memory.pipe("/company/old.zip", Path("old.zip").read_bytes())
    run("archive", "mine")
    for source in ("old.zip", "memory://company/old.zip"):
        out = source.partition(":")[0].replace(".", "")
        done = run(source, out)
        assert done.exception is None, done.exception
        assert read_rows(source, out) == read_rows("archive", "mine")


def test_what_is_too_large_in_a_zip_archive_is_not_unpacked(book, monkeypatch):
    monkeypatch.setattr(limits, "MAX_FILE_BYTES", 2**20)
    with zipfile.ZipFile("old.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.txt", b"x" * (2**20 + 1))
        archive.writestr("whole.txt", b"We utilize it.".rjust(2**20))
        archive.writestr("../../up.md", "We utilize it.\n")
    assert run("old.zip", "out").return_value == 1
    with Path("out/documents.csv").open(newline="", encoding="utf-8") as file:
        rows = {row["uri"]: row for row in csv.DictReader(file)}
    assert rows["old.zip/bomb.txt"]["state"] == "failed" and "at most 1 MB" in rows["old.zip/bomb.txt"]["why"]
    assert rows["old.zip/whole.txt"]["state"] == "read" and len(rows) == 2 and not list(Path().glob("**/up.md"))


def test_a_broken_zip_archive_is_said(book):
    Path("old.zip").write_bytes(b"PK\3\4" + b"x" * 99)
    assert str(run("old.zip", "out").exception) == "old.zip: cannot be read (it is damaged or no zip archive)."


def test_a_folder_may_be_called_like_a_zip_archive(book):
    Path("archive").rename("old.zip")
    assert run("old.zip", "out").return_value == 1
    assert "old.zip/sales/wrong.md" in Path("out/findings.csv").read_text()


def test_what_is_not_there_is_said(book):
    assert "memory://nowhere: there are no files" in str(run("memory://nowhere", "out").exception)
    assert "isn't installed" in str(run("abfs://nowhere/x", "out").exception)


@pytest.mark.parametrize("source", ["sftp://me:secret@example.com/x", "zip://a.md::s3://bucket/a.zip"])
def test_an_address_with_a_secret_or_a_chain_is_refused(book, source):
    error = run(source, "out").exception
    assert isinstance(error, OnevoiceError) and "secret" not in str(error)


def test_faults_that_pass_are_borne(monkeypatch):
    monkeypatch.setattr(limits, "RETRY_SECONDS", (0, 0))
    faults = [ConnectionResetError("key=secret"), TimeoutError(), None, *[ConnectionResetError("key=secret")] * 3]

    def read():
        if fault := faults.pop(0):
            raise fault
        return b"text"

    assert retry_reading(read, "s3://bucket/a.md") == b"text"
    with pytest.raises(OnevoiceError, match="the connection broke: ConnectionResetError") as error:
        retry_reading(read, "s3://bucket/a.md")
    assert "secret" not in str(error.value) and faults == []


def test_what_will_not_pass_is_not_tried_again():
    calls = []

    def read():
        calls.append(1)
        raise PermissionError("secret")

    with pytest.raises(OnevoiceError, match="access denied"):
        retry_reading(read, "s3://bucket/a.md")
    assert len(calls) == 1


def test_a_file_that_is_too_large_is_not_fetched():
    with pytest.raises(OnevoiceError, match="at most"):
        bucket.read_stored_file("memory://company/x.md", limits.MAX_FILE_BYTES + 1)


class Proxy(threading.Thread):
    """Passes bytes on to a server, and breaks every n-th connection after a moment."""

    def __init__(self, port: int, every: int) -> None:
        super().__init__(daemon=True)
        self.target, self.every, self.count, self.broken = port, every, 0, 0
        self.door = socket.create_server(("127.0.0.1", 0))
        self.port = self.door.getsockname()[1]
        self.start()

    def run(self) -> None:
        while True:
            try:
                client, _ = self.door.accept()
            except OSError:
                return
            self.count += 1
            server = socket.create_connection(("127.0.0.1", self.target))
            breaks = self.count % self.every == 0
            self.broken += breaks
            threading.Thread(target=self.pass_on, args=(client, server, 0), daemon=True).start()
            threading.Thread(target=self.pass_on, args=(server, client, 40 if breaks else 0), daemon=True).start()

    def pass_on(self, source: socket.socket, target: socket.socket, most: int) -> None:
        try:
            while data := source.recv(1 << 16):
                target.sendall(data[:most] if most else data)
                if most:
                    break
        except OSError:
            pass
        for one in (source, target):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def store(monkeypatch):
    """A real object store, and a proxy before it that breaks connections."""
    for name in ("s3fs", "moto", "flask"):
        if not importlib.util.find_spec(name):
            pytest.skip(f"{name}, which a test of buckets needs, is not installed")
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    proxy = Proxy(server._server.server_address[1], 5)
    for name, value in {
        "AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "hidden-from-results", "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{proxy.port}",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    yield proxy
    proxy.door.close()
    server.stop()


def test_a_bucket_gives_the_same_rows_as_a_folder_though_connections_break(book, store):
    import boto3

    client = boto3.client("s3", endpoint_url=f"http://127.0.0.1:{store.target}")
    client.create_bucket(Bucket="company")
    for number in range(40):
        TEXTS_MORE = f"We utilize it {random.Random(number).random()} times.\n"
        (book / "archive" / f"{number}.md").write_text(TEXTS_MORE)
    for path in (book / "archive").rglob("*"):
        if path.is_file():
            client.upload_file(str(path), "company", f"docs/{path.relative_to(book / 'archive').as_posix()}")
    run("archive", "mine")
    done = run("s3://company/docs", "theirs")
    assert done.exception is None, done.exception
    assert read_rows("s3://company/docs", "theirs") == read_rows("archive", "mine")
    assert store.broken
    told = "".join(path.read_text("utf-8") for path in Path("theirs").iterdir() if path.is_file())
    assert "hidden-from-results" not in told + done.output
    client.delete_object(Bucket="company", Key="docs/top.txt")
    before = store.count
    run("s3://company/docs", "theirs")
    assert json.loads(Path("theirs/manifest.json").read_text())["documents"] > 40
    assert store.count - before < 10, "what has not changed was read again"
