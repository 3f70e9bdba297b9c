"""Google Forms: the moment of each answer in the first column, then the questions."""

from __future__ import annotations

from onevoice.tables.answers import MEASURES, make_answer_reader, make_question_finder
from onevoice.tables.shape import Shape, make_finder

_FIND = make_finder(
    moment="Timestamp|Horodateur|Zeitstempel|Marca temporal|Informazioni cronologiche|Tijdstempel|"
    "Carimbo de data/hora|タイムスタンプ",
    other="Score|Total score",
)

SHAPE = Shape(
    *("google-forms", "Google Forms", make_question_finder(_FIND), ("moment", "question"), MEASURES),
    make_answer_reader(),
)
