"""The site's own words: English in the code, and in other languages from a message file of each."""
