// Whether an abbreviation is next to the words that it is short for (matcher/abbreviation.py).
import { fold, key } from "./fold.js";
import { ahead, back, behind, size, stripEnd, wordy } from "./characters.js";
import { plural } from "./plural.js";

const BETWEEN = / ?(?:[(\[]|, or |[,–—] ?|or )["“'‘]?$/u;
const AFTER = /^["”'’]? ?[(\[]["“'‘]?/u;

// Whether the words (or their plural) come before the range, as in `white paper (WP)`, or in brackets after it.
export function introduced(text, start, end, words) {
  const names = [words, plural(words), plural(words, true)].filter(Boolean).map(key);
  // Twice its length and some, for markup that reads as white space or invisible characters.
  const reach = 2 * size(words) + 40;
  let before = fold(text.slice(back(text, start, reach), start)).text;
  const between = before.match(BETWEEN);
  if (between) {
    before = stripEnd(before.slice(0, between.index), "\"”'’ ");
    if (names.some((name) => before.endsWith(name) && !wordy(behind(before, before.length - name.length)))) return true;
  }
  const after = fold(text.slice(end, ahead(text, end, reach))).text;
  const bracket = after.match(AFTER);
  return bracket !== null && names.some((name) => after.startsWith(name, bracket[0].length));
}
