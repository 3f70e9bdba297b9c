// The catalog's facets: on this page a click narrows the list, the address holds the choice, and Back undoes it.
// Without JavaScript each facet is a link to a page of its own.
(() => {
// Not `q`: Material opens its search for that.
const TEXT = "words";
let cards, links, status, box, nothing;

function listValues(card, facet) {
  if (facet === "freshness") return [card.querySelector(".ov-fresh")?.dataset.state ?? ""];
  return (card.dataset[facet] ?? "").split(" ");
}

// What is no facet is somebody else's: links that are shared carry tracking.
function readChoice() {
  const facets = new Set([TEXT, ...links.map((link) => link.dataset.facet)]);
  return new URLSearchParams([...new URLSearchParams(location.search)].filter(([facet]) => facets.has(facet)));
}

// "Case studies" finds a case study.
function cutEnding(word) {
  return word.length > 3 ? word.replace(/(?:ies|(?<=s|x|z|ch|sh)es|s)$/, "") : word;
}

function isMissed(card, facet, value) {
  if (facet !== TEXT) return !listValues(card, facet).includes(value);
  return !value.toLowerCase().split(/[\s-]+/).map(cutEnding).every((word) => card.words.includes(word));
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
    const active = choice.get(facet) === value;
    const count = counts.get(`${facet} ${value}`) ?? 0;
    link.toggleAttribute("aria-current", active);
    if (active) link.setAttribute("aria-current", "true");
    link.nextElementSibling.textContent = `(${count})`;
    link.dataset.empty = count === 0;
  }
  if (box.value !== (choice.get(TEXT) ?? "")) box.value = choice.get(TEXT) ?? "";
  status.firstChild.textContent = `${shown} of ${cards.length} `;
  status.lastChild.hidden = [...choice].length === 0;
  nothing.hidden = shown > 0;
  for (const side of document.querySelectorAll(".ov-sides > div")) {
    side.hidden = shown < cards.length && !side.querySelector(".ov-asset:not([hidden])");
  }
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
  if (choice.get(facet) === value) choice.delete(facet);
  else choice.set(facet, value);
  setChoice(choice);
}

function filterWords() {
  const choice = readChoice();
  if (box.value.trim()) choice.set(TEXT, box.value.trim());
  else choice.delete(TEXT);
  setChoice(choice, true);
}

function startFilter() {
  const place = document.querySelector("[data-filter]:not([data-ready])");
  if (!place) return;
  place.dataset.ready = "";
  cards = [...document.querySelectorAll(".ov-asset")];
  for (const card of cards) card.words = card.textContent.toLowerCase();
  links = [...place.querySelectorAll("a[data-facet]")];
  for (const link of links) link.addEventListener("click", toggleFacet);
  nothing = place.querySelector(".ov-nothing");
  box = document.createElement("input");
  box.type = "search";
  box.placeholder = "Filter by keyword";
  box.setAttribute("aria-label", "Filter by keyword");
  box.className = "ov-input";
  box.addEventListener("input", filterWords);
  status = document.createElement("p");
  status.setAttribute("role", "status");
  const clear = document.createElement("button");
  clear.type = "button";
  clear.className = "ov-copy";
  clear.textContent = "Show all";
  clear.addEventListener("click", () => setChoice(new URLSearchParams()));
  status.append("", clear);
  place.append(box, status, nothing);
  applyChoice();
}

addEventListener("popstate", () => document.querySelector("[data-filter]") && cards && applyChoice());
if (window.document$) window.document$.subscribe(startFilter);
else startFilter();
})();
