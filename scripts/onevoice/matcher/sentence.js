// Where sentences start, and which headings are written in title case (matcher/sentence.py).
import { SOMETIMES_MINOR_WORDS } from "./casing.js";
import { ALNUM, LETTER, SPACES, WORD, charAt, isSpace, isUpper, stepBack, stripEnd } from "./characters.js";

const OPENERS = "\"“„«»‘‚'([{*_¿¡";
const CLOSERS = "\"”“»«’')]}*_";
const ENDS = ".!?…。！？";
const ABBREVIATION = new RegExp(
  `(?:(?<![${WORD}])(?:etc|vs|cf|approx|no|dr|mr|mrs|ms|st|prof)` +
    `|(?<![${ALNUM}])[${LETTER}]|\\.[${WORD}])\\.$`,
  "iu",
);
const BULLET = new RegExp(`(?:^|\\n)[${SPACES}]*(?:[\\-*+•–]|\\p{Nd}+[.)])[${SPACES}]+$`, "u");
const KNOWN = new RegExp(`[${ALNUM}]`, "u");
const SENTENCE_END = new RegExp(
  `[${ENDS}][${CLOSERS.replace("]", "\\]")}]*(?:[${SPACES}]+|(?<=[。！？]))`, "gu",
);
// How far back a sentence start is looked for; a paragraph can be a whole file.
const LOOKBACK = 100;
const WORDS = new RegExp(`[${LETTER}][${WORD}'’]*`, "gu");

// Whether a sentence starts at the offset. clause: or what follows a colon.
export function startsSentence(whole, place, clause = false) {
  const text = whole.slice(stepBack(whole, place, LOOKBACK), place);
  let start = text.length;
  while (start && OPENERS.includes(text[start - 1])) start -= 1;
  let end = start;
  while (end && isSpace(text[end - 1])) end -= 1;
  let before = text.slice(0, end);
  if (!KNOWN.test(before)) return true;
  if (BULLET.test(text.slice(0, start))) return true;
  if (end === start && !"。！？".includes(before.at(-1))) return false;
  before = stripEnd(before, CLOSERS);
  if (clause && /[:：]$/.test(before)) return true;
  return before !== "" && ENDS.includes(before.at(-1)) && !ABBREVIATION.test(before);
}

// Where the sentences of a text start, but for the first.
export function listSentenceStarts(text) {
  const ends = Array.from(text.matchAll(SENTENCE_END), (match) => match.index + match[0].length);
  return ends.filter((place) => place < text.length && startsSentence(text, place));
}

// Whether a heading, but for the words in the range, is written in title case.
export function hasTitleCase(text, start, end) {
  const rest = `${text.slice(0, start)} ${text.slice(end)}`.match(WORDS) ?? [];
  return rest.every((word) => isUpper(charAt(word, 0)) || SOMETIMES_MINOR_WORDS.has(word.toLowerCase()));
}
