// A page of steps to tick off. What is done is kept in this browser only; without JavaScript the page is a plain list.
(() => {
const PREFIX = "onevoice-steps-";

function readDone(key) {
  try {
    const done = JSON.parse(localStorage.getItem(key));
    return new Set(Array.isArray(done) ? done : []);
  } catch {
    // Not our text, or a browser that keeps nothing.
    return new Set();
  }
}

function keepDone(key, done) {
  try {
    localStorage.setItem(key, JSON.stringify([...done]));
    return true;
  } catch {
    return false;
  }
}

// Steps are the items of lists, not the items within them. A step is known by its words: other words, another step.
function findSteps(place) {
  const article = place.closest("article") ?? place.parentElement;
  return [...article.querySelectorAll("li")]
    .filter((item) => place.compareDocumentPosition(item) & Node.DOCUMENT_POSITION_FOLLOWING)
    .filter((item) => !item.parentElement.closest("li, .ov-foot, nav"))
    .map((item) => ({ item, name: item.textContent.trim().replace(/\s+/g, " ") }));
}

function makeBox({ item, name }) {
  const box = document.createElement("input");
  const area = document.createElement("label");
  box.type = "checkbox";
  box.setAttribute("aria-label", name);
  area.className = "ov-tick";
  area.append(box);
  item.classList.add("ov-step");
  item.prepend(area);
  return box;
}

function startSteps(place) {
  place.dataset.ready = "";
  const steps = findSteps(place);
  if (!steps.length) return;
  const key = PREFIX + place.dataset.steps;
  const boxes = steps.map(makeBox);
  const bar = document.createElement("progress");
  const said = document.createElement("span");
  const again = document.createElement("button");
  let isKept = true;
  said.setAttribute("role", "status");
  bar.max = boxes.length;
  bar.setAttribute("aria-label", "Steps done");
  again.type = "button";
  again.className = "ov-again";
  again.textContent = "Start over";

  const show = () => {
    const count = boxes.filter((box) => box.checked).length;
    const where = isKept ? "Kept in this browser only." : "This browser can't keep your checkmarks.";
    bar.value = count;
    said.textContent = `${count} of ${boxes.length} done. ${where}`;
    again.hidden = !count;
    for (const [at, { item }] of steps.entries()) item.toggleAttribute("data-done", boxes[at].checked);
  };
  const save = () => {
    isKept = keepDone(key, new Set(steps.filter((_, at) => boxes[at].checked).map(({ name }) => name)));
    show();
  };
  const read = () => {
    const done = readDone(key);
    for (const [at, { name }] of steps.entries()) boxes[at].checked = done.has(name);
    show();
  };
  for (const box of boxes) box.addEventListener("change", save);
  again.addEventListener("click", () => {
    for (const box of boxes) box.checked = false;
    save();
    boxes[0].focus();
  });
  // The same page in another tab.
  addEventListener("storage", (event) => {
    if (event.key === key) read();
  });
  place.replaceChildren(bar, said, again);
  read();
}

function startPage() {
  for (const place of document.querySelectorAll("[data-steps]:not([data-ready])")) startSteps(place);
}

if (window.document$) window.document$.subscribe(startPage);
else startPage();
})();
