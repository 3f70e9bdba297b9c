// The case of a replacement: as the words that it replaces are written (matcher/casing.py).
import { tidy } from "./fold.js";
import { SPACES, alpha, at, islower, isupper } from "./characters.js";
import { plural } from "./plural.js";

const WORD = new RegExp(`[^${SPACES}\\-/]+`, "gu");
// Words that are small in a title: in all styles, which is how we write them; and those that some styles keep small.
export const MINOR = new Set("a an and as at but by for from in of on or per the to vs with".split(" "));
const MORE = "if into is nor off onto our out over so than their up via your yet";
export const SOMETIMES = new Set([...MINOR, ...MORE.split(" ")]);

// A replacement in the plural; as it is if it has none.
export function many(text, name) {
  return plural(text, name) ?? text;
}

// `use` in the case of `found`. written: the same words as the record writes them. name: `use` is a name, its letters
// stay. opening: only the first letter can be a capital here.
export function adapt(use, found, written, name, opening) {
  found = tidy(found);
  const first = isupper(at(found, 0));
  if (name) return opening && islower(use) && first ? capital(use) : use;
  if (shouting(found) && !shouting(written)) {
    return use.replace(WORD, (word) => (named(word) ? word : word.toUpperCase()));
  }
  if (opening && first) return capital(use);
  if (found === written) return use;
  if (isTitled(found)) return title(use);
  return first && !isupper(at(written, 0)) ? capital(use) : use;
}

// The text with a capital first letter, unless its first word has capitals of its own.
export function capital(text) {
  const [first] = text.match(WORD) ?? [];
  if (first === undefined || !text.startsWith(first) || named(first)) return text;
  const letter = at(text, 0);
  return letter.toUpperCase() + text.slice(letter.length);
}

// The text in title case; words that have capitals of their own stay.
function title(text) {
  return text.replace(WORD, (word, place) => (place && MINOR.has(word) ? word : capital(word)));
}

// Whether the text is in capitals (but for the s of a plural).
export function shouting(text) {
  const letters = Array.from(text.endsWith("s") ? text.slice(0, -1) : text).filter(alpha);
  return letters.length > 1 && letters.every(isupper);
}

function named(word) {
  return !islower(word) && Array.from(word).some(isupper);
}

function isTitled(text) {
  const words = (text.match(WORD) ?? []).filter((word) => !MINOR.has(word.toLowerCase()));
  return words.length > 0 && words.every((word) => !islower(at(word, 0))) && isupper(at(text, 0));
}
