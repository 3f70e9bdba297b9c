// English `a` and `an`: which one the sound of the next word asks for (matcher/article.py).
import { ALNUM, WORD, charAt, isDecimal, isUpper, stripBoth } from "./characters.js";

const FIRST = new RegExp(`[${ALNUM}]+(?:[\\-'’][${ALNUM}]+)*`, "u");
// Letters whose names begin with a vowel sound: an MQL, an X-ray.
const VOWEL_LETTERS = "aefhilmnorsx";
// Capitals that are read as a word.
const SPOKEN_ACRONYMS = new Set(["FIFA", "LAMP", "LAN", "MIDI", "NASA", "NATO", "RAM", "ROM", "SAP", "SIM"]);
const CONSONANT_START = new RegExp(
  `^(?:uni(?:[cfqstv]|l[${WORD}]|on)|us(?:e|a[bg]|u)|ut(?:il|en|op)|ubiq|u(?:k|r[aio])|eu|ewe|on(?:e|ce)(?![${WORD}]))`,
  "u",
);
const SILENT_H = /^(?:hour|hono|honest|heir)/;
const EIGHT = /^(?:8|1[18](?!\p{Nd})(?!,\p{Nd}{3},))/u;

// `a` or `an`, whichever goes before the text; null if it does not begin with a Latin letter or a digit.
export function chooseArticle(text) {
  const found = text.match(FIRST);
  if (found === null || stripBoth(text.slice(0, found.index), " \"'“‘«([*_.#@$€£")) return null;
  const [word] = found;
  if (isDecimal(word)) return EIGHT.test(word) ? "an" : "a";
  const first = charAt(charAt(word, 0).normalize("NFD"), 0).toLowerCase();
  if (!/^[\0-\x7f]+$/.test(first)) return null;
  const [head] = word.split(/[-'’]/);
  const letters = head.length > 2 && head.endsWith("s") ? head.slice(0, -1) : head;
  if (head.length === 1 || (letters.length > 1 && isUpper(letters) && !SPOKEN_ACRONYMS.has(letters))) {
    return VOWEL_LETTERS.includes(first) ? "an" : "a";
  }
  const low = word.toLowerCase();
  if (SILENT_H.test(low)) return "an";
  return !"aeiou".includes(first) || CONSONANT_START.test(low) ? "a" : "an";
}
