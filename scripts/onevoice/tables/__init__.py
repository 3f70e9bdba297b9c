"""Exports of other tools -> sums per week. Persons stay at the door: only columns that we know are read at all."""
