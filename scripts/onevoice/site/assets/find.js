// Any word, right, wrong or misspelled, leads to its term: the lookup box on the home page and the glossary, the search
// of every page, and wrong addresses.
(() => {
const MOST = 10;
const ABOVE = 3;
// Terms come first, and leave room for others.
const MOST_TERMS = 6;
const TERMS = new Set(["preferred", "avoid", "allowed", "short"]);
// What people call the other things that they find.
const KIND_NAMES = {
  page: `page`, team: `team`, stage: `stage`, logo: `logo`, color: `color`, typeface: `typeface`, template: `template`,
  proof: `proof`, form: `form`, play: `play`, KPI: `KPI`, meeting: `meeting`, tool: `tool`, request: `request`,
  strategy: `strategy`, "lead stage": `lead stage`,
};
// What labels.py gives as the replacement of a word that has none.
const LEAVE_OUT = "leave it out";
const here = document.currentScript.src;
// A folder has no server that shows its index.
const INDEX = location.protocol === "file:" ? "index.html" : "";
let labels;

async function loadLabels() {
  // A script and not a request, because a site opened from a folder may not make requests.
  if (!labels) {
    if (!window.onevoiceLabels) {
      await new Promise((done, failed) => {
        const script = document.createElement("script");
        script.src = new URL("labels.js", here);
        script.onload = done;
        script.onerror = failed;
        document.head.append(script);
      });
    }
    labels = window.onevoiceLabels.flatMap(([address, how, name, ...others]) => [
      { label: name, address, how, isTerm: TERMS.has(how), ...foldLabel(name) },
      ...others.map(([label, kind, use, anchor]) => ({
        label, how: kind, isTerm: how === "preferred", ...foldLabel(label), preferred: use || name,
        address: kind === "avoid" ? `${address}#${anchor || makeAnchor(label)}` : address,
      })),
    ]);
  }
  return labels;
}

// The anchor of an avoided word, which labels.py leaves out.
function makeAnchor(word) {
  return `avoid-${word.toLowerCase().replaceAll("'", "").replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "")}`;
}

// One for all spellings of a word, as the matcher has it, and for more: people who type leave accents and signs out.
// Hence no apostrophes, nor what nobody sees (matcher/characters.py).
const UNTYPED = /['’‘ʼ＇´\u00ad\u200b\u200c\u2060\ufeff]|\u200d|\ufe0e|\ufe0f/g;

function foldText(text) {
  const plain = text.replace(UNTYPED, "").normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return plain.replace(/[^\p{L}\p{N}+#]+/gu, " ").trim();
}

// A word without the ending of a plural: nobody looks for "leads" to find out what they are in the plural.
function cutEnding(word) {
  if (word.length < 4 || /(?:ss|us|is)$/.test(word)) return word;
  if (/ies$/.test(word)) return `${word.slice(0, -3)}y`;
  return word.replace(/(?<=s|x|z|ch|sh)es$|s$/, "");
}

function foldLabel(label) {
  const key = foldText(label);
  return { key, stem: key.split(" ").map(cutEnding).join(" ") };
}

// Damerau-Levenshtein (optimal string alignment), given up beyond `most`.
function measureDistance(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let before = [], last = Array.from({ length: other.length + 1 }, (_, n) => n);
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1] ? 0 : 1;
      row[j] = Math.min(row[j - 1] + 1, last[j] + 1, last[j - 1] + same);
      const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      if (swapped) row[j] = Math.min(row[j], before[j - 2] + 1);
      least = Math.min(least, row[j]);
    }
    if (least > most) return most + 1;
    [before, last] = [last, row];
  }
  return last[other.length];
}

// How well a label fits what was typed: 0 is best; undefined if it does not. A word of ours comes before a title that
// has it.
function rateLabel(item, { key, stem }) {
  if (item.key === key) return item.isTerm ? 0 : 1;
  if (item.stem === stem) return item.isTerm ? 0.5 : 1.5;
  const hasWords = ` ${item.stem} `.includes(` ${stem} `);
  if (item.isTerm && hasWords) return 2;
  if (item.key.startsWith(key)) return item.isTerm ? 3 : 4;
  if (hasWords || ` ${item.key}`.includes(` ${key}`)) return item.isTerm ? 3.5 : 5;
  if (key.length < 4) return undefined;
  const room = key.length > 7 ? 2 : 1;
  const off = measureDistance(stem, item.stem, room);
  // Of two that are as near, the one that is nearer with its endings.
  const rest = measureDistance(key, item.key, room + 1) / 100;
  return off <= room ? GUESSED + off + rest + (item.isTerm ? 0 : 0.5) : undefined;
}

// From here on a label is not what was typed, but what may have been meant.
const GUESSED = 6;

// Whether a rule or a page is about just what was typed.
const isAnswered = (found) => found.some((item) => !item.isGuessed && (item.isTerm || item.isWhole));

function findLabels(known, text, most = MOST) {
  const typed = foldLabel(text);
  if (!typed.key) return [];
  const scored = [];
  for (const item of known) {
    const score = rateLabel(item, typed);
    if (score !== undefined) scored.push([score, item]);
  }
  scored.sort((a, b) => a[0] - b[0] || a[1].key.length - b[1].key.length || (a[1].key < b[1].key ? -1 : 1));
  const seen = new Set();
  const found = [];
  for (const [score, item] of scored) {
    if (seen.has(item.address)) continue;
    if (score >= GUESSED && isAnswered(found)) break;
    seen.add(item.address);
    found.push({ ...item, isGuessed: score >= GUESSED, isWhole: score < 2 });
  }
  const others = found.filter((item) => !item.isTerm).length;
  let room = Math.max(MOST_TERMS, most - others);
  return found.filter((item) => !item.isTerm || room-- > 0).slice(0, most);
}

function makeEntry(item) {
  const link = document.createElement("a");
  link.href = new URL(`../${item.address.replace(/\/(?=#|$)/, `/${INDEX}`)}`, here);
  const words = document.createElement("strong");
  words.textContent = item.label;
  link.append(words);
  const text = {
    avoid: item.preferred === LEAVE_OUT ? `off-brand: ${LEAVE_OUT}` : `off-brand: say ${item.preferred}`,
    allowed: `fine; we prefer ${item.preferred}`,
    short: item.preferred,
    old: `now ${item.preferred}`,
    unsaid: "don't say it; see why",
    asset: "to send",
    internal: "for us, on the call",
    expired: "expired; don't send it",
    message: "to say",
    objection: "how to answer",
    question: "to ask",
    versus: "how we compare",
    persona: "who we talk to",
    preferred: "our word",
    guide: `see ${item.preferred}`,
    subject: `ask ${item.preferred}`,
  }[item.how] ?? KIND_NAMES[item.how] ?? item.how;
  if (item.isGuessed) link.prepend("Did you mean ");
  link.append(item.isGuessed ? `? ${text}` : ` ${text}`);
  link.dataset.how = item.how;
  return link;
}

function makeRows(found) {
  return found.map((item) => {
    const row = document.createElement("li");
    row.append(makeEntry(item));
    return row;
  });
}

// Nothing found is no permission: where else to look, and whom to ask.
const NO_RULE = "We have no rule for this word.";

function describeResult(found) {
  const count = found.length === 1 ? `${found.length} match` : `${found.length} matches`;
  if (isAnswered(found)) return count;
  return found.length ? `${NO_RULE} ${count} elsewhere.` : NO_RULE;
}

function makeWaysOut(typed, found) {
  const ways = [[new URL(`../${INDEX}?q=${encodeURIComponent(typed)}`, here), `Search everything for “${typed}”`]];
  if (!isAnswered(found) && window.onevoiceSuggest) {
    ways.push([window.onevoiceSuggest.replaceAll("%7Bword%7D", encodeURIComponent(typed)), `Suggest “${typed}”`]);
  }
  return ways.map(([address, text]) => {
    const link = document.createElement("a");
    link.href = address;
    link.className = "ov-wayout";
    // Material asks the first element of each link here how good it is.
    const words = document.createElement("span");
    words.textContent = text;
    words.dataset.mdScore = -1;
    link.append(words);
    const row = document.createElement("li");
    row.append(link);
    return row;
  });
}

// Typing into the box calls `show(found)` with at most this many.
function followInput(box, most, show) {
  let turn = 0;
  box.addEventListener("focus", () => loadLabels().catch(() => {}));
  box.addEventListener("input", async () => {
    const mine = ++turn;
    const known = await loadLabels();
    if (mine === turn) show(findLabels(known, box.value, most));
  });
}

function makeFinder(place) {
  place.dataset.ready = "";
  const box = document.createElement("input");
  const list = document.createElement("ul");
  const label = document.createElement("label");
  label.textContent = place.dataset.find;
  box.type = "search";
  box.className = "ov-input";
  box.autocomplete = "off";
  if (place.dataset.hint) box.placeholder = place.dataset.hint;
  box.id = "ov-find";
  label.htmlFor = box.id;
  list.className = "ov-found";
  const said = document.createElement("p");
  said.className = "ov-small";
  said.setAttribute("role", "status");
  followInput(box, MOST, (found) => {
    const typed = box.value.trim();
    list.replaceChildren(...makeRows(found), ...(typed ? makeWaysOut(typed, found) : []));
    said.textContent = typed ? describeResult(found) : "";
  });
  place.addEventListener("keydown", (event) => {
    const stops = [box, ...list.querySelectorAll("a")];
    const at = stops.indexOf(document.activeElement);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      stops[Math.max(0, Math.min(stops.length - 1, at + (event.key === "ArrowDown" ? 1 : -1)))].focus();
    } else if (event.key === "Enter" && at === 0 && stops[1]) {
      stops[1].click();
    } else if (event.key === "Escape") {
      box.value = "";
      list.replaceChildren();
      box.focus();
    }
  });
  place.append(label, box, said, list);
}

// Material's own search reads whole pages, and knows neither misspellings nor which page a word is about: our words go
// above its results.
function makeSuggestions(box, place) {
  box.dataset.ready = "";
  const list = document.createElement("ul");
  list.className = "ov-found";
  // Material writes into the first element there and into the last.
  place.firstElementChild.after(list);
  followInput(box, ABOVE, (found) => {
    const typed = box.value.trim();
    list.replaceChildren(...makeRows(found), ...(typed ? makeWaysOut(typed, found).slice(1) : []));
    // The Enter key opens what has the highest score.
    for (const [at, words] of list.querySelectorAll("strong").entries()) words.dataset.mdScore = 1e9 - at;
  });
  box.form.addEventListener("reset", () => list.replaceChildren());
}

// A page that does not exist: offer what its address names, and the pages with an address that is nearly the same.
async function suggestPages(place) {
  place.dataset.ready = "";
  const root = new URL("..", here).pathname;
  const wanted = decodeURIComponent(location.pathname).slice(root.length).replace(/\/?(index\.html)?$/, "");
  const word = wanted.split("/").pop().replace(/[-_]+/g, " ").replace(/\.\w+$/, "");
  const known = await loadLabels();
  const named = word.length > 2 ? findLabels(known, word, 3).filter((item) => !item.isGuessed) : [];
  const most = Math.ceil(wanted.length / 3);
  const near = known
    .filter((item) => !item.address.includes("#"))
    .map((item) => [measureDistance(wanted, item.address.replace(/\/$/, ""), most), item])
    .filter(([off]) => off <= most)
    .sort((one, other) => one[0] - other[0])
    .map(([, item]) => item);
  const offered = [...new Map([...near.slice(0, 2), ...named, ...near].map((item) => [item.address, item])).values()];
  const list = document.createElement("ul");
  list.className = "ov-found";
  list.append(...makeRows(offered.slice(0, 4)), ...(word ? makeWaysOut(word, named) : []));
  place.append(offered.length ? "Did you mean one of these?" : "", list);
}

// As in most programs; Material itself opens its search by a slash.
function openSearch(event) {
  if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
  const box = document.querySelector("[data-md-component=search-query]");
  if (!box) return;
  event.preventDefault();
  const toggle = document.querySelector("[data-md-toggle=search]");
  if (toggle && !toggle.checked) toggle.click();
  box.focus();
}

document.addEventListener("keydown", openSearch);
// For the catalog's filter, which is a script of its own.
window.onevoiceWords = { foldLabel, measureDistance, loadLabels };

function startFinders() {
  // The theme opens its search as a dialog without a name.
  document.querySelector(".md-search[role=dialog]:not([aria-label])")?.setAttribute("aria-label", "Search");
  const box = document.querySelector("[data-md-component=search-query]");
  const results = document.querySelector("[data-md-component=search-result]");
  if (box && results && !("ready" in box.dataset)) makeSuggestions(box, results);
  for (const place of document.querySelectorAll("[data-find]:not([data-ready])")) makeFinder(place);
  for (const place of document.querySelectorAll("[data-lost]:not([data-ready])")) suggestPages(place);
}

if (window.document$) window.document$.subscribe(() => setTimeout(startFinders));
else startFinders();
})();
