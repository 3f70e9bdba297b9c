// Elements of a page that a script makes.

// An element with its properties and attributes (those with a dash), and what is in it. Text is never read as HTML.
export function makeElement(tag, given = {}, ...inside) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (name.includes("-") || name === "role" || name === "for") element.setAttribute(name, value);
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element[name] = value;
  }
  element.append(...inside);
  return element;
}

// How many items two lists (or two texts) have in common at their beginnings, and how many more at their ends.
export function countCommon(old, fresh, isSame = (one, other) => one === other) {
  const most = Math.min(old.length, fresh.length);
  let head = 0;
  while (head < most && isSame(old[head], fresh[head])) head += 1;
  let tail = 0;
  while (tail < most - head && isSame(old[old.length - 1 - tail], fresh[fresh.length - 1 - tail])) tail += 1;
  return [head, tail];
}
