"""Files for GitHub: no name of a file or a handle in them says more than it is."""

import re

import pytest
import yaml

from onevoice.exchange import github
from onevoice.handbook.handbook import Handbook
from onevoice.load.folder import load_files

TEAMS = "teams:\n  - {id: brand, name: Brand, side: both, purpose: p, github: '@acme/brand', owner: brand}\n"


def load(**files):
    found = [("teams", "content/teams.yaml", TEAMS.encode())]
    return Handbook(load_files([*found, *((kind, path, text.encode()) for kind, (path, text) in files.items())]))


def unescape(pattern):
    return re.sub(r"\\(.)", r"\1", pattern)


@pytest.mark.parametrize("name", ["a b", "#a", "a #b", "[a]", "a*", "a?", "!a", "a\\b", "ä", "@acme"])
def test_a_file_is_owned_whatever_its_name(name):
    path = f"terminology/{name}.yaml"
    text = "terms:\n  - {id: a, preferred: a, definition: d, owner: brand}\n"
    [owners] = github.write_codeowners(load(terms=(path, text)))
    line = owners.data.decode().splitlines()[-1]
    pattern, handle = re.fullmatch(r"/((?:[^\s\\]|\\.)+) +(\S+)", line).groups()
    assert unescape(pattern) == path
    assert handle == "@acme/brand"
    assert not re.search(r"(?<!\\)[*?\[\]#!]", pattern)


@pytest.mark.parametrize("sign", ["\n", "\r", "\t", "\x85", "\u2028", "\x1b"])
def test_no_name_of_a_file_ends_a_line(sign):
    path = f"terminology/a{sign}* @evil.yaml"
    text = "terms:\n  - {id: a, preferred: a, definition: d, owner: brand}\n"
    [owners] = github.write_codeowners(load(terms=(path, text)))
    lines = owners.data.decode().splitlines()
    assert len(lines) == 3
    assert lines[-1].startswith("/terminology/a?\\*\\ @evil.yaml ")
    question = "questions: [{id: q, label: l}]"
    form = f"forms:\n  - {{id: a, title: t, summary: s, backend: github, to: https://x.example/y, {question}}}\n"
    [issue] = github.write_issue_forms(load(forms=(f"content/forms/a{sign}x: y.yaml", form)))
    assert "x" not in yaml.safe_load(issue.data)
