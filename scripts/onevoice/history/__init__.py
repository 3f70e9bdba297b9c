"""What git remembers of a handbook: what changed, when, and for whom."""
