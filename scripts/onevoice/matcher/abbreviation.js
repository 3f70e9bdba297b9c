// Whether an abbreviation is next to the words that it is short for (matcher/abbreviation.py).
import { foldText, makeMatchKey } from "./fold.js";
import { charBefore, countChars, isWordChar, stepAhead, stepBack, stripEnd } from "./characters.js";
import { makePlural } from "./plural.js";

const BETWEEN = / ?(?:[([]|, or |[,–—] ?|or )["“'‘]?$/u;
const AFTER = /^["”'’]? ?[([]["“'‘]?/u;

// Whether the words (or their plural) come before the range, as in `white paper (WP)`, or in brackets after it.
export function isSpelledOut(text, start, end, words) {
  const names = [words, makePlural(words), makePlural(words, true)].filter(Boolean).map(makeMatchKey);
  // Twice its length and some, for markup that reads as white space or invisible characters.
  const reach = 2 * countChars(words) + 40;
  let before = foldText(text.slice(stepBack(text, start, reach), start)).text;
  const between = before.match(BETWEEN);
  if (between) {
    before = stripEnd(before.slice(0, between.index), "\"”'’ ");
    const isWhole = (name) => !isWordChar(charBefore(before, before.length - name.length));
    if (names.some((name) => before.endsWith(name) && isWhole(name))) return true;
  }
  const after = foldText(text.slice(end, stepAhead(text, end, reach))).text;
  const bracket = after.match(AFTER);
  return bracket !== null && names.some((name) => after.startsWith(name, bracket[0].length));
}
