// What in a text is not the writer's prose: identifiers, and words in quotation marks (matcher/exclusions.py).
import { ALNUM, ANY_I, APOSTROPHES, SPACES, UNSPACED_SCRIPTS, WORD } from "./characters.js";
import { charAt, charBefore, isAlnum, isSpace } from "./characters.js";

const SUSPECT = new RegExp(
  `[@#/\\\\_{]|[.:*^=][${WORD}]|::|--[${WORD}]|(?<![^${SPACES}(])-(?!\\p{Nd})[${WORD}]|\\[\\[|~[A-Za-z_]` +
    `|\\$(?!\\p{Nd})[${WORD}[]|[${WORD}\\]]\\(|%[%>\\]A-Za-z_]|&[A-Za-z]|<<|\\*\\|`,
  "u",
);
// What a program fills in: {{ name }}, {% if name %}, {# note #}, <% name %>, [% name %], %%name%%, %name%, *|NAME|*,
// ${name}, $[name], {name}, {name!r:>9}, {!name}, {$name}, {if $name}, {/if}, &name;, <<name>>, ##name##, [^name],
// [[name]], [name,fallback=there], ~name~, $$name$$, %%=v(name)=%%, %%[ SET name ]%%, <#if name>, {#if name}. Each ends
// before the next one begins.
const TEMPLATE = new RegExp(
  "\\{\\{(?:[^{}]|\\{(?!\\{)|\\}(?!\\})){1,400}\\}\\}|\\{%(?:[^%{]|%(?!\\})|\\{(?!%)){1,400}%\\}" +
    `|\\{#(?=[${SPACES}])(?:[^#{]|#(?!\\})|\\{(?!#)){1,400}#\\}|<%(?:[^%<]|%(?!>)|<(?!%)){1,400}%>` +
    `|\\[%(?:[^%\\[]|%(?!\\])|\\[(?!%)){1,400}%\\]|%%[${WORD}.\\-]{1,80}%%` +
    `|(?<![${WORD}%])%[A-Za-z_][${WORD}]{0,80}%(?![${WORD}])|\\*\\|[^|\\n]{1,120}\\|\\*` +
    `|[$#]?\\{[A-Za-z_$][${WORD}.$\\-]{0,80}(?:\\[[${WORD}.]{0,40}\\])?(?:![rsa])?(?::[^{}${SPACES}]{0,40})?\\}` +
    `|\\{[!$][${WORD}][^{}\\n]{0,200}\\}|\\{(?:else ?)?(?:if|foreach|include|assign|section)[${SPACES}]` +
    `(?=[^{}\\n]{0,200}\\$)[^{}\\n]{0,200}\\}|\\{\\/[A-Za-z][${WORD}]{0,40}\\}|&[A-Za-z][${WORD}.\\-]{0,80};` +
    "|\\$\\{[^{}\\n]{1,200}\\}" +
    `|\\{[#@:/](?:if|each|await|key|else|then|html|const|render)(?![${WORD}])[^{}\\n]{0,200}\\}` +
    `|%%=(?:[^%\\n]|%(?!%)){1,400}=%%|%%\\[(?:[^%]|%(?!%)){1,400}\\]%%|<\\/?[#@][A-Za-z][^<>\\n]{0,200}>` +
    `|(?<![${WORD}~])~[A-Za-z_][${WORD}]{0,80}~(?![${WORD}~])|\\$\\$[${WORD}]{1,80}\\$\\$` +
    `|\\$\\[[${WORD}.\\-]{1,80}(?:\\|[^\\[\\]\\n]{0,80})?\\]` +
    `|<<[A-Za-z_][${WORD}. \\-]{0,80}>>|##[${WORD}.\\-]{1,80}##` +
    `|\\[\\^[${WORD}.\\-]{1,80}\\]|\\[\\[[^\\[\\]|\\n]{1,120}(?:\\]\\]|\\|)` +
    `|\\[[${WORD}. ]{1,60}, ?fallback=[^\\[\\]\\n]{0,120}\\]`,
  "gu",
);
const START = `(?<![${WORD}])`;
const SCHEME = `a-z${ANY_I}0-9+.\\-`;
// What comes before `://` is taken from where it begins, so that it is read once; the letter with which the address
// begins is looked for in it.
const URL = new RegExp(
  `(?:(?<![${SCHEME}])(?=[${SCHEME}]*?${START}[a-z${ANY_I}])(?<scheme>[${SCHEME}]+):\\/\\/` +
    `|${START}(?:ma[${ANY_I}]lto|tel):|${START}www\\.)[^${SPACES}<>"“”„«»|…\\ufffc]+`,
  "giu",
);
const SCHEME_START = new RegExp(`${START}[a-z${ANY_I}]`, "giu");
const TOKEN = new RegExp(`[^${SPACES}<>"“”„«»|,;—–…、。，！？：；（）「」『』\\ufffc${UNSPACED_SCRIPTS}]+`, "gu");
const LEADING = `([{*\`¿¡!?^=${APOSTROPHES}‚‹›`;
const TRAILING = `.:!?()[]}{*\`^=${APOSTROPHES}‹›`;
const SIGN = /[./\\_@:]/;
// No token without one of these is an identifier.
const TELLING = /[@#/\\_.:=$*(·•]|--|^-/;
const KNOWN = new RegExp(`[${ALNUM}]`, "u");
const DOTTED = new RegExp(`[${WORD}]\\.[${WORD}]|^\\.[${WORD}]`, "u");
const JOINED = new RegExp(`[${ALNUM}]_+[${ALNUM}]|^_+[${ALNUM}]|[${ALNUM}]_+$`, "u");
const TAG = new RegExp(`^#[${WORD}]`, "u");
const HANDLE = new RegExp(`@[${WORD}]`, "u");
const BACKSLASH = new RegExp(`[${WORD}]\\\\[${WORD}]|^[A-Za-z]:\\\\|^\\\\(?!\\p{Nd})[${WORD}]`, "u");
const OPTION = new RegExp(`(?<=[ \\t(])-(?!\\p{Nd})[${WORD}]`, "uy");
const FIELD = new RegExp(`::[ \\t]+[^${SPACES}]`, "uy");
// What stands on both sides of a colon is for a machine: `host:8080`, `javascript:void(0)`, `a0:7c:3d:11:3d:9e`; so is
// what one or two begin: `:value`, `::directive`.
const COLON = new RegExp(`[${ALNUM}]::?[${ALNUM}]|^::?(?!\\p{Nd})[${ALNUM}]`, "u");
// A value behind its name: `size=small`, `SIZE=1`; but `Website=Product` is a writer's shorthand.
const SETTING = new RegExp(`^&?(?:[a-z][a-z0-9_.\\-]*|[A-Z][A-Z0-9_]*)[~!]?=[${WORD}]`, "u");
// An option, a variable of a shell, a field of a mail: --client, $client, -client-.
const COMMAND = new RegExp(`^--[${WORD}]|^\\$(?!\\p{Nd})[${WORD}]|^-[A-Za-z_][${WORD}]*-$`, "u");
// An issue of a repository: plans/shop#12.
const ISSUE = new RegExp(`[${WORD}]#\\p{Nd}`, "u");
// Gendered forms of German are words of their own: Kund:innen, Kund*innen, Kund/-innen, Kund(innen).
const GENDERED = new RegExp(`[${WORD}][*:/(·•]-?in(?:nen)?$|[${WORD}](?:/-(?:r|e|en|n|s|es)|\\(-?(?:r|e|en))$`, "u");
// Where a path begins that is all plain words; elsewhere words with slashes are a choice.
const FOLDERS = new Set(["bin", "build", "dist", "docs", "lib", "opt", "src", "tests", "tmp", "usr", "var"]);

// The ranges of URLs, e-mail addresses, @handles, #tags, paths, dotted names, `x_y` and placeholders, in order.
export function findIdentifiers(text) {
  if (!SUSPECT.test(text)) return [];
  const urls = Array.from(text.matchAll(URL), (found) => {
    SCHEME_START.lastIndex = found.index;
    const start = found.groups.scheme === undefined ? found.index : SCHEME_START.exec(text).index;
    return trimToken(text, start, found.index + found[0].length);
  });
  const out = [...urls];
  for (const [first, last] of listTokens(text)) {
    const [start, end] = trimToken(text, first, last);
    if (start === end || isInside(start, end, urls)) continue;
    const code = findCode(text, start, end);
    if (code) out.push(code);
    else if (isIdentifier(text.slice(start, end))) out.push([start, end]);
    else if (text.slice(first - 2, first) === "](") out.push([first - 1, end]);
  }
  const templates = Array.from(text.matchAll(TEMPLATE), (found) => [found.index, found.index + found[0].length]);
  out.push(...templates);
  out.sort((one, other) => one[0] - other[0] || one[1] - other[1]);
  return templates.length ? joinRanges(out) : out;
}

// What is between spaces; of Markdown in plain text, the words of a link and its address apart.
function listTokens(text) {
  const out = [];
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    const at = token.indexOf("](");
    if (at >= 0) out.push([index, index + at], [index + at + 2, index + token.length]);
    else out.push([index, index + token.length]);
  }
  return out;
}

// Ranges that are in order, those that overlap as one.
function joinRanges(ranges) {
  const joined = [];
  for (const [start, end] of ranges) {
    const last = joined.at(-1);
    if (last && start < last[1]) last[1] = Math.max(last[1], end);
    else joined.push([start, end]);
  }
  return joined;
}

function trimToken(text, start, end) {
  while (start < end && LEADING.includes(text[start])) start += 1;
  // An ellipsis before a word; one dot belongs to a name (.net), two and a slash to a path.
  let dots = start;
  while (dots < end && text[dots] === ".") dots += 1;
  if (dots - start > 1 && text[dots] !== "/") start = dots;
  while (end > start && TRAILING.includes(text[end - 1])) end -= 1;
  if (end - start > 2 && "sS".includes(text[end - 1]) && APOSTROPHES.includes(text[end - 2])) end -= 2;
  return [start, end];
}

function isIdentifier(token) {
  if (!TELLING.test(token)) return false;
  if (DOTTED.test(token) || HANDLE.test(token) || TAG.test(token) || BACKSLASH.test(token)) return true;
  if (COLON.test(token) || SETTING.test(token) || COMMAND.test(token) || GENDERED.test(token)) return true;
  if (ISSUE.test(token) || (token.includes("_") && JOINED.test(token))) return true;
  if (!token.includes("/")) return false;
  const parts = token.split("/");
  if (!parts.every((part) => KNOWN.test(part) && !SIGN.test(part))) return true;
  return parts.length > 2
    && (/[0-9]/.test(token) || parts.some((part) => [...part].length < 2) || FOLDERS.has(parts[0]));
}

// A token with the signs around it that say that it's for a machine: it's a call (client()), a version (client>=2),
// an option (-client), the key of a field in a note (client:: yes), or the id of a paragraph, which ends with it
// (^client).
function findCode(text, start, end) {
  [OPTION.lastIndex, FIELD.lastIndex] = [start, end];
  if (["()", ">=", "<="].some((sign) => text.startsWith(sign, end)) || FIELD.test(text)) return [start, end + 2];
  if (OPTION.test(text)) return [start, end];
  if (text[start - 1] !== "^") return null;
  const isId = (start === 1 || isSpace(text[start - 2])) && (end === text.length || text[end] === "\n");
  return isId ? [start - 1, end] : null;
}

const MARKS = /["“”„‟«»‘’‚‹›「」『』]/gu;
// What closes what is open; the German low mark is closed by what opens in English, and « » go both ways.
const CLOSES = {
  "“": "”", "„": "“”‟", "‟": "”", "«": "»", "»": "«", "‘": "’", "‚": "‘’", "‹": "›", "›": "‹", "「": "」", "『": "』",
  "”": "”", '"': '"',
};

// The outermost ranges between quotation marks that pair within the text, marks included, in order.
// A mark that nothing closes, an apostrophe, straight single quotes and the inches of 5" quote nothing.
export function findQuotations(text) {
  const found = [];
  // What is open: by the mark, from left to right.
  const waiting = Object.fromEntries(Object.keys(CLOSES).map((mark) => [mark, []]));
  for (const { 0: mark, index } of text.matchAll(MARKS)) {
    const start = findOpener(text, mark, index, waiting);
    if (start >= 0) {
      while (found.length && found.at(-1)[0] > start) found.pop();
      found.push([start, index + 1]);
      for (const places of Object.values(waiting)) {
        while (places.length && places.at(-1) >= start) places.pop();
      }
    } else if (isOpeningMark(text, mark, index)) {
      waiting[mark].push(index);
    }
  }
  return found;
}

// Where the innermost mark is that this one closes; -1 if it closes nothing.

function findOpener(text, mark, place, waiting) {
  const after = charAt(text, place + 1);
  if (mark === "’" && isAlnum(after)) return -1;
  if (mark === '"' && (!place || isSpace(text[place - 1]) || isAlnum(after))) return -1;
  return Object.keys(CLOSES).reduce(
    (last, opener) => (CLOSES[opener].includes(mark) ? Math.max(last, waiting[opener].at(-1) ?? -1) : last), -1,
  );
}

function isOpeningMark(text, mark, place) {
  if (!(mark in CLOSES)) return false;
  if (!'"”»›'.includes(mark)) return true;
  const before = charBefore(text, place);
  const after = charAt(text, place + 1);
  return (!before || !(isAlnum(before) || ".,!?…".includes(before))) && after !== "" && !isSpace(after);
}

// Whether the range is in one of the ranges, which are in order and apart.
export function isInside(start, end, ranges) {
  return findEnclosing(start, end, ranges) !== null;
}

// Whether the range begins or ends in the midst of one of the ranges.
export function hasEdgeInside(start, end, ranges) {
  return [start, end].some((place) => {
    const before = countStarts(place, ranges, false);
    return before > 0 && place < ranges[before - 1][1];
  });
}

function findEnclosing(start, end, ranges) {
  const before = countStarts(start, ranges, true);
  return before && end <= ranges[before - 1][1] ? ranges[before - 1] : null;
}

// How many of the ranges begin before a place, or at it.
function countStarts(place, ranges, inclusive) {
  let [low, high] = [0, ranges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (place > ranges[middle][0] || (inclusive && place === ranges[middle][0])) low = middle + 1;
    else high = middle;
  }
  return low;
}
