"""The audit of an archive: its plan, a row for each document, a verdict, and how the results are told."""
