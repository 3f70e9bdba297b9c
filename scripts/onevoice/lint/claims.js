// Which figures of an English text claim something (lint/claims.py; the patterns `near` are lint/surroundings.py's).
import { LETTER, SPACES, stepAhead, stepBack, stripStart } from "../matcher/characters.js";
import { countBelow } from "./expression.js";

// How far around a figure words are looked for that say what it is, and how near those are that say it of a figure
// without a comparison.
const RADIUS = 240;
const [NEAR_BEFORE, NEAR_BEHIND] = [80, 50];
const WORD = new RegExp(`[${LETTER}]{2}`, "u");
const RUN = new RegExp(`[${SPACES}]+`, "gu");

// A generator that returns those figures of a text that claim something, and yields wherever the page may do something
// else. found: its figures, in order. patterns: { claims, near }, by their modules.
export function* searchClaims(text, found, patterns) {
  // A figure alone, as in a table, says nothing.
  if (!found.length || !WORD.test(patterns.claims.UNIT.replace(text, ""))) return [];
  const out = [];
  for (const place of iteratePlaces(text, found, patterns)) {
    if (isClaim(place, patterns)) out.push(place.figure);
    yield;
  }
  return out;
}

function* iteratePlaces(text, found, { claims }) {
  const ends = Array.from(claims.SENTENCE_END.findAll(text), ({ 0: said, index }) => index + said.length);
  for (const figure of found) {
    const at = countBelow(ends, figure.start, true);
    const start = Math.max(at ? ends[at - 1] : 0, stepBack(text, figure.start, RADIUS));
    const end = Math.min(at < ends.length ? ends[at] : text.length, stepAhead(text, figure.end, RADIUS));
    const before = stripStart(text.slice(start, figure.start).replace(RUN, " "));
    const behind = text.slice(figure.end, end).replace(RUN, " ");
    const nearBefore = before.slice(stepBack(before, before.length, NEAR_BEFORE));
    yield {
      figure, before, behind, kind: figure.value.split(" ")[0], said: text.slice(figure.start, figure.end),
      around: `${before} ${behind}`, near: `${nearBefore} ${behind.slice(0, stepAhead(behind, 0, NEAR_BEHIND))}`,
    };
  }
}

function isClaim(place, patterns) {
  if (place.kind === "first") return isRank(place, patterns.near);
  return !isOtherThing(place, patterns) && (compares(place, patterns) || tells(place, patterns.near));
}

function isRank({ before, behind, said }, near) {
  if (near.FIRST_THING.match(behind) || near.PLANNED.test(before)) return false;
  // Industry leaders are other people, unless we are they.
  return !said.toLowerCase().endsWith("leaders") || near.BEING.test(before);
}

// Whether a figure is of a kind that is no claim, whatever it compares.
function isOtherThing(place, { claims, near }) {
  const { before, behind, around, kind, said } = place;
  if (near.PAID.test(around) && !near.SAVED.test(around)) return true;
  if (near.PLANNED.test(before) || near.PLANNED_BEHIND.test(behind) || near.NO_MORE_THAN.test(before)) return true;
  if (near.TASK.test(before) && near.DAY.test(around)) return true;
  if (near.SUPPOSED.test(before) || near.MADE_UP.test(around) || near.OFFERED.test(around)) return true;
  if (kind === "share") return isOtherShare(place, near);
  if (kind === "money") {
    return (near.SEGMENT.test(before) && !near.GAINED.test(before)) || near.RAISED_TO.test(before);
  }
  // A triple is a thing; to triple is what somebody does.
  if (["double", "triple", "quadruple"].includes(said.toLowerCase()) && !near.VERB_NEXT.test(before)) return true;
  // A multiple of nothing is a name or an enlargement.
  return claims.MULTIPLE.test(said)
    && (near.AT.test(before) || !(near.MULTIPLIES.match(behind) || near.CHANGES_BY.test(before)));
}

function isOtherShare({ figure, before, behind }, near) {
  // The end of a range says it all.
  if (figure.value === "share 0" || (near.RANGE.match(behind) && !near.FROM.test(before))) return true;
  // The 1% Pledge is a name.
  if (near.THE.test(before) && near.PROPER_NAME.match(behind)) return true;
  return !near.COMPARES.match(behind)
    && (Boolean(near.OTHER_THING.match(behind)) || near.IS_SET_TO.test(before) || near.PICTURED.test(before));
}

function compares({ before, behind, kind, said }, { claims, near }) {
  if (near.COMPARES.match(behind) || claims.MULTIPLE.test(said)) return true;
  // The comparing word is the last of it: three times as fast.
  if (kind === "times") return near.COMPARES.match(` ${said.trim().split(RUN).at(-1)}${behind}`) !== null;
  return near.CHANGES_BY.test(before);
}

// Whether a figure that doesn't compare says whose share it is, and no example, rule or label says otherwise.
function tells(place, near) {
  const { before, behind, around, kind } = place;
  if (near.EXAMPLE.test(before) || near.RULED.test(place.near) || near.OBJECT_INSIDE.test(around)) return false;
  const counts = near.COUNTS.match(behind) !== null;
  if (kind === "share" && (isAllotted(place, near) || !(counts || isTold(place, near)))) return false;
  if (counts) return true;
  if ([near.TECHNICAL, near.GRADED, near.DRAFTED, near.TERMS].some((other) => other.test(place.near))) return false;
  return !near.SCORED.test(place.near) || near.OURS.test(around);
}

function isTold({ before, behind, said }, near) {
  if (near.LABEL.match(before) && !WORD.test(behind)) return near.GOOD_LABEL.test(before);
  return near.OUT_OF.test(said) || near.TELLS.match(behind) !== null || near.TELLS_BEFORE.test(before);
}

// Whether somebody is told what to spend, or nobody is told anything: 99% of the time.
function isAllotted({ before, behind }, near) {
  if (near.TAKE.test(before) || near.ALLOTS.test(before) || near.ALLOTTED.match(behind)) return true;
  return near.OF_THE_TIME.match(behind) !== null && !WORD.test(before);
}
