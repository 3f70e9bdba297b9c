// The case of a replacement: as the words that it replaces are written (matcher/casing.py).
import { normalizeText } from "./fold.js";
import { SPACES, charAt, isAlpha, isLower, isUpper } from "./characters.js";
import { makePlural } from "./plural.js";

const WORD = new RegExp(`[^${SPACES}\\-/]+`, "gu");
// Words that are small in a title: in all styles, which is how we write them; and those that some styles keep small.
export const MINOR_WORDS = new Set("a an and as at but by for from in of on or per the to vs with".split(" "));
const MORE = "if into is nor off onto our out over so than their up via your yet";
export const SOMETIMES_MINOR_WORDS = new Set([...MINOR_WORDS, ...MORE.split(" ")]);

// A replacement in the plural; as it is if it has none.
export function pluralizeReplacement(text, name) {
  return makePlural(text, name) ?? text;
}

// `use` in the case of `found`. written: the same words as the record writes them. name: `use` is a name, its letters
// stay. opening: only the first letter can be a capital here. english: in a title every word can have one.
export function adaptCase(use, found, written, name, opening, english = true) {
  found = normalizeText(found);
  const first = isUpper(charAt(found, 0));
  if (name) return opening && isLower(use) && first ? capitalizeFirst(use) : use;
  if (isAllCaps(found) && !isAllCaps(written)) {
    return use.replace(WORD, (word) => (hasCapitals(word) ? word : word.toUpperCase()));
  }
  if (opening && first) return capitalizeFirst(use);
  if (found === written) return use;
  if (english && isTitleCase(found)) return applyTitleCase(use);
  return first && !isUpper(charAt(written, 0)) ? capitalizeFirst(use) : use;
}

// The text with a capital first letter, unless its first word has capitals of its own.
export function capitalizeFirst(text) {
  const [first] = text.match(WORD) ?? [];
  if (first === undefined || !text.startsWith(first) || hasCapitals(first)) return text;
  const letter = charAt(text, 0);
  return letter.toUpperCase() + text.slice(letter.length);
}

// The text in title case; words that have capitals of their own stay.
function applyTitleCase(text) {
  return text.replace(WORD, (word, place) => (place && MINOR_WORDS.has(word) ? word : capitalizeFirst(word)));
}

// Whether the text is in capitals (but for the s of a plural).
export function isAllCaps(text) {
  const letters = Array.from(text.endsWith("s") ? text.slice(0, -1) : text).filter(isAlpha);
  return letters.length > 1 && letters.every(isUpper);
}

function hasCapitals(word) {
  return !isLower(word) && Array.from(word).some(isUpper);
}

function isTitleCase(text) {
  const words = (text.match(WORD) ?? []).filter((word) => !MINOR_WORDS.has(word.toLowerCase()));
  return words.length > 0 && words.every((word) => !isLower(charAt(word, 0))) && isUpper(charAt(text, 0));
}
