// The catalog's facets: on this page a click narrows the list, the address carries the choice, Back takes it back.
// Without JavaScript each facet is a link to a page of its own.
(() => {
// Not `q`: Material opens its search for that.
const TEXT = "words";
let cards, links, status, box, nothing;

function values(card, facet) {
  if (facet === "freshness") return [card.querySelector(".ov-fresh")?.dataset.state ?? ""];
  return (card.dataset[facet] ?? "").split(" ");
}

function chosen() {
  return new URLSearchParams(location.search);
}

function misses(card, facet, value) {
  return facet === TEXT ? !card.words.includes(value.toLowerCase()) : !values(card, facet).includes(value);
}

function apply() {
  const choice = chosen();
  const facets = [...new Set(links.map((link) => link.dataset.facet))];
  const counts = new Map();
  let shown = 0;
  for (const card of cards) {
    const missed = [...choice].filter(([facet, value]) => misses(card, facet, value)).map(([facet]) => facet);
    card.hidden = missed.length > 0;
    shown += !card.hidden;
    // A facet's link says how many there would be if only its own choice were another.
    for (const facet of facets.filter((facet) => missed.every((one) => one === facet))) {
      for (const value of values(card, facet)) {
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

function go(choice, replace) {
  const search = choice.toString();
  const address = `${location.pathname}${search ? `?${search}` : ""}`;
  history[replace ? "replaceState" : "pushState"](null, "", address);
  apply();
}

function toggle(event) {
  const link = event.currentTarget;
  if (event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  event.stopPropagation();
  const choice = chosen();
  const { facet, value } = link.dataset;
  if (choice.get(facet) === value) choice.delete(facet);
  else choice.set(facet, value);
  go(choice);
}

function type() {
  const choice = chosen();
  if (box.value.trim()) choice.set(TEXT, box.value.trim());
  else choice.delete(TEXT);
  go(choice, true);
}

function start() {
  const place = document.querySelector("[data-filter]:not([data-ready])");
  if (!place) return;
  place.dataset.ready = "";
  cards = [...document.querySelectorAll(".ov-asset")];
  for (const card of cards) card.words = card.textContent.toLowerCase();
  links = [...place.querySelectorAll("a[data-facet]")];
  for (const link of links) link.addEventListener("click", toggle);
  nothing = place.querySelector(".ov-nothing");
  box = document.createElement("input");
  box.type = "search";
  box.placeholder = "Filter by words";
  box.setAttribute("aria-label", "Filter by words");
  box.className = "ov-input";
  box.addEventListener("input", type);
  status = document.createElement("p");
  status.setAttribute("role", "status");
  const clear = document.createElement("button");
  clear.type = "button";
  clear.className = "ov-copy";
  clear.textContent = "Show all";
  clear.addEventListener("click", () => go(new URLSearchParams()));
  status.append("", clear);
  place.append(box, status, nothing);
  apply();
}

addEventListener("popstate", () => document.querySelector("[data-filter]") && cards && apply());
if (window.document$) window.document$.subscribe(start);
else start();
})();
