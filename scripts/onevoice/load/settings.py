"""`.onevoice.yaml`: which handbook the texts of a repository are judged by, and how."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, ValidationError, model_validator

from onevoice import limits
from onevoice.finding import Finding
from onevoice.load import yaml
from onevoice.load.messages import explain_validation_error
from onevoice.records.envelope import Level, Part
from onevoice.records.scalar import Line

RULE = "settings"


class HandbookSource(Part):
    """Where the handbook is: a folder, an installed Python package, or a tag or commit of a Git repository."""

    folder: Line | None = Field(None, description="A folder, from this file.")
    package: Annotated[Line, Field(pattern=r"^[A-Za-z_]\w*$")] | None = Field(
        None, description="An installed Python package that holds the handbook."
    )
    git: Line | None = Field(
        None, description="The address of a Git repository, such as https://example.com/brand.git."
    )
    revision: Line | None = Field(None, description="A tag or a full commit hash of the Git repository.")

    @model_validator(mode="after")
    def _name_one(self) -> Self:
        named = [name for name in ("folder", "package", "git") if getattr(self, name)]
        if len(named) != 1:
            raise ValueError("`handbook` names one of `folder`, `package` and `git`")
        if bool(self.git) != bool(self.revision):
            raise ValueError("`revision` and `git` belong together: the address, and the tag or commit to take")
        if self.git and not self.git.startswith(("https://", "ssh://", "file://")):
            raise ValueError("`git` is an address that starts with https:// or ssh://")
        return self


class FolderSettings(Part):
    """What holds for the texts of a folder."""

    level: Level | None = Field(None, description="The highest level of findings there: what is higher becomes this.")
    dialect: Literal["markdown", "mdx", "myst"] | None = Field(
        None, description="What its Markdown files are written in, whatever their ending: `markdown`, `mdx` or `myst`."
    )


class RepositorySettings(Part):
    """The whole file."""

    handbook: Annotated[HandbookSource, BeforeValidator(lambda given: _read_folder(given))] | None = Field(
        None, description="The folder of the handbook, or `package`, or `git` and `revision`."
    )
    exclude: tuple[Line, ...] = Field((), description="Files and folders to leave out; `*` stands for anything.")
    folders: dict[Line, FolderSettings] = Field(default_factory=dict, description="What holds for a folder.")
    off: dict[Line, Line] = Field(
        default_factory=dict, description="Terms that are not reported, each with the reason."
    )


def _read_folder(given: Any) -> Any:
    return {"folder": given} if isinstance(given, str) else given


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
