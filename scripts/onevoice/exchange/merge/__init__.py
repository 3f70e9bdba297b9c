"""Imported words and the handbook's own: what is new, what has changed since the last time, what contradicts."""
