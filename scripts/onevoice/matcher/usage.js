// What the words around a hit make of it: a part of somebody's name, a label, or a verb (matcher/usage.py).
import { isAllCaps } from "./casing.js";
import { ALNUM, SPACES, WORD, charAt, isUpper, stepAhead, stepBack, stripEnd } from "./characters.js";
import { normalizeText } from "./fold.js";

// How far a neighboring word is looked for, and how long a label is at most on either side of a word.
const REACH = 40;
const LABEL_OPENING = new RegExp(
  `(?:\\*\\*|__|<(?:b|strong)(?![${WORD}])[^<>\\n]{0,40}>)([^${SPACES}*_<>][^*_<>\\n]*)?$`, "u",
);
const LABEL_CLOSING = new RegExp(`^((?:[^*_<>\\n]*[^${SPACES}*_<>])?)(?:\\*\\*|__|</(?:b|strong)>)`, "u");
const BEFORE = new RegExp(`(?:^|[^${WORD}'’\\-])([${ALNUM}][${WORD}'’\\-]*)[${SPACES}]+$`, "u");
const AFTER = new RegExp(`^[${SPACES}]+([${ALNUM}][${WORD}'’\\-]*)`, "u");
const makeSet = (...words) => new Set(words.join(" ").split(" "));
const DETERMINERS = makeSet(
  "a an the this these that those my your our their its his her every each some any no all both many several few most",
  "other such what whose more",
);
const PREPOSITIONS = makeSet("of for with by in on from as about between at into over under per via and or vs");
// With a capital at the start of a sentence these are no names, either.
const FUNCTION_WORDS = new Set([
  ...DETERMINERS, ...PREPOSITIONS, ...makeSet("if when where while because that which who is are was to not i"),
]);
const ADVERBS = makeSet("also always never often usually still now already just only then really");
const SUBJECTS = makeSet("it he she who everyone everybody someone somebody nobody anyone anybody");
const PLURAL_SUBJECTS = makeSet(
  "i we you they will would can could should may might must cannot can't won't don't didn't doesn't wouldn't",
  "couldn't shouldn't please let's",
);
const OBJECTS = makeSet("a an the your our their my us them me him");
const MORE_OBJECTS = new Set([...OBJECTS, ...makeSet("you it this these those his her its every each some any no")]);

// Whether words in title case have such words next to them, as in `Facebook Client Terms`. written: the words as their
// record writes them.
export function isPartOfName(text, start, end, written) {
  const found = text.slice(start, end);
  if (!isUpper(charAt(found, 0)) || isAllCaps(found) || normalizeText(found) === written) return false;
  const [before, after] = [findWordBefore(text, start), findWordAfter(text, end)];
  if (isUpper(charAt(after, 0)) && foldApostrophe(after).split("'")[0] !== "i") return true;
  const isSmall = [FUNCTION_WORDS, ADVERBS, PLURAL_SUBJECTS].some((words) => words.has(foldApostrophe(before)));
  return isUpper(charAt(before, 0)) && !isSmall;
}

// Whether words of Markdown or HTML are part of a bold label, such as `**Client secret**`: the screen that has it, too,
// would have to change with it. A bold sentence is none, and neither is emphasis, which has no capital.
export function isInLabel(source, start, end) {
  const closing = LABEL_CLOSING.exec(source.slice(end, stepAhead(source, end, REACH)));
  const opening = closing && LABEL_OPENING.exec(source.slice(stepBack(source, start, REACH), start));
  if (!opening) return false;
  const before = opening[1] ?? "";
  const label = before + source.slice(start, end) + closing[1];
  return Boolean(before || /[^ :]/.test(closing[1])) && isUpper(charAt(label, 0)) && !/[.!?…]$/u.test(label);
}

// Whether the words around an English word make it a verb: `it offers`, `requires the`. plural: it ends so.
export function isVerbHere(text, start, end, plural) {
  let before = foldApostrophe(findWordBefore(text, start));
  if (ADVERBS.has(before)) {
    before = foldApostrophe(findWordBefore(text, stripEnd(text.slice(0, start)).length - before.length));
  }
  const after = foldApostrophe(findWordAfter(text, end));
  if (DETERMINERS.has(before) || PREPOSITIONS.has(before)) return false;
  if (plural) return SUBJECTS.has(before) || MORE_OBJECTS.has(after);
  return PLURAL_SUBJECTS.has(before) || (before === "to" ? MORE_OBJECTS : OBJECTS).has(after);
}

const foldApostrophe = (word) => word.toLowerCase().replaceAll("’", "'");

function findWordBefore(text, place) {
  return BEFORE.exec(text.slice(stepBack(text, place, REACH), place))?.[1] ?? "";
}

function findWordAfter(text, place) {
  return AFTER.exec(text.slice(place, stepAhead(text, place, REACH)))?.[1] ?? "";
}
