"""Files that GitHub reads, made from the records: issue forms, and who owns which file."""

from __future__ import annotations

import io

from ruamel.yaml import YAML

from onevoice.forms import build_issue_form
from onevoice.handbook.handbook import Handbook
from onevoice.output import Artifact

HEADER = "# Made by `onevoice build` from {source}; change the record, not this file.\n"


def _dump_form(data: object) -> str:
    # Quoted throughout: GitHub reads YAML 1.1, to which a choice named No is false.
    yaml = YAML()
    yaml.default_flow_style = False
    yaml.width = 10_000
    yaml.indent(mapping=2, sequence=4, offset=2)
    stream = io.StringIO()
    yaml.dump(_quote_texts(data), stream)
    return stream.getvalue()


def _quote_texts(data: object) -> object:
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString

    if isinstance(data, dict):
        return {key: _quote_texts(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_quote_texts(value) for value in data]
    return DoubleQuotedScalarString(data) if isinstance(data, str) else data


def write_issue_forms(handbook: Handbook) -> list[Artifact]:
    """One issue form for each approved form whose backend is `github`, below `.github/ISSUE_TEMPLATE/`."""
    lists = {kind: [record.name for record in handbook.list_approved(kind)] for kind in ("personas", "teams")}
    lists["stages"] = [stage.name for stage in handbook.stages]
    artifacts = []
    for form in handbook.list_approved("forms"):
        if form.backend == "github":
            text = HEADER.format(source=handbook.locate_record(form).path) + _dump_form(build_issue_form(form, lists))
            artifacts.append(Artifact(f".github/ISSUE_TEMPLATE/{form.id}.yml", text.encode()))
    return artifacts


def write_codeowners(handbook: Handbook) -> list[Artifact]:
    """`.github/CODEOWNERS`: each source file and the teams that own records in it; [] where no team has a handle."""
    handles = {team.id: team.github for team in handbook.list_records("teams") if team.github}
    owners: dict[str, set[str]] = {}
    for record, place in handbook.load_result.records:
        if record.owner in handles:
            owners.setdefault(place.path, set()).add(handles[record.owner])
    if not owners:
        return []
    width = max(map(len, owners))
    lines = [f"/{path.ljust(width)} {' '.join(sorted(owners[path]))}" for path in sorted(owners)]
    text = HEADER.format(source="the owners in the records") + "\n".join(lines) + "\n"
    return [Artifact(".github/CODEOWNERS", text.encode())]


def write(handbook: Handbook) -> list[Artifact]:
    """All files that GitHub reads."""
    return [*write_issue_forms(handbook), *write_codeowners(handbook)]
