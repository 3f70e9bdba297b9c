// The compiled terms of terms.js, which exchange/javascript.py writes, as the matcher reads them (matcher/compile.py).
import { makeMatchKey } from "./fold.js";

const DEFAULTS = {
  cased: false, use: [], names: [], level: "error", why: "", since: "", error_from: "", unless: [], audiences: [],
  channels: [], remove: false, introduce: false, ask: false, may_be_verb: false, twins: [], only_near: [],
  never_near: [], language: "", english: true, listed_only: false,
};

// patterns: as matcher/pattern.py's Pattern. loud: folded form -> pairs of pattern and form.
export function loadCompiledTerms({ english, language = english ? "en" : "und", roles, terms }) {
  const patterns = [];
  const reportableForms = new Map();
  for (const [term, ...own] of terms) {
    for (const [role, written, rest] of own) {
      const forms = written.map(parseForm);
      forms.forEach(({ text }, place) => {
        const folded = makeMatchKey(text);
        if (!folded) return;
        const places = reportableForms.get(folded);
        if (places) places.push([patterns.length, place]);
        else reportableForms.set(folded, [[patterns.length, place]]);
      });
      patterns.push(Object.assign({ term, role: roles[role], forms, text: forms[0].text }, DEFAULTS, rest));
    }
  }
  return { english, language, patterns, reportableForms };
}

// A text is a singular, [text] a plural, [text, use] an irregular form with what replaces it; a third value: it's found
// only as it is written.
function parseForm(written) {
  if (typeof written === "string") return { text: written, plural: false, use: null, cased: false };
  const [text, use = null, cased = 0] = written;
  return { text, plural: use === null, use, cased: Boolean(cased) };
}
