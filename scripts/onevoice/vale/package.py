"""Our styles as a Vale package, published with the site: what `vale sync` gets into another repository.

There, two lines of .vale.ini are enough:

    StylesPath = .vale
    Packages = https://handbook.example/vale/onevoice.zip
"""

from __future__ import annotations

from collections.abc import Iterable

from onevoice.archive import pack_archive
from onevoice.output import Artifact
from onevoice.vale.config import render_document_sections
from onevoice.vale.write import STYLES

NAME = "onevoice"
PATH = f"docs/vale/{NAME}.zip"


def write(styles: Iterable[Artifact]) -> list[Artifact]:
    """The package, as a file of the site; nothing if there are no styles.

    styles: what vale.write makes of the terms and the voice.
    """
    files = {artifact.path.removeprefix(f"{STYLES}/"): artifact.data for artifact in styles}
    if not files:
        return []
    names = sorted({path.partition("/")[0] for path in files})
    made = {f"{NAME}/styles/{path}": data for path, data in files.items()}
    made[f"{NAME}/.vale.ini"] = _render_ini(names).encode()
    return [Artifact(PATH, pack_archive(made))]


def _render_ini(names: Iterable[str]) -> str:
    # Vale wants a StylesPath in every file, and reads the one of the repository that has the package.
    return (
        "# From the brand handbook: words (Brand) and voice (Voice), for every document.\n"
        f"StylesPath = styles\nMinAlertLevel = suggestion\n\n{render_document_sections(names)}"
    )
