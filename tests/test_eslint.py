"""Our JavaScript has no finding of ESLint (eslint.config.mjs), where `make lint-js` has installed it."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from conftest import absent

ROOT = Path(__file__).parents[1]
ESLINT = ROOT / "node_modules/eslint/bin/eslint.js"


def run_eslint(*arguments: str, source: str | None = None) -> list[dict]:
    """What ESLint says of each file, or of a source on its standard input."""
    node = shutil.which("node") or absent("Node.js")
    if not ESLINT.is_file():
        absent("ESLint, which `make lint-js` installs,")
    command = [node, str(ESLINT), "--format", "json", *arguments]
    run = subprocess.run(command, cwd=ROOT, input=source, capture_output=True, encoding="utf-8", timeout=300)
    assert run.returncode in (0, 1), run.stderr
    return json.loads(run.stdout)


def test_our_javascript_has_no_findings():
    files = run_eslint(".")
    paths = {Path(file["filePath"]) for file in files}
    ours = [ROOT.glob(pattern) for pattern in ("scripts/onevoice/**/*.js", "tests/**/*.mjs", "*.mjs")]
    assert paths == {path for found in ours for path in found}
    findings = [
        f"{file['filePath']}:{message['line']}: {message['message']}" for file in files for message in file["messages"]
    ]
    assert findings == []


@pytest.mark.parametrize(
    ("path", "source", "rule"),
    [
        ("scripts/onevoice/matcher/planted.js", "export const one = missing;\n", "no-undef"),
        ("scripts/onevoice/matcher/planted.js", "export const one = document.title;\n", "no-undef"),
        ("scripts/onevoice/site/assets/planted.js", "let one = 1;\nalert(one);\n", "prefer-const"),
        ("scripts/onevoice/site/planted.js", "if (window.name == 1) alert();\n", "eqeqeq"),
        ("tests/planted.mjs", "const unused = 1;\n", "no-unused-vars"),
        ("tests/planted.mjs", f"console.log('{'a' * 120}');\n", "max-len"),
    ],
)
def test_a_planted_fault_is_found(path, source, rule):
    (file,) = run_eslint("--stdin", "--stdin-filename", path, source=source)
    assert [message["ruleId"] for message in file["messages"]] == [rule]


def test_what_npm_installs_is_locked_and_names_no_registry():
    text = (ROOT / "package-lock.json").read_text("utf-8")
    packages = json.loads(text)["packages"]
    wanted = json.loads((ROOT / "package.json").read_text("utf-8"))["devDependencies"]
    assert {name: packages[f"node_modules/{name}"]["version"] for name in wanted} == wanted
    assert [name for name, entry in packages.items() if name and "integrity" not in entry] == []
    assert "resolved" not in text
