// All that is found in a draft, which is a plain text that is written for somebody: words, claims, voice, message.
import { mapToSource, read } from "../prose/text.js";
import { collapseWhitespace, searchBlock } from "./terms.js";
import { CLAIM_RULE, ClaimRule } from "./unsourced_number.js";
import { MESSAGE_RULE, checkMessage } from "./off_message.js";
import { findVoiceMatch } from "./voice.js";
import { loadExpressions } from "./expression.js";

// The rules of a handbook. data: what run/browser.py has written.
export class DraftRules {
  constructor(data) {
    const patterns = Object.fromEntries(
      Object.entries(data.patterns).map(([name, written]) => [name, loadExpressions(written)]),
    );
    const given = { language: data.language, stop_words: new Set(data.stop_words) };
    this.claims = data.claims && new ClaimRule({ ...given, claims: data.claims }, patterns);
    this.messages = data.messages && { ...given, messages: data.messages };
    const voice = loadExpressions(Object.fromEntries(data.voice.map(({ id, expression }) => [id, expression])));
    this.voice = data.voice.map((rule) => ({ ...rule, expression: voice[rule.id] }));
    this.names = data.names;
    this.unchecked = data.unchecked;
    this.known = new Map();
    this.used = new Map();
  }

  // A generator that returns the findings of the claims in a block, which are remembered for as long as the draft has
  // the block.
  *searchClaims(text, before, today) {
    const key = JSON.stringify([text, before, today]);
    const found = this.known.get(key) ?? (yield* this.claims.search(text, before, today));
    this.known.set(key, found);
    this.used.set(key, found);
    return found;
  }

  // Forget what nobody has asked for since the last time.
  forgetUnused() {
    [this.known, this.used] = [this.used, new Map()];
  }
}

// A generator over a draft that yields wherever the page may do something else. report: gets each finding, in reading
// order, one on the whole text first: { start, end, rule, level, match, message, reason, replacements, path, and of
// words all that terms.js says }. path: of the page that explains it, or null. context: of the matcher, with persona,
// stage and readers (off_message.js). from, to: only what is there.
export function* searchDraft(source, matcher, rules, context, report, from = 0, to = source.length) {
  const isWhole = from === 0 && to === source.length;
  const blocks = read(source);
  if (isWhole && rules.messages && blocks.length) {
    const found = yield* checkMessage(blocks.map(({ text }) => text), rules.messages, context);
    if (found) report(describeWhole(found));
  }
  const voice = new VoiceSearch(source, rules.voice, from);
  const explained = new Set();
  let before = "";
  for (const block of blocks) {
    const [start, end] = [block.pieces[0].start, block.pieces.at(-1).end];
    if (end > from && start < to) {
      const found = [];
      yield* searchBlock(source, block, matcher, context, explained, (issue) => found.push(describeTerm(issue)));
      if (rules.claims && !block.quoted) {
        const claimed = yield* rules.searchClaims(block.text, before, context.day);
        found.push(...claimed.map((one) => describeClaim(source, block, one)));
        yield;
      }
      yield* voice.collect(end, found);
      found.sort(compareIssues).forEach(report);
    }
    before = block.text;
  }
}

const describeWhole = (found) => ({
  ...found, start: 0, end: 0, rule: MESSAGE_RULE, level: "warning", replacements: [], isWhole: true,
});

const describeTerm = (issue) => ({
  ...issue, rule: `Brand.${issue.hit.term}`, level: issue.hit.level, reason: issue.hit.reason, path: null,
});

function describeClaim(source, block, found) {
  const [start, end] = mapToSource(block, found.start, found.end);
  const match = collapseWhitespace(source.slice(start, end));
  return { ...found, start, end, rule: CLAIM_RULE, match, replacements: [] };
}

function compareIssues(one, other) {
  const order = one.start - other.start || one.end - other.end;
  const [first, second] = [one, other].map(({ rule, message }) => `${rule}\n${message}`);
  return order || (first < second ? -1 : Number(first > second));
}

// What the rules of the voice find, each going through the text once.
class VoiceSearch {
  constructor(source, rules, from) {
    this.source = source;
    this.searches = rules.map((rule) => ({ rule, place: from, next: undefined }));
  }

  // Add all that begins before a place, and was not given yet.
  *collect(limit, found) {
    for (const search of this.searches) {
      for (;;) {
        if (search.next === undefined) {
          search.next = findVoiceMatch(search.rule, this.source, search.place);
          yield;
        }
        if (!search.next || search.next.start >= limit) break;
        found.push(search.next);
        search.place = search.next.end;
        search.next = undefined;
      }
    }
  }
}
