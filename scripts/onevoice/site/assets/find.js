// Any word, right, wrong or misspelled, leads to its term: the lookup box on the home page and the glossary, the search
// of every page, and wrong addresses.
(() => {
const MOST = 8;
const ABOVE = 3;
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
      { label: name, address, how, key: foldText(name) },
      ...others.map(([label, kind, use, anchor]) => ({
        label, how: kind, key: foldText(label), preferred: use || name,
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

function findLabels(known, text, most = MOST) {
  const key = foldText(text);
  if (!key) return [];
  const scored = [];
  for (const item of known) {
    let score;
    if (item.key === key) score = 0;
    else if (item.key.startsWith(key)) score = 1;
    else if (` ${item.key}`.includes(` ${key}`)) score = 2;
    else if (key.length > 3) {
      const room = key.length > 7 ? 2 : 1;
      const off = measureDistance(key, item.key, room);
      if (off <= room) score = 2 + off;
    }
    if (score !== undefined) scored.push([score, item]);
  }
  scored.sort((a, b) => a[0] - b[0] || a[1].key.length - b[1].key.length || (a[1].key < b[1].key ? -1 : 1));
  const seen = new Set();
  const isNew = ({ address }) => !seen.has(address) && seen.add(address);
  return scored.map(([, item]) => item).filter(isNew).slice(0, most);
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
    message: "to say",
    objection: "how to answer",
    question: "to ask",
    versus: "how we compare",
    proof: "proof",
    persona: "who we talk to",
  }[item.how];
  if (text) link.append(` ${text}`);
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
  box.id = "ov-find";
  label.htmlFor = box.id;
  list.className = "ov-found";
  const said = document.createElement("p");
  said.className = "ov-small";
  said.setAttribute("role", "status");
  followInput(box, MOST, (found) => {
    list.replaceChildren(...makeRows(found));
    const none = box.value.trim() ? "No match. There is no rule about this word." : "";
    said.textContent = found.length ? `${found.length} ${found.length === 1 ? "match" : "matches"}` : none;
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
    list.replaceChildren(...makeRows(found));
    // The Enter key opens what has the highest score.
    for (const [at, words] of list.querySelectorAll("strong").entries()) words.dataset.mdScore = 1e9 - at;
  });
  box.form.addEventListener("reset", () => list.replaceChildren());
}

// A page that does not exist: offer what its address sounds like.
async function suggestPages(place) {
  place.dataset.ready = "";
  const name = location.pathname.replace(/\/(index\.html)?$/, "").split("/").pop();
  const word = decodeURIComponent(name.replace(/-/g, " "));
  const known = await loadLabels();
  const near = findLabels(known, word, 3);
  const measured = known.map((item) => [measureDistance(foldText(word), item.key, 12), item]);
  const nearest = measured.sort((a, b) => a[0] - b[0]).slice(0, 3).map(([, item]) => item);
  const more = near.length ? near : nearest;
  const list = document.createElement("ul");
  list.append(...makeRows(more));
  place.append(`Did you mean one of these instead of “${word}”?`, list);
}

function startFinders() {
  // The theme opens its search as a dialog without a name.
  document.querySelector(".md-search[role=dialog]:not([aria-label])")?.setAttribute("aria-label", "Search");
  const box = document.querySelector("[data-md-component=search-query]");
  const results = document.querySelector("[data-md-component=search-result]");
  if (box && results && !("ready" in box.dataset)) makeSuggestions(box, results);
  for (const place of document.querySelectorAll("[data-find]:not([data-ready])")) makeFinder(place);
  for (const place of document.querySelectorAll("[data-lost]:not([data-ready])")) suggestPages(place);
}

if (window.document$) window.document$.subscribe(startFinders);
else startFinders();
})();
