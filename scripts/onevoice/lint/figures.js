// Figures in a text that claim something: shares, multiples, rankings, money (lint/figures.py, which has the patterns).
import { isDecimal, stepAhead, stepBack } from "../matcher/characters.js";
import { countBelow } from "./expression.js";
import { foldCase } from "../matcher/fold.js";

const ONES = [
  "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
];
const TENS = {
  twenty: 20, thirty: 30, forty: 40, fifty: 50, sixty: 60, seventy: 70, eighty: 80, ninety: 90, hundred: 100,
};
const FRACTIONS = { half: 2, third: 3, quarter: 4, fifth: 5, tenth: 10 };
const SCALE = { k: 3, thousand: 3, m: 6, mn: 6, million: 6, b: 9, bn: 9, billion: 9 };
const TIMES = { d: 2, t: 3, q: 4 };
const MAX_DIGITS = 40;
// How far before a sum a word is looked for that says what is gained, and behind it for what it is.
const GAIN_RADIUS = 400;
const PRICE_RADIUS = 40;
const EFFECT_RADIUS = 20;

// A number as [numerator, denominator], in its lowest terms.
function makeRatio(over, under = 1n) {
  let [one, other] = [over, under];
  while (other) [one, other] = [other, one % other];
  return one ? [over / one, under / one] : [0n, 1n];
}

const formatRatio = ([over, under]) => (under === 1n ? `${over}` : `${over}/${under}`);

// The text without case, as an expression that ignores it sees it: all kinds of an i are one.
const foldLetters = (text) => foldCase(text).replaceAll("i\u0307", "i").replaceAll("ı", "i");

function parseNumber(text) {
  const [word, ...rest] = foldLetters(text).replaceAll(" ", "-").split("-");
  const more = rest.length ? ONES.indexOf(rest.join("-")) : 0;
  if (Object.hasOwn(TENS, word)) return makeRatio(BigInt(TENS[word] + more));
  if (ONES.includes(word)) return makeRatio(BigInt(ONES.indexOf(word)));
  if (text.length > MAX_DIGITS) return makeRatio(0n);
  const plain = text.replace(/[,\u00a0\u202f](?=\p{Nd}{3}(?!\p{Nd}))/gu, "").replace(",", ".");
  const [whole, part = ""] = plain.replace(/\p{Nd}/gu, readDigit).split(".");
  return makeRatio(BigInt(whole + part), 10n ** BigInt(part.length));
}

// What a digit of whatever script says. Those of a script follow each other from zero on.
function readDigit(digit) {
  const code = digit.normalize("NFKC").codePointAt(0);
  let value = 0;
  while (value < 9 && isDecimal(String.fromCodePoint(code - value - 1))) value += 1;
  return String(value);
}

// The figures of a text, { start, end, value }, in order; of those that overlap, the first. patterns: of figures.py.
export function findFigures(text, patterns) {
  if (!patterns.PREFILTER.test(text)) return [];
  const finders = [findShares, findMultiples, findRanks, findMoney];
  const found = finders.flatMap((find) => [...find(text, patterns)]);
  found.sort((one, other) => one.start - other.start || other.end - one.end);
  const out = [];
  for (const figure of found) {
    if (!out.length || figure.start >= out.at(-1).end) out.push(figure);
  }
  return out;
}

function* findShares(text, { SHARE, FULL_SHARE_TAIL }) {
  for (const { 0: said, index, groups } of SHARE.findAll(text)) {
    let share;
    let end = index + said.length;
    if (groups.percent) {
      const [over, under] = parseNumber(groups.percent);
      share = makeRatio(over, under * 100n);
      // All of it is only a claim if it is of something: not `100% cotton`.
      if (formatRatio(share) === "1" && !FULL_SHARE_TAIL.match(text, end)) continue;
    } else if (groups.some) {
      const [some, every] = [parseNumber(groups.some), parseNumber(groups.all)];
      share = every[0] ? makeRatio(some[0] * every[1], some[1] * every[0]) : [1n, 1n];
      if (!(some[0] > 0n && share[0] < share[1] && every[0] <= 100n * every[1])) continue;
    } else if (groups.half || groups.most) {
      share = [1n, 2n];
      end = index + said.search(/half/iu) + "half".length;
    } else if (groups.by) {
      share = [1n, BigInt(FRACTIONS[foldLetters(groups.by)])];
    } else {
      const [over, under] = ["a", "an"].includes(foldLetters(groups.count)) ? [1n, 1n] : parseNumber(groups.count);
      share = makeRatio(over, under * BigInt(FRACTIONS[foldLetters(groups.part)]));
    }
    yield { start: index, end, value: `share ${formatRatio(share)}` };
  }
}

function* findMultiples(text, { MULTIPLE }) {
  for (const { 0: said, index, groups } of MULTIPLE.findAll(text)) {
    let times;
    if (groups.twice) times = [2n, 1n];
    else if (groups.double) times = [BigInt(TIMES[groups.double[0].toLowerCase()]), 1n];
    else if (groups.halve || groups.halved) times = [1n, 2n];
    else times = parseNumber(groups.x || groups.times || groups.yours || groups.fold);
    const value = formatRatio(times);
    if (!["0", "1"].includes(value)) yield { start: index, end: index + said.length, value: `times ${value}` };
  }
}

function* findRanks(text, { RANK }) {
  for (const { 0: said, index } of RANK.findAll(text)) {
    yield { start: index, end: index + said.trimEnd().length, value: "first" };
  }
}

function* findMoney(text, { MONEY, EFFECT, SENTENCE_END, GAINED, GAIN, PRICE }) {
  const matches = [...MONEY.findAll(text)];
  if (!matches.length) return;
  const effects = Array.from(EFFECT.findAll(text), ({ 0: said, index }) => [index, index + said.length]);
  const starts = effects.map(([start]) => start);
  const ends = Array.from(SENTENCE_END.findAll(text), ({ 0: said, index }) => index + said.length);
  const hasEffect = (first, last) => {
    const at = countBelow(starts, first);
    return at < effects.length && effects[at][1] <= last;
  };
  for (const { 0: said, index, groups } of matches) {
    const last = index + said.length;
    const sentence = countBelow(ends, index, true);
    const following = countBelow(ends, last + 1);
    const start = sentence ? ends[sentence - 1] : 0;
    const stop = following < ends.length ? ends[following] - 1 : text.length;
    const cutBehind = (count) => text.slice(last, Math.min(stop, stepAhead(text, last, count)));
    if (!(hasEffect(start, index) || hasEffect(last, stop) || EFFECT.match(cutBehind(EFFECT_RADIUS)))) continue;
    const behind = cutBehind(PRICE_RADIUS);
    // Five words and what is around them; a sentence can be a whole file.
    const before = Math.max(start, stepBack(text, index, GAIN_RADIUS));
    const gained = GAINED.test(behind) || GAIN.find(text.slice(0, index), before) !== null;
    if (PRICE.test(behind) && !gained) continue;
    const scale = foldLetters(groups.scale || groups.scale2 || "");
    const [over, under] = parseNumber(groups.sum || groups.sum2);
    const amount = makeRatio(over * 10n ** BigInt(SCALE[scale] ?? 0), under);
    yield { start: index, end: last, value: `money ${formatRatio(amount)}` };
  }
}
