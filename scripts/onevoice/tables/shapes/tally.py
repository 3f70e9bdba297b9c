"""Tally: ids, the moment, then the questions."""

from __future__ import annotations

from onevoice.tables.answers import MEASURES, make_answer_reader, make_question_finder
from onevoice.tables.shape import Shape, make_finder

_FIND = make_finder(
    moment="Submitted at",
    key="Submission ID",
)

SHAPE = Shape(
    *("tally", "Tally", make_question_finder(_FIND), ("moment", "key", "question"), MEASURES),
    make_answer_reader(),
)
