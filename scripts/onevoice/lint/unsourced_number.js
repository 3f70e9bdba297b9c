// A claim that the handbook has no usable proof for (lint/rules/unsourced_number.py).
import { findIdentifiers, findQuotations } from "../matcher/exclusions.js";
import { foldText } from "../matcher/fold.js";
import { extractKeywords, findSentenceSpans, measureCoverage } from "./keywords.js";
import { stepAhead } from "../matcher/characters.js";
import { collapseWhitespace } from "./terms.js";
import { countBelow } from "./expression.js";
import { findFigures } from "./figures.js";
import { searchClaims } from "./claims.js";

export const CLAIM_RULE = "unsourced-number";
// How much of a claim's words must be around its figure: for the claim to be meant, and for it to count as proven.
const [MIN_MEANT_COVERAGE, MIN_PROVEN_COVERAGE] = [0.5, 0.4];
const COMPARED_RADIUS = 400;
const COMPARISON_WORDS = "higher lower greater bigger larger faster better growth increase rise";

// facts: what Python has read of the proof points, and its stop words. patterns: by their modules.
export class ClaimRule {
  constructor({ claims, language, stop_words: stopWords }, patterns) {
    this.claims = claims.map(readClaim);
    // Without any proof points, figures are nobody's to judge.
    this.hasProof = this.claims.some(({ isMessage }) => !isMessage);
    this.patterns = patterns;
    this.language = language;
    this.extract = (text) => extractKeywords(text, language, stopWords);
    this.saying = new Set(this.extract(COMPARISON_WORDS));
  }

  // A generator over one block of a text that is written for somebody, which returns its findings, { start, end, level,
  // message, reason, path }, and yields wherever the page may do something else. before: the text of the block before
  // it. today: YYYY-MM-DD.
  *search(text, before, today) {
    const { patterns } = this;
    const found = findFigures(text, patterns.figures);
    const worded = this.findWordings(text);
    const counts = this.findStaleCounts(text, today);
    if (!(worded.length || found.length || counts.length)) return [];
    const isRank = ([start]) => patterns.number.RANK.match(text, start) !== null;
    const taken = [...findQuotations(text), ...findIdentifiers(text).filter((range) => !isRank(range))];
    const isTaken = makeOverlapTest(taken);
    const out = [];
    const wordings = [];
    for (const [start, end, claim] of worded) {
      if (isTaken(start, end) || overlapsAny(start, end, wordings)) continue;
      wordings.push([start, end]);
      const said = quote(text, start, end);
      const message = claim.isMessage
        ? `Do not say "${said}": our message "${claim.title}" rules it out.`
        : `Do not say "${said}": it claims more than its source.`;
      const level = claim.isMessage ? "warning" : "error";
      out.push({ start, end, level, message, reason: `Say: ${claim.say}`, path: claim.path });
    }
    const isFree = (start, end) => !isTaken(start, end) && !overlapsAny(start, end, wordings);
    const figured = found.length ? yield* this.searchFigures(text, before, found, isFree, today) : [];
    out.push(...figured);
    const places = figured.map(({ start, end }) => [start, end]);
    for (const [start, end, claim] of counts) {
      const isNew = isFree(start, end) && !overlapsAny(start, end, places);
      if (isNew) out.push(this.reportStaleClaim(text, start, end, claim, today));
    }
    return out;
  }

  *searchFigures(text, before, found, isFree, today) {
    const claimed = this.language === "english" ? yield* searchClaims(text, found, this.patterns) : found;
    const unproven = new Set(this.hasProof ? claimed.map(({ start }) => start) : []);
    const spans = findSentenceSpans(text, this.patterns.keywords.SENTENCE_END);
    const starts = spans.map(([start]) => start);
    const wide = new Set(this.extract(`${before}\n${text}`));
    const known = new Map();
    const out = [];
    for (const figure of found) {
      yield;
      if (!isFree(figure.start, figure.end)) continue;
      // Many figures may be in one sentence.
      const span = spans.at(countBelow(starts, figure.start, true) - 1);
      if (!known.has(span)) known.set(span, new Set(this.extract(text.slice(...span))));
      const finding = this.checkFigure(text, figure, known.get(span), wide, unproven.has(figure.start), today);
      if (finding) out.push(finding);
    }
    return out;
  }

  // The finding on one figure, or null if it is proven or not for us to judge.
  checkFigure(text, figure, around, wide, isUnproven, today) {
    const having = this.claims.filter(({ figures }) => figures.has(figure.value));
    const usable = having.filter((claim) => !explainStaleness(claim, today));
    const compared = this.findComparedWords(text, figure).map((word) => `${figure.value} of ${word}`);
    const most = (claims, given) => Math.max(0, ...claims.map((claim) => measureRelevance(claim, given)));
    let [meant, stale] = [0, null];
    for (const claim of having.filter((one) => explainStaleness(one, today))) {
      const isCompared = compared.some((word) => claim.comparisons.has(word));
      const near = Math.max(measureRelevance(claim, around), isCompared ? MIN_MEANT_COVERAGE : 0);
      if (stale === null || near > meant) [meant, stale] = [near, claim];
    }
    if (stale && meant >= MIN_MEANT_COVERAGE && meant > most(usable, around)) {
      return this.reportStaleClaim(text, figure.start, figure.end, stale, today);
    }
    if (most(usable, wide) >= MIN_PROVEN_COVERAGE || !isUnproven) return null;
    const other = usable.length ? ` The handbook has this figure for something else: ${usable[0].title}.` : "";
    const said = quote(text, figure.start, figure.end);
    const message = `No proof point backs "${said}" here.${other} Find one, register one, or leave the figure out.`;
    return { start: figure.start, end: figure.end, level: "warning", message, reason: "", path: null };
  }

  // What a figure compares, as far as that comes right after it: up to two content words.
  findComparedWords(text, figure) {
    const { COMPARATIVE, PUNCTUATION } = this.patterns.number;
    if (!COMPARATIVE.match(text, figure.end)) return [];
    const limit = stepAhead(text, figure.end, COMPARED_RADIUS);
    let near = text.slice(figure.end, limit);
    // The last word may be cut.
    if (limit < text.length) {
      const longer = text.slice(figure.end, stepAhead(text, limit, 1));
      near = longer.slice(0, Math.max(longer.lastIndexOf(" "), 0));
    }
    const stop = PUNCTUATION.find(near);
    const behind = stop ? near.slice(0, stop.index) : near;
    if (!COMPARATIVE.match(behind)) return [];
    return this.extract(behind).filter((word) => !this.saying.has(word)).slice(0, 2);
  }

  // Claims past their time whose figures are counts, if all of these come with the words.
  findStaleCounts(text, today) {
    const out = [];
    let places = null;
    let given = null;
    for (const claim of this.claims) {
      if (!claim.numbers.length || !claim.isCount || !explainStaleness(claim, today)) continue;
      if (places === null) {
        places = new Map();
        for (const { 0: number, index } of this.patterns.number.NUMBER.findAll(text)) {
          if (!places.has(number)) places.set(number, [index, index + number.length]);
        }
      }
      if (!claim.numbers.every((number) => places.has(number))) continue;
      given ??= new Set(this.extract(text));
      if (measureRelevance(claim, given) < MIN_MEANT_COVERAGE) continue;
      const longest = claim.numbers.reduce((most, number) => (number.length > most.length ? number : most));
      out.push([...places.get(longest), claim]);
    }
    return out;
  }

  // The places that use a wording that a claim lists, whatever the punctuation and the spaces between its words.
  findWordings(text) {
    const listed = this.claims.filter(({ wordings }) => wordings.length);
    if (!listed.length) return [];
    const whole = foldText(text);
    const places = [];
    let said = " ";
    for (const { 0: token, index } of this.patterns.number.TOKEN.findAll(whole.text)) {
      places.push([index, index + token.length]);
      said += `${token} `;
    }
    const found = [];
    for (const claim of listed) {
      for (const wording of claim.wordings) {
        const at = said.indexOf(` ${wording} `);
        if (at < 0) continue;
        const first = said.slice(0, at).split(" ").length - 1;
        const last = first + wording.split(" ").length - 1;
        found.push([...whole.mapToSource(places[first][0], places[last][1]), claim]);
      }
    }
    return found.sort((one, other) => one[0] - other[0] || one[1] - other[1]);
  }

  reportStaleClaim(text, start, end, claim, today) {
    const why = explainStaleness(claim, today);
    const message = `Leave out "${quote(text, start, end)}": the claim "${claim.title}" ${why}.`;
    const level = claim.standing === "usable" ? "warning" : "error";
    return { start, end, level, message, reason: `Say: ${claim.say}`, path: claim.path };
  }
}

// A claim as Python writes it: its fields in their order.
function readClaim([path, title, standing, expires, say, figures, texts, numbers, isCount, ...rest]) {
  const [wordings, compared, isMessage] = rest;
  const comparisons = new Set(compared.map((one) => one.join(" of ")));
  const values = new Set(figures);
  const facts = { figures: values, texts, numbers, isCount, wordings, comparisons };
  return { path, title, standing, expires, say, isMessage, ...facts };
}

// Why a claim cannot be used on a day, or "".
function explainStaleness({ standing, expires }, today) {
  if (standing !== "usable") return standing === "disputed" ? "is disputed" : "is expired";
  return expires && expires < today ? `expired on ${expires}` : "";
}

function measureRelevance({ texts }, given) {
  return Math.max(0, ...texts.map((words) => measureCoverage(words, given)));
}

const quote = (text, start, end) => collapseWhitespace(text.slice(start, end));

// A function that says whether a range shares something with one of these, of which some may be within others.
function makeOverlapTest(ranges) {
  const ordered = [...ranges].sort((one, other) => one[0] - other[0]);
  const starts = ordered.map(([start]) => start);
  let most = 0;
  const reached = ordered.map(([, end]) => (most = Math.max(most, end)));
  return (start, end) => {
    const before = countBelow(starts, end);
    return before > 0 && reached[before - 1] > start;
  };
}

const overlapsAny = (start, end, ranges) => ranges.some(([first, last]) => start < last && first < end);

