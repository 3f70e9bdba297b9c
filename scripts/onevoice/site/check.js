// The page that checks a draft: findings as you type, one click or key to fix each. The text stays on this page: after
// the rules are loaded, nothing here asks the network for anything.
import { loadCompiledTerms } from "../matcher/compile.js";
import { DraftRules, searchDraft } from "../lint/draft.js";
import { applyEdits, fixText, listSafeChanges, makeEdits } from "../lint/fix.js";
import { Matcher, finishSteps, makeContext } from "../matcher/matcher.js";
import { countCommon, makeElement } from "./element.js";
import { capitalizeFirst } from "../matcher/casing.js";
import { charAt, isUpper } from "../matcher/characters.js";
import { findIssues } from "../lint/terms.js";
import { Mirror } from "./mirror.js";

const HERE = document.currentScript.src;
const SITE = new URL("../../", HERE);
// A folder has no server that shows its index.
const INDEX = location.protocol === "file:" ? "index.html" : "";
const WAIT = 120;
// A draft of more characters is checked bit by bit: milliseconds until the browser gets its turn, and until the first
// findings are shown; after that, each time twice as long has passed.
const SHORT = 5000;
const SLICE = 10;
const FIRST = 60;
const AROUND = 48;
const MOST = 200;
const LEVELS = ["error", "warning", "suggestion"];

const DRAFT_KEY = `onevoice draft ${SITE.pathname}`;

let rules;

function loadRules() {
  // Scripts and not requests, because a site opened from a folder may not make requests.
  const loadScript = (name) => new Promise((done, failed) => {
    document.head.append(makeElement("script", { src: new URL(name, HERE), onload: done, onerror: failed }));
  });
  rules ??= Promise.all(["terms.js", "rules.js"].map(loadScript))
    .then(() => [new Matcher(loadCompiledTerms(window.onevoiceTerms)), new DraftRules(window.onevoiceRules)]);
  return rules;
}

// What was written before a reload, or while another page was shown. A browser may refuse to keep anything.
function readDraft() {
  try {
    return JSON.parse(sessionStorage.getItem(DRAFT_KEY)) ?? {};
  } catch {
    return {};
  }
}

function keepDraft(draft) {
  try {
    sessionStorage.setItem(DRAFT_KEY, JSON.stringify(draft));
  } catch {
    // Then a reload begins with an empty page.
  }
}

// The address of a page, such as `/brand/#voice`.
function makeAddress(path) {
  const [page, anchor] = path.slice(1).split("#");
  return new URL(`${page}${INDEX}${anchor ? `#${anchor}` : ""}`, SITE);
}

// Names in a row: "Words", "words and figures", "words, figures and style".
const joinNames = (names) => [names.slice(0, -1).join(", "), names.at(-1)].filter(Boolean).join(` and `);

// The findings whose words are marked: of those that overlap, the first.
function selectMarks(issues) {
  let reached = 0;
  return issues.filter(({ start, end }) => {
    if (start === end || start < reached) return false;
    reached = end;
    return true;
  });
}

// What replaces words, with a capital where they had one. Terms know more of it than other rules.
function adaptUse({ hit, match }, use) {
  return !hit && isUpper(charAt(match, 0)) ? capitalizeFirst(use) : use;
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

// Let the browser do what else there is to do; `scheduler.yield` would go before all but what is typed.
const pauseScript = () => new Promise((done) => setTimeout(done));

const LEVEL_NAMES = { error: `error`, warning: `warning`, suggestion: `suggestion` };
const COUNTS = {
  error: (number) => (number === 1 ? `${number} error` : `${number} errors`),
  warning: (number) => (number === 1 ? `${number} warning` : `${number} warnings`),
  suggestion: (number) => (number === 1 ? `${number} suggestion` : `${number} suggestions`),
};
// Within a sentence, only English has a small letter for every noun.
const hasSmallNouns = `en-US`.startsWith("en");

// A matcher that remembers what it has found in a block for as long as the draft has it.
class Memory {
  constructor(matcher) {
    this.matcher = matcher;
    this.known = new Map();
    this.used = new Map();
  }

  *searchHits(text, document, block) {
    const key = `${document.key} ${block.quoted} ${text}`;
    const hits = this.known.get(key) ?? (yield* this.matcher.searchHits(text, document, block));
    this.known.set(key, hits);
    this.used.set(key, hits);
    return hits;
  }

  // Forget what nobody has asked for since the last time.
  forgetUnused() {
    [this.known, this.used] = [this.used, new Map()];
  }
}

class DraftChecker {
  constructor(root, matcher, draftRules) {
    const { text = "", answers = {} } = readDraft();
    this.memory = new Memory(matcher);
    this.rules = draftRules;
    this.english = matcher.compiled.english;
    this.answers = answers;
    this.questions = JSON.parse(root.dataset.questions);
    this.issues = [];
    this.current = [];
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
    this.mirror = new Mirror();
    this.summary = makeElement("p", { className: "ov-count", role: "status" });
    this.scope = makeElement("p", { className: "ov-scope" });
    this.replaceAllButton = this.makeButton("Apply safe fixes", () => this.applyAll());
    this.undoButton = this.makeButton("Undo", () => this.undoChange());
    this.copyButton = this.makeButton("Copy result", () => this.copyText());
    this.list = makeElement("ol", { className: "ov-findings", "aria-label": "Findings" });
    this.moreButton = this.makeButton("Show more", () => this.showMore());
    const buttons = [this.replaceAllButton, this.undoButton, this.copyButton];
    root.replaceChildren(
      this.makeQuestions(this.questions),
      makeElement("div", { className: "ov-left" },
        makeElement("label", { for: "ov-draft" }, "Your draft"),
        makeElement("div", { className: "ov-draft" }, this.mirror.element, this.area)),
      makeElement("div", { className: "ov-right" },
        makeElement("div", { className: "ov-bar" }, this.summary, this.scope, ...buttons), this.list,
        this.moreButton),
    );
    this.area.value = text;
    // A checker that another page has taken the place of knows an older draft.
    window.addEventListener("pagehide", () => this.area.isConnected && this.keepText());
    this.checkText();
  }

  makeButton(text, act, given = {}) {
    return makeElement("button", { type: "button", className: "ov-copy", onclick: (event) => {
      if (event.currentTarget.getAttribute("aria-disabled") !== "true") act(event);
    }, ...given }, text);
  }

  makeQuestions(asked) {
    const makeOption = (value, text, name) =>
      makeElement("option", { value, selected: value === (this.answers[name] ?? "") }, text);
    const isUseful = (name) => this.rules.messages || !["persona", "stage"].includes(name);
    const open = Object.entries(asked).filter(([name, [, ...answers]]) => answers.length && isUseful(name));
    const fields = open.map(([name, [label, ...answers]]) =>
      makeElement("label", {}, `${label} `, makeElement("select", {
        className: "ov-input", onchange: ({ target }) => {
          this.answers[name] = target.value;
          this.checkText();
        },
      }, makeOption("", "not specified", name), ...answers.map(([value, text]) => makeOption(value, text, name)))));
    return makeElement("div", { className: "ov-asked", hidden: !fields.length }, ...fields);
  }

  handleInput() {
    this.history = [];
    this.run = null;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.checkText(), WAIT);
    // A script that writes line by line, as extensions do, is followed once.
    queueMicrotask(() => this.followText());
  }

  // Keep marks and findings at their words until the text has been read again.
  followText() {
    if (this.area.value === this.text) return;
    this.run = null;
    const [old, text] = [this.text, this.area.value];
    const [head, tail] = countCommon(old, text);
    const shift = (issue) => {
      if (issue.isWhole) return issue;
      if (issue.end > head && issue.start < old.length - tail) return null;
      const moved = issue.end > head ? text.length - old.length : 0;
      return { ...issue, isMoved: true, start: issue.start + moved, end: issue.end + moved };
    };
    this.issues = this.issues.map(shift).filter(Boolean);
    for (const item of this.list.children) item.issue &&= shift(item.issue);
    this.text = text;
    this.mirror.render(text, selectMarks(this.issues)).next();
    // Until all lines are behind it, the text area makes room for itself.
    if (this.mirror.isPartial) this.area.style.height = `${this.area.scrollHeight}px`;
  }

  getContext() {
    const { audiences, channels, persona, stage } = this.answers;
    const given = [formatToday(), ...[audiences, channels].map((one) => (one ? [one] : []))];
    const name = (question, id) => this.questions[question].find(([value]) => value === id)?.[1] ?? id;
    const readers = `${name("persona", persona)} at ${name("stage", stage)}`;
    return Object.assign(makeContext(...given), { persona, stage, readers, key: JSON.stringify(given) });
  }

  keepText() {
    keepDraft({ text: this.area.value, answers: this.answers });
  }

  checkText() {
    clearTimeout(this.timer);
    this.followText();
    this.keepText();
    this.runSteps(this.checkInSteps());
  }

  // Do a check, and let the browser have its turn now and then, unless another check begins.
  async runSteps(steps) {
    const run = (this.run = {});
    const isShort = this.text.length <= SHORT;
    let until = performance.now() + SLICE;
    while (!steps.next().done) {
      if (isShort || performance.now() < until) continue;
      await pauseScript();
      if (this.run !== run) return;
      until = performance.now() + SLICE;
    }
    this.run = null;
  }

  *checkInSteps() {
    const [found, old, started] = [[], this.issues, performance.now()];
    const isSafe = (issue) => Boolean(issue.hit) && listSafeChanges(issue, this.english).length > 0;
    const report = (issue) => found.push({ ...issue, isSafe: isSafe(issue) });
    const steps = searchDraft(this.text, this.memory, this.rules, this.getContext(), report);
    let shown = FIRST / 2;
    while (!steps.next().done) {
      yield;
      if (performance.now() - started < 2 * shown) continue;
      const reached = found.at(-1)?.end ?? 0;
      this.issues = [...found, ...old.filter(({ start, isWhole }) => start >= reached && !isWhole)];
      yield* this.renderIssues("Checking … ");
      shown = performance.now() - started;
    }
    this.memory.forgetUnused();
    this.rules.forgetUnused();
    this.issues = found;
    yield* this.renderIssues();
    this.area.style.height = "";
    this.highlightCurrent();
  }

  *renderIssues(state) {
    yield* this.renderFindings();
    yield* this.mirror.render(this.text, selectMarks(this.issues));
    this.renderSummary(state);
  }

  renderSummary(state = "") {
    const levels = LEVELS.map((level) => [this.issues.filter((issue) => issue.level === level).length, level]);
    const said = levels.filter(([number]) => number).map(([number, level]) => COUNTS[level](number)).join(", ");
    const nothing = this.text.trim() ? `No problems found in ${joinNames(this.listChecked())}.` : "No text yet.";
    const found = said ? `Found: ${said}.` : nothing;
    this.summary.textContent = state ? state + (said && `Found so far: ${said}.`) : found;
    this.scope.textContent = this.text.trim() ? this.describeScope() : "";
    const safe = this.issues.filter(({ isSafe }) => isSafe).length;
    const some = safe === 1 ? `Apply ${safe} safe fix` : `Apply ${safe} safe fixes`;
    this.replaceAllButton.textContent = safe ? some : "Apply safe fixes";
    this.replaceAllButton.setAttribute("aria-disabled", String(!safe));
    this.undoButton.setAttribute("aria-disabled", String(!this.history.length));
    this.copyButton.setAttribute("aria-disabled", String(!this.text));
  }

  // What the check looks at, in words.
  listChecked() {
    const { claims, voice, messages } = this.rules;
    const { persona, stage } = this.answers;
    const isAnswered = messages && persona && stage;
    const parts = [[`words`, true], [`figures`, claims], [`style`, voice.length], [`message`, isAnswered]];
    return parts.filter(([, isChecked]) => isChecked).map(([name]) => name);
  }

  // What it does not look at.
  describeScope() {
    const { unchecked, messages } = this.rules;
    const { persona, stage } = this.answers;
    const makeSmall = (name) => (hasSmallNouns ? name.charAt(0).toLowerCase() + name.slice(1) : name);
    const names = unchecked.map((name, number) => (number ? makeSmall(name) : name));
    const isOne = names.length === 1 && !names[0].endsWith("s");
    const said = joinNames(names);
    const rest = isOne ? `${said} was not checked.` : names.length ? `${said} were not checked.` : "";
    const open = messages && !(persona && stage)
      ? "The message was not checked: choose a persona and a stage." : "";
    return [rest, open].filter(Boolean).join(" ");
  }

  // Findings that say the same as before stay, with what has the focus.
  *renderFindings() {
    const turn = (this.turn = {});
    const issues = this.issues.slice(0, this.limit);
    const items = [...this.list.children];
    const keys = issues.map((issue) => this.makeKey(issue));
    const [head, tail] = countCommon(items, keys, (item, key) => item.key === key);
    const last = issues.length - tail;
    const behind = items[items.length - tail] ?? null;
    items.slice(head, items.length - tail).forEach((item) => item.remove());
    items.slice(0, head).forEach((item, number) => (item.issue = issues[number]));
    items.slice(items.length - tail).forEach((item, number) => (item.issue = issues[last + number]));
    this.moreButton.hidden = issues.length === this.issues.length;
    for (let number = head; number < last; number += 1) {
      const item = this.makeFinding(issues[number]);
      this.list.insertBefore(Object.assign(item, { issue: issues[number], key: keys[number] }), behind);
      yield;
      if (this.turn !== turn) return;
    }
  }

  // What a finding in the list depends on.
  makeKey({ start, end, rule, level, message, reason, replacements }) {
    return JSON.stringify([this.cutExcerpt(start, end), rule, level, reason, message, replacements]);
  }

  makeFinding(issue) {
    const { level, match, message, reason, replacements, isWhole } = issue;
    const buttons = replacements.map((written) => {
      const use = adaptUse(issue, written);
      const label = use ? `${use}: use it instead of ${match}` : `Leave it out: ${match}`;
      const act = (event) => this.applyOne(item, use, event);
      return this.makeButton(use || "Leave it out", act, { className: "ov-copy ov-mend", "aria-label": label });
    });
    if (!isWhole) {
      buttons.push(this.makeButton("Show", () => this.showIssue(item), {
        className: "ov-copy", "aria-label": `Show ${match} in the text`,
      }));
    }
    const [before, words, after] = this.cutExcerpt(issue.start, issue.end);
    const excerpt = isWhole ? ["The whole text"] : [before, makeElement("mark", {}, words), after];
    const item = makeElement("li", { "data-level": level },
      makeElement("p", { className: "ov-excerpt" }, ...excerpt),
      makeElement(
        "p", {}, makeElement("strong", { className: "ov-level" }, LEVEL_NAMES[level]), ` ${message} ${reason}`,
      ),
      makeElement("p", { className: "ov-mends" }, ...buttons, this.makeLink(issue)));
    return item;
  }

  // The link to what explains a finding.
  makeLink({ hit, rule, path }) {
    if (hit) {
      const href = makeAddress(`/glossary/${hit.term}/`);
      return makeElement("a", { href }, `About “${this.rules.names[hit.term] ?? hit.term}”`);
    }
    const labels = { "unsourced-number": "See the proof point", "off-message": "See the message" };
    const href = makeAddress(path ?? `/brand/rules/#${rule}`);
    return makeElement("a", { href }, path ? labels[rule] ?? "About our voice" : "About this rule");
  }

  // The words of a finding with those around them in their line.
  cutExcerpt(start, end) {
    const { text } = this;
    const first = text.lastIndexOf("\n", start - 1) + 1;
    const next = text.indexOf("\n", end);
    const last = next < 0 ? text.length : next;
    const before = start - first > AROUND
      ? `…${text.slice(start - AROUND, start).replace(/^\S*\s/, "")}` : text.slice(first, start).trimStart();
    const after = last - end > AROUND
      ? `${text.slice(end, end + AROUND).replace(/\s\S*$/, "")}…` : text.slice(end, last);
    return [before, text.slice(start, end).replace(/\s+/g, " "), after];
  }

  // The finding behind an item of the list, in the text as it is now.
  findCurrentIssue(item) {
    if (this.area.value !== this.text) this.checkText();
    const { issue } = item;
    if (!issue || !issue.isMoved) return issue;
    const found = [];
    const report = (one) => found.push(one);
    const place = [issue.start, issue.end];
    finishSteps(searchDraft(this.text, this.memory, this.rules, this.getContext(), report, ...place));
    return found.find((one) => ["start", "match", "rule"].every((name) => one[name] === issue[name]));
  }

  setText(text) {
    this.area.value = text;
    this.followText();
    finishSteps(this.renderFindings());
    this.checkText();
  }

  replaceText(text, place) {
    this.history.push(this.text);
    this.setText(text);
    this.area.setSelectionRange(place, place);
    this.highlightCurrent();
  }

  applyOne(item, use, event) {
    const issue = this.findCurrentIssue(item);
    if (!issue) return;
    const number = [...this.list.children].indexOf(item);
    const edits = issue.hit
      ? makeEdits(issue, use, this.english) : [{ start: issue.start, end: issue.end, text: use }];
    this.replaceText(applyEdits(this.text, edits), issue.start + use.length);
    const next = this.list.children[Math.min(number, this.list.children.length - 1)];
    // By mouse or touch the page stays where it is.
    (next?.querySelector("button") ?? this.copyButton).focus({ preventScroll: event.detail > 0 });
  }

  applyAll() {
    this.followText();
    const context = this.getContext();
    this.replaceText(fixText(this.text, (source) => findIssues(source, this.memory, context), this.english), 0);
  }

  undoChange() {
    this.setText(this.history.pop());
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
    finishSteps(this.renderFindings());
    this.list.children[first]?.querySelector("button").focus();
  }

  showIssue(item) {
    const issue = this.findCurrentIssue(item);
    if (!issue) return;
    this.area.focus({ preventScroll: true });
    this.area.setSelectionRange(issue.start, issue.end);
    this.mirror.findMarks(issue.start, issue.end)[0]?.scrollIntoView({ block: "center" });
    this.highlightCurrent();
  }

  // Point at the finding that has the cursor.
  highlightCurrent() {
    const at = this.area.selectionStart;
    const issue = document.activeElement === this.area
      ? this.issues.find(({ start, end, isWhole }) => start <= at && at <= end && !isWhole) : undefined;
    const isShown = (one) => one.issue?.start === issue.start && one.issue.rule === issue.rule;
    const item = issue && [...this.list.children].find(isShown);
    const marks = issue ? this.mirror.findMarks(issue.start, issue.end) : [];
    for (const element of this.current) element.removeAttribute("data-current");
    const before = new Set(this.current);
    this.current = item ? [item, ...marks] : marks;
    for (const element of this.current) element.setAttribute("data-current", "");
    if (item && !before.has(item) && this.list.scrollHeight > this.list.clientHeight) {
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
      new DraftChecker(root, ...await loadRules());
    } catch (error) {
      rules = undefined;
      const alert = makeElement("p", { role: "alert" }, "Could not load the word list. Reload the page.");
      root.replaceChildren(alert, ...said);
      console.error(error);
    }
  }
}

// Material announces each page through `document$`, even if pages change without a reload.
if (window.document$) window.document$.subscribe(startCheckers);
else startCheckers();
