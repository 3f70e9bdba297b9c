"""How we look: logos, colors, typefaces, templates."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import Field, model_validator

from onevoice.records.envelope import ONE_OR_MORE, Lines, Part, Record, Texts
from onevoice.records.scalar import FilePath, Line, Link, Slug, Text, ValueFormat

COLOR_FORMAT = ValueFormat("color", '`#` and six digits or letters a to f, in quotation marks, such as `"#0B5FFF"`.')


CMYK_FORMAT = ValueFormat("inks", "Four percentages, for cyan, magenta, yellow and black, such as `90, 60, 0, 50`.")

ColorRole = Literal["header", "text", "page", "surface", "accent", "link", "link on dark", "notice"]
ColorRoles = Annotated[tuple[ColorRole, ...], ONE_OR_MORE]
FilePaths = Annotated[tuple[FilePath, ...], ONE_OR_MORE]


class Logo(Part):
    """One version of the logo."""

    name: Line = Field(description="What we call this version.")
    file: FilePath = Field(description="The image, as a path below content/, such as `identity/logo.svg`.")
    alt: Line = Field(description="What the image shows, for people who can't see it.")
    use: Text = Field(description="When to use this version.")
    role: Literal["header", "icon"] | None = Field(
        None, description="header: shown at the top of this handbook; icon: shown in the browser tab."
    )
    on: Lines = Field(
        (),
        description="Names of the colors it goes on. The brand page shows it on each, and offers it as PNG. The "
        "contrast is checked.",
    )
    not_on: Lines = Field((), description="Names of colors it must not go on. The brand page shows that, crossed out.")
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
    cmyk: Annotated[str, CMYK_FORMAT] | None = Field(
        None,
        pattern=r"^[0-9]{1,3}(, ?[0-9]{1,3}){3}$",
        description="Its value for print, such as `90, 60, 0, 50`. If it's left out, it's computed from `hex`.",
    )


class Typeface(Part):
    """One typeface."""

    name: Line = Field(description="The typeface's name.")
    use: Text = Field(description="What to use it for.")
    fallback: Line = Field(description="What to use if it isn't available.")
    license: Line | None = Field(None, description="The license we use it under.")
    role: Literal["headings", "text", "code"] | None = Field(
        None,
        description="Where this handbook uses it. Readers who don't have it see the fallback, unless you name its "
        "`files` or `package`.",
    )
    files: FilePaths = Field(
        (),
        description="Its font files (TTF, OTF, WOFF or WOFF2), one for each weight, as paths below content/, such as "
        "`identity/fonts/Brand-Regular.ttf`. The pages are set in them, with only the characters they need.",
    )
    package: Slug | None = Field(
        None,
        description="Instead of `files`: an installed Python package that brings them, such as "
        "`font-source-serif-pro`.",
    )
    license_file: FilePath | None = Field(
        None, description="The text of the license of `files`, as a path below content/. It's published with them."
    )


class Template(Part):
    """A file to start from."""

    name: Line = Field(description="What it is.")
    use: Text = Field(description="When to use it.")
    url: Link = Field(description="Where to get it.")
    picture: FilePath | None = Field(
        None, description="What it looks like: an image, as a path below content/, such as `identity/slides.svg`."
    )


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
    logos: tuple[Logo, ...] = Field((), description="The versions of the logo.")
    colors: tuple[Color, ...] = Field(min_length=1, description="The palette.")
    typefaces: tuple[Typeface, ...] = Field((), description="The typefaces.")
    templates: tuple[Template, ...] = Field((), description="Files to start from.")
    signature: Text | None = Field(
        None,
        description="The email signature, with a blank line between its parts: the name first, then everything else. "
        "People copy it from the brand page, formatted, and fill in what's theirs.",
    )
    motif: FilePath | None = Field(
        None,
        description="A line drawn from the logo that divides parts of a page: an SVG that's repeated from left to "
        "right, as a path below content/. Only its shape is used; the color comes from the palette.",
    )

    def iter_files(self) -> Iterable[tuple[tuple[str | int, ...], str]]:
        yield from ((("logos", index, "file"), logo.file) for index, logo in enumerate(self.logos))
        for index, face in enumerate(self.typefaces):
            yield from ((("typefaces", index, "files", n), file) for n, file in enumerate(face.files))
            if face.license_file:
                yield ("typefaces", index, "license_file"), face.license_file
        for index, template in enumerate(self.templates):
            if template.picture:
                yield ("templates", index, "picture"), template.picture
        if self.motif:
            yield ("motif",), self.motif

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
