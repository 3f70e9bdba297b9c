"""Spreadsheets as tables of texts: text files with separated values, and Excel files."""
