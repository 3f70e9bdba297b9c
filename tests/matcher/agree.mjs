// For test_javascript.py: what the matcher in JavaScript says about texts. Standard input and output are JSON.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const folder = pathToFileURL(`${process.argv[2]}/`);
const [compile, { Matcher, context }, { review }, { fix }, fold, letters, { plural }, casing] = await Promise.all(
  ["matcher/compile", "matcher/matcher", "lint/terms", "lint/fix", "matcher/fold", "matcher/characters", "matcher/plural", "matcher/casing"].map(
    (name) => import(new URL(`${name}.js`, folder)),
  ),
);

const line = ({ start, end, term, what, variant, level, replacements, reason, introduced }) => [
  start, end, term, what, variant, level, replacements, reason, introduced,
];

function handbook({ terms, blocks, texts }) {
  const compiled = compile.load(terms);
  const matcher = new Matcher(compiled);
  const of = ({ day, audiences, channels }) => context(day, audiences, channels);
  return {
    blocks: blocks.map((block) => matcher.hits(block.text, of(block), block).map(line)),
    texts: texts.map((text) => {
      const find = (source) => review(source, matcher, of(text));
      const issues = find(text.text);
      return {
        issues: issues.map((one) => [
          one.start, one.end, one.hit.term, one.hit.level, one.match, one.message, one.replacements, one.hit.reason,
          one.fixable,
        ]),
        fixed: fix(text.text, find, compiled.english),
      };
    }),
  };
}

function characters(all) {
  const tests = ["unspaced", "mark", "wordy", "space", "alnum", "alpha", "decimal", "islower", "isupper"];
  return {
    casefold: all.map(fold.casefold),
    plural: all.map((char) => plural(char)),
    ...Object.fromEntries(tests.map((name) => [name, all.map((char) => letters[name](char))])),
  };
}

const minor = [[...casing.MINOR], [...casing.SOMETIMES]];
const asked = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify({ handbooks: asked.handbooks.map(handbook), characters: characters(asked.characters), minor }));
