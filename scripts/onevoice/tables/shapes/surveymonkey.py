"""SurveyMonkey: much about the person first, and a second header of options."""

from __future__ import annotations

from onevoice.tables.answers import MEASURES, make_answer_reader, make_question_finder
from onevoice.tables.shape import Shape, make_finder

_FIND = make_finder(
    moment="End Date|Date Modified",
    begun="Start Date|Date Created",
    key="Respondent ID",
    other="Collector ID",
)

SHAPE = Shape(
    *("surveymonkey", "SurveyMonkey", make_question_finder(_FIND), ("moment", "begun", "key", "question"), MEASURES),
    make_answer_reader("key"),
)
