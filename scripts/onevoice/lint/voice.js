// The rules of our voice that are lists of words, as Vale reads a plain text (exchange/voice.py).

// A rule: { id, level, message, why, path, uses, expression }. uses: a replacement by the number of what was found in
// the expression, or null if the rule offers none.
export function findVoiceMatch(rule, text, from) {
  let found = rule.expression.find(text, from);
  // What is written as the rule wants it may be found, since case does not count.
  while (found && findUse(rule, found) === found[0]) found = rule.expression.find(text, found.index + found[0].length);
  return found && makeVoiceIssue(rule, found);
}

function findUse({ uses }, { groups }) {
  return uses && uses[Object.keys(groups).find((name) => groups[name] !== undefined).slice(1)];
}

function makeVoiceIssue(rule, found) {
  const use = findUse(rule, found);
  const said = rule.uses ? [use, found[0]] : [found[0]];
  return {
    start: found.index, end: found.index + found[0].length, rule: `Voice.${rule.id}`, level: rule.level,
    message: rule.message.replace(/%s/gu, () => said.shift()), reason: rule.why, path: rule.path,
    replacements: rule.uses ? [use] : [], match: found[0],
  };
}
