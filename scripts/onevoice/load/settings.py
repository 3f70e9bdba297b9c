"""`.onevoice.yaml`: which handbook the texts of a repository are judged by, and how."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, ValidationError

from onevoice import limits
from onevoice.finding import Finding
from onevoice.load import yaml
from onevoice.load.messages import explain_validation_error
from onevoice.records.envelope import Level, Part
from onevoice.records.scalar import Line
from onevoice.records.source import FolderOrSource

RULE = "settings"


class FolderSettings(Part):
    """What holds for the texts of a folder."""

    level: Level | None = Field(None, description="The highest level of findings there: what is higher becomes this.")
    dialect: Literal["markdown", "mdx", "myst"] | None = Field(
        None, description="What its Markdown files are written in, whatever their ending: `markdown`, `mdx` or `myst`."
    )


class RepositorySettings(Part):
    """The whole file."""

    handbook: FolderOrSource | None = Field(
        None, description="The folder of the handbook, or `package`, or `git` and `revision`."
    )
    exclude: tuple[Line, ...] = Field((), description="Files and folders to leave out; `*` stands for anything.")
    folders: dict[Line, FolderSettings] = Field(default_factory=dict, description="What holds for a folder.")
    off: dict[Line, Line] = Field(
        default_factory=dict, description="Terms that are not reported, each with the reason."
    )


def parse_repository_settings(name: str, data: bytes) -> tuple[dict[str, Any], list[Finding]]:
    """The settings as plain data, and what is wrong with them.

    name: the file's, for findings. data: what is in it.
    """
    document, findings = _parse_document(name, data)
    if findings or document is None:
        return {}, findings
    try:
        return RepositorySettings.model_validate(document.data or {}).model_dump(exclude_none=True), []
    except ValidationError as error:
        for problem in error.errors(include_url=False)[: limits.MAX_ERRORS]:
            message, key = explain_validation_error(RepositorySettings, problem)
            steps = tuple(step for step in problem["loc"] if step != "[key]")
            findings.append(Finding(RULE, "error", name, document.locate_path(steps, key=key), "", message))
        return {}, findings


def locate_setting(name: str, data: bytes, message: str, *path: str) -> Finding:
    """What is wrong with a key of the file, at its place."""
    document, _ = _parse_document(name, data)
    assert document is not None
    return Finding(RULE, "error", name, document.locate_path(path, key=True), "", message)


def _parse_document(name: str, data: bytes) -> tuple[yaml.Document | None, list[Finding]]:
    text = yaml.decode_yaml(name, data)
    if isinstance(text, Finding):
        return None, [text]
    document = yaml.parse_yaml(name, text)
    if not document.findings and document.data is not None and not isinstance(document.data, dict):
        message = "the settings must be keys, such as `handbook: ../brand`."
        return document, [Finding(RULE, "error", name, document.locate_path(()), "", message)]
    return document, list(document.findings)
