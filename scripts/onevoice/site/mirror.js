// The draft with its marks, behind the text area that lets them shine through. Each line is an element of its own, so
// that a change of a long draft costs as much as one of a short draft.
import { countCommon, makeElement } from "./element.js";

// So many lines are shown together with the text area.
const FEW = 50;

export class Mirror {
  constructor() {
    this.element = makeElement("div", { className: "ov-text ov-mirror", "aria-hidden": "true" });
    this.lines = [];
  }

  // A generator that shows a text with its marks: a few changed lines at once, all others one after the other. issues:
  // in the order of the text, and apart.
  *render(text, issues) {
    const changed = this.replaceLines(text.split("\n"));
    const marks = this.splitMarks(issues);
    for (const isFirst of [true, false]) {
      let last = null;
      for (const [number, line] of this.lines.entries()) {
        const key = String(marks[number]);
        if (line.key !== key && (!isFirst || changed.has(line))) {
          if (!line.element) {
            line.element = makeElement("div");
            if (last) last.after(line.element);
            else this.element.prepend(line.element);
          }
          renderLine(line, marks[number]);
          line.key = key;
          if (!isFirst) yield;
        }
        last = line.element ?? last;
      }
    }
  }

  // Whether some lines are still to be shown.
  get isPartial() {
    return this.lines.some(({ element }) => !element);
  }

  // [start, end, level] of the marks of each line.
  splitMarks(issues) {
    let place = 0;
    let next = 0;
    return this.lines.map(({ text: { length } }) => {
      const marks = [];
      let reached = 0;
      for (; issues[next]?.start < place + length; next += 1) {
        const { start, end, level } = issues[next];
        const last = Math.min(end - place, length);
        marks.push([Math.max(start - place, reached), last, level]);
        reached = last;
        if (end > place + length) break;
      }
      place += length + 1;
      return marks;
    });
  }

  // The lines that are new or other than before, if they are few.
  replaceLines(texts) {
    const [head, tail] = countCommon(this.lines, texts, (line, text) => line.text === text);
    const old = this.lines.slice(head, this.lines.length - tail);
    const wanted = texts.slice(head, texts.length - tail);
    const kept = wanted.length > FEW ? [] : old.slice(0, wanted.length);
    const fresh = wanted.map((text, number) => Object.assign(kept[number] ?? {}, { text, key: null }));
    for (const { element } of old.slice(kept.length)) element?.remove();
    this.lines = [...this.lines.slice(0, head), ...fresh, ...this.lines.slice(this.lines.length - tail)];
    return new Set(wanted.length > FEW ? [] : fresh);
  }

  // The marks of a range of the text; its line if it is not marked yet.
  findMarks(start, end) {
    const found = [];
    let place = 0;
    for (const { text, element } of this.lines) {
      if (place >= end) break;
      if (element && place + text.length >= start) {
        let offset = place;
        for (const node of element.childNodes) {
          const last = offset + node.textContent.length;
          if (node.dataset && offset < end && last > start) found.push(node);
          offset = last;
        }
        if (!found.length) found.push(element);
      }
      place += text.length + 1;
    }
    return found;
  }
}

// Change what is different, so that the browser lays out no more than that again.
function renderLine({ text, element }, marks) {
  const pieces = [];
  let reached = 0;
  for (const [start, end, level] of marks) {
    pieces.push([text.slice(reached, start), ""], [text.slice(start, end), level]);
    reached = end;
  }
  // The last line counts even if it is still empty.
  pieces.push([`${text.slice(reached)}\n`, ""]);
  const nodes = [...element.childNodes];
  const [head, tail] = countCommon(nodes, pieces, (node, [words, level]) =>
    node.textContent === words && (node.dataset?.level ?? "") === level);
  const old = nodes.slice(head, nodes.length - tail);
  const fresh = pieces.slice(head, pieces.length - tail);
  if (old.length === 1 && fresh.length === 1 && !old[0].dataset && !fresh[0][1]) {
    const [[words], { data }] = [fresh[0], old[0]];
    const [same, rest] = countCommon(data, words);
    old[0].replaceData(same, data.length - same - rest, words.slice(same, words.length - rest));
    return;
  }
  for (const node of old) node.remove();
  for (const [words, level] of fresh) {
    const node = level ? makeElement("span", { "data-level": level }, words) : document.createTextNode(words);
    element.insertBefore(node, nodes[nodes.length - tail] ?? null);
  }
}
