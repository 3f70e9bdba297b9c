"""The words in the names that a handbook gives: they may have a capital and name nobody."""

from __future__ import annotations

from onevoice.handbook.handbook import Handbook
from onevoice.privacy import fold_name

_NAMING_KINDS = ("terms", "tools", "teams", "personas", "leads", "assets")


def list_own_words(handbook: Handbook) -> frozenset[str]:
    """The folded words in the names of the brand, its products, terms, tools, teams, personas and stages."""
    names = [handbook.brand.name, *handbook.brand.products.values(), *(stage.name for stage in handbook.stages)]
    for kind in _NAMING_KINDS:
        names += [record.label for record in handbook.list_approved(kind)]
    return frozenset(word for name in names for word in fold_name(name).split())
