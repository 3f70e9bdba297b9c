"""The JSON Schemas, and the page with every key: complete, without repetition, with examples that load."""

import datetime
import functools
import json
import re
from collections.abc import Iterator

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from onevoice.exchange import schema
from onevoice.handbook import checks
from onevoice.handbook.handbook import Handbook
from onevoice.load.folder import load_files, load_folder
from onevoice.records import KINDS

TODAY = datetime.date(2026, 11, 22)
SHARED = "keys-that-every-record-has"
REQUIRED = "**required**"
BY_KIND = pytest.mark.parametrize("kind", KINDS)


@functools.cache
def artifacts() -> dict[str, str]:
    return {artifact.path: artifact.data.decode() for artifact in schema.write()}


def page() -> str:
    return artifacts()["schemas/README.md"]


def shapes(kind: str) -> dict[str, dict]:
    """The JSON Schemas of a kind's records and of their parts, by the name of their model."""
    return json.loads(artifacts()[f"schemas/{kind}.json"])["$defs"]


def sections() -> list[tuple[str, str]]:
    """The page as (anchor, text below the heading)."""
    parts = re.split(r"^#+ (.*)\n", re.sub(r"^```.*?^```$", "", page(), flags=re.M | re.S), flags=re.M)
    slugs = [re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in parts[1::2]]
    return list(zip(slugs, parts[2::2], strict=True))


@functools.cache
def tables() -> dict[str, dict[str, list[str]]]:
    """For each anchor the rows of the table below it, as cells by key."""
    found = {}
    for anchor, text in sections():
        rows = [re.split(r"(?<!\\)\|", line)[1:-1] for line in text.splitlines() if line.startswith("| `")]
        found[anchor] = {row[0].strip(" `"): [cell.strip() for cell in row] for row in rows}
    return found


def example(kind: str) -> str:
    """The kind's example as the page shows it."""
    return re.search(rf"^## {kind}\n.*?^```yaml\n(.*?)^```$", page(), re.M | re.S)[1]


def walk(value: object) -> Iterator[dict]:
    """A JSON Schema and all schemas in it."""
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from walk(inner)


def missing(kind: str, model: str, anchor: str) -> Iterator[str]:
    """The keys, choices and parts of a shape that the table at the anchor, and those it links to, do not have."""
    for key, value in shapes(kind)[model]["properties"].items():
        row = tables()[anchor].get(key) or (tables()[SHARED].get(key) if anchor == kind else None)
        if not row:
            yield f"{anchor}: {key}"
            continue
        for inner in walk(value):
            choices = [*inner.get("enum", []), *([inner["const"]] if "const" in inner else [])]
            yield from (f"{anchor}: {key}: {choice}" for choice in choices if f"`{choice}`" not in row[1])
            if "$ref" in inner:
                link = re.search(r"\(#([^)]*)\)", row[1])
                yield from missing(kind, inner["$ref"].rpartition("/")[2], link[1]) if link else [f"{key}: no link"]


@BY_KIND
def test_every_key_is_on_the_page_with_its_choices_and_parts(kind):
    assert list(missing(kind, KINDS[kind].__name__, kind)) == []


@BY_KIND
def test_required_keys_come_first(kind):
    marks = [row[2] == REQUIRED for row in tables()[kind].values()]
    assert marks == sorted(marks, reverse=True)
    needed = {name for name, field in KINDS[kind].model_fields.items() if field.is_required()}
    assert {key for key, row in tables()[kind].items() if row[2] == REQUIRED} == needed - {"id"}


def test_nothing_is_repeated():
    anchors = [anchor for anchor, _ in sections()]
    assert sorted(set(anchors)) == sorted(anchors)
    blocks = [block for block in page().split("\n\n") if block.count("\n") > 1]
    assert [block for block in blocks if blocks.count(block) > 1] == []


def test_every_link_on_the_page_resolves():
    links = set(re.findall(r"\]\(#([^)]*)\)", page()))
    assert links
    assert links <= set(tables())


@BY_KIND
def test_an_example_loads(kind):
    loaded = load_files([(kind, f"content/{kind}.yaml", example(kind).encode())])
    assert loaded.findings == []
    assert loaded.records
    data = YAML(typ="safe").load(example(kind))
    validator = Draft202012Validator(json.loads(artifacts()[f"schemas/{kind}.json"]))
    assert [error.message for error in validator.iter_errors(json.loads(json.dumps(data, default=str)))] == []


@BY_KIND
def test_an_example_shows_every_required_key(kind):
    needed = {key for key, row in tables()[kind].items() if row[2] == REQUIRED}
    body = YAML(typ="safe").load(example(kind))[kind]
    for record in body if isinstance(body, list) else [body]:
        assert needed - record.keys() == set()


@BY_KIND
def test_editors_have_the_example(kind):
    shape = shapes(kind)[KINDS[kind].__name__]
    assert shape["examples"]
    validator = Draft202012Validator({**shape, "$defs": shapes(kind)})
    assert [error.message for item in shape["examples"] for error in validator.iter_errors(item)] == []


def test_the_examples_make_a_handbook_without_errors(tmp_path):
    (tmp_path / "content" / "identity").mkdir(parents=True)
    (tmp_path / "content" / "identity" / "logo.svg").write_text("<svg/>")
    (tmp_path / "terminology").mkdir()
    for kind in KINDS:
        folder = "terminology" if kind == "terms" else "content"
        (tmp_path / folder / f"{kind}.yaml").write_text(example(kind), "utf-8")
    findings = checks.run_checks(Handbook(load_folder(tmp_path)), TODAY)
    assert [f"{finding.rule}: {finding.message}" for finding in findings if finding.level == "error"] == []
