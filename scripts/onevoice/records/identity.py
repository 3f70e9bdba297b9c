"""How we look: logos, colors, typefaces, templates."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from onevoice.records.envelope import ONE_OR_MORE, Lines, Part, Record, Texts
from onevoice.records.scalar import FilePath, Line, Link, Slug, Text, ValueFormat

COLOR_FORMAT = ValueFormat("color", '`#` and six digits or letters a to f, in quotation marks, such as `"#0B5FFF"`.')


ColorRole = Literal["header", "text", "page", "surface", "accent", "link", "link on dark", "notice"]
ColorRoles = Annotated[tuple[ColorRole, ...], ONE_OR_MORE]


class Logo(Part):
    """One version of the logo."""

    name: Line = Field(description="What we call this version.")
    file: FilePath = Field(description="The image, as a path below content/, such as `identity/logo.svg`.")
    alt: Line = Field(description="What the image shows, for people who can't see it.")
    use: Text = Field(description="When to use this version.")
    role: Literal["header", "icon"] | None = Field(
        None, description="header: shown at the top of this handbook; icon: shown in the browser tab."
    )
    do: Texts = Field((), description="What to watch out for.")
    dont: Texts = Field((), description="What not to do with it.")


class Color(Part):
    """One color of the palette."""

    name: Line = Field(description="What we call the color.")
    hex: Annotated[str, COLOR_FORMAT] = Field(
        pattern=r"^#[0-9a-fA-F]{6}$", description='Its value, such as `"#0B5FFF"`.'
    )
    use: Text = Field(description="What to use it for.")
    role: ColorRoles = Field(
        (),
        description="Where this handbook uses it, one or several: `header`, `text`, `page` (the background), `surface` "
        "(fields and tables), `accent` (the one thing to do first), `link`, `link on dark`, `notice` (what's wrong). "
        "What you leave out is made from the others.",
    )
    on: Lines = Field((), description="Names of the colors it may be written on. The contrast is checked.")


class Typeface(Part):
    """One typeface."""

    name: Line = Field(description="The typeface's name.")
    use: Text = Field(description="What to use it for.")
    fallback: Line = Field(description="What to use if it isn't available.")
    license: Line | None = Field(None, description="The license we use it under.")
    role: Literal["headings", "text", "code"] | None = Field(
        None, description="Where this handbook uses it. Readers who don't have it see the fallback."
    )


class Template(Part):
    """A file to start from."""

    name: Line = Field(description="What it is.")
    use: Text = Field(description="When to use it.")
    url: Link = Field(description="Where to get it.")


class Identity(Record):
    """How the company looks."""

    KIND = "identity"
    SINGULAR = "identity"
    PAGE = "/brand/#identity"
    SINGLE = True
    NEWS_GROUP = "messages"
    EXAMPLE = """
    summary: Paper and ink, and one blue for what moves.
    logos:
      - name: Wordmark
        file: identity/logo.svg
        alt: The word Acme in blue
        use: Everywhere on a light background.
        role: header
        dont: [Don't stretch it.]
    colors:
      - {name: Blue, hex: "#0B5FFF", use: Links and buttons., role: link, on: Paper}
      - {name: Paper, hex: "#FFFFFF", use: Backgrounds.}
    typefaces:
      - {name: Source Sans 3, use: All text., fallback: "Arial, sans-serif", license: SIL Open Font License 1.1}
    """

    id: Slug = Field("identity", description="Always `identity`. You can leave it out.")
    summary: Text | None = Field(None, description="The idea behind the look.")
    logos: tuple[Logo, ...] = Field(min_length=1, description="The versions of the logo.")
    colors: tuple[Color, ...] = Field(min_length=1, description="The palette.")
    typefaces: tuple[Typeface, ...] = Field((), description="The typefaces.")
    templates: tuple[Template, ...] = Field((), description="Files to start from.")

    @property
    def picture_files(self) -> tuple[str, ...]:
        return tuple(logo.file for logo in self.logos)

    @model_validator(mode="after")
    def _check_logos(self) -> Identity:
        roles = [logo.role for logo in self.logos if logo.role]
        if len({*roles}) < len(roles):
            raise ValueError("`logos` has two logos with the same `role`. Delete the key from one of them")
        files = {logo.file for logo in self.logos}
        if len({file.casefold() for file in files}) < len(files):
            raise ValueError(
                "`logos` names two files that differ in capitals only, which are one file on some computers. Rename one"
            )
        return self
