// For test_javascript.py: what the matcher in JavaScript says about texts. Standard input and output are JSON.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const folder = pathToFileURL(`${process.argv[2]}/`);
const load = (name) => import(new URL(`${name}.js`, folder));
const { findIssues } = await load("lint/terms");
const { fixText } = await load("lint/fix");
const { MINOR_WORDS, SOMETIMES_MINOR_WORDS } = await load("matcher/casing");
const characters = await load("matcher/characters");
const { isEnglish } = await load("matcher/language");
const { loadCompiledTerms } = await load("matcher/compile");
const { foldCase } = await load("matcher/fold");
const { Matcher, makeContext } = await load("matcher/matcher");
const { makePlural } = await load("matcher/plural");

const listHit = ({ start, end, term, category, variant, level, replacements, reason, isSpelledOut }) => [
  start, end, term, category, variant, level, replacements, reason, isSpelledOut,
];

function checkHandbook({ terms, blocks, texts }) {
  const compiled = loadCompiledTerms(terms);
  const matcher = new Matcher(compiled);
  const contextOf = ({ day, audiences, channels, language }) => makeContext(day, audiences, channels, language);
  return {
    blocks: blocks.map((block) => matcher.findHits(block.text, contextOf(block), block).map(listHit)),
    texts: texts.map((text) => {
      const find = (source) => findIssues(source, matcher, contextOf(text));
      const issues = find(text.text);
      return {
        issues: issues.map((one) => [
          one.start, one.end, one.hit.term, one.hit.level, one.match, one.message, one.replacements, one.hit.reason,
          one.fixable,
        ]),
        fixed: fixText(text.text, find, isEnglish(text.language || compiled.language)),
      };
    }),
  };
}

function describeCharacters(all) {
  const tests = [
    "isUnspaced", "isMark", "isWordChar", "isSpace", "isAlnum", "isAlpha", "isDecimal", "isLower", "isUpper",
  ];
  return {
    foldCase: all.map(foldCase),
    makePlural: all.map((char) => makePlural(char)),
    ...Object.fromEntries(tests.map((name) => [name, all.map((char) => characters[name](char))])),
  };
}

const asked = JSON.parse(readFileSync(0, "utf8"));
const answer = {
  handbooks: asked.handbooks.map(checkHandbook), characters: describeCharacters(asked.characters),
  minor: [[...MINOR_WORDS], [...SOMETIMES_MINOR_WORDS]],
};
console.log(JSON.stringify(answer));
