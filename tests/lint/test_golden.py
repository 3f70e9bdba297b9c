"""One off-brand draft through the real lint and the real Vale: the same words on the same lines."""

import json
import subprocess

from click.testing import CliRunner

from handbooks import ROOT, build, copy
from onevoice.commands import cli

DRAFT = "tests/golden/offbrand.md"
EXPECTED = [
    (2, "smarketing"), (7, "buyer's journey"), (7, "sales funnel"), (9, "whitepaper"), (9, "smarketing"),
    (9, "buyer’s journey"), (9, "E-mail"), (10, "Hand-off"), (10, "hand-over"), (12, "leverage"), (12, "sales funnel"),
    (13, "ferrywell handoff"), (13, "FerryWell Library"), (17, "smarketing"), (19, "sales funnel"),
]  # fmt: skip


def test_lint_finds_every_off_brand_word_and_no_other(monkeypatch):
    monkeypatch.chdir(ROOT)
    result = CliRunner().invoke(cli, ["lint", DRAFT, "--no-vale", "--format", "json"], standalone_mode=False)
    assert result.return_value == 1
    assert [(finding["line"], finding["match"]) for finding in json.loads(result.stdout)] == EXPECTED


def test_plain_vale_reports_the_same_words(vale, tmp_path):
    folder = copy(tmp_path)
    (folder / ".vale.ini").write_bytes((ROOT / ".vale.ini").read_bytes())
    (folder / DRAFT).parent.mkdir(parents=True)
    (folder / DRAFT).write_bytes((ROOT / DRAFT).read_bytes())
    build(folder)
    done = subprocess.run(
        [vale.path, "--output=JSON", "--no-exit", DRAFT], cwd=folder, capture_output=True, check=True, timeout=120
    )
    alerts = [alert for file in json.loads(done.stdout).values() for alert in file]
    found = sorted((alert["Line"], alert["Match"]) for alert in alerts if alert["Check"].startswith("Brand."))
    assert found == sorted(EXPECTED)
