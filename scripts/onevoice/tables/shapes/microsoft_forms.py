"""Microsoft Forms: an id, two moments and a name before the questions; choices end in `;`."""

from __future__ import annotations

from onevoice.tables.answers import MEASURES, make_answer_reader, make_question_finder
from onevoice.tables.shape import Shape, make_finder

_FIND = make_finder(
    moment="Completion time|Fertigstellungszeit|Heure de fin|Hora de finalización",
    begun="Start time|Startzeit|Heure de début|Hora de inicio",
    other="ID|Total points|Quiz feedback|Last modified time|Language",
)

SHAPE = Shape(
    *("microsoft-forms", "Microsoft Forms", make_question_finder(_FIND), ("moment", "begun", "question"), MEASURES),
    make_answer_reader(),
)
