// The catalog's facets: on this page a click narrows the list, the address holds the choice, and Back undoes it.
// Without JavaScript each facet is a link to a page of its own.
(() => {
// Not `q`: Material opens its search for that.
const TEXT = "words";
// What the switch on top sets: it shows its choice itself.
const SWITCH = "job";
let cards, links, status, chips, box, nothing, request, template, clear, vocabulary;
// What people call something else, once labels.js is there: our word by each of theirs.
let ours = new Map();

function listValues(card, facet) {
  if (facet === "freshness") return [card.querySelector(".ov-fresh")?.dataset.state ?? ""];
  return (card.dataset[facet] ?? "").split(" ");
}

// What is no facet is somebody else's: links that are shared carry tracking.
function readChoice() {
  const facets = new Set([TEXT, ...links.map((link) => link.dataset.facet)]);
  return new URLSearchParams([...new URLSearchParams(location.search)].filter(([facet]) => facets.has(facet)));
}

// "Case studies", "case-study", "casestudy" and "csae study" find a case study; "success stories", if that is a word to
// avoid, what we call them.
function hasWords(card, text) {
  const { foldLabel } = window.onevoiceWords;
  const typed = foldLabel(text);
  const isJoined = (words) => words.length > 5 && card.joined.includes(words.replaceAll(" ", ""));
  if (isJoined(typed.key) || isJoined(typed.stem)) return true;
  return typed.stem.split(" ").every((word) => card.words.includes(word) || card.words.includes(findNearest(word)));
}

// The word on the shelf that somebody may have meant who typed one that is on no card.
function findNearest(word) {
  if (word.length < 4 || cards.some((card) => card.words.includes(word))) return word;
  const room = word.length > 7 ? 2 : 1;
  const rated = vocabulary.map((one) => [window.onevoiceWords.measureDistance(word, one, room), one]);
  const [least, nearest] = rated.reduce((best, one) => (one[0] < best[0] ? one : best), [room + 1, word]);
  return least <= room ? nearest : word;
}

function isMissed(card, facet, value) {
  if (facet !== TEXT) return !listValues(card, facet).includes(value);
  readCards();
  const meant = ours.get(window.onevoiceWords.foldLabel(value).stem);
  return !hasWords(card, value) && !(meant && hasWords(card, meant));
}

function findLink(facet, value) {
  return links.find((link) => link.dataset.facet === facet && link.dataset.value === value);
}

function makeChip(facet, value) {
  const chip = document.createElement("button");
  const name = facet === TEXT ? `“${value}”` : findLink(facet, value)?.textContent ?? value;
  chip.type = "button";
  chip.className = "ov-chosenchip";
  chip.textContent = name;
  chip.setAttribute("aria-label", `Remove filter ${name}`);
  chip.addEventListener("click", () => {
    const choice = readChoice();
    choice.delete(facet);
    setChoice(choice);
    (chips.querySelector("button") ?? box).focus();
  });
  return chip;
}

// What the filters say goes into the form: nobody types it again.
function fillRequest(choice) {
  const name = (facet) => findLink(facet, choice.get(facet))?.textContent ?? "";
  const what = [choice.get(TEXT) ?? "", name("type"), name("language")].filter(Boolean).join(", ");
  const whom = [name("persona") && `for ${name("persona")}`, name("stage") && `at ${name("stage")}`];
  const title = [what || "Something", ...whom].filter(Boolean).join(" ");
  const given = { title, persona: name("persona"), stage: name("stage") };
  request.href = template.replace(/%7B(title|persona|stage)%7D/g, (hole, key) => encodeURIComponent(given[key]));
}

function applyChoice() {
  const choice = readChoice();
  const facets = [...new Set(links.map((link) => link.dataset.facet))];
  const counts = new Map();
  let shown = 0;
  for (const card of cards) {
    const missed = [...choice].filter(([facet, value]) => isMissed(card, facet, value)).map(([facet]) => facet);
    card.hidden = missed.length > 0;
    shown += !card.hidden;
    // A facet's link says how many cards there would be if only its own choice were different.
    for (const facet of facets.filter((name) => missed.every((one) => one === name))) {
      for (const value of listValues(card, facet)) {
        const key = `${facet} ${value}`;
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
    }
  }
  for (const link of links) {
    const { facet, value } = link.dataset;
    const active = (choice.get(facet) ?? "") === value;
    const count = counts.get(`${facet} ${value}`) ?? 0;
    link.toggleAttribute("aria-current", active);
    if (active) link.setAttribute("aria-current", "true");
    const counter = link.nextElementSibling;
    if (counter?.matches(".ov-count")) {
      counter.textContent = count;
      link.dataset.empty = count === 0;
    }
  }
  if (box.value !== (choice.get(TEXT) ?? "")) box.value = choice.get(TEXT) ?? "";
  status.firstChild.textContent = `${shown} of ${cards.length} `;
  clear.hidden = [...choice].length === 0;
  nothing.hidden = shown > 0;
  chips.replaceChildren(...[...choice].filter(([facet]) => facet !== SWITCH).map((one) => makeChip(...one)));
  if (request) fillRequest(choice);
}

function setChoice(choice, replace) {
  const search = choice.toString();
  const address = `${location.pathname}${search ? `?${search}` : ""}`;
  history[replace ? "replaceState" : "pushState"](null, "", address);
  applyChoice();
}

function toggleFacet(event) {
  const link = event.currentTarget;
  if (event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  event.stopPropagation();
  const choice = readChoice();
  const { facet, value } = link.dataset;
  if (!value || choice.get(facet) === value) choice.delete(facet);
  else choice.set(facet, value);
  setChoice(choice);
}

function filterWords() {
  const choice = readChoice();
  if (box.value.trim()) choice.set(TEXT, box.value.trim());
  else choice.delete(TEXT);
  setChoice(choice, true);
}

async function learnOurWords() {
  const labels = await window.onevoiceWords.loadLabels();
  const known = labels.filter((item) => item.preferred && ["avoid", "allowed", "short"].includes(item.how));
  ours = new Map(known.map((item) => [item.stem, item.preferred]));
  if (readChoice().has(TEXT)) applyChoice();
}

// What the cards say, once somebody asks for words.
function readCards() {
  if (vocabulary) return;
  for (const card of cards) {
    const folded = window.onevoiceWords.foldLabel(`${card.textContent} ${card.dataset.words ?? ""}`);
    card.words = ` ${folded.key} ${folded.stem}`;
    card.joined = card.words.replaceAll(" ", "");
  }
  vocabulary = [...new Set(cards.flatMap((card) => card.words.split(" ")).filter((word) => word.length > 3))];
}

function startFilter() {
  const place = document.querySelector("[data-filter]:not([data-ready])");
  if (!place) return;
  place.dataset.ready = "";
  cards = [...place.querySelectorAll(".ov-asset")];
  vocabulary = undefined;
  links = [...place.querySelectorAll("a[data-facet]")];
  for (const link of links) link.addEventListener("click", toggleFacet);
  nothing = place.querySelector(".ov-nothing");
  request = nothing.querySelector("a.ov-request");
  template = request?.href;
  box = document.createElement("input");
  box.type = "search";
  box.placeholder = "Filter by keyword";
  box.setAttribute("aria-label", "Filter by keyword");
  box.className = "ov-input";
  box.addEventListener("input", filterWords);
  box.addEventListener("focus", () => learnOurWords().catch(() => {}), { once: true });
  place.querySelector(".ov-words-filter").append(box);
  chips = document.createElement("div");
  chips.className = "ov-chips";
  status = place.querySelector(".ov-status");
  clear = document.createElement("button");
  clear.type = "button";
  clear.className = "ov-copy";
  clear.textContent = "Show all";
  clear.addEventListener("click", () => setChoice(new URLSearchParams()));
  status.replaceChildren("", clear);
  status.before(chips);
  applyChoice();
  if (readChoice().has(TEXT)) learnOurWords().catch(() => {});
}

// find.js, which knows words, may come after this script.
function startWhenReady() {
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", startFilter, { once: true });
  else startFilter();
}

addEventListener("popstate", () => document.querySelector("[data-filter]") && cards && applyChoice());
if (window.document$) window.document$.subscribe(startWhenReady);
else startWhenReady();
})();
