// The matcher: a block of text and the compiled terms in, the terms in it out (matcher/matcher.py).
import { adapt, capital, many } from "./casing.js";
import { fold, key, tidy } from "./fold.js";
import { introduced } from "./abbreviation.js";
import { at, bounded, isupper } from "./characters.js";
import * as masks from "./exclusions.js";
import { select } from "./overlap.js";
import * as sentence from "./sentence.js";

const TITLES = ["heading", "title"];
const PARAGRAPH = { kind: "paragraph", quoted: false, links: [], quotes: [] };
// Below, a script has spaces.
const UNSPACED = 0x0e00;
// Folded ASCII that is `wordy`.
const inside = (code) => (code > 96 && code < 123) || (code > 47 && code < 58) || code === 95;

// For whom and when a document is. day: YYYY-MM-DD.
export function context(day, audiences = [], channels = []) {
  return { day, audiences: new Set(audiences.map(key)), channels: new Set(channels.map(key)) };
}

// Finds compiled terms (compile.js) in text. Holds no state between texts.
export class Matcher {
  constructor(compiled) {
    this.compiled = compiled;
    this.index = new Index(compiled.loud);
  }

  // What is off-brand in one block of prose, in order: { start, end, term, what, variant, level, replacements, reason,
  // introduced }. block: kind, quoted, links and quotes, as in prose/block.py.
  hits(text, document, block = {}) {
    const folded = fold(text);
    const found = this.index.find(folded.text);
    if (!found.length) return [];
    const scene = new Scene(text, document, { ...PARAGRAPH, ...block });
    const spans = select(this.candidates(found, folded, scene));
    return spans.map((span) => this.hit(span, scene)).filter((hit) => hit !== null);
  }

  candidates(found, folded, scene) {
    const out = [];
    for (const [number, place, first, last] of found) {
      const pattern = this.compiled.patterns[number];
      const form = pattern.forms[place];
      if (!active(pattern, scene.document)) continue;
      const [start, end] = folded.source(first, last);
      if (scene.identified(start, end)) continue;
      let what = pattern.role;
      if (pattern.cased || what === "name") {
        const right = scene.spelled(form.text, start, end);
        if (what === "name") {
          what = right || scene.capital(form.text, start, end) ? "name" : "case";
        } else if (!right || (pattern.use.length && what === "avoid" && scene.capital(pattern.use[0], start, end))) {
          continue;
        }
      }
      if (pattern.unless.length && scene.excused(pattern.unless, start, end)) continue;
      out.push({ start, end, what, pattern: number, form: place });
    }
    return out;
  }

  hit(span, scene) {
    const { start, end, what } = span;
    const pattern = this.compiled.patterns[span.pattern];
    const form = pattern.forms[span.form];
    const found = scene.text.slice(start, end);
    const opening = scene.opening(start, end);
    const hit = {
      start, end, term: pattern.term, what, variant: pattern.text, level: "error", replacements: [], reason: "",
      introduced: false,
    };
    if (what === "case") return { ...hit, replacements: [adapt(form.text, found, form.text, true, opening)] };
    if (what === "abbreviation" && pattern.introduce) return { ...hit, ...this.short(span, form, scene, opening) };
    if (what !== "avoid") return null;
    const early = pattern.level === "error" && scene.document.day < pattern.error_from;
    const replacements = pattern.remove ? [""] : [...new Set(uses(pattern, form, found, opening))];
    // What is already right, such as a capital at a sentence start, needs no mending.
    if (replacements.includes(tidy(found))) return null;
    return { ...hit, level: early ? "warning" : pattern.level, replacements, reason: pattern.why };
  }

  // An abbreviation's long forms: several if terms share it.
  short(span, form, scene, opening) {
    const out = { replacements: [], introduced: false };
    for (const [number, place] of this.compiled.loud.get(key(form.text))) {
      const pattern = this.compiled.patterns[number];
      if (!pattern.introduce || pattern.forms[place].text !== form.text) continue;
      const [name] = pattern.names;
      let [use] = pattern.use;
      out.introduced ||= introduced(scene.text, span.start, span.end, use);
      if (form.plural) use = many(use, name);
      out.replacements.push(`${opening && !name ? capital(use) : use} (${form.text})`);
    }
    return out;
  }
}

function uses(pattern, form, found, opening) {
  if (form.use !== null) return [adapt(form.use, found, form.text, false, opening)];
  return pattern.use.map((use, number) => {
    const name = pattern.names[number];
    return adapt(form.plural ? many(use, name) : use, found, form.text, name, opening);
  });
}

// All words in alphabetical order, each with the longest other word that it begins with: of the words that begin at a
// place, the last in the alphabet leads to all others.
class Index {
  constructor(loud) {
    this.words = [...loud.keys()].sort();
    this.places = this.words.map((word) => loud.get(word));
    const open = [-1];
    this.shorter = this.words.map((word, number) => {
      while (open.length > 1 && !word.startsWith(this.words[open.at(-1)])) open.pop();
      return open[open.push(number) - 2];
    });
    this.longest = this.words.reduce((most, word) => Math.max(most, word.length), 0);
  }

  // [pattern, form, start, end] of each word of its own in folded text.
  find(text) {
    const out = [];
    for (let start = 0; start < text.length; start += 1) {
      // Most places are inside a word: `bounded` would say no.
      if (start && text.charCodeAt(start) < UNSPACED && inside(text.charCodeAt(start - 1))) continue;
      for (let number = this.last(text.slice(start, start + this.longest)); number >= 0; number = this.shorter[number]) {
        const end = start + this.words[number].length;
        if (!text.startsWith(this.words[number], start) || !bounded(text, start, end)) continue;
        for (const [pattern, form] of this.places[number]) out.push([pattern, form, start, end]);
      }
    }
    return out;
  }

  // The last word that is not behind the text in the alphabet.
  last(text) {
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
class Scene {
  constructor(text, document, block) {
    Object.assign(this, { text, document, block });
  }

  identified(start, end) {
    this.identifiers ??= masks.identifiers(this.text);
    return masks.cut(start, end, this.identifiers);
  }

  // Whether one of the contexts in which the word is fine holds here.
  excused(unless, start, end) {
    const { kind, quoted, links, quotes } = this.block;
    if (unless.includes(kind)) return true;
    if (unless.includes("quote")) {
      this.quotations ??= masks.quotations(this.text);
      if (quoted || masks.inside(start, end, quotes) || masks.inside(start, end, this.quotations)) return true;
    }
    return unless.includes("link") && masks.inside(start, end, links);
  }

  // Whether the words in the range are written exactly so.
  spelled(right, start, end) {
    return tidy(this.text.slice(start, end)) === right;
  }

  // Whether the range is a spelling without capitals that has them only because of where it is.
  capital(right, start, end) {
    if (Array.from(right).some(isupper)) return false;
    const found = tidy(this.text.slice(start, end));
    if (key(found) !== key(right)) return false;
    if (tail(found) === tail(right) && sentence.opens(this.text, start)) return true;
    if (!TITLES.includes(this.block.kind) || !sentence.titled(this.text, start, end)) return false;
    const words = right.split(" ");
    return found.split(" ").every((word, number) => tail(word) === tail(words[number]));
  }

  // Whether only the first letter can be a capital here: a sentence start that is not in a title.
  opening(start, end) {
    if (TITLES.includes(this.block.kind) && sentence.titled(this.text, start, end)) return false;
    return sentence.opens(this.text, start, true);
  }
}

const tail = (text) => text.slice(at(text, 0).length);

function active(pattern, document) {
  const meets = (asked, given) => !asked.length || asked.some((value) => given.has(value));
  return (
    document.day >= pattern.since && meets(pattern.audiences, document.audiences) &&
    meets(pattern.channels, document.channels)
  );
}
