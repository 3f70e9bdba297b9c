// Which of the overlapping candidates win: the leftmost, then the longest, then the one that says most
// (matcher/overlap.py). A candidate is { start, end, category, pattern, form }.

// At the same place: an exception beats a finding, an avoided word beats a right one, and that a wrongly spelled name.
const RANK = { except: 0, avoid: 1, abbreviation: 2, preferred: 3, name: 3, allowed: 4, use: 5, case: 6 };
const WEAK = "use";

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

function compareCandidates(one, other) {
  return (
    one.start - other.start || other.end - one.end || RANK[one.category] - RANK[other.category] ||
    one.pattern - other.pattern || one.form - other.form
  );
}
