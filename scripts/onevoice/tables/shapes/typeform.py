"""Typeform: the questions between a number and two moments in UTC."""

from __future__ import annotations

from onevoice.tables.answers import MEASURES, make_answer_reader, make_question_finder
from onevoice.tables.shape import Shape, make_finder

_FIND = make_finder(
    moment="Submit Date (UTC)|Submitted At|Submit Date",
    other="#|Start Date (UTC)|Start Date|Response Type|Stage Date (UTC)|Tags|Ending",
)

SHAPE = Shape(
    *("typeform", "Typeform", make_question_finder(_FIND), ("moment", "other", "question"), MEASURES),
    make_answer_reader(),
)
