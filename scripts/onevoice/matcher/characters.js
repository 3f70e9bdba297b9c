// What a letter is: matcher/characters.py, for JavaScript. Texts are in UTF-16 here, so that an offset is a textarea's;
// what Python counts in characters, `stepBack` and `stepAhead` count too.

// Every member of a family matches every other; folded text has the first.
export const APOSTROPHES = "'’‘ʼ＇´";
export const HYPHENS = "-‐‑﹣－";

// Soft hyphen, zero-width space, joiners, word joiner, byte order mark: no reader sees them.
export const INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufe0e\ufe0f\ufeff";

// Classes of characters for regular expressions with the flag `u`, as Python's `re` knows them.
export const SPACES = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
export const WORD = "\\p{L}\\p{N}_";
export const ALNUM = "\\p{L}\\p{N}";
export const LETTER = "\\p{L}\\p{Nl}\\p{No}";
// The letters that are one to Python where case is ignored, and three to JavaScript.
export const ANY_I = "iİı";

// Scripts written without spaces: Thai, Lao, Myanmar, Khmer, Han, Kana.
export const UNSPACED_SCRIPTS = [
  [0x0e00, 0x0eff], [0x1000, 0x109f], [0x1780, 0x17ff], [0x19e0, 0x19ff], [0x2e80, 0x2fdf], [0x3000, 0x312f],
  [0x31a0, 0x31ff], [0x3400, 0x4dbf], [0x4e00, 0x9fff], [0xa9e0, 0xa9ff], [0xaa60, 0xaa7f], [0xf900, 0xfaff],
  [0xff66, 0xff9f], [0x20000, 0x3ffff],
].map((ends) => ends.map((code) => `\\u{${code.toString(16)}}`).join("-")).join("");

// French and Italian: l'email, d'email, qu'un: the word after the apostrophe is a word of its own.
const ELISION_LETTERS = "cdjlmnst";

// After these, 's is "is" or "us", never a possessive.
const CONTRACTED_WORDS = new Set(
  ["he", "here", "how", "it", "let", "she", "that", "there", "what", "when", "where", "who"],
);

const makeTest = (source) => {
  const found = new RegExp(source, "u");
  return (text) => found.test(text);
};

export const isUnspaced = makeTest(`^[${UNSPACED_SCRIPTS}]`);
export const isMark = makeTest("^\\p{M}");
export const isWordChar = makeTest(`^(?![${UNSPACED_SCRIPTS}])[\\p{L}\\p{M}\\p{Nd}_]`);
export const isSpace = makeTest(`^[${SPACES}]`);
export const isAlnum = makeTest(`^[${ALNUM}]`);
export const isAlpha = makeTest("^\\p{L}");
export const isDecimal = makeTest("^\\p{Nd}");

const hasLower = makeTest("\\p{Lowercase}");
const hasUpper = makeTest("\\p{Uppercase}");
const hasCapital = makeTest("[\\p{Uppercase}\\p{Lt}]");
const hasUncapital = makeTest("[\\p{Lowercase}\\p{Lt}]");

// Python's str.islower and str.isupper.
export const isLower = (text) => hasLower(text) && !hasCapital(text);
export const isUpper = (text) => hasUpper(text) && !hasUncapital(text);

// The character at an offset, and the one that ends there; "" beyond the text.
export function charAt(text, offset) {
  const code = text.codePointAt(offset);
  return code === undefined ? "" : String.fromCodePoint(code);
}

export function charBefore(text, offset) {
  if (offset < 1) return "";
  const low = text.charCodeAt(offset - 1);
  const pair = low >= 0xdc00 && low < 0xe000 && offset > 1 && text.codePointAt(offset - 2) > 0xffff;
  return text.slice(offset - (pair ? 2 : 1), offset);
}

// The offset so many characters before or after another one, as far as the text goes.
export function stepBack(text, offset, count) {
  for (; count > 0 && offset > 0; count -= 1) offset -= charBefore(text, offset).length;
  return offset;
}

export function stepAhead(text, offset, count) {
  for (; count > 0 && offset < text.length; count -= 1) offset += charAt(text, offset).length;
  return offset;
}

export const countChars = (text) => Array.from(text).length;

// The text without the characters of a set (white space if none is given) at its ends.
export function stripBoth(text, set) {
  return stripEnd(stripStart(text, set), set);
}

const isInSet = (set) => (char) => (set === undefined ? isSpace(char) : set.includes(char));

export function stripStart(text, set) {
  let start = 0;
  while (start < text.length && isInSet(set)(text[start])) start += 1;
  return text.slice(start);
}

export function stripEnd(text, set) {
  let end = text.length;
  while (end > 0 && isInSet(set)(text[end - 1])) end -= 1;
  return text.slice(0, end);
}

// Whether folded text has a folded word or phrase as one of its own.
export function hasWholeWord(text, word) {
  let start = text.indexOf(word);
  while (start >= 0 && !isWholeWord(text, start, start + word.length)) start = text.indexOf(word, start + 1);
  return start >= 0;
}

// Whether `text.slice(start, end)`, of folded text, is a word or phrase of its own.
export function isWholeWord(text, start, end) {
  if (start && !isUnspaced(charAt(text, start))) {
    const before = charBefore(text, start);
    if (isWordChar(before)) return false;
    if (before === "-" || before === "'") {
      if (isWordChar(charBefore(text, start - 1)) && !(before === "'" && isElision(text, start - 1))) return false;
    }
  }
  if (end === text.length) return true;
  const after = charAt(text, end);
  if (isUnspaced(charBefore(text, end))) return !isMark(after);
  if (isWordChar(after)) return false;
  if ((after === "-" || after === "'") && isWordChar(charAt(text, end + 1))) {
    return after === "'" && isPossessive(text, start, end);
  }
  return true;
}

function isElision(text, apostrophe) {
  if (ELISION_LETTERS.includes(text[apostrophe - 1])) return !isWordChar(charBefore(text, apostrophe - 1));
  return text.slice(Math.max(apostrophe - 2, 0), apostrophe) === "qu" && !isWordChar(charBefore(text, apostrophe - 2));
}

function isPossessive(text, start, end) {
  if (text[end + 1] !== "s" || isWordChar(charAt(text, end + 2))) return false;
  return !CONTRACTED_WORDS.has(text.slice(start, end).split(" ").at(-1));
}
