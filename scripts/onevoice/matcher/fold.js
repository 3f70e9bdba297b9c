// Folding: two texts that a reader takes for the same words become the same characters (matcher/fold.py).
import { APOSTROPHES, HYPHENS, INVISIBLE, SPACES, charAt, isMark, isSpace, stripBoth } from "./characters.js";

const SPACE = new RegExp(`[${SPACES}]`, "gu");
const RUN = new RegExp(`[${SPACES}]+`, "gu");
const APOSTROPHE = new RegExp(`[${APOSTROPHES.slice(1)}]`, "gu");
const HYPHEN = new RegExp(`[${HYPHENS.slice(1)}]`, "gu");
const HIDDEN = new RegExp(`[${INVISIBLE}]`, "gu");
const ASCII = /^[\0-\x7f]*$/;
const PRINTED = /^[\x20-\x7e]*$/;
// A letter and what NFC may join to it: marks, and the vowels and finals of Korean syllables.
const JOINING = /^[\u1161-\u1175\u11a8-\u11c2]/;
// Where up and down again is not what Unicode calls folding: Cherokee folds to capitals, the dotless i to itself.
const CHEROKEE = /[\u13a0-\u13ff\uab70-\uabbf]/;
const UNFOLDED = "ı";
// The most marks of a letter that are put in order.
const MAX_MARKS = 30;

// Folded text, and the way back. starts, ends: for each folded character, where its source begins and ends; null if
// nothing moved.
class FoldedText {
  constructor(text, starts = null, ends = null) {
    this.text = text;
    this.starts = starts;
    this.ends = ends;
  }

  mapToSource(start, end) {
    return this.starts === null ? [start, end] : [this.starts[start], this.ends[end - 1]];
  }
}

function normalizeSigns(text) {
  return text.replace(SPACE, " ").replace(APOSTROPHE, "'").replace(HYPHEN, "-");
}

// Python's str.casefold.
export function foldCase(text) {
  if (ASCII.test(text)) return text.toLowerCase();
  return Array.from(text, (char) => {
    if (CHEROKEE.test(char)) return char.toUpperCase();
    return UNFOLDED.includes(char) ? char : char.toLowerCase().toUpperCase().toLowerCase();
  }).join("");
}

// The text in NFC, its white space, apostrophes and hyphens plain, without invisible characters; case is kept.
export function normalizeText(text) {
  if (!ASCII.test(text)) text = normalizeSigns(text.replace(HIDDEN, "").normalize("NFC"));
  return text.replace(RUN, " ");
}

// What a word is compared by: tidied and without case.
export function makeMatchKey(text) {
  return stripBoth(foldText(text).text);
}

// The text as the matcher reads it: tidied, without case, and with a map back where characters moved.
export function foldText(text) {
  if (ASCII.test(text)) {
    const folded = PRINTED.test(text) ? text.toLowerCase() : text.toLowerCase().replace(SPACE, " ");
    if (!folded.includes("  ")) return new FoldedText(folded);
  }
  return foldWithMap(text);
}

function foldWithMap(text) {
  let out = "";
  const starts = [];
  const ends = [];
  let place = 0;
  while (place < text.length) {
    const next = skipPlain(text, place);
    out += text.slice(place, next).toLowerCase();
    for (; place < next; place += 1) {
      starts.push(place);
      ends.push(place + 1);
    }
    if (place === text.length) break;
    let char = charAt(text, place);
    let end = place + char.length;
    if (INVISIBLE.includes(char)) {
      place = end;
      continue;
    }
    let piece = " ";
    if (isSpace(char)) {
      while (end < text.length && (isSpace(text[end]) || INVISIBLE.includes(text[end]))) end += 1;
    } else {
      let cluster = char;
      let markCount = 0;
      let last = end;
      while (end < text.length) {
        char = charAt(text, end);
        const hidden = INVISIBLE.includes(char);
        if (!hidden && !isJoining(char)) break;
        end += char.length;
        if (!hidden) [cluster, last, markCount] = [cluster + char, end, markCount + 1];
      }
      end = last;
      // To put many marks in order takes the square of their number.
      if (markCount <= MAX_MARKS) cluster = cluster.normalize("NFC");
      piece = normalizeSigns(foldCase(cluster));
    }
    out += piece;
    for (let n = 0; n < piece.length; n += 1) {
      starts.push(place);
      ends.push(end);
    }
    place = end;
  }
  return new FoldedText(out, starts, ends);
}

// Where the printed ASCII that begins at an offset ends, without what may be one with the character behind it.
function skipPlain(text, place) {
  let code = text.charCodeAt(place);
  while (code > 0x1f && code < 0x7f) {
    const next = text.charCodeAt(place + 1);
    if (next > 0x7e || (code === 0x20 && !(next > 0x20))) break;
    place += 1;
    code = next;
  }
  return place;
}

function isJoining(char) {
  return char > "\x7f" && (isMark(char) || JOINING.test(char));
}
