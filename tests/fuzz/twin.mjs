// For targets/matching.py: what the matcher in JavaScript finds. A line of JSON is asked, and one answers.
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const folder = pathToFileURL(`${process.argv[2]}/`);
const load = (name) => import(new URL(`${name}.js`, folder));
const { loadCompiledTerms } = await load("matcher/compile");
const { Matcher, makeContext } = await load("matcher/matcher");

const listHit = ({ start, end, term, category, variant, level, replacements, reason, isSpelledOut }) => [
  start, end, term, category, variant, level, replacements, reason, isSpelledOut,
];

for await (const line of createInterface({ input: process.stdin })) {
  const { terms, blocks } = JSON.parse(line);
  const matcher = new Matcher(loadCompiledTerms(terms));
  const answers = blocks.map((block) => {
    const context = makeContext(block.day, block.audiences, block.channels);
    return matcher.findHits(block.text, context, block).map(listHit);
  });
  process.stdout.write(`${JSON.stringify(answers)}\n`);
}
