"""The matcher: terms to patterns, patterns to hits."""
