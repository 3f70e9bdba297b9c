"""Spreadsheets: their files -> tables -> what they say about words, and words -> tables -> files."""
