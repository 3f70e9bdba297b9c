// The findings in a plain text (lint/terms.py).
import { finishSteps } from "../matcher/matcher.js";
import { isInLabel } from "../matcher/usage.js";
import { isReplaceable, mapToSource, read } from "../prose/text.js";

// In reading order: { start, end, match, message, replacements, fixable, block, hit }, start and end in the source,
// replacements [] if none can be written.
export function findIssues(source, matcher, document) {
  const issues = [];
  finishSteps(searchIssues(source, matcher, document, (issue) => issues.push(issue)));
  return issues;
}

// The same as a generator that yields wherever the page may do something else. report: gets each issue. from, to: only
// the blocks that are there.
export function* searchIssues(source, matcher, document, report, from = 0, to = source.length) {
  const explained = new Set();
  for (const block of read(source)) {
    if (block.pieces.at(-1).end <= from || block.pieces[0].start >= to) continue;
    for (const hit of yield* matcher.searchHits(block.text, document, block)) {
      yield;
      if (hit.category === "abbreviation" && allowsAbbreviation(hit, explained)) continue;
      report(makeIssue(source, block, hit));
    }
  }
}

function makeIssue(source, block, hit) {
  const [start, end] = mapToSource(block, hit.start, hit.end);
  const free = isReplaceable(block, hit.start, hit.end) && !hit.isUnsure;
  return {
    start,
    end,
    match: collapseWhitespace(source.slice(start, end)),
    message: formatHitMessage(hit, block.text.slice(hit.start, hit.end)),
    replacements: free ? hit.replacements : [],
    fixable:
      free && !hit.ask && hit.category !== "abbreviation" && hit.replacements.length === 1 &&
      !isInLabel(source, start, end),
    block,
    hit,
  };
}

// Whether this use of a short form is fine; notes which have been explained or reported.
function allowsAbbreviation(hit, explained) {
  if (explained.has(hit.variant)) return true;
  explained.add(hit.variant);
  return hit.isSpelledOut;
}

// The text with each run of spaces, tabs and line ends as one space; other white space stays.
export function collapseWhitespace(text) {
  return text.replace(/[ \t\r\n]+/g, " ");
}

// What a writer is told about a hit. found: the words in the text.
function formatHitMessage(hit, found) {
  found = collapseWhitespace(found);
  const uses = hit.replacements.map((use) => `"${use}"`);
  if (hit.category === "case") return `Write ${uses[0]}, not "${found}".`;
  if (hit.replacements[0] === "" && uses.length === 1) return `Leave out "${found}".`;
  const choice = uses.length === 1 ? uses[0] : `${uses.slice(0, -1).join(", ")} or ${uses.at(-1)}`;
  if (hit.category === "abbreviation") return `Spell out "${found}" on first use: ${choice}.`;
  return `Say ${choice}, not "${found}".`;
}
