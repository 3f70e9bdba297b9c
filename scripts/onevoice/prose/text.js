// Plain text -> blocks: paragraphs between blank lines; a line that begins with ">" is quoted, as in mail
// (prose/text.py and prose/block.py).
import { stripEnd } from "../matcher/characters.js";

const LINE = /(?<lead>[ \t]*(?<quote>>[ \t>]*)?)(?<words>[^\r\n]*)(?:\r\n?|\n|$)/y;
const SOFT = /^[ \t]*[\r\n]/;

// The blocks of a text, in order: { text, quoted, pieces }. A piece { at, start, end, verbatim, plain } says where a
// run of the block's text is in the source, as in prose/block.py.
export function read(source) {
  const blocks = [];
  let block = null;
  LINE.lastIndex = source.startsWith("\ufeff") ? 1 : 0;
  while (LINE.lastIndex < source.length) {
    const { groups, index } = LINE.exec(source);
    const quoted = groups.quote !== undefined;
    const words = stripEnd(groups.words);
    if (block && (!words || quoted !== block.quoted)) block = null;
    if (!words) continue;
    if (!block) blocks.push((block = { text: "", quoted, pieces: [] }));
    addWords(block, source, index + groups.lead.length, words);
  }
  return blocks.filter(({ text }) => stripEnd(text.replaceAll("\ufffc", "")));
}

function addWords(block, source, start, words) {
  if (block.pieces.length) {
    const { end } = block.pieces.at(-1);
    const plain = SOFT.test(source.slice(end, start));
    block.pieces.push({ at: block.text.length, start: end, end: start, verbatim: false, plain });
    block.text += "\n";
  }
  block.pieces.push({ at: block.text.length, start, end: start + words.length, verbatim: true, plain: true });
  block.text += words;
}

function findPiece(block, offset) {
  let [low, high] = [0, block.pieces.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (offset < block.pieces[middle].at) high = middle;
    else low = middle + 1;
  }
  return low - 1;
}

// A range of a block's text (not empty) as offsets in the source.
export function mapToSource(block, start, end) {
  const first = block.pieces[findPiece(block, start)];
  const last = block.pieces[findPiece(block, end - 1)];
  return [
    first.verbatim ? first.start + start - first.at : first.start,
    last.verbatim ? last.start + end - last.at : last.end,
  ];
}

// Whether a fix may replace this range of a block's text.
export function isReplaceable(block, start, end) {
  for (let n = findPiece(block, start); n < block.pieces.length && block.pieces[n].at < end; n += 1) {
    if (!block.pieces[n].plain) return false;
  }
  return true;
}
