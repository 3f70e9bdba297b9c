"""Sentences of a style guide about a word -> what to write and what not.

Only what can be said of a word wherever it stands: "Don't use X to mean Y" is a matter of what is meant, and is left to
a person.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from onevoice.exchange.outline import CLOSE, OPEN, list_marked, strip_marks

MAX_BARE_WORDS = 5
_SENTENCE_END = re.compile(
    rf"(?<=[.!?])(?<!e\.g\.)(?<!i\.e\.)(?<!etc\.)\s+(?=[A-Z{OPEN}(])|(?<=[.!?]{CLOSE})\s+(?=[A-Z])"
)
_USE = r"(?:use|write|say|prefer|choose|try)"
_NEVER = r"(?:do not|don['’]t|never|avoid|not|please avoid|try to avoid|should not|must not)"
# "Do not use." and "Avoid this term", which is about the word itself.
_AVOID_SELF = re.compile(
    rf"^(?:please )?(?:{_NEVER} (?:{_USE}|using)|avoid)"
    r"(?: (?:it|this|them|these|this (?:word|term|phrase)|these (?:words|terms)|the (?:word|term) [^.]{1,40}))?"
    r"(?P<rest>[.;:,!]?$|[.;:,!] .*| .*)",
    re.I,
)
_DEPRECATED = re.compile(r"^(?:not recommended|deprecated|forbidden|banned|prohibited)\b\.?$", re.I)
# After which what is avoided is fine elsewhere.
_CONDITION = re.compile(
    r"^ ?(?:to|when|if|as|for|in|with|on|at|before|after|unless|except|where|alone|by)\b",
    re.I,
)
_CLAUSE = re.compile(r"\b(?:to|when|if|as|unless|except|because|since)\b")
_PIVOT = re.compile(r"\b(?:instead of|rather than|in place of|and not|but not|not|never|over)\b", re.I)
_STARTS_USE = re.compile(rf"^(?:please |instead,? |always )?{_USE}\b(?!\s+(?:of|it|this)\b)[:,]?", re.I)
_INSTEAD_OF = re.compile(rf"^(?:instead of|rather than)\b(?P<wrong>.*?),\s*{_USE}\b(?P<right>.*)$", re.I)
_STARTS_NEVER = re.compile(rf"^(?:please )?{_NEVER}(?:\s+(?:{_USE}|using))?\b[:,]?(?P<rest>.*)$", re.I)
_INSTEAD = re.compile(r"\binstead\b", re.I)
_TURN = re.compile(rf"[;,:.]?\s*\b(?:but |and )?(?:instead,? )?{_USE}\b(?P<right>.*)$", re.I)
_LABEL = re.compile(
    rf"^{OPEN}?(?:avoid|don['’]t (?:use|say)|do not (?:use|say)|never|not|wrong|instead of)"
    rf"(?:\s*:{CLOSE}?|{CLOSE}\s*:)\s*(?P<list>.*)$",
    re.I,
)


@dataclass
class Advice:
    """What a text says about its word.

    is_avoided: the word itself is wrong. right: what to write instead of it. pairs: other words that are wrong, each
    with what is right; () stands for the word itself. condition: the sentence that says when the word is wrong, if it
    says so. rest: the sentences that say nothing of this.
    """

    is_avoided: bool = False
    right: list[str] = field(default_factory=list)
    pairs: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    condition: str = ""
    rest: list[str] = field(default_factory=list)

    @property
    def says_something(self) -> bool:
        """Whether there is any advice."""
        return self.is_avoided or bool(self.pairs or self.condition)


def read_advice(text: str) -> Advice:
    """What the sentences of a text say. text: as an outline has it."""
    advice = Advice()
    for sentence in split_sentences(text):
        if not _read_sentence(advice, sentence):
            advice.rest.append(strip_marks(sentence))
    return advice


def split_sentences(text: str) -> list[str]:
    """The sentences of a text."""
    return [part.strip() for part in _SENTENCE_END.split(text) if part.strip()]


def _read_sentence(advice: Advice, sentence: str) -> bool:
    """Take a sentence in; False if it says nothing of words."""
    plain = sentence.strip()
    if label := _LABEL.match(plain):
        wrong = list_marked(label["list"]) or _list_bare(label["list"])
        advice.pairs += [(word, ()) for word in wrong]
        return bool(wrong)
    if _DEPRECATED.match(strip_marks(plain)):
        advice.is_avoided = True
        return True
    return _read_swap(advice, plain) or _read_ban(advice, plain) or _read_use(advice, plain)


def _read_swap(advice: Advice, sentence: str) -> bool:
    """`Use X instead of Y`, `Use X, not Y` and `Instead of Y, use X`."""
    if match := _INSTEAD_OF.match(sentence):
        wrong, right = match["wrong"], match["right"]
    elif _STARTS_USE.match(sentence) and (pivot := _PIVOT.search(sentence)):
        wrong, right = sentence[pivot.end() :], _STARTS_USE.sub("", sentence[: pivot.start()])
    elif (pivot := re.search(r"(?<=[ ,])not ", sentence)) and _stands_out(sentence[: pivot.start()]):
        # `X, not Y`
        wrong, right = sentence[pivot.end() :], sentence[: pivot.start()]
    else:
        return False
    words, uses = _list_words(wrong), _list_words(right)
    if not words or not (uses or not strip_marks(right)):
        return False
    if list_marked(wrong) and not list_marked(right):
        # `Use two words, not *login*`: what is right is said, not written.
        uses = []
    advice.pairs += [(word, tuple(uses)) for word in words]
    return True


def _stands_out(text: str) -> bool:
    """Whether a text is only words that stand out."""
    return text.strip().startswith(OPEN) and text.strip(" ,").endswith(CLOSE)


def _read_ban(advice: Advice, sentence: str) -> bool:
    """`Do not use.`, and `Don't use Y` or `Not Y`, perhaps with what to use."""
    match = _STARTS_NEVER.match(sentence)
    if not match:
        return False
    rest = match["rest"].strip()
    turn = _TURN.search(rest)
    uses = _list_words(turn["right"]) if turn else []
    banned = rest[: turn.start()] if turn else rest
    segment = _CLAUSE.split(banned)[0]
    if marked := list_marked(segment):
        following = banned[len(segment) :] or segment.rpartition(CLOSE)[2]
        if _CONDITION.match(following):
            advice.condition = advice.condition or strip_marks(sentence)
        else:
            advice.pairs += [(word, tuple(uses)) for word in marked]
        return True
    own = _AVOID_SELF.match(strip_marks(sentence))
    if not own:
        return False
    if _CONDITION.match(strip_marks(banned)):
        advice.condition = advice.condition or strip_marks(sentence)
        return True
    if re.match(r"^[.;:,!]?$", strip_marks(banned)) or re.match(r"^(?:it|this|them|these)\b", banned, re.I):
        advice.is_avoided = True
        advice.right += uses
        return True
    return False


def _read_use(advice: Advice, sentence: str) -> bool:
    """`Use X instead.` and, about a word that is wrong, `Use X.`"""
    if not _STARTS_USE.match(sentence):
        return False
    has_instead = bool(_INSTEAD.search(sentence))
    if not has_instead and not advice.is_avoided:
        return False
    words = _list_words(
        re.split(r"\binstead\b(?!,)|,? (?:unless|when|if|because|or rewrite)\b", _STARTS_USE.sub("", sentence))[0]
    )
    if not words:
        return False
    if has_instead and not advice.condition:
        advice.is_avoided = True
    advice.right += [word for word in words if word not in advice.right]
    return True


def _list_words(text: str) -> list[str]:
    """The words that a part of a sentence names: those that stand out, else the whole of it if it's short."""
    return list_marked(text) or _list_bare(text)


def _list_bare(text: str) -> list[str]:
    plain = strip_marks(text).strip(" .,;:!")
    parts = [part.strip() for part in re.split(r", (?:or|and) |, | or ", plain)]
    if not plain or any(len(part.split()) > MAX_BARE_WORDS or not part for part in parts):
        return []
    return parts
