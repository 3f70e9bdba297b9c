// Languages by their tags: which words count in which documents (matcher/language.py).

// Whether a language tag, such as `en-US`, is one of English.
export const isEnglish = (tag) => getPrimary(tag) === "en";

const getPrimary = (tag) => tag.toLowerCase().split("-")[0];

// Whether words of a language count in a document. words: their tag, `*` for all, or "" for the handbook's; document:
// its tag, or "" for the handbook's.
export function countsIn(words, document, handbook) {
  if (words === "*") return true;
  [words, document, handbook] = [words, document, handbook].map((tag) => tag.toLowerCase());
  if (!words) return !document || getPrimary(document) === getPrimary(handbook);
  if (!document || `${handbook}-`.startsWith(`${document}-`)) document = handbook;
  return `${document}-`.startsWith(`${words}-`);
}
