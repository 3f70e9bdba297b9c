"""Nothing that a person can write, run or be told is without a word of explanation; what is generated is fresh."""

import importlib
import inspect
import json
import pkgutil
import re
from pathlib import Path

import click
import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from onevoice.commands import cli
from onevoice.exchange import github, schema
from onevoice.handbook import checks
from onevoice.handbook.handbook import Handbook
from onevoice.lint import rules
from onevoice.load import walk
from onevoice.load.folder import load_folder
from onevoice.records import KINDS
from onevoice.records.envelope import Part

ROOT = Path(__file__).parents[1]


def commands() -> list:
    context = click.Context(cli)
    return [pytest.param(cli.get_command(context, name), id=name) for name in cli.list_commands(context)]


def parts(model: type[Part] = Part) -> list[type[Part]]:
    return [model, *(inner for child in model.__subclasses__() for inner in parts(child))]


def sentences(text: str) -> int:
    return len(re.findall(r"[.?!](?=\s|$)", text))


@pytest.mark.parametrize("command", commands())
def test_commands_and_their_options_have_help(command):
    assert command.help
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help, f"{command.name} {option.opts[0]} has no help"


@pytest.mark.parametrize("model", [pytest.param(model, id=model.__name__) for model in parts() if model is not Part])
def test_fields_have_a_description(model):
    assert inspect.getdoc(model)
    for name, field in model.model_fields.items():
        assert field.description, f"{model.__name__}.{name} has no description"
        assert field.description[-1] in ".)?`", f"{model.__name__}.{name}: {field.description}"


@pytest.mark.parametrize("rule", sorted(checks.load_checks()))
def test_checks_say_what_is_wrong_and_how_to_fix_it(rule):
    assert sentences(inspect.getdoc(checks.load_checks()[rule])) >= 2


@pytest.mark.parametrize("name", [module.name for module in pkgutil.iter_modules(rules.__path__)])
def test_rules_say_what_is_wrong_and_how_to_fix_it(name):
    assert sentences(inspect.getdoc(importlib.import_module(f"{rules.__name__}.{name}"))) >= 2


def test_schemas_are_fresh():
    stale = [a.path for a in schema.write() if (ROOT / a.path).read_bytes() != a.data]
    assert not stale, f"run `onevoice build` and commit {stale}"
    assert {path.name for path in (ROOT / "schemas").iterdir()} == {Path(a.path).name for a in schema.write()}


def test_files_for_github_are_fresh():
    stale = [a.path for a in github.write(Handbook(load_folder(ROOT))) if (ROOT / a.path).read_bytes() != a.data]
    assert not stale, f"run `onevoice build` and commit {stale}"


SOURCES = [
    pytest.param(kind, path, id=path.relative_to(ROOT).as_posix()) for kind, path in walk.iter_record_files(ROOT)
]


def schema_of(kind: str) -> Draft202012Validator:
    data = json.loads((ROOT / "schemas" / f"{kind}.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(data)
    return Draft202012Validator(data)


def plain(value):
    """The data as an editor's YAML reader has it: dates are texts in JSON."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value if isinstance(value, (str, int, float, bool, type(None))) else str(value)


@pytest.mark.parametrize(("kind", "path"), SOURCES)
def test_editors_accept_the_handbook(kind, path):
    data = plain(YAML(typ="safe").load(path.read_text(encoding="utf-8")))
    errors = [f"{error.json_path}: {error.message}" for error in schema_of(kind).iter_errors(data)]
    assert not errors


@pytest.mark.parametrize(("kind", "path"), SOURCES)
def test_files_name_their_schema(kind, path):
    first = path.read_text(encoding="utf-8").splitlines()[0]
    named = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert named, f"{path}: {first}"
    assert (path.parent / named[1]).resolve() == ROOT / "schemas" / f"{kind}.json"


@pytest.mark.parametrize("kind", KINDS)
def test_editors_refuse_unknown_keys_and_missing_ones(kind):
    validator = schema_of(kind)
    single = KINDS[kind].SINGLE
    wrong = {"id": "a", "nonsense": "x"}
    messages = [error.message for error in validator.iter_errors({kind: wrong if single else [wrong]})]
    assert any("nonsense" in message for message in messages)
    assert any("required" in message for message in messages)
    assert any("nonsense" in error.message for error in validator.iter_errors({kind: [], "nonsense": 1}))
    assert [error.message for error in validator.iter_errors({})]
