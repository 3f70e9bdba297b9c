// A term's definition, and what a button does: to pointers and keys alike, with the theme's looks. The theme's own
// script would follow each link of a page by itself; here all share one tooltip. WCAG 2.2, 1.4.13: Escape dismisses it,
// and it stays while the pointer is on it.
(() => {
const TIP = "ov-tip";
const LEAVE = 250;
const GAP = 8;
let host, title, tip, leaving;

function hideTip() {
  clearTimeout(leaving);
  if (!host) return;
  host.setAttribute("title", title);
  host.removeAttribute("aria-describedby");
  tip.remove();
  host = undefined;
}

function makeTip(text) {
  const made = document.createElement("div");
  const inner = document.createElement("div");
  made.id = TIP;
  made.className = "md-tooltip2";
  made.setAttribute("role", "tooltip");
  inner.className = "md-tooltip2__inner md-typeset";
  inner.textContent = text;
  made.append(inner);
  return made;
}

function showTip(element) {
  if (element === host) return;
  hideTip();
  [host, title] = [element, element.title];
  tip = makeTip(title);
  document.body.append(tip);
  const { left, top, width, height } = host.getBoundingClientRect();
  const places = {
    "host-x": left + scrollX, "host-y": top + scrollY, x: width / 2, y: GAP + height,
    width: tip.firstChild.offsetWidth, tail: 0,
  };
  for (const [name, value] of Object.entries(places)) tip.style.setProperty(`--md-tooltip-${name}`, `${value}px`);
  // The browser would say it a second time.
  host.removeAttribute("title");
  host.setAttribute("aria-describedby", TIP);
  requestAnimationFrame(() => tip.classList.add("md-tooltip2--bottom", "md-tooltip2--active"));
}

function point({ target }) {
  const found = target.closest?.("[title]");
  if (found?.title) {
    clearTimeout(leaving);
    showTip(found);
  } else if (host && (host.contains(target) || tip.contains(target))) clearTimeout(leaving);
}

function leave({ target }) {
  if (!host || host === document.activeElement || !(host.contains(target) || tip.contains(target))) return;
  clearTimeout(leaving);
  leaving = setTimeout(hideTip, LEAVE);
}

for (const name of ["mouseover", "focusin"]) document.addEventListener(name, point);
document.addEventListener("mouseout", leave);
document.addEventListener("focusout", ({ target }) => target === host && hideTip());
addEventListener("keydown", ({ key }) => key === "Escape" && hideTip());
})();
