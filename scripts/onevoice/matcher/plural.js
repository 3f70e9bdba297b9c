// Regular English plurals, of replacements; those of the words to find are in the compiled terms (matcher/plural.py).
import { LETTER, charBefore, countChars, isAlpha, isUpper } from "./characters.js";

// What Unicode calls a Latin letter by name: not the script's modifiers, wide letters and signs made from letters.
const UNNAMED = "[ªº\u212a\u212b\u2132\u214e\u2183\uff21-\uff5a]|\\p{Lm}";
const LATIN = new RegExp(`^(?:(?!${UNNAMED})\\p{Script=Latin}|[\u1d62-\u1d65\u2090-\u209c\u2c7c])`, "u");
const LAST = new RegExp(`[${LETTER}]*$`, "u");
const SIBILANT = /(?:s|x|z|ch|sh)$/iu;
const CONSONANT_Y = new RegExp(`(?![aeiou])[${LETTER}]y$`, "u");
// Singular although it ends in a single s; any other such word is taken for a plural already.
const SINGULAR = new Set(["alias", "atlas", "bias", "canvas", "gas", "lens"]);

// The regular plural of a word or of a phrase's last word; null if there is none to make.
export function makePlural(phrase, name = false) {
  const last = charBefore(phrase, phrase.length);
  if (!isAlpha(last) || !LATIN.test(last)) return null;
  const [word] = phrase.match(LAST);
  const low = word.toLowerCase();
  if (isUpper(word) && countChars(word) > 1) return `${phrase}s`;
  if (low.endsWith("sis") && !name) return `${phrase.slice(0, -2)}es`;
  if (low.endsWith("s") && !/(?:ss|us|is)$/.test(low) && !SINGULAR.has(low) && !name) return null;
  if (CONSONANT_Y.test(low) && !name) return `${phrase.slice(0, -1)}ies`;
  return phrase + (SIBILANT.test(low) ? "es" : "s");
}
