// The text with words replaced: lint/fix.py, and of prose/edit.py what plain text needs. An edit is { start, end,
// text }, in offsets of the source; a change is the same in offsets of a block's text.
import { isAllCaps } from "../matcher/casing.js";
import { chooseArticle } from "../matcher/article.js";
import { ANY_I, APOSTROPHES, LETTER, SPACES, charAt, isLower, isSpace, isUpper } from "../matcher/characters.js";
import { stepAhead, stepBack } from "../matcher/characters.js";
import * as sentence from "../matcher/sentence.js";
import { isReplaceable, mapToSource, read } from "../prose/text.js";

// A fix can open the way for another (`very very good`); no handbook that passes its checks needs as many rounds.
const MAX_ROUNDS = 8;
const LETTERS = new RegExp(`[${LETTER}]+`, "uy");
const ARTICLE = new RegExp(`(?:^|[${SPACES}(\\[{"“‘«—–/])(an?)[${SPACES}]+$`, "iu");
const VOWEL = new RegExp(`^[aeouyhàâäæéèêëîïôöœùûü${ANY_I}]`, "iu");
const ELIDED = new RegExp(`[${LETTER}][${APOSTROPHES}]$`, "u");
const DETERMINER = new RegExp(
  `(?:^|[${SPACES}(\\[{"“‘«—–/])(?:the|an?|th[${ANY_I}]s|that|our|your|the[${ANY_I}]r|[${ANY_I}]ts` +
    `|h[${ANY_I}]s|her|my|each|every|any|no)[${SPACES}]+$`,
  "iu",
);
const OWN_ARTICLE = new RegExp(`^(?:the|an?)[${SPACES}]+(?=[^${SPACES}])`, "iu");
// Between these a word that goes would leave signs behind that nobody put there: `; very, good` or a line of its own.
const BEFORE = ".,;:!?…—–-([{“‘«/";
const BEHIND = ".,;:!?…—–)]}”’»/";
const HEAD = new RegExp(`^[${SPACES}]+`, "u");
const TAIL = new RegExp(`[${SPACES}]+$`, "u");
const RUN = new RegExp(`[${SPACES}]+`, "u");

// The source after all safe fixes; fixing the result again changes nothing. find: the issues of a source (terms.js).
// english: correct `a` and `an`.
export function fixText(source, find, english = true) {
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const edits = selectSafeEdits(source, groupEdits(find(source), english));
    if (!edits.length) break;
    source = applyEdits(source, edits);
  }
  return source;
}

// The edits that put `use` in the place of an issue's words: the words, the article before them, a capital behind.
// Somebody asks for them, so that a word goes whatever it leaves behind.
export function makeEdits(issue, use, english = true) {
  return mapEdits(issue.block, listChanges(issue.block, issue.hit, use, english, true));
}

function mapEdits(block, some) {
  return some.map(({ start, end, text }) => {
    const [first, last] = mapToSource(block, start, end);
    return { start: first, end: last, text };
  });
}

// The source with all edits made; they must not overlap.
export function applyEdits(source, edits) {
  let out = "";
  let reached = 0;
  for (const edit of [...edits].sort((one, other) => one.start - other.start)) {
    out += source.slice(reached, edit.start) + edit.text;
    reached = edit.end;
  }
  return out + source.slice(reached);
}

// The changes that each issue asks for, with their edits, together or not at all; those that touch an earlier one wait.
function groupEdits(issues, english) {
  const out = [];
  let taken = [];
  for (const issue of issues) {
    const { block } = issue;
    const wanted = listSafeChanges(issue, english);
    if (!wanted.length) continue;
    const edits = mapEdits(block, wanted);
    if (edits.some((edit) => taken.some((other) => edit.start < other.end && other.start < edit.end))) continue;
    // Issues come in the order of the text, so that only the last few can touch the next.
    taken = [...taken, ...edits].slice(-9);
    out.push({ block, wanted, edits });
  }
  return out;
}

// The changes that an issue asks for, none if they are not safe.
export function listSafeChanges({ block, hit, replacements, fixable }, english = true) {
  if (!fixable || (followsElision(block.text, hit.start) && !VOWEL.test(replacements[0] || "a"))) return [];
  const wanted = listChanges(block, hit, replacements[0], english);
  return wanted.every(({ start, end }) => isReplaceable(block, start, end)) ? wanted : [];
}

function listChanges(block, hit, use, english, asked = false) {
  const { text } = block;
  const [start, end] = use ? [hit.start, hit.end] : findRemovalRange(block, hit.start, hit.end);
  if (asked && start === end) return [{ start: hit.start, end: hit.end, text: use }];
  const found = text.slice(hit.start, hit.end);
  if (start === end || !(use || asked || isRemovable(text, start, end, found.toLowerCase()))) return [];
  if (use && english && DETERMINER.test(text.slice(stepBack(text, hit.start, 20), hit.start))) {
    use = use.replace(OWN_ARTICLE, "");
  }
  const out = [{ start, end, text: use }];
  if (!use && isUpper(charAt(found, 0)) && sentence.startsSentence(text, hit.start)) {
    LETTERS.lastIndex = end;
    const [word] = LETTERS.exec(text) ?? [];
    const letter = word && isLower(word) ? charAt(word, 0) : "";
    if (letter) out.push({ start: end, end: end + letter.length, text: letter.toUpperCase() });
  }
  if (english) {
    const loud = isAllCaps(found) && !isAllCaps(hit.variant);
    out.push(...correctArticle(text, hit.start, use || text.slice(end, stepAhead(text, end, 40)), loud));
  }
  return out.filter((change) => text.slice(change.start, change.end) !== change.text);
}

// Whether the word in a range can go, and leave a sentence.
function isRemovable(text, start, end, word) {
  let left = start;
  while (left && isSpace(text[left - 1])) left -= 1;
  let right = end;
  while (right < text.length && isSpace(text[right])) right += 1;
  const opens = !left || BEFORE.includes(text[left - 1]);
  if (opens && (right === text.length || BEHIND.includes(text[right]))) return false;
  // Of `very, very good` one cannot go without the other.
  const before = text.slice(0, Math.max(left - 1, 0)).replace(TAIL, "");
  const behind = text.slice(right + 1).replace(HEAD, "");
  const twice = text[left - 1] === "," && before.toLowerCase().endsWith(word);
  return !(twice || (text[right] === "," && behind.toLowerCase().startsWith(word)));
}

// L'email becomes le courriel: the word before it changes too, and that is for a person to write.
function followsElision(text, start) {
  return start > 1 && ELIDED.test(text.slice(Math.max(start - 3, 0), start));
}

// The range to take out for a word that goes: with the space behind it, else the one before; nothing if neither.
function findRemovalRange(block, start, end) {
  const { text } = block;
  const ranges = [];
  if (isSpace(text[end] ?? "")) ranges.push([start, end + 1]);
  if (start && isSpace(text[start - 1])) ranges.push([start - 1, end]);
  // If both are there, a line break stays.
  const countBreaks = ([first, last]) => Number(text.slice(first, last).includes("\n"));
  ranges.sort((one, other) => countBreaks(one) - countBreaks(other));
  return ranges.find(([first, last]) => isReplaceable(block, first, last)) ?? [start, start];
}

// The change of the article before a word.
function correctArticle(text, start, following, loud) {
  const from = stepBack(text, start, 20);
  const found = ARTICLE.exec(text.slice(from, start));
  // If the text goes on to the left, what is found there may be the end of a word.
  if (!found || (from && /^a/i.test(found[0]) && !found.index)) return [];
  const right = chooseArticle(loud ? following.toLowerCase() : following);
  const [, old] = found;
  if (right === null || old.toLowerCase() === right) return [];
  const place = from + found.index + found[0].indexOf(old);
  // A capital A within a sentence is a letter: plan A.
  if (old === "A" && !loud && !sentence.startsSentence(text, place)) return [];
  const first = old[0] === "A" ? right[0].toUpperCase() + right.slice(1) : right;
  return [{ start: place, end: place + old.length, text: loud ? right.toUpperCase() : first }];
}

// The edits of those groups that change their own words and nothing else that a reader sees.
function selectSafeEdits(source, all) {
  const listEdits = (some) => some.flatMap((group) => group.edits);
  const hasOnlyOwnChanges = (some) => isAsExpected(source, some, listEdits(some));
  if (hasOnlyOwnChanges(all)) return listEdits(all);
  const kept = all.filter((group) => hasOnlyOwnChanges([group]));
  return hasOnlyOwnChanges(kept) ? listEdits(kept) : [];
}

function isAsExpected(source, some, edits) {
  const collapseSpaces = (text) => text.split(RUN).filter(Boolean).join(" ");
  const wanted = new Map();
  for (const { block, wanted: own } of some) {
    const { start } = block.pieces[0];
    wanted.set(start, [...(wanted.get(start) ?? []), ...own]);
  }
  const before = read(source);
  const after = read(applyEdits(source, edits));
  return before.length === after.length && before.every(({ text, quoted, pieces }, number) => {
    const expected = applyEdits(text, wanted.get(pieces[0].start) ?? []);
    return after[number].quoted === quoted && collapseSpaces(after[number].text) === collapseSpaces(expected);
  });
}
