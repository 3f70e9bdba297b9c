"""Personal data in tables and texts: which columns are about a person, and what in a text could name one."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Collection

# Columns about a person, as the tools we know call them, folded. Names of people are found by their column alone.
_COLUMNS = frozenset(
    (
        *("email", "e mail", "email address", "e mail address", "work email", "e mail adresse", "adresse e mail"),
        *("correo electrónico", "dirección de correo electrónico", "indirizzo email", "メールアドレス", "mail"),
        *("name", "full name", "first name", "last name", "middle name", "vorname", "nachname", "nom", "prénom"),
        *("nombre", "apellidos", "username", "user name", "user", "contact name", "lead name", "account name"),
        *("phone", "phone number", "mobile", "mobile phone number", "mobile phone", "telefon", "telefonnummer", "fax"),
        *("téléphone", "teléfono", "ip", "ip address", "ip adresse", "network id", "respondent id", "collector id"),
        *("submission id", "visitor id", "client id", "user id", "edited by", "created by", "createdbyid"),
        *("created by id", "last modified by", "contact owner", "lead owner", "owner", "owner id", "hubspot owner"),
        *("street", "street address", "address", "city", "postal code", "zip", "date of birth", "birthday"),
    )
)
_PARTS = re.compile(r"\b(?:e ?mail|phone|telefon\w*|owner|besitzer|ip address|custom data|first name|last name)\b")
_MAIL = re.compile(r"\S@\w")
_ADDRESS = re.compile(
    r"(?<![\d.])\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?![\d.])|(?<![\w:])(?:[0-9A-Fa-f]{1,4}:){2,7}[0-9A-Fa-f:]"
)
_PHONE = re.compile(r"(?<!\w)\+?\(?\d(?:[ ()./-]{0,2}\d){6,14}(?!\w)")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{4}")
_WORD = re.compile(r"[^\W_]+")
# Ids of other systems: 15 letters and digits, and more. Of what people type, shorter ones are left out, too.
_MIN_ID, _MIN_TYPED_ID, _MIN_TYPED_NUMBER = 15, 6, 5
_LINK = re.compile(r"https?:|www\.|(?<!\w)@\w|\w\.(?:com|org|net|io|de|fr|es|eu|example)\b", re.IGNORECASE)
_SPELLED_MAIL = re.compile(r"[\[( ](?:at|@)[\]) ] ?\w{2,40} ?[\[( ](?:dot|\.)[\]) ]", re.IGNORECASE)
_AMOUNT = re.compile(r"\d{1,3}(?:[.,]\d{3}){1,2}")
_NUMBER = re.compile(r"\d(?:[ .,/-]?\d)*")
_TITLE = re.compile(
    r"\b(?:mr|mrs|ms|mx|dr|prof|herrn?|frau|señora?|sra?|madame|monsieur|mme)\b\.? ?[A-ZÀ-Þ]", re.IGNORECASE
)
_NAMED = re.compile(r"\b(?:my name is|i am called|ich heiße|mein name ist|je m['’]appelle|me llamo)\b", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)
# Of a word in capitals alone: shorter ones are abbreviations.
_MIN_LOUD = 5
_CAPITAL = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SENTENCE_START = re.compile(r"(?:^|[.!?…:;][\"”’)]*\s|[\"“„«(–—]\s?|\s[-–—]\s)$")
# Words with a capital that name nobody.
_NAMELESS_TEXT = """
    american april august christmas december dynamics easter english europe excel february french friday german
    google hubspot internet january july june linkedin march marketo may microsoft monday november october outlook
    powerpoint salesforce saturday september sharepoint slack spanish sunday teams thursday tuesday wednesday word
    zoom
"""
_NAMELESS = frozenset(_NAMELESS_TEXT.split())
# First names that are no words of English, German, French or Spanish: many of those that are common there.
_FIRST_NAMES_TEXT = """
    aaron abby adam adrian agnes ahmed aidan aisha alan albert alejandro alex alexander alexandra alfred ali alice
    alicia alina alison allison amanda amelia amy ana andrea andreas andrew andy angela anita anja anke ann anna
    anne annette annika anthony antje antoine antonio anya arjun arthur astrid audrey axel barbara beate beatrice
    becky ben benedikt benjamin bernard bernd beth betty birgit björn bob boris brandon brenda brian brigitte britta
    bruce bruno bryan camille carla carlos carmen carol caroline carolyn catherine cathy cecilia charles charlie
    charlotte cheryl chloe chloé chris christian christina christine christoph christopher cindy claudia claus
    clémence colin connor corinna cynthia dagmar daniel daniela danielle darren dave david debbie deborah denise
    dennis derek diana diane dieter dirk dmitri dominik donald donna doris dorothy doug douglas duncan dylan eddie
    edgar edith edward eileen elaine elena elias elisabeth elizabeth elke ellen elsa emilia emily emma emmanuel
    enrique eric erica erik erika esther ethan eugene eva evan evelyn fabian fatima felicia fernando fiona florian
    francesca francisco franz françois fred frederick friedrich frédéric félix gabriel gabriele gareth gary geoff
    george gerald gerd gerhard gina giovanni gisela gordon greg gregory guido guillaume gustavo günter hannah hannes
    hans harald harold harriet hassan heather heidi heike heinrich heinz helen helena helga helmut henri henry
    herbert holger howard hugo ian ibrahim igor ines ingo ingrid irene irina isaac isabel isabella isabelle ivan
    jacob jacques jaime jakob james jamie jan jana jane janet janice jasmin jason javier jean jeff jeffrey jenna
    jennifer jenny jens jeremy jerry jessica jill jim jimmy joachim joan joanna jochen joe joel johan johanna
    johannes john johnny jonas jonathan jorge josef joseph josh joshua josé juan juanita judith judy julia julian
    julie julien justin jörg jürgen karen karin karl karsten kate katharina katherine kathleen kathrin kathy katie
    katja katrin keith kelly kenneth kerstin kevin kim kirsten klaus konrad kristin kurt kyle larry lars laura
    lauren laurent leah lena leon leonie leslie liam lilly lindsay lisa liz lorenzo lothar louis louise luca lucas
    lucia lucie lucy ludwig luis luisa lukas luke lutz lydia madeleine maja malcolm manfred manuel manuela marc
    marcel marcus margaret maria marianne marie marina mario marion markus marlene marta martha martin martina mary
    mateo mathias matt matteo matthew matthias maurice mechthild megan mehmet melanie melissa mia michael michaela
    michel michelle miguel mike mila miranda miriam mohamed mohammed moritz muhammad nadine nadja nancy natalia
    natalie nathan neil nicholas nico nicola nicolas nicole niklas nils nina noah nora norbert oksana olaf oleg olga
    oliver olivia olivier oscar oskar pablo pamela pascal patricia patrick paul paula paulina pedro peggy peter
    petra phil philip philipp phillip pierre priya rachel rafael raj rajesh ralf ralph ramona raymond rebecca regina
    reinhard renate renée ricardo richard rita robert roberto rodrigo roger roland rolf ron ronald roxanne ruben
    rudolf rupert ruth ryan sabine sally sam samantha samuel sandra sara sarah sascha scott sean sebastian sergei
    sharon sheila shirley silke silvia simon simone sofia sonia sonja sophia sophie stacy stefan stefanie stephan
    stephanie stephen steve steven stuart susan susanne suzanne sven svenja sylvia tamara tanja tanya tara tatiana
    ted teresa terry theodor theresa thomas thorsten tiffany tim timothy tina tobias todd tom tommy tony torsten
    tracy ulrich ulrike ursula uwe valentina valeria vanessa verena veronica viktor vincent vivian volker véronique
    walter wanda wayne wendy werner wilhelm william wolfgang xavier yasmin yolanda yuki yusuf yvonne zachary zoe zoé
"""
_FIRST_NAMES = frozenset(_FIRST_NAMES_TEXT.split())


@functools.lru_cache(maxsize=4096)
def fold_name(text: str) -> str:
    """The name of a column, however it's written: without capitals and signs."""
    text = unicodedata.normalize("NFKC", text).casefold()
    return " ".join("".join(letter if letter.isalnum() or letter == "#" else " " for letter in text).split())


@functools.lru_cache(maxsize=4096)
def is_personal_column(name: str) -> bool:
    """Whether a column is about a person, by its name."""
    folded = fold_name(name)
    return folded in _COLUMNS or bool(_PARTS.search(folded))


def find_personal_data(text: str) -> str:
    """What in a text could lead to a person, such as `an email address`; "" if there's nothing."""
    if _MAIL.search(text):
        return "an email address"
    if _ADDRESS.search(text):
        return "an IP address"
    if any(not _DATE.fullmatch(match[0].strip()) for match in _PHONE.finditer(text)):
        return "a phone number or another long number"
    if any(_is_id(match[0]) for match in _WORD.finditer(text)):
        return "an id"
    return ""


def find_person(text: str, known: Collection[str] = (), people: Collection[str] = (), language: str = "en") -> str:
    """What in a text that someone typed could lead to a person; "" if there's nothing. Rather too much is found.

    known: folded words that name nobody, such as a product's. people: folded words of the same export that do.
    language: of the handbook. German gives every noun a capital, so there only two unknown ones in a row are a name.
    """
    if found := find_personal_data(text):
        return found
    if _SPELLED_MAIL.search(text):
        return "an email address"
    if _LINK.search(text):
        return "an address on the web"
    numbers = (match[0] for match in _NUMBER.finditer(text))
    if any(sum(map(str.isdigit, one)) >= _MIN_TYPED_NUMBER and not _AMOUNT.fullmatch(one) for one in numbers):
        return "a long number"
    if any(_is_id(match[0], _MIN_TYPED_ID) for match in _WORD.finditer(text)):
        return "an id"
    return "a name" if _has_name(text, known, people, language) else ""


def _has_name(text: str, known: Collection[str], people: Collection[str], language: str) -> bool:
    if _TITLE.search(text) or _NAMED.search(text):
        return True
    end, was_suspect = 0, False
    for match in _CAPITAL.finditer(text):
        word = match[0]
        bare = _POSSESSIVE.sub("", word).casefold()
        parts = {bare, *bare.replace("’", "'").replace("'", "-").split("-")}
        if not _FIRST_NAMES.isdisjoint(parts) or not parts.isdisjoint(people):
            return True
        is_known = bare in known or bare in _NAMELESS or not word[0].isupper() or len(word) == 1
        is_known = (
            is_known or bare.partition("'")[0].partition("’")[0] == "i" or (word.isupper() and len(word) < _MIN_LOUD)
        )
        starts = bool(_SENTENCE_START.search(text[max(0, match.start() - 6) : match.start()]))
        if not is_known and (not starts if language[:2] != "de" else was_suspect and match.start() == end + 1):
            return True
        end, was_suspect = match.end(), not is_known and not starts
    return False


def _is_id(word: str, least: int = _MIN_ID) -> bool:
    return len(word) >= least and word.isascii() and any(map(str.isdigit, word)) and any(map(str.isalpha, word))
