"""The published package: `vale sync` in another repository gets it, and plain Vale says there what it says here."""

import functools
import http.server
import io
import json
import subprocess
import threading
import zipfile
from datetime import date

import pytest

from onevoice.matcher.compile import gather_patterns
from onevoice.records.term import Term
from onevoice.records.voice import Voice
from onevoice.vale import package, write

TERMS = [
    Term(
        id="cj", preferred="customer journey", definition="d", avoid=["sales path", {"term": "way", "level": "warning"}]
    ),
    Term(id="wp", preferred="white paper", definition="d", avoid=[{"term": "very", "remove": True}]),
]
RULE = {"id": "hype", "extends": "existence", "message": "Drop '%s'.", "tokens": ["awesome"]}
VOICE = Voice(summary="s", traits=[{"id": "plain", "we_are": "a", "we_are_not": "b", "why": "c", "vale": [RULE]}])


def made(terms=TERMS, voice=VOICE):
    return package.write(
        write.write(gather_patterns(terms), voice, today=date(2026, 11, 22), url="https://handbook.example")
    )


def test_the_same_records_give_the_same_bytes():
    assert made() == made()


def test_it_holds_each_style_and_its_configuration():
    ((path, data),) = [(one.path, one.data) for one in made()]
    assert path == "docs/vale/onevoice.zip"
    names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    assert names == sorted(names)
    assert {"onevoice/.vale.ini", "onevoice/styles/Brand/cj.yml", "onevoice/styles/Voice/hype.yml"} <= set(names)
    assert "BasedOnStyles = Brand\n" in zipfile.ZipFile(io.BytesIO(made(voice=None)[0].data)).read(names[0]).decode()


def test_nothing_to_publish():
    assert made([], None) == []


@pytest.fixture
def site(tmp_path):
    (artifact,) = made()
    target = tmp_path / "site" / artifact.path.removeprefix("docs/")
    target.parent.mkdir(parents=True)
    target.write_bytes(artifact.data)
    handler = functools.partial(Quiet, directory=str(tmp_path / "site"))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/vale/onevoice.zip"
    server.shutdown()


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


def test_vale_sync_gets_it_into_another_repository(vale, tmp_path, site):
    other = tmp_path / "other"
    other.mkdir()
    (other / ".vale.ini").write_text(f"StylesPath = .vale\nPackages = {site}\n")
    (other / "draft.md").write_text("The sales path is a very awesome way :way:.\n")
    (other / "draft.mkd").write_text("It is awesome, `awesome`.\n")

    def run(*command):
        done = subprocess.run(
            [vale.path, "--no-global", *command], cwd=other, capture_output=True, timeout=60, check=False
        )
        assert done.returncode in (0, 1), done.stderr
        return done.stdout

    run("sync")
    found = json.loads(run("--output=JSON", "draft.md"))["draft.md"]
    assert sorted((one["Check"], one["Match"]) for one in found) == [
        ("Brand.cj", "sales path"), ("Brand.cj.warning", "way"), ("Brand.wp", "very"), ("Voice.hype", "awesome"),
    ]  # fmt: skip
    run("sync")
    assert len(json.loads(run("--output=JSON", "draft.md"))["draft.md"]) == 4
    # An ending that Vale does not know by itself is Markdown there, too.
    assert [one["Match"] for one in json.loads(run("--output=JSON", "draft.mkd"))["draft.mkd"]] == ["awesome"]
