"""Every limit on what strangers send: documents, records, archives, styles. A message that refuses something names it.

Each stands far above what people write, and below what would take a machine's memory or someone's afternoon.
`tests/test_limits.py` tries each at its value and one above.
"""

from __future__ import annotations

# Files. The largest public PowerPoint decks have about 100 MB; a sparse file or a device claims any size.
MAX_FILE_BYTES = 128 * 2**20
# A file of records: 20,000 terms in one have 4 MB.
MAX_HANDBOOK_FILE_BYTES = 16 * 2**20
# A logo that the site shows: each page waits for it.
MAX_PICTURE_BYTES = 32 * 2**20
# mkdocs.yml, which has a few kilobytes.
MAX_CONFIG_BYTES = 2**20
# Markdown, HTML or plain text of one document: a book has one megabyte. So much ordinary text takes 200 MB of memory.
MAX_TEXT_BYTES = 16 * 2**20
# A book in Word unpacks to a few megabytes of XML; a small archive can claim any size.
MAX_XML_BYTES = 64_000_000
# Parts of an email, and one within another: a thread that was forwarded five times as a file has ten levels.
MAX_MAIL_PARTS, MAX_MAIL_DEPTH = 1000, 20
# Characters of a subject, which programs cut after a hundred: the library takes a second for 50,000.
MAX_SUBJECT_CHARS = 2000
# Pages of a PDF: a printed price list has a thousand.
MAX_PDF_PAGES = 5000
# Of all parts of an office file, pictures and films too, where a copy is written.
MAX_COPY_BYTES = 500_000_000
# Elements of one part of an office file, and one within another: a book has 100,000, and 30 levels.
MAX_XML_NODES, MAX_XML_DEPTH = 800_000, 200
# Word lists in spreadsheets: rows and cells with something in them; the largest glossary of a company has 20,000 rows.
# And rows with the empty ones: half of a sheet in Excel.
MAX_SHEET_ROWS, MAX_SHEET_CELLS, MAX_SHEET_LINES = 100_000, 800_000, 500_000
# Tags of one part of an Excel file: 20,000 rows of seven cells have 900,000.
MAX_SHEET_TAGS = 2_500_000

# What one document may take, in seconds of processor time and in bytes of memory beyond the program's own: a megabyte
# of prose takes 0.2 seconds.
DOCUMENT_SECONDS, DOCUMENT_MEMORY = 5.0, 400 * 2**20
# Seconds in which a reader gets no processor time: it waits for itself, as libraries in Rust do that run out of memory.
IDLE_SECONDS = 5
# The same while documents come over a network, and the room that libraries for it take beside a document's own. And
# how long to wait before a document is asked for again, each time.
NETWORK_IDLE_SECONDS, NETWORK_MEMORY = 300, 2**30
RETRY_SECONDS = (0.5, 1.0, 2.0)
# A page of a website: seconds for each part of an answer, and for all; how often it may lead elsewhere. Between two
# pages, seconds if the site names none, and the most that we wait.
FETCH_WAIT_SECONDS, FETCH_SECONDS, MAX_REDIRECTS = 20.0, 60.0, 5
CRAWL_SECONDS, MAX_CRAWL_SECONDS = 1.0, 30.0
# What search engines take, too, of a site's rules and of a sitemap. And pages in all: at one in a second, three days.
MAX_ROBOTS_BYTES, MAX_SITEMAP_BYTES, MAX_PAGES = 500 * 2**10, 50 * 2**20, 250_000

# An export of another tool: 200,000 rows of a dozen columns have 30 MB. And tables in a zip: Search Console has seven.
MAX_EXPORT_BYTES, MAX_EXPORT_FILES = 64 * 2**20, 100
# What one customer said: who types more tells a story, and a story tells who it was.
MAX_QUOTE_CHARS = 400

# Levels of YAML in records and front matter. What builds its nodes is written in C: more would overflow the stack and
# end the process.
MAX_YAML_DEPTH = 100
# Handbooks that extend each other. A company, a division, a team and a product are four.
MAX_LAYERS = 8
# Aliases can stand for more values than a file has letters.
MAX_YAML_VALUES = 100_000
# Mistakes of one file that are told at once, and characters that are read again to find them: each takes up to a dozen
# readings of the file.
MAX_YAML_MISTAKES, MAX_YAML_REREAD = 25, 5_000_000
# Characters from which on only the records around a mistake are read again, instead of the whole file.
MIN_WINDOWED_YAML = 30_000
# Lines of one file that are passed over because nobody knows what they mean, before the rest is given up, too.
MAX_YAML_LOST_LINES = 5
# Front matter that is richer than `key: value`: nobody writes more of it above a document.
MAX_FRONT_DEPTH, MAX_FRONT_VALUES = 50, 10_000

# A word list of another program, and the texts in it: 20,000 terms with all that is said of them have 5 MB.
MAX_LIST_BYTES, MAX_LIST_VALUES = 16 * 2**20, 200_000

# A folder of styles for Vale: the largest published ones have some hundred files, and the largest rule 20 KB.
MAX_STYLE_FILES, MAX_STYLE_BYTES, MAX_STYLE_DEPTH = 20_000, 2**20, 20

# Tags in HTML without an end: each is searched to the end of the document; the rest is taken for text.
MAX_BROKEN_TAGS = 100
# Characters of one template macro: beyond it, the braces are taken for text.
MAX_MACRO_CHARS = 4000
# Digits of one figure: Python refuses to read more than 4,300, and no figure in a text has 40.
MAX_FIGURE_DIGITS = 40

# Names in one document that nobody knows, of rules or of readers: how many get the nearest known one.
MAX_SUGGESTIONS = 50

# Where the fixes of a document spoil it, they are tried in parts: how many characters are read again in all, and how
# often at least. What cannot be tried any more is not fixed.
MAX_TRIAL_CHARS, MIN_TRIALS = 2_000_000, 20

# Errors of one kind, or in one file, that are explained: who has more has a broken file, not that many mistakes. And
# names that a wrong one is compared with.
MAX_ERRORS, MAX_COMPARED_NAMES = 500, 100
# Records. A file system takes names of 255 bytes; an ending, or the mark of a file that is being written, needs room.
MAX_NAME_BYTES = 200
# Words of a name, or signs: a hundred phrases of one word over and over, each in the next, make rules of a gigabyte.
MAX_PHRASE_WORDS, MAX_PHRASE_CHARS = 30, 300
# Minutes, words, counts: calendars and dates run over far above, and nobody's meeting takes two years.
MAX_NUMBER = 1_000_000
# Of a number in a meeting's rule: calendars count in 32 bits at most, and the days of a year have three.
MAX_RULE_DIGITS = 4
# Calendars know no time zone before, and dates run over soon after the year 9999.
FIRST_YEAR, LAST_YEAR = 1970, 2999
# Browsers and mail programs cut what is longer.
MAX_ADDRESS_CHARS = 4000

# Word lists of other programs. A term base of 10,000 concepts in five languages has 12 MB; few of its entries have a
# hundred elements.
MAX_TERMBASE_BYTES, MAX_ENTRY_NODES = 24 * 2**20, 50_000
# A vocabulary in RDF: 10,000 concepts have 50,000 statements, and reading those takes five seconds.
MAX_GRAPH_BYTES, MAX_GRAPH_STATEMENTS = 8 * 2**20, 100_000

# Seconds for other programs: Vale's version, a question to Git.
VALE_VERSION_SECONDS, GIT_SECONDS = 8.0, 60.0
# Vale over documents, all runs together: so many for runs that fail, besides the time that reading takes (below).
VALE_SECONDS = 120.0
# Of processor time, one run of it: so many to start, and one more for each so many bytes. With three large styles it
# reads 150 KB in a second; what takes it longer grows as a square in it, such as 300 KB of `>`.
VALE_START_SECONDS, VALE_RETRY_SECONDS, VALE_BYTES_PER_SECOND = 3.0, 1.5, 100_000
# Bytes of documents in one run, so that it has little to do again after a failure; bytes of memory, of which such a run
# takes a quarter; bytes that it may print, which is 60,000 alerts.
VALE_BATCH_BYTES, VALE_MEMORY, VALE_OUTPUT = 2_000_000, 400_000_000, 32_000_000
# Characters and aliases of a front matter up to which we tell beforehand whether Vale can read it.
MAX_JUDGED_FRONT_CHARS, MAX_JUDGED_FRONT_ALIASES = 50_000, 20
# Runs to find out at which files Vale stops, besides the first ones: 8 such files among thousands take so many.
MAX_VALE_RETRIES = 64
# Characters in which a document's alerts are looked for, and how near to Vale's own column beyond that.
MAX_SEARCHED_CHARS, NEAR_CHARS = 5_000_000, 2000
# How many lines further down the words of an alert may end, and from how many places on they are tried.
MAX_MATCH_LINES, MAX_MATCH_STARTS = 4, 20
# `onevoice prove`: every entry is tried against every text. The largest published style has 2,300 entries; the slowest
# takes 0.03 seconds of processor time for each of its 800. Runs to find the entries at which Vale stops, and characters
# of one text that an expression describes (`a{9999}`).
MAX_PROVE_ENTRIES, PROVE_SECONDS, PROVE_ENTRY_SECONDS = 4000, 6.0, 0.06
MAX_PROVE_RUNS, MAX_SAMPLE_CHARS = 100, 1000
# `onevoice check --vale`, with 5,000 terms 25 seconds.
TRIAL_SECONDS = 300.0

# The preview. Requests at a time: a browser opens six for each page. Seconds in which a request has to say what it asks
# for, and in which each part of the answer has to be taken.
MAX_PREVIEW_REQUESTS, PREVIEW_SECONDS = 100, 10.0
