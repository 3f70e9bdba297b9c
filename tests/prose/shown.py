"""Prose as short lines, for tables of expectations."""

from onevoice.prose.block import OBJECT, Block, Prose


def shown(prose: Prose) -> list[str]:
    """Each block as `kind: text`; `> ` before a quoted one, [ ] around links, « » around marked quotations."""
    return [_line(block) for block in prose.blocks]


def _line(block: Block) -> str:
    signs = [(end, "]") for _, end in block.links] + [(end, "»") for _, end in block.quotes]
    signs += [(start, "[") for start, _ in block.links] + [(start, "«") for start, _ in block.quotes]
    text = block.text
    for place, sign in sorted(signs, key=lambda sign: sign[0], reverse=True):
        text = text[:place] + sign + text[place:]
    text = text.replace(OBJECT, "·").replace("\n", "¶").strip()
    return f"{'> ' if block.quoted else ''}{block.kind}: {text}"
