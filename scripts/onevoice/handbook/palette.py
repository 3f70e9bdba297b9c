"""A company's colors in the roles that a page has for them, light and dark, each readable where it is used."""

from __future__ import annotations

from onevoice.handbook.color import compute_luminance, find_ink, find_readable_color, mix_colors
from onevoice.records.identity import Identity

# What a handbook without an identity looks like: ink on paper, and one blue.
DEFAULT_ROLES = {"text": "#1d2a33", "page": "#ffffff", "link": "#0b5a8c", "notice": "#a3341f"}
_GOOD, _SOON = "#1b7a43", "#8a5a00"

Scheme = dict[str, str]


def list_roles(identity: Identity | None) -> dict[str, str]:
    """The color of each role, as `#rrggbb`: those that the record gives, and the others from them."""
    given = {role: color.hex.lower() for color in identity.colors for role in color.role} if identity else {}
    roles = DEFAULT_ROLES | given
    if "text" not in given:
        roles["text"] = find_readable_color(given.get("header", roles["text"]), [roles["page"]], 7)
    roles.setdefault("header", roles["text"])
    roles.setdefault("accent", roles["link"])
    roles.setdefault("surface", mix_colors(roles["text"], roles["page"], 0.06))
    return roles


def build_schemes(identity: Identity | None) -> tuple[Scheme, Scheme]:
    """The colors of a page, light and dark: of each token (such as `page`, `text`, `on-header`), `#rrggbb`. Text is at
    least 4.5 : 1 on what it is on."""
    roles = list_roles(identity)
    light = _build_scheme(roles, roles["page"], roles["text"], roles["surface"], roles["link"])
    deep = min(roles["text"], roles["header"], roles["page"], key=compute_luminance)
    page = mix_colors(deep, "#000000", 0.55)
    text = mix_colors("#ffffff", page, 0.9)
    # What is raised is nearer to the brand's own deep color, not gray.
    surface = mix_colors(mix_colors("#ffffff", deep, 0.1), page, 0.7)
    dark = _build_scheme(roles, page, text, surface, roles.get("link on dark", roles["link"]))
    return light, dark


def _build_scheme(roles: dict[str, str], page: str, text: str, surface: str, link: str) -> Scheme:
    grounds = (page, surface)
    tint = mix_colors(roles["notice"], page, 0.08)
    return {
        "page": page,
        "surface": surface,
        "raised": mix_colors(surface, page, 0.5),
        "text": find_readable_color(text, grounds),
        "quiet": find_readable_color(mix_colors(text, page, 0.74), grounds),
        "line": mix_colors(text, page, 0.16),
        "header": roles["header"],
        "on-header": find_ink(roles["header"]),
        "accent": roles["accent"],
        "on-accent": find_readable_color(roles["text"], [roles["accent"]]),
        "link": find_readable_color(link, grounds),
        "good": find_readable_color(_GOOD, grounds),
        "soon": find_readable_color(_SOON, grounds),
        "bad": find_readable_color(roles["notice"], [*grounds, tint]),
        "bad-tint": tint,
    }
