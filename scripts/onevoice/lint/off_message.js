// Whether a text carries one of our messages for its readers (lint/rules/off_message.py).
import { extractKeywords, measureCoverage } from "./keywords.js";

export const MESSAGE_RULE = "off-message";
// How much of a message must be in how many blocks in a row.
const [MIN_COVERAGE, WINDOW_SIZE] = [0.5, 3];
const REASON = "Customers hear one voice only if every text starts from what both sides agreed on.";

// A generator that returns a finding on the whole text, { message, reason, path, match }, or null. texts: of the
// blocks. facts: what Python has read of the messages. persona, stage: whom the text is for, by id; "": not said.
// readers: the same in words.
export function* checkMessage(texts, { messages, language, stop_words: stopWords }, { persona, stage, readers }) {
  if (!persona || !stage) return null;
  const isMeantFor = (named, wanted) => !named.length || named.includes(wanted);
  const ours = messages
    .filter(([, , personas, stages]) => isMeantFor(personas, persona) && isMeantFor(stages, stage))
    .map(([title, path, , , words]) => ({ title, path, words, covered: 0 }));
  if (!ours.length) return null;
  const said = [];
  for (const text of texts) {
    said.push(extractKeywords(text, language, stopWords));
    const near = new Set(said.slice(-WINDOW_SIZE).flat());
    for (const one of ours) one.covered = Math.max(one.covered, measureCoverage(one.words, near));
    yield;
    if (ours.some(({ covered }) => covered >= MIN_COVERAGE)) return null;
  }
  const nearest = ours.reduce((most, one) => (one.covered > most.covered ? one : most));
  const who = readers ?? `${persona} at ${stage}`;
  const message = `This text uses none of our messages for ${who}. Start with one, such as "${nearest.title}".`;
  return { message, reason: REASON, path: nearest.path, match: persona };
}
