// English words without their endings: Snowball's English (Porter's second), which lint/keywords.py has from the
// package snowballstemmer.
const VOWEL = "[aeiouy]";
const CONSONANT = "[^aeiouy]";
// Where the first region begins: behind one of these, or behind the first consonant that follows a vowel.
const FIRST_REGION = new RegExp(
  `^(?:arsen|commun|emerg|gener|inter|later|organ|past|univers|${CONSONANT}*${VOWEL}+${CONSONANT})`, "u",
);
const REGION = new RegExp(`^${CONSONANT}*${VOWEL}+${CONSONANT}`, "u");
const HAS_VOWEL = new RegExp(VOWEL, "u");
const SHORT_END = new RegExp(`(?:${CONSONANT}${VOWEL}[^aeiouywxY]|^${VOWEL}${CONSONANT}|past)$`, "u");
const EXCEPTIONS = new Map([
  ["skis", "ski"], ["skies", "sky"], ["idly", "idl"], ["gently", "gentl"], ["ugly", "ugli"], ["early", "earli"],
  ["only", "onli"], ["singly", "singl"],
  ...["andes", "atlas", "bias", "cosmos", "howe", "news", "sky"].map((word) => [word, word]),
]);
const SECOND = new Map(Object.entries({
  tional: "tion", enci: "ence", anci: "ance", abli: "able", entli: "ent", izer: "ize", ization: "ize", ational: "ate",
  ation: "ate", ator: "ate", alism: "al", aliti: "al", alli: "al", fulness: "ful", ousli: "ous", ousness: "ous",
  iveness: "ive", iviti: "ive", biliti: "ble", bli: "ble", ogist: "og", fulli: "ful", lessli: "less",
}));
const THIRD = new Map(Object.entries({
  tional: "tion", ational: "ate", alize: "al", icate: "ic", iciti: "ic", ical: "ic", ful: "", ness: "",
}));
// The longest of several ends is where a search from the left finds one first.
const SECOND_END = new RegExp(`(?:${[...SECOND.keys(), "ogi", "li"].join("|")})$`, "u");
const THIRD_END = new RegExp(`(?:${[...THIRD.keys(), "ative"].join("|")})$`, "u");
const FOURTH_END = /(?:ement|ment|ent|ance|ence|able|ible|ant|ism|ate|iti|ous|ive|ize|ion|al|er|ic)$/u;

// A folded word without its endings: `plans` and `planning` become `plan`.
export function stemEnglish(word) {
  if (EXCEPTIONS.has(word)) return EXCEPTIONS.get(word);
  if (Array.from(word).length < 3) return word;
  let stem = word.replace(/^'/u, "").replace(/^y/u, "Y");
  stem = markConsonants(stem);
  const first = FIRST_REGION.exec(stem)?.[0].length ?? stem.length;
  const second = first + (REGION.exec(stem.slice(first))?.[0].length ?? stem.length - first);
  for (const step of [cutPlural, cutTense, changeLastY, cutSecond, cutThird, cutFourth, cutLast]) {
    stem = step(stem, first, second);
  }
  return stem.replaceAll("Y", "y");
}

// The y behind a vowel is a consonant, and written as Y.
function markConsonants(word) {
  let out = word;
  for (let at = 1; at < out.length; at += 1) {
    if (out[at] === "y" && HAS_VOWEL.test(out[at - 1])) out = `${out.slice(0, at)}Y${out.slice(at + 1)}`;
  }
  return out;
}

const cut = (word, count, put = "") => word.slice(0, word.length - count) + put;

function cutPlural(given) {
  const word = given.replace(/(?:'s'|'s|')$/u, "");
  if (word.endsWith("sses")) return cut(word, 2);
  if (/ie[ds]$/u.test(word)) return cut(word, 3, Array.from(word).length > 4 ? "i" : "ie");
  if (/(?:us|ss)$/u.test(word) || !word.endsWith("s")) return word;
  return HAS_VOWEL.test(word.slice(0, -2)) ? cut(word, 1) : word;
}

function cutTense(word, first) {
  const end = /(?:eedly|ingly|edly|eed|ing|ed)$/u.exec(word)?.[0];
  if (!end) return word;
  const rest = cut(word, end.length);
  if (end.startsWith("eed")) return rest.length >= first && !/^(?:succ|proc|exc)$/u.test(rest) ? `${rest}ee` : word;
  if (end === "ing") {
    if (/^[^aeiouy]y$/u.test(rest)) return cut(rest, 1, "ie");
    if (/^(?:even|cann|inn|earr|herr|out)$/u.test(rest)) return word;
  }
  if (!HAS_VOWEL.test(rest)) return word;
  if (/(?:at|bl|iz)$/u.test(rest)) return `${rest}e`;
  if (/(?:bb|dd|ff|gg|mm|nn|pp|rr|tt)$/u.test(rest)) return /^[aeo]..$/u.test(rest) ? rest : cut(rest, 1);
  return rest.length === first && SHORT_END.test(rest) ? `${rest}e` : rest;
}

function changeLastY(word) {
  return /.[^aeiouy][yY]$/u.test(word) ? cut(word, 1, "i") : word;
}

function cutSecond(word, first) {
  const end = SECOND_END.exec(word)?.[0];
  if (!end || word.length - end.length < first) return word;
  const rest = cut(word, end.length);
  if (end === "li") return /[cdeghkmnrt]$/u.test(rest) ? rest : word;
  if (end === "ogi") return rest.endsWith("l") ? `${rest}og` : word;
  return rest + SECOND.get(end);
}

function cutThird(word, first, second) {
  const end = THIRD_END.exec(word)?.[0];
  if (!end || word.length - end.length < first) return word;
  if (end === "ative") return word.length - end.length >= second ? cut(word, 5) : word;
  return cut(word, end.length, THIRD.get(end));
}

function cutFourth(word, first, second) {
  const end = FOURTH_END.exec(word)?.[0];
  if (!end || word.length - end.length < second) return word;
  const rest = cut(word, end.length);
  return end === "ion" && !/[st]$/u.test(rest) ? word : rest;
}

function cutLast(word, first, second) {
  const rest = cut(word, 1);
  if (word.endsWith("e")) {
    return rest.length >= second || (rest.length >= first && !SHORT_END.test(rest)) ? rest : word;
  }
  return word.endsWith("l") && rest.length >= second && rest.endsWith("l") ? rest : word;
}
