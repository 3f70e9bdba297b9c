"""A fence around each piece of work: whatever one does to its process, no other piece is lost."""
