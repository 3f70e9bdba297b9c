// What the page that checks drafts finds in drafts, run by test_drafts.py: a folder with our modules as the argument, a
// question as JSON on standard input, the answer on standard output.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const folder = pathToFileURL(`${process.argv[2]}/`);
const load = (name) => import(new URL(`${name}.js`, folder));
const { DraftRules, searchDraft } = await load("lint/draft");
const { loadExpressions } = await load("lint/expression");
const { findIssues } = await load("lint/terms");
const { fixText } = await load("lint/fix");
const { stemEnglish } = await load("lint/stemmer");
const { loadCompiledTerms } = await load("matcher/compile");
const { Matcher, finishSteps, makeContext } = await load("matcher/matcher");

function checkDrafts({ terms, rules: data, drafts }) {
  const [matcher, rules] = [new Matcher(loadCompiledTerms(terms)), new DraftRules(data)];
  return drafts.map(({ text, day, persona, stage, audience, channel }) => {
    const context = { ...makeContext(day, audience, channel), persona, stage };
    const found = [];
    finishSteps(searchDraft(text, matcher, rules, context, (issue) => found.push(issue)));
    return {
      found: found.map(({ start, end, isWhole, rule, level, match, message, reason, replacements }) => [
        isWhole ? null : [start, end], rule, level, match, message, reason, replacements,
      ]),
      fixed: fixText(text, (source) => findIssues(source, matcher, context)),
    };
  });
}

function matchExpressions({ expressions, texts }) {
  return Object.entries(loadExpressions(expressions)).map(([name, expression]) => [
    name, texts.map((text) => Array.from(expression.findAll(text), ({ 0: said, index }) => [index, said])),
  ]);
}

const asked = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify({
  drafts: checkDrafts(asked), stems: asked.words.map(stemEnglish), matches: matchExpressions(asked),
}));
