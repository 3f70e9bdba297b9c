"""What we depend on: each package has a reason, one locked version, an audit, and a line in the list of a release."""

import importlib.metadata
import importlib.util
import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from conftest import absent

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
HOOKS = YAML(typ="safe").load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
README = (ROOT / "supply" / "README.md").read_text("utf-8")
PERMISSIVE = {"MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "MPL-2.0", "OFL-1.1"}


def load_script(name):
    spec = importlib.util.spec_from_file_location(f"supply_{name}", ROOT / "supply" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


pin, sbom = load_script("pin"), load_script("sbom")


def names_of(requirements):
    return {re.match(r"[\w.-]+", one)[0] for one in requirements if isinstance(one, str)}


def rows_of(part):
    return re.findall(r"^\| `(\S+)` \| (.+?) \| (\S+) \|$", part, re.M)


def locked(name):
    text = (ROOT / "requirements" / name).read_text("utf-8")
    return {sbom.normalize_name(one): version for one, version in re.findall(r"^([\w.-]+)==([^\s;]+)", text, re.M)}


def test_each_package_has_a_reason_and_a_license():
    users, _, developers = README.partition("## What developers install")
    always, _, rest = users.partition("The site needs these, too.")
    site, _, rest = rest.partition("With `pip install")
    kit, _, rest = rest.partition("With `pip install")
    documents, _, rest = rest.partition("With `pip install")
    exchange, _, rest = rest.partition("With `pip install")
    dask, _, rest = rest.partition("With `pip install")
    parquet, _, rest = rest.partition("With `pip install")
    remote, _, vale = rest.partition("If you ask for it")
    project, groups = PROJECT["project"], PROJECT["dependency-groups"]
    assert {name for name, *_ in rows_of(always)} == names_of(project["dependencies"])
    assert {name for name, *_ in rows_of(site)} == names_of(project["optional-dependencies"]["site"])
    assert {name for name, *_ in rows_of(kit)} == names_of(project["optional-dependencies"]["kit"])
    assert {name for name, *_ in rows_of(documents)} == names_of(project["optional-dependencies"]["documents"])
    assert {name for name, *_ in rows_of(exchange)} == names_of(project["optional-dependencies"]["exchange"])
    assert {name for name, *_ in rows_of(dask)} == names_of(project["optional-dependencies"]["audit-dask"])
    assert {name for name, *_ in rows_of(parquet)} == names_of(project["optional-dependencies"]["audit-parquet"])
    assert {name for name, *_ in rows_of(remote)} == names_of(project["optional-dependencies"]["audit-remote"])
    assert {name for name, *_ in rows_of(vale)} == names_of(project["optional-dependencies"]["vale"])
    lists = [json.loads((ROOT / path).read_text("utf-8")) for path in ("package.json", "bench/package.json")]
    scripts = [name for one in lists for name in one["devDependencies"]]
    assert {name for name, *_ in rows_of(developers)} == {*scripts}.union(*map(names_of, groups.values()))
    for name, reason, license in rows_of(README):
        assert license in PERMISSIVE and len(reason) > 8, name


def test_what_is_pinned_is_what_is_locked():
    for name, text in pin.render_files().items():
        assert (ROOT / name).read_text("utf-8") == text, f"{name}: run `make lock`"
    for part in ("site.txt", "hook.txt"):
        assert locked(part).items() <= locked("dev.txt").items(), part
    for part in ("fuzz.txt", "services.txt", "supply.txt"):
        assert {name for name in locked(part).keys() & locked("dev.txt").keys()
                if locked(part)[name] != locked("dev.txt")[name]} == set()  # fmt: skip


def test_a_hook_gets_exact_versions_of_all_that_it_needs():
    needed, new = set(), {"onevoice"}
    while new:
        needed |= new
        requirements = (importlib.metadata.requires(name) or () for name in new)
        found = (one for many in requirements for one in many if "extra ==" not in one)
        new = {sbom.normalize_name(re.match(r"[\w.-]+", one)[0]) for one in found if "platform" not in one} - needed
        new = {name for name in new if is_installed(name)}
    for hook in HOOKS:
        pins = [one.partition(" ; ")[0].split("==") for one in hook["additional_dependencies"]]
        assert needed - {"onevoice"} <= {name for name, _ in pins}, hook["id"]
        assert all(locked("dev.txt")[name] == version for name, version in pins)


def is_installed(name):
    try:
        return bool(importlib.metadata.version(name))
    except importlib.metadata.PackageNotFoundError:
        return False


def test_a_new_lock_changes_the_pins():
    text = 'a==1 \\\n    --hash=sha256:0\nb-c==2.0 ; python_version < "3" \\\n    --hash=sha256:1\nc==3\n'
    assert pin.read_locked(text) == ["a==1", 'b-c==2.0 ; python_version < "3"', "c==3"]
    assert pin.read_locked(text, ["c"]) == ["c==3"]
    hooks = '  # x\n  additional_dependencies: &locked\n    - "a==0"\n\n- id: b\n'
    assert pin.pin_hooks(hooks, ["a==1"]) == hooks.replace("a==0", "a==1")
    build = '[build-system]\nrequires = [\n  "h==1",\n]\nbuild-backend = "h"\n'
    assert pin.pin_build(build, ["h==2", "p==1"]) == build.replace('  "h==1",\n', '  "h==2",\n  "p==1",\n')


STUB = """
import json, sys
strict = "--strict" in sys.argv
{body}
"""
FINE = {"name": "a", "version": "1", "vulns": []}
BAD = {"name": "b", "version": "2", "vulns": [{"id": "PYSEC-1", "fix_versions": ["3"], "aliases": []}]}
UNKNOWN = {"name": "c", "skip_reason": "Dependency not found"}


def answer(*packages):
    """A pip-audit that knows these packages."""
    return STUB.format(
        body=f"packages = {list(packages)!r}\n"
        "if strict and any('skip_reason' in one for one in packages):\n"
        "    sys.exit('ERROR: Dependency not found and could not be audited')\n"
        "print(json.dumps({'dependencies': packages, 'fixes': []}))\n"
        "sys.exit(any(one.get('vulns') for one in packages))\n"
    )


def fail(text):
    """A pip-audit that stops with this."""
    return STUB.format(body=f"sys.exit({text!r})")


@pytest.mark.parametrize(
    ("stub", "code", "told"),
    [
        (answer(FINE), 0, ["Looked up 4 locked packages: no problems."]),
        (answer(FINE, BAD), 1, ["Looked up 8 locked packages: 4 problems.", "b 2: PYSEC-1, fixed in 3"]),
        (answer(FINE, UNKNOWN), 1, ["Looked up 4 locked packages: 4 problems.", "dev.txt: not looked up: c"]),
        (answer(BAD, UNKNOWN), 1, ["b 2: PYSEC-1", "fuzz.txt: not looked up: c"]),
        (answer(UNKNOWN, UNKNOWN), 0, ["can't be reached, so the packages were NOT audited (none of the 2 packages"]),
        (fail("ERROR:pip_audit._cli:Could not connect to PyPI's vulnerability feed"), 0, ["NOT audited (ERROR:"]),
        (fail("requests.exceptions.ConnectionError: Max retries exceeded with url: /v1/query"), 0, ["NOT audited"]),
        (fail("ERROR: invalid requirements input"), 1, ["4 problems", "supply.txt: pip-audit stopped: ERROR: invalid"]),
        ("import no_such_module", 1, ["pip-audit stopped: ModuleNotFoundError"]),
    ],
)
def test_the_audit_fails_for_findings_and_says_when_it_asks_in_vain(tmp_path, stub, code, told):
    (tmp_path / "pip_audit").mkdir()
    (tmp_path / "pip_audit" / "__init__.py").write_text("")
    (tmp_path / "pip_audit" / "__main__.py").write_text(stub)
    done = subprocess.run(
        [sys.executable, ROOT / "supply" / "audit.py"], env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True, text=True, timeout=120, stdin=subprocess.DEVNULL, check=False,
    )  # fmt: skip
    assert done.returncode == code, done.stdout + done.stderr
    assert [line for line in told if line not in done.stdout] == []


def test_a_list_is_completed_from_the_tables():
    found = {
        "metadata": {"component": {"name": "onevoice"}},
        "components": [{"name": "ruamel.yaml"}, {"name": "x", "licenses": [{"license": {"id": "MIT"}}]}],
    }
    sbom.complete_list(found)
    assert found["metadata"]["component"]["version"] == importlib.metadata.version("onevoice")
    assert [one["licenses"] for one in found["components"]] == [[{"license": {"id": "MIT"}}]] * 2
    with pytest.raises(KeyError, match="y"):
        sbom.complete_list(found | {"components": [{"name": "y"}]})


@pytest.mark.slow
def test_the_list_of_a_release_names_every_package_with_version_and_license(tmp_path):
    if importlib.util.find_spec("cyclonedx_py") is None:
        absent("cyclonedx-bom")
    target = tmp_path / "release.cdx.json"
    sbom.write_sbom(target)
    made = json.loads(target.read_text("utf-8"))
    assert (made["bomFormat"], made["metadata"]["component"]["name"]) == ("CycloneDX", "onevoice")
    listed = {sbom.normalize_name(one["name"]): one["version"] for one in made["components"]}
    assert listed.items() <= locked("site.txt").items()
    project = PROJECT["project"]
    wanted = names_of(project["dependencies"]) | names_of(project["optional-dependencies"]["site"])
    assert {*map(sbom.normalize_name, wanted)} <= listed.keys()
    assert all(one["licenses"] for one in made["components"])
    with pytest.raises(ValueError, match="not valid"):
        sbom.check_list(target.read_text("utf-8").replace('"CycloneDX"', '"Cyclone"'))
