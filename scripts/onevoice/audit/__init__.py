"""The audit of an archive: its plan, a row for each document, what is to become of it, and how the results are told."""
