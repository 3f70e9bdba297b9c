"""Where another handbook is: what `.onevoice.yaml` names for a repository, and `extends` for a handbook."""

from __future__ import annotations

import re
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from onevoice.records.envelope import Part
from onevoice.records.scalar import Line


def _validate_package(value: str) -> str:
    # Of a name with dots, Python would import what is before them.
    if not value.isidentifier():
        shown = re.sub(r"\W+", "_", value).strip("_")
        such = shown if shown.isidentifier() else "northlight_brand"
        raise ValueError(f"is not the name of a package. Write it as Python imports it, such as `{such}`")
    return value


class HandbookSource(Part):
    """Where the handbook is: a folder, an installed Python package, or a revision of a Git repository."""

    folder: Line | None = Field(
        None, description="A folder: from the handbook that extends it, or from `.onevoice.yaml`."
    )
    package: Annotated[Line, AfterValidator(_validate_package)] | None = Field(
        None, description="An installed Python package that holds the handbook."
    )
    git: Line | None = Field(
        None, description="The address of a Git repository, such as https://example.com/brand.git."
    )
    revision: Line | None = Field(
        None, description="A full commit hash of the Git repository. In `.onevoice.yaml`, it can be a tag, too."
    )

    @model_validator(mode="after")
    def _name_one(self) -> Self:
        named = [name for name in ("folder", "package", "git") if getattr(self, name)]
        if len(named) != 1:
            raise ValueError("`folder`, `package` or `git` must be given, and only one of them")
        if bool(self.git) != bool(self.revision):
            raise ValueError("`revision` and `git` belong together: the address, and the tag or commit to take")
        if self.git and not self.git.startswith(("https://", "ssh://", "file://")):
            raise ValueError("`git` is an address that starts with https:// or ssh://")
        return self


def _read_folder(given: Any) -> Any:
    return {"folder": given} if isinstance(given, str) else given


FolderOrSource = Annotated[HandbookSource, BeforeValidator(_read_folder, json_schema_input_type=str | HandbookSource)]
