// What a text is about: its content words in their plain form (lint/keywords.py).
import { LETTER } from "../matcher/characters.js";
import { makeMatchKey } from "../matcher/fold.js";
import { stemEnglish } from "./stemmer.js";

const WORD = new RegExp(`[${LETTER}]+(?:'[${LETTER}]+)?`, "gu");
const STEMS = new Map();
const MAX_STEMS = 50_000;

// The content words of a text in order; numbers are left out. stopWords: those that say nothing, of English only.
export function extractKeywords(text, language, stopWords) {
  const words = makeMatchKey(text).match(WORD) ?? [];
  const isEnglish = language === "english";
  const telling = isEnglish ? words.filter((word) => !stopWords.has(word) && !stopWords.has(cutTail(word))) : words;
  return telling.map((word) => (isEnglish ? stemWord(cutTail(word)) : cutTail(word)));
}

const cutTail = (word) => word.split("'", 1)[0];

function stemWord(word) {
  let stem = STEMS.get(word);
  if (stem === undefined) {
    if (STEMS.size >= MAX_STEMS) STEMS.clear();
    STEMS.set(word, (stem = stemEnglish(word)));
  }
  return stem;
}

// The ranges of the sentences of a text. end: the expression of what ends one.
export function findSentenceSpans(text, end) {
  const spans = [];
  let start = 0;
  for (const { 0: found, index } of end.findAll(text)) {
    spans.push([start, index]);
    start = index + found.length;
  }
  if (start < text.length) spans.push([start, text.length]);
  return spans;
}

// How many of the wanted words are given (a set), from 0 to 1. Each counts once; if none is wanted it is 0.
export function measureCoverage(wanted, given) {
  const words = new Set(wanted);
  return words.size ? [...words].filter((word) => given.has(word)).length / words.size : 0;
}
