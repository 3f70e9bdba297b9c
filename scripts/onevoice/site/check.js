// The page that checks a draft: findings as you type, one click or key to fix each. The text stays on this page: after
// the terms are loaded, nothing here asks the network for anything.
import { loadCompiledTerms } from "../matcher/compile.js";
import { applyEdits, fixText, listSafeChanges, makeEdits } from "../lint/fix.js";
import { Matcher, makeContext } from "../matcher/matcher.js";
import { findIssues } from "../lint/terms.js";

const HERE = document.currentScript.src;
const GLOSSARY = new URL("../../glossary/", HERE);
// A folder has no server that shows its index.
const INDEX = location.protocol === "file:" ? "index.html" : "";
const WAIT = 120;
const AROUND = 48;
const MOST = 200;
const LEVELS = ["error", "warning", "suggestion"];

let terms;

function loadMatcher() {
  // A script and not a request, because a site opened from a folder may not make requests.
  terms ??= new Promise((done, failed) => {
    document.head.append(makeElement("script", { src: new URL("terms.js", HERE), onload: done, onerror: failed }));
  }).then(() => new Matcher(loadCompiledTerms(window.onevoiceTerms)));
  return terms;
}

// An element with its properties and attributes (those with a dash), and what is in it. Text is never read as HTML.
function makeElement(tag, given = {}, ...inside) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (name.includes("-") || name === "role" || name === "for") element.setAttribute(name, value);
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element[name] = value;
  }
  element.append(...inside);
  return element;
}

function showToast(text) {
  let box = document.querySelector(".ov-toast");
  if (!box) document.body.append((box = makeElement("div", { className: "ov-toast", role: "status" })));
  box.textContent = text;
  box.dataset.shown = "";
  clearTimeout(box.timer);
  box.timer = setTimeout(() => delete box.dataset.shown, 3000);
}

function formatToday() {
  const now = new Date();
  const padTwo = (number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${padTwo(now.getMonth() + 1)}-${padTwo(now.getDate())}`;
}

const formatCount = (number, word) => `${number} ${word}${number === 1 ? "" : "s"}`;

class DraftChecker {
  constructor(root, matcher) {
    this.matcher = matcher;
    this.english = matcher.compiled.english;
    this.answers = {};
    this.issues = [];
    this.text = "";
    this.history = [];
    this.limit = MOST;
    this.area = makeElement("textarea", {
      id: "ov-draft", className: "ov-text", rows: 8, placeholder: "Paste or write here", autocomplete: "off",
      // The spelling checkers of some browsers send the text to a server.
      spellcheck: false, "data-gramm": "false",
      oninput: () => this.handleInput(), onkeydown: (event) => this.handleKey(event),
      onselect: () => this.highlightCurrent(), onclick: () => this.highlightCurrent(),
      onkeyup: () => this.highlightCurrent(),
    });
    this.mirror = makeElement("div", { className: "ov-text ov-mirror", "aria-hidden": "true" });
    this.summary = makeElement("p", { className: "ov-count", role: "status" });
    this.replaceAllButton = this.makeButton("Apply safe fixes", () => this.applyAll());
    this.undoButton = this.makeButton("Undo", () => this.undoChange());
    this.copyButton = this.makeButton("Copy result", () => this.copyText());
    this.list = makeElement("ol", { className: "ov-findings", "aria-label": "Findings" });
    this.moreButton = this.makeButton("Show more", () => this.showMore());
    const buttons = [this.replaceAllButton, this.undoButton, this.copyButton];
    root.replaceChildren(
      this.makeQuestions(JSON.parse(root.dataset.questions)),
      makeElement("div", { className: "ov-left" },
        makeElement("label", { for: "ov-draft" }, "Your draft"),
        makeElement("div", { className: "ov-draft" }, this.mirror, this.area)),
      makeElement("div", { className: "ov-right" },
        makeElement("div", { className: "ov-bar" }, this.summary, ...buttons), this.list, this.moreButton),
    );
    this.checkText();
  }

  makeButton(text, act, given = {}) {
    return makeElement("button", { type: "button", className: "ov-copy", onclick: (event) => {
      if (event.currentTarget.getAttribute("aria-disabled") !== "true") act(event);
    }, ...given }, text);
  }

  makeQuestions(asked) {
    const makeOption = (value, text = value) => makeElement("option", { value }, text);
    const open = Object.entries(asked).filter(([, [, ...answers]]) => answers.length);
    const fields = open.map(([name, [label, ...answers]]) =>
      makeElement("label", {}, `${label} `, makeElement("select", {
        className: "ov-input", onchange: ({ target }) => {
          this.answers[name] = target.value ? [target.value] : [];
          this.checkText();
        },
      }, makeOption("", "not specified"), ...answers.map((value) => makeOption(value)))));
    return makeElement("div", { className: "ov-asked", hidden: !fields.length }, ...fields);
  }

  handleInput() {
    this.history = [];
    this.shiftIssues();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.checkText(), WAIT);
  }

  // Keep the marks at their words until the text has been read again.
  shiftIssues() {
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
    this.renderMarks();
  }

  findIssues(source) {
    return findIssues(source, this.matcher, makeContext(formatToday(), this.answers.audiences, this.answers.channels));
  }

  checkText() {
    clearTimeout(this.timer);
    this.text = this.area.value;
    this.issues = this.findIssues(this.text);
    this.renderMarks();
    this.renderSummary();
    this.renderFindings();
    this.highlightCurrent();
  }

  renderMarks() {
    const parts = [];
    let reached = 0;
    for (const { start, end, hit } of this.issues) {
      const words = makeElement("span", { "data-level": hit.level }, this.text.slice(start, end));
      parts.push(this.text.slice(reached, start), words);
      reached = end;
    }
    // The last line counts even if it is still empty.
    this.mirror.replaceChildren(...parts, `${this.text.slice(reached)}\n`);
  }

  renderSummary() {
    const levels = LEVELS.map((level) => [this.issues.filter(({ hit }) => hit.level === level).length, level]);
    const said = levels.filter(([number]) => number).map(([number, level]) => formatCount(number, level)).join(", ");
    const nothing = this.text.trim() ? "No problems found." : "No text yet.";
    this.summary.textContent = said ? `Found: ${said}.` : nothing;
    const safe = this.issues.filter((issue) => listSafeChanges(issue, this.english).length).length;
    const fixes = safe === 1 ? "fix" : "fixes";
    this.replaceAllButton.textContent = safe ? `Apply ${safe} safe ${fixes}` : "Apply safe fixes";
    this.replaceAllButton.setAttribute("aria-disabled", String(!safe));
    this.undoButton.setAttribute("aria-disabled", String(!this.history.length));
    this.copyButton.setAttribute("aria-disabled", String(!this.text));
  }

  renderFindings() {
    const issues = this.issues.slice(0, this.limit);
    this.list.replaceChildren(...issues.map((issue, number) => this.makeFinding(issue, number)));
    this.moreButton.hidden = issues.length === this.issues.length;
  }

  makeFinding(issue, number) {
    const { hit, match, message, replacements } = issue;
    const buttons = replacements.map((use) => {
      const label = use ? `${use}: use it instead of ${match}` : `Leave it out: ${match}`;
      const act = (event) => this.applyOne(number, use, event);
      return this.makeButton(use || "Leave it out", act, { className: "ov-copy ov-mend", "aria-label": label });
    });
    const show = this.makeButton("Show", () => this.showIssue(number), {
      className: "ov-copy", "aria-label": `Show ${match} in the text`,
    });
    const term = new URL(`${hit.term}/${INDEX}`, GLOSSARY);
    const about = makeElement("a", { href: term }, `About “${hit.term.replaceAll("-", " ")}”`);
    return makeElement("li", { "data-level": hit.level },
      this.makeExcerpt(issue),
      makeElement("p", {}, makeElement("strong", { className: "ov-level" }, hit.level), ` ${message} ${hit.reason}`),
      makeElement("p", { className: "ov-mends" }, ...buttons, show, about));
  }

  makeExcerpt({ start, end }) {
    const splitLines = (text) => text.split(/\n/);
    const whole = splitLines(this.text.slice(0, start)).at(-1);
    const before = whole.length > AROUND ? `…${whole.slice(-AROUND).replace(/^\S*\s/, "")}` : whole.trimStart();
    const rest = splitLines(this.text.slice(end))[0];
    const after = rest.length > AROUND ? `${rest.slice(0, AROUND).replace(/\s\S*$/, "")}…` : rest;
    const words = makeElement("mark", {}, this.text.slice(start, end).replace(/\s+/g, " "));
    return makeElement("p", { className: "ov-excerpt" }, before, words, after);
  }

  // The finding behind a number in the list, in the text as it is now.
  findCurrentIssue(number) {
    const { start, match } = this.issues[number] ?? {};
    if (this.area.value !== this.text || !this.issues[number]?.block) this.checkText();
    return this.issues.find((issue) => issue.start === start && issue.match === match);
  }

  replaceText(text, place) {
    this.history.push(this.text);
    this.area.value = text;
    this.area.setSelectionRange(place, place);
    this.checkText();
  }

  applyOne(number, use, event) {
    const issue = this.findCurrentIssue(number);
    if (!issue) return;
    this.replaceText(applyEdits(this.text, makeEdits(issue, use, this.english)), issue.start + use.length);
    const next = this.list.children[Math.min(number, this.list.children.length - 1)];
    // By mouse or touch the page stays where it is.
    (next?.querySelector("button") ?? this.copyButton).focus({ preventScroll: event.detail > 0 });
  }

  applyAll() {
    this.checkText();
    this.replaceText(fixText(this.text, (source) => this.findIssues(source), this.english), 0);
  }

  undoChange() {
    this.area.value = this.history.pop();
    this.checkText();
  }

  handleKey(event) {
    // The browser forgets its own steps if a script has changed the text.
    if (this.history.length && event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey) && !event.shiftKey) {
      event.preventDefault();
      this.undoChange();
    }
  }

  async copyText() {
    try {
      await navigator.clipboard.writeText(this.area.value);
      showToast("Copied.");
    } catch {
      this.area.focus();
      this.area.select();
      showToast("This browser doesn't allow copying. The text is selected: copy it yourself.");
    }
  }

  showMore() {
    const first = this.limit;
    this.limit += MOST;
    this.renderFindings();
    this.list.children[first]?.querySelector("button").focus();
  }

  showIssue(number) {
    const issue = this.findCurrentIssue(number);
    if (!issue) return;
    this.area.focus({ preventScroll: true });
    this.area.setSelectionRange(issue.start, issue.end);
    this.mirror.querySelectorAll("span")[number]?.scrollIntoView({ block: "center" });
    this.highlightCurrent();
  }

  // Point at the finding that has the cursor.
  highlightCurrent() {
    const at = this.area.selectionStart;
    const number = document.activeElement === this.area
      ? this.issues.findIndex(({ start, end }) => start <= at && at <= end)
      : -1;
    for (const parent of [this.list, this.mirror]) {
      for (const [place, element] of [...parent.children].entries()) {
        element.toggleAttribute("data-current", place === number);
      }
    }
    const item = this.list.children[number];
    if (item && this.list.scrollHeight > this.list.clientHeight) {
      this.list.scrollTop = item.offsetTop - this.list.offsetTop;
    }
  }
}

async function startCheckers() {
  for (const root of document.querySelectorAll(".ov-check:not([data-ready])")) {
    root.dataset.ready = "";
    const said = [...root.childNodes];
    root.replaceChildren(makeElement("p", { role: "status" }, "Loading the word list …"));
    try {
      new DraftChecker(root, await loadMatcher());
    } catch (error) {
      terms = undefined;
      const alert = makeElement("p", { role: "alert" }, "Could not load the word list. Reload the page.");
      root.replaceChildren(alert, ...said);
      console.error(error);
    }
  }
}

// Material announces each page through `document$`, even if pages change without a reload.
if (window.document$) window.document$.subscribe(startCheckers);
else startCheckers();
