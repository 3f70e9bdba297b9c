"""What Git remembers about a handbook: what changed, when, and who for."""
