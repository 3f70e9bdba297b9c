"""A handbook of a company's own, from a few answers: its first records, and the files that a repository needs."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from ruamel.yaml import YAML

import onevoice
from onevoice import limits
from onevoice.errors import OnevoiceError
from onevoice.handbook.address import make_slug
from onevoice.handbook.color import MIN_CONTRAST, compute_contrast, find_readable_color
from onevoice.handbook.palette import list_roles
from onevoice.history.start import start_repository
from onevoice.load.messages import explain_validation_error
from onevoice.load.migration import FORMAT
from onevoice.load.render import render_head
from onevoice.load.starter import read_example, read_starter
from onevoice.load.walk import CONTENT, TERMINOLOGY, is_handbook
from onevoice.output import Artifact, write_output
from onevoice.prose.files import read_file_bytes
from onevoice.records.brand import Brand
from onevoice.records.identity import Color, Identity

# What a handbook can begin with besides words, each a folder of starter records, and what that needs.
ROOMS = {"words": (), "cards": (), "catalog": ("cards",), "together": ()}
HOSTS = ("github", "gitlab", "none")
WHITE, INK, DEFAULT_COLOR = "#FFFFFF", "#1F2328", "#1F3A4D"
LOGO_ENDINGS = (".svg", ".png", ".jpg", ".jpeg", ".webp")


@dataclass(frozen=True)
class Answers:
    """What an owner has said about the company. What is "" or empty can be written later.

    name: the company's. url: where the handbook will be published. language: a BCP 47 tag. logo: the path of a picture.
    color: `#` and six digits. words: pairs such as `customer = client, account`. rooms: names in ROOMS. host: in HOSTS.
    """

    name: str
    url: str = ""
    language: str = "en-US"
    logo: str = ""
    color: str = ""
    words: Sequence[str] = ()
    rooms: Sequence[str] = ("words",)
    host: str = "github"


@dataclass(frozen=True)
class Start:
    """The files of a new handbook, and what its owner should know about them, a sentence each."""

    artifacts: list[Artifact]
    notes: list[str]


def guess_name(folder: Path) -> str:
    """The company's name as the name of the folder suggests it: `northlight-handbook` is Northlight's."""
    words = [word for word in re.split(r"[\W_]+", folder.absolute().name) if word.lower() not in ("handbook", "brand")]
    return " ".join(word[:1].upper() + word[1:] for word in words) or "Our company"


def plan_start(answers: Answers, today: datetime.date) -> Start:
    """What a new handbook has. Raises OnevoiceError for an answer that can't be used, by the name of its option."""
    _check_answers(answers)
    color, logo = answers.color.strip(), _read_logo(answers.logo)
    notes: list[str] = []
    records = [
        _write_records("brand", _describe_brand(answers), "Who we are, and how this handbook works."),
        _write_records("teams", list(_describe_teams()), "Who is asked about what. Roles, not people."),
        _write_records("identity", _describe_identity(answers.name, color, logo, notes), "How we look."),
        _write_records("terms", list(_describe_terms(answers)), "What we call things."),
    ]
    artifacts = [*records, *([Artifact(f"{CONTENT}/{logo[0]}", logo[1])] if logo else [])]
    package = _make_id(answers.name, "company").replace("-", "_")
    blanks = {
        "name": answers.name,
        "package": f"{package}_handbook",
        "url": answers.url,
        "language": answers.language,
        "branch": "main",
        "version": onevoice.__version__,
        "monday": str(today + datetime.timedelta(days=(7 - today.weekday()) % 7)),
    }
    rooms = {need for room in answers.rooms for need in (room, *ROOMS[room])}
    for part in ("all", *sorted(rooms), *([answers.host] if answers.host != "none" else [])):
        artifacts += [Artifact(path, data) for path, data in read_starter(part, blanks)]
    if rooms - {"words"} and not answers.language.lower().startswith("en"):
        notes.append("The starter records are in English. Replace them in your language.")
    return Start(artifacts, notes)


def write_start(folder: Path, artifacts: Sequence[Artifact]) -> str:
    """Write a new handbook, with a Git history of its own; why there is no commit, or "".

    Raises OnevoiceError if the folder has something in it that would be lost.
    """
    if is_handbook(folder):
        raise OnevoiceError(f"{folder}: there is a handbook here already. Choose another folder.")
    taken = [one.path for one in artifacts if (folder / one.path).exists() or (folder / one.path).is_symlink()]
    if taken:
        raise OnevoiceError(f"{folder}: {', '.join(taken)} is already there. Choose an empty folder, or move it.")
    write_output(folder, artifacts)
    return start_repository(folder, [one.path for one in artifacts])


def copy_example() -> list[Artifact]:
    """The files of the example, the handbook of Ferrywell."""
    return [Artifact(path, data) for path, data in read_example((CONTENT, TERMINOLOGY))]


def _check_answers(answers: Answers) -> None:
    given = {"name": answers.name, "url": answers.url or None, "language": answers.language}
    try:
        Brand.model_validate(given)
    except ValidationError as error:
        problem = error.errors(include_url=False)[0]
        message, _ = explain_validation_error(Brand, problem)
        raise OnevoiceError(f"--{problem['loc'][0]}: {message}") from None
    for room in answers.rooms:
        if room not in ROOMS:
            raise OnevoiceError(f"--rooms: there is no room named `{room}`. Choose from {', '.join(ROOMS)}.")
    if answers.color:
        try:
            Color.model_validate({"name": "a", "hex": answers.color.strip(), "use": "a"})
        except ValidationError:
            raise OnevoiceError(
                f"--color: `{answers.color}` is not a color. Write `#` and six digits or letters a-f, such as #0B5FFF."
            ) from None


def _describe_brand(answers: Answers) -> dict[str, Any]:
    return {
        "name": answers.name,
        **({"url": answers.url} if answers.url else {}),
        "language": answers.language,
        "channels": ["blog", "email", "website", "social"],
        "audiences": ["customers", "colleagues"],
        "review": {"default": "12 months"},
        "format": FORMAT,
    }


def _describe_teams() -> Iterator[dict[str, Any]]:
    for id, purpose in (
        ("marketing", "Gets the right companies interested, and hands over those who want to talk."),
        ("sales", "Finds out if we can help, and closes the deals that both sides want."),
    ):
        yield {"id": id, "placeholder": True, "name": id.capitalize(), "side": id, "purpose": purpose}


def _describe_identity(name: str, color: str, logo: tuple[str, bytes] | None, notes: list[str]) -> dict[str, Any]:
    main, white = (
        color.upper() or DEFAULT_COLOR,
        {"name": "White", "hex": WHITE, "role": "page", "use": "The background."},
    )
    ink = {"name": "Ink", "hex": INK, "role": "text", "use": "Text and headings."}
    roles, others = ["header", "link"], [ink, white]
    # A link has to be readable on the page, and in tables and fields, whose color is made from it.
    palette = ({"name": "Main", "hex": main, "role": "header", "use": "a"}, ink, white)
    made = list_roles(Identity(colors=tuple(map(Color.model_validate, palette))))
    grounds = [made["page"], made["surface"]]
    ratio = min(compute_contrast(main, ground) for ground in grounds)
    if ratio < MIN_CONTRAST:
        near = find_readable_color(main, grounds).upper()
        roles = ["header", "accent"]
        others = [{"name": "Link", "hex": near, "role": "link", "use": "Links and buttons."}, ink, white]
        notes.append(
            f"{main} on the page has a contrast of {ratio:.1f} : 1, and text needs {MIN_CONTRAST} : 1. So links are "
            f"{near}, the nearest color that works."
        )
    return {
        **({} if color else {"placeholder": True}),
        **({"logos": [{
            "name": "Logo", "file": logo[0], "role": "header",
            "alt": f"The logo of {name}", "use": "Wherever our name isn't next to it.",
        }]} if logo else {}),
        "colors": [
            {"name": "Main", "hex": main, "role": roles, "use": "What should be seen first."},
            *others,
        ],
    }  # fmt: skip


def _describe_terms(answers: Answers) -> Iterator[dict[str, Any]]:
    seen = {_make_id(answers.name, "our-name")}
    yield {
        "id": min(seen),
        "preferred": answers.name,
        "definition": "Our name, always written like this.",
        "part_of_speech": "proper noun",
        "case": "exact",
    }
    for number, pair in enumerate(answers.words, 1):
        preferred, _, wrong = (part.strip() for part in pair.partition("="))
        avoided = [word.strip() for word in wrong.split(",") if word.strip()]
        if not preferred or not avoided:
            raise OnevoiceError(f"--words: `{pair}` needs both sides: `right = wrong, wrong`.")
        if (id := _make_id(preferred, f"word-{number}")) in seen:
            raise OnevoiceError(f"--words: `{preferred}` is there twice. Put all wrong words after one `=`.")
        seen.add(id)
        yield {
            "id": id,
            "placeholder": True,
            "preferred": preferred,
            "definition": f"Write what you mean by {preferred}, in one sentence.",
            "avoid": avoided,
        }


def _make_id(word: str, other: str) -> str:
    """The id of a word; `other` for one in a script that no id can be in."""
    return slug if (slug := make_slug(word)).isascii() else other


def _write_records(kind: str, body: Any, comment: str) -> Artifact:
    yaml, stream = YAML(), io.StringIO()
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.width = 110
    yaml.dump({kind: body}, stream)
    path = f"{TERMINOLOGY}/words.yaml" if kind == "terms" else f"{CONTENT}/{kind}.yaml"
    header = f"{render_head(kind)}# {comment}\n"
    return Artifact(path, (header + stream.getvalue()).encode())


def _read_logo(name: str) -> tuple[str, bytes] | None:
    """Where a logo goes below content/, and its bytes."""
    if not name:
        return None
    ending = Path(name).suffix.lower()
    if ending not in LOGO_ENDINGS:
        raise OnevoiceError(f"--logo: {name} is no picture that pages can show. Take SVG or PNG.")
    try:
        data = read_file_bytes(Path(name))
    except OnevoiceError as error:
        raise OnevoiceError(f"--logo: {error}") from None
    if len(data) > limits.MAX_PICTURE_BYTES:
        raise OnevoiceError(f"--logo: {name} is larger than {limits.MAX_PICTURE_BYTES >> 20} MB. Make it smaller.")
    return f"identity/logo{ending}", data
