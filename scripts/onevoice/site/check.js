// The page that checks a draft: findings while you type, one click or key to mend each. The text stays on this page:
// after the terms are loaded, nothing here asks the network for anything.
import { load } from "../matcher/compile.js";
import { apply, fix, mend, sure } from "../lint/fix.js";
import { Matcher, context } from "../matcher/matcher.js";
import { review } from "../lint/terms.js";

const HERE = document.currentScript.src;
const GLOSSARY = new URL("../../glossary/", HERE);
// A folder has no server that shows its index.
const INDEX = location.protocol === "file:" ? "index.html" : "";
const WAIT = 120;
const AROUND = 48;
const MOST = 200;
const LEVELS = ["error", "warning", "suggestion"];

let terms;

function loaded() {
  // A script and not a request, because a site opened from a folder may not make requests.
  terms ??= new Promise((done, failed) => {
    document.head.append(make("script", { src: new URL("terms.js", HERE), onload: done, onerror: failed }));
  }).then(() => new Matcher(load(window.onevoiceTerms)));
  return terms;
}

// An element with its properties and attributes (those with a dash), and what is in it. Text is never read as HTML.
function make(tag, given = {}, ...inside) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (name.includes("-") || name === "role" || name === "for") element.setAttribute(name, value);
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element[name] = value;
  }
  element.append(...inside);
  return element;
}

function toast(text) {
  let box = document.querySelector(".ov-toast");
  if (!box) document.body.append((box = make("div", { className: "ov-toast", role: "status" })));
  box.textContent = text;
  box.dataset.shown = "";
  clearTimeout(box.timer);
  box.timer = setTimeout(() => delete box.dataset.shown, 3000);
}

function today() {
  const now = new Date();
  const two = (number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

const count = (number, word) => `${number} ${word}${number === 1 ? "" : "s"}`;

class Check {
  constructor(root, matcher) {
    this.matcher = matcher;
    this.english = matcher.compiled.english;
    this.answers = {};
    this.issues = [];
    this.text = "";
    this.history = [];
    this.shown = MOST;
    this.area = make("textarea", {
      id: "ov-draft", className: "ov-text", rows: 8, placeholder: "Paste or write here", autocomplete: "off",
      // The spelling checkers of some browsers send the text to a server.
      spellcheck: false, "data-gramm": "false", oninput: () => this.typed(), onkeydown: (event) => this.keyed(event),
      onselect: () => this.point(), onclick: () => this.point(), onkeyup: () => this.point(),
    });
    this.mirror = make("div", { className: "ov-text ov-mirror", "aria-hidden": "true" });
    this.count = make("p", { className: "ov-count", role: "status" });
    this.all = this.button("Replace all", () => this.applyAll());
    this.back = this.button("Undo", () => this.undo());
    this.copying = this.button("Copy the result", () => this.copy());
    this.list = make("ol", { className: "ov-findings", "aria-label": "Findings" });
    this.more = this.button("Show more", () => this.showMore());
    root.replaceChildren(
      this.questions(JSON.parse(root.dataset.questions)),
      make("div", { className: "ov-left" },
        make("label", { for: "ov-draft" }, "Your draft"),
        make("div", { className: "ov-draft" }, this.mirror, this.area)),
      make("div", { className: "ov-right" },
        make("div", { className: "ov-bar" }, this.count, this.all, this.back, this.copying), this.list, this.more),
    );
    this.look();
  }

  button(text, act, given = {}) {
    return make("button", { type: "button", className: "ov-copy", onclick: (event) => {
      if (event.currentTarget.getAttribute("aria-disabled") !== "true") act(event);
    }, ...given }, text);
  }

  questions(asked) {
    const fields = Object.entries(asked).filter(([, [, ...answers]]) => answers.length).map(([name, [label, ...answers]]) =>
      make("label", {}, `${label} `, make("select", {
        className: "ov-input", onchange: ({ target }) => {
          this.answers[name] = target.value ? [target.value] : [];
          this.look();
        },
      }, make("option", { value: "" }, "not said"), ...answers.map((value) => make("option", { value }, value)))));
    return make("div", { className: "ov-asked", hidden: !fields.length }, ...fields);
  }

  typed() {
    this.history = [];
    this.follow();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look(), WAIT);
  }

  // Keep the marks beside their words until the text has been read again.
  follow() {
    const [old, text] = [this.text, this.area.value];
    const most = Math.min(old.length, text.length);
    let head = 0;
    while (head < most && old[head] === text[head]) head += 1;
    let tail = 0;
    while (tail < most - head && old[old.length - 1 - tail] === text[text.length - 1 - tail]) tail += 1;
    const moved = text.length - old.length;
    this.issues = this.issues
      .filter(({ start, end }) => end <= head || start >= old.length - tail)
      .map((issue) => (issue.end <= head ? issue : { ...issue, start: issue.start + moved, end: issue.end + moved }));
    this.text = text;
    this.mark();
  }

  find(source) {
    return review(source, this.matcher, context(today(), this.answers.audiences, this.answers.channels));
  }

  look() {
    clearTimeout(this.timer);
    this.text = this.area.value;
    this.issues = this.find(this.text);
    this.mark();
    this.tell();
    this.offer();
    this.point();
  }

  mark() {
    const parts = [];
    let reached = 0;
    for (const { start, end, hit } of this.issues) {
      parts.push(this.text.slice(reached, start), make("span", { "data-level": hit.level }, this.text.slice(start, end)));
      reached = end;
    }
    // The last line counts although nothing stands in it yet.
    this.mirror.replaceChildren(...parts, `${this.text.slice(reached)}\n`);
  }

  tell() {
    const levels = LEVELS.map((level) => [this.issues.filter(({ hit }) => hit.level === level).length, level]);
    const said = levels.filter(([number]) => number).map(([number, level]) => count(number, level)).join(", ");
    const nothing = this.text.trim() ? "Nothing to mend: all words are ours." : "No text yet.";
    this.count.textContent = said ? `Found: ${said}.` : nothing;
    const safe = this.issues.filter((issue) => sure(issue, this.english).length).length;
    this.all.textContent = safe ? `Replace all ${safe} that are sure` : "Replace all";
    this.all.setAttribute("aria-disabled", String(!safe));
    this.back.setAttribute("aria-disabled", String(!this.history.length));
    this.copying.setAttribute("aria-disabled", String(!this.text));
  }

  offer() {
    const issues = this.issues.slice(0, this.shown);
    this.list.replaceChildren(...issues.map((issue, number) => this.finding(issue, number)));
    this.more.hidden = issues.length === this.issues.length;
  }

  finding(issue, number) {
    const { hit, match, message, replacements } = issue;
    const mends = replacements.map((use) => this.button(use || "Leave it out", (event) => this.applyOne(number, use, event), {
      className: "ov-copy ov-mend", "aria-label": use ? `${use}: write it for ${match}` : `Leave it out: ${match}`,
    }));
    const show = this.button("Show", () => this.show(number), { className: "ov-copy", "aria-label": `Show ${match} in the text` });
    const about = make("a", { href: new URL(`${hit.term}/${INDEX}`, GLOSSARY) }, `About “${hit.term.replaceAll("-", " ")}”`);
    return make("li", { "data-level": hit.level },
      this.excerpt(issue),
      make("p", {}, make("strong", { className: "ov-level" }, hit.level), ` ${message} ${hit.reason}`),
      make("p", { className: "ov-mends" }, ...mends, show, about));
  }

  excerpt({ start, end }) {
    const line = (text) => text.split(/\n/);
    const whole = line(this.text.slice(0, start)).at(-1);
    const before = whole.length > AROUND ? `…${whole.slice(-AROUND).replace(/^\S*\s/, "")}` : whole.trimStart();
    const rest = line(this.text.slice(end))[0];
    const after = rest.length > AROUND ? `${rest.slice(0, AROUND).replace(/\s\S*$/, "")}…` : rest;
    return make("p", { className: "ov-excerpt" }, before, make("mark", {}, this.text.slice(start, end).replace(/\s+/g, " ")), after);
  }

  // The finding that is meant by a number in the list, of the text as it stands now.
  current(number) {
    const { start, match } = this.issues[number] ?? {};
    if (this.area.value !== this.text || !this.issues[number]?.block) this.look();
    return this.issues.find((issue) => issue.start === start && issue.match === match);
  }

  write(text, place) {
    this.history.push(this.text);
    this.area.value = text;
    this.area.setSelectionRange(place, place);
    this.look();
  }

  applyOne(number, use, event) {
    const issue = this.current(number);
    if (!issue) return;
    this.write(apply(this.text, mend(issue, use, this.english)), issue.start + use.length);
    const next = this.list.children[Math.min(number, this.list.children.length - 1)];
    // By mouse or touch the page stays where it is.
    (next?.querySelector("button") ?? this.copying).focus({ preventScroll: event.detail > 0 });
  }

  applyAll() {
    this.look();
    this.write(fix(this.text, (source) => this.find(source), this.english), 0);
  }

  undo() {
    this.area.value = this.history.pop();
    this.look();
  }

  keyed(event) {
    // The browser forgets its own steps where a script has written.
    if (this.history.length && event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey) && !event.shiftKey) {
      event.preventDefault();
      this.undo();
    }
  }

  async copy() {
    try {
      await navigator.clipboard.writeText(this.area.value);
      toast("Copied.");
    } catch {
      this.area.focus();
      this.area.select();
      toast("This browser does not let pages copy. The text is marked: copy it yourself.");
    }
  }

  showMore() {
    const first = this.shown;
    this.shown += MOST;
    this.offer();
    this.list.children[first]?.querySelector("button").focus();
  }

  show(number) {
    const issue = this.current(number);
    if (!issue) return;
    this.area.focus({ preventScroll: true });
    this.area.setSelectionRange(issue.start, issue.end);
    this.mirror.querySelectorAll("span")[number]?.scrollIntoView({ block: "center" });
    this.point();
  }

  // Point at the finding in which the cursor stands.
  point() {
    const at = this.area.selectionStart;
    const number = document.activeElement === this.area ? this.issues.findIndex(({ start, end }) => start <= at && at <= end) : -1;
    for (const parent of [this.list, this.mirror]) {
      for (const [place, element] of [...parent.children].entries()) element.toggleAttribute("data-current", place === number);
    }
    const item = this.list.children[number];
    if (item && this.list.scrollHeight > this.list.clientHeight) this.list.scrollTop = item.offsetTop - this.list.offsetTop;
  }
}

async function start() {
  for (const root of document.querySelectorAll(".ov-check:not([data-ready])")) {
    root.dataset.ready = "";
    const said = [...root.childNodes];
    root.replaceChildren(make("p", { role: "status" }, "Loading the words …"));
    try {
      new Check(root, await loaded());
    } catch (error) {
      terms = undefined;
      root.replaceChildren(make("p", { role: "alert" }, "The words could not be loaded. Load the page again."), ...said);
      console.error(error);
    }
  }
}

// Material announces each page through `document$`, also where pages change without a reload.
if (window.document$) window.document$.subscribe(start);
else start();
