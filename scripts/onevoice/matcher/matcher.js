// The matcher: a block of text and the compiled terms in, the terms in it out (matcher/matcher.py).
import { adaptCase, capitalizeFirst, isAllCaps, pluralizeReplacement } from "./casing.js";
import { foldText, makeMatchKey, normalizeText } from "./fold.js";
import { isSpelledOut } from "./abbreviation.js";
import { ALNUM, charAt, hasWholeWord, isLower, isUpper, isWholeWord } from "./characters.js";
import { countsIn, isEnglish } from "./language.js";
import * as exclusions from "./exclusions.js";
import { findHiddenPairs, isLoud, resolveOverlaps } from "./overlap.js";
import * as sentence from "./sentence.js";
import * as usage from "./usage.js";

const TITLES = ["heading", "title"];
const PARAGRAPH = { kind: "paragraph", quoted: false, links: [], quotes: [] };
const ALNUM_FIRST = new RegExp(`^[${ALNUM}]`, "u");
// Below, a script has spaces.
const FIRST_UNSPACED = 0x0e00;
// Folded ASCII for which `isWordChar` is true.
const isWordCode = (code) => (code > 96 && code < 123) || (code > 47 && code < 58) || code === 95;

// For whom and when a document is, and in which language ("": the handbook's). day: YYYY-MM-DD.
export function makeContext(day, audiences = [], channels = [], language = "") {
  const [readers, places] = [audiences, channels].map((values) => new Set(values.map(makeMatchKey)));
  return { day, audiences: readers, channels: places, language };
}

// Finds compiled terms (compile.js) in text. Holds no state between texts.
export class Matcher {
  constructor(compiled) {
    this.compiled = compiled;
    this.reportableIndex = new WordIndex(compiled.reportableForms);
  }

  // What is off-brand in one block of prose, in order: { start, end, term, category, variant, level, replacements,
  // reason, isSpelledOut }. block: kind, quoted, links and quotes, as in prose/block.py.
  findHits(text, document, block) {
    return finishSteps(this.searchHits(text, document, block));
  }

  // The same as a generator that returns the hits, and yields wherever the page may do something else.
  *searchHits(text, document, block = {}) {
    const folded = foldText(text);
    yield;
    const found = this.reportableIndex.findWords(folded.text);
    if (!found.length) return [];
    const language = document.language || this.compiled.language;
    const scene = new BlockContext(text, document, { ...PARAGRAPH, ...block }, isEnglish(language));
    const candidates = yield* this.listCandidates(found, folded, scene);
    const spans = resolveOverlaps(candidates);
    const hits = [];
    for (const span of spans) {
      yield;
      const hit = this.makeHit(span, scene);
      if (hit !== null) hits.push(hit);
    }
    const misspelled = this.findMisspelledNames(spans, candidates, scene);
    return misspelled.length ? [...hits, ...misspelled].sort((one, other) => one.start - other.start) : hits;
  }

  *listCandidates(found, folded, scene) {
    const out = [];
    for (const [number, place, first, last] of found) {
      yield;
      const pattern = this.compiled.patterns[number];
      const form = pattern.forms[place];
      if (!isActive(pattern, scene.document)) continue;
      if (!countsIn(pattern.language, scene.document.language, this.compiled.language)) continue;
      // Of English only do we know what a word is with an ending.
      if (!(pattern.english && scene.english) && (form.plural || hasPossessive(folded.text, last))) continue;
      const [start, end] = folded.mapToSource(first, last);
      if (scene.isInIdentifier(start, end)) continue;
      let category = pattern.role;
      if (pattern.cased || form.cased || category === "name") {
        const right = scene.isExactSpelling(form.text, start, end);
        if (category === "name") {
          category = right || scene.hasPositionalCapital(form.text, start, end) ? "name" : "case";
        } else {
          if (!right || pattern.twins.some((twin) => scene.hasPositionalCapital(twin, start, end))) continue;
        }
      }
      if (pattern.unless.length && scene.isExempt(pattern.unless, start, end)) continue;
      if (scene.isInOtherContext(pattern, start)) continue;
      out.push({ start, end, category, pattern: number, form: place });
    }
    return out;
  }

  // The misspelled names in silent phrases that spell them otherwise: in `joint kpi` if a record has `joint KPI`.
  // spans: the candidates that have won.
  findMisspelledNames(spans, candidates, scene) {
    if (spans.every(isLoud)) return [];
    const isNamed = ({ category, pattern, form }) => {
      const { cased, forms } = this.compiled.patterns[pattern];
      return category === "case" || (category === "avoid" && (cased || forms[form].cased));
    };
    const found = new Map();
    for (const [name, phrase] of findHiddenPairs(candidates.filter(isNamed), spans)) {
      const right = this.getSpelling(phrase, name, scene);
      const [start, end] = [Math.max(name.start, phrase.start), Math.min(name.end, phrase.end)];
      if (!scene.hasSpelling(right, start, end, phrase)) found.set(name, right);
    }
    return resolveOverlaps([...found.keys()]).flatMap((name) => {
      const hit = this.makeHit(name, scene);
      if (hit === null) return [];
      return [name.category === "avoid" ? { ...hit, replacements: [found.get(name)] } : hit];
    });
  }

  // How the record of a phrase writes the name that is in it, or the part of the name that is.
  getSpelling(phrase, name, scene) {
    const { text } = this.compiled.patterns[phrase.pattern].forms[phrase.form];
    const [start, end] = [Math.max(name.start, phrase.start), Math.min(name.end, phrase.end)];
    const first = foldText(scene.text.slice(phrase.start, start)).text.length;
    const last = first + foldText(scene.text.slice(start, end)).text.length;
    return text.slice(...foldText(text).mapToSource(first, last));
  }

  makeHit(span, scene) {
    const { start, end, category } = span;
    const pattern = this.compiled.patterns[span.pattern];
    const form = pattern.forms[span.form];
    const found = scene.text.slice(start, end);
    const opening = scene.isSentenceStart(start, end);
    const hit = {
      start, end, term: pattern.term, category, variant: pattern.text, level: pattern.level, replacements: [],
      reason: "", isSpelledOut: false, ask: pattern.ask, isUnsure: false,
    };
    if (category === "case") return { ...hit, replacements: [adaptCase(form.text, found, form.text, true, opening)] };
    if (category === "abbreviation" && pattern.introduce) {
      return { ...hit, ...this.expandAbbreviation(span, form, scene, opening) };
    }
    if (category !== "avoid") return null;
    const early = pattern.level === "error" && scene.document.day < pattern.error_from;
    const replacements = pattern.remove ? [""] : [...new Set(listReplacements(pattern, form, found, opening, scene))];
    // What is already right, such as a capital at a sentence start, needs no fix.
    if (replacements.includes(normalizeText(found))) return null;
    const isUnsure = scene.isPartOfName(form.text, start, end);
    const mayBeVerb = pattern.may_be_verb && scene.english;
    const isVerb = mayBeVerb && usage.isVerbHere(scene.text, start, end, form.plural);
    const ask = pattern.ask || (pattern.listed_only && form.use === null) || isVerb;
    return { ...hit, level: early ? "warning" : pattern.level, replacements, reason: pattern.why, ask, isUnsure };
  }

  // An abbreviation's long forms: several if terms share it.
  expandAbbreviation(span, form, scene, opening) {
    const out = { replacements: [], isSpelledOut: false };
    for (const [number, place] of this.compiled.reportableForms.get(makeMatchKey(form.text))) {
      const pattern = this.compiled.patterns[number];
      if (!pattern.introduce || pattern.forms[place].text !== form.text) continue;
      const [name] = pattern.names;
      let [use] = pattern.use;
      out.isSpelledOut ||= isSpelledOut(scene.text, span.start, span.end, use);
      if (form.plural) use = pluralizeReplacement(use, name);
      out.replacements.push(`${opening && !name ? capitalizeFirst(use) : use} (${form.text})`);
    }
    return out;
  }
}

// What a generator returns, at once.
export function finishSteps(steps) {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

function listReplacements(pattern, form, found, opening, { english }) {
  if (form.use !== null) return [adaptCase(form.use, found, form.text, false, opening, english)];
  return pattern.use.map((use, number) => {
    const name = pattern.names[number];
    return adaptCase(form.plural ? pluralizeReplacement(use, name) : use, found, form.text, name, opening, english);
  });
}

// All words in alphabetical order, each with the longest other word that it begins with: of the words that begin at a
// place, the last in the alphabet leads to all others.
class WordIndex {
  constructor(reportableForms) {
    this.words = [...reportableForms.keys()].sort();
    this.places = this.words.map((word) => reportableForms.get(word));
    const open = [-1];
    this.shorter = this.words.map((word, number) => {
      while (open.length > 1 && !word.startsWith(this.words[open.at(-1)])) open.pop();
      return open[open.push(number) - 2];
    });
    this.longest = this.words.reduce((most, word) => Math.max(most, word.length), 0);
  }

  // [pattern, form, start, end] of each word of its own in folded text.
  findWords(text) {
    const out = [];
    for (let start = 0; start < text.length; start += 1) {
      // Most places are inside a word: `isWholeWord` would say no.
      if (start && text.charCodeAt(start) < FIRST_UNSPACED && isWordCode(text.charCodeAt(start - 1))) continue;
      const last = this.findLastWord(text.slice(start, start + this.longest));
      for (let number = last; number >= 0; number = this.shorter[number]) {
        const end = start + this.words[number].length;
        if (!text.startsWith(this.words[number], start) || !isWholeWord(text, start, end)) continue;
        for (const [pattern, form] of this.places[number]) out.push([pattern, form, start, end]);
      }
    }
    return out;
  }

  // The last word that is not behind the text in the alphabet.
  findLastWord(text) {
    let [low, high] = [0, this.words.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.words[middle] <= text) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}

// A block of text around its candidates; what is costly is looked at once, and only when asked for.
class BlockContext {
  constructor(text, document, block, english) {
    Object.assign(this, { text, document, block, english });
  }

  isInIdentifier(start, end) {
    this.identifiers ??= exclusions.findIdentifiers(this.text);
    return exclusions.hasEdgeInside(start, end, this.identifiers);
  }

  // Whether one of the contexts in which the word is fine holds here.
  isExempt(unless, start, end) {
    const { kind, quoted, links, quotes } = this.block;
    if (unless.includes(kind)) return true;
    if (unless.includes("quote")) {
      this.quotations ??= exclusions.findQuotations(this.text);
      if (quoted || [quotes, this.quotations].some((ranges) => exclusions.isInside(start, end, ranges))) return true;
    }
    return unless.includes("link") && exclusions.isInside(start, end, links);
  }

  // Whether the words of the sentence around the place say that the pattern is not meant.
  isInOtherContext({ only_near: only, never_near: never }, place) {
    if (!only.length && !never.length) return false;
    this.sentences ??= splitSentences(this.text);
    const { text, known } = this.sentences[findLastStart(this.sentences, place)];
    const hasAny = (words) => {
      const key = words.join("\n");
      if (!known.has(key)) known.set(key, words.some((word) => hasWholeWord(text, word)));
      return known.get(key);
    };
    return (never.length > 0 && hasAny(never)) || (only.length > 0 && !hasAny(only));
  }

  // Whether the words in the range are written exactly so.
  isExactSpelling(right, start, end) {
    return normalizeText(this.text.slice(start, end)) === right;
  }

  // Whether the words in the range are spelled so, but for where they are, or for a phrase all in capitals.
  hasSpelling(right, start, end, phrase) {
    if (this.isExactSpelling(right, start, end) || this.hasPositionalCapital(right, start, end)) return true;
    return isLower(right) && isAllCaps(normalizeText(this.text.slice(phrase.start, phrase.end)));
  }

  // Whether the range is a spelling without capitals that has them only because of where it is.
  hasPositionalCapital(right, start, end) {
    if (Array.from(right).some(isUpper)) return false;
    const found = normalizeText(this.text.slice(start, end));
    if (makeMatchKey(found) !== makeMatchKey(right)) return false;
    if (dropFirstChar(found) === dropFirstChar(right) && sentence.startsSentence(this.text, start)) return true;
    if (!TITLES.includes(this.block.kind) || !sentence.hasTitleCase(this.text, start, end)) return false;
    const words = right.split(" ");
    return found.split(" ").every((word, number) => dropFirstChar(word) === dropFirstChar(words[number]));
  }

  // Whether the words in the range have a neighbor in capitals, but for a title, in which all have.
  isPartOfName(written, start, end) {
    if (!usage.isPartOfName(this.text, start, end, written)) return false;
    return !TITLES.includes(this.block.kind) || !sentence.hasTitleCase(this.text, start, end);
  }

  // Whether only the first letter can be a capital here: a sentence start that is not in a title.
  isSentenceStart(start, end) {
    if (TITLES.includes(this.block.kind) && sentence.hasTitleCase(this.text, start, end)) return false;
    return sentence.startsSentence(this.text, start, true);
  }
}

// { start, text, known } of each sentence. text: folded. known: whether it has one of the words that were looked for.
function splitSentences(text) {
  const starts = [0, ...sentence.listSentenceStarts(text)];
  return starts.map((start, number) => {
    return { start, text: foldText(text.slice(start, starts[number + 1])).text, known: new Map() };
  });
}

// The number of the last that does not start behind a place.
function findLastStart(ranges, place) {
  let [low, high] = [0, ranges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ranges[middle].start <= place) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

const dropFirstChar = (text) => text.slice(charAt(text, 0).length);

// Whether the word that ends here in folded text has an English possessive ending.
function hasPossessive(text, end) {
  return text.startsWith("'s", end) && !ALNUM_FIRST.test(text.slice(end + 2));
}

function isActive(pattern, document) {
  const isMet = (asked, given) => !asked.length || asked.some((value) => given.has(value));
  return (
    document.day >= pattern.since && isMet(pattern.audiences, document.audiences) &&
    isMet(pattern.channels, document.channels)
  );
}
