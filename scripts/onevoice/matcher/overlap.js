// Which of the overlapping candidates win: the leftmost, then the longest, then the one that says most
// (matcher/overlap.py). A candidate is { start, end, category, pattern, form }.

// At the same place: an exception beats a finding, an avoided word beats a right one, and that a wrongly spelled name.
const RANK = { except: 0, avoid: 1, abbreviation: 2, preferred: 3, name: 3, allowed: 4, use: 5, case: 6 };
const WEAK = "use";
// What says something where it wins; the others only keep what they hide silent.
const LOUD = ["avoid", "case"];
export const isLoud = ({ category }) => LOUD.includes(category);

// A replacement hides what is inside it, but gives way to what only begins there.
export function resolveOverlaps(candidates) {
  const kept = [];
  let reached = 0;
  for (const candidate of candidates.sort(compareCandidates)) {
    const last = kept[kept.length - 1];
    if (candidate.start < reached && candidate.end > reached && last.category === WEAK && candidate.category !== WEAK) {
      reached = kept.pop().start;
    }
    if (candidate.start < reached) continue;
    kept.push(candidate);
    reached = candidate.end;
  }
  return kept;
}

// [name, phrase] of each name that silent candidates hide and no other ones, with the first that hides it. spans: the
// candidates that have won, in order. An avoided name counts only if the one that hides it holds all of it.
export function findHiddenPairs(names, spans) {
  const out = [];
  for (const name of names) {
    const first = findFirstBehind(spans, name.start);
    let place = first;
    while (place < spans.length && spans[place].start < name.end && !isLoud(spans[place])) place += 1;
    if (place === first || (place < spans.length && spans[place].start < name.end)) continue;
    const phrase = spans[first];
    if (name.category === "case" || (phrase.start <= name.start && name.end <= phrase.end)) out.push([name, phrase]);
  }
  return out;
}

// The number of the first span that ends behind an offset.
function findFirstBehind(spans, offset) {
  let [low, high] = [0, spans.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans[middle].end <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function compareCandidates(one, other) {
  return (
    one.start - other.start || other.end - one.end || RANK[one.category] - RANK[other.category] ||
    one.pattern - other.pattern || one.form - other.form
  );
}
