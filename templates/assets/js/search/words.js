/** Words of queries and texts. */

export const SEPARATORS = " \t\n\r\f\v\u00a0-";
const TOKENS = new RegExp(`[^${SEPARATORS}]+`, "g"); // the minus stands last
const OPERATORS = /["“”„*:\\^~]|(^|\s)[-+]|\d\d[-./]\w|\/\d{7}/; // or an identifier

/** The tokens of a text, as matches: cut where lunr cuts. */
export function tokensOf(text) {
  return [...text.matchAll(TOKENS)];
}

/** May a query have anything but words? */
export function hasOperators(query) {
  return OPERATORS.test(query);
}

/**
 * A part of a query. `term` is in lower case, not stemmed; `fields` are positions; `presence` is "", "+" or "-";
 * `wild` terms have a `*`.
 */
export function clauseOf(string, fields, presence = "") {
  const term = string.toLowerCase();
  return { term, fields, presence, edits: 0, boost: 1, wild: term.includes("*") };
}

const EDGES = /^([^\p{L}\p{N}_]*)([\p{L}\p{N}_]+)[^\p{L}\p{N}_]*$/u;

/** Without the signs around it, as lunr's trimmer leaves it: `(models),` is `models`, `c++11` stays. */
export function trimmed(token) {
  return EDGES.exec(token)?.[2] ?? token;
}

const LETTERS = { ø: "o", æ: "ae", œ: "oe", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i", ħ: "h", ŧ: "t", ŋ: "ng", ß: "ss", ς: "σ" };
const CJK = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff";
const RUNS = new RegExp(`[${CJK}]+|[^${CJK}]+`, "g");
const IS_CJK = new RegExp(`[${CJK}]`);

/** As sitegen/text/normal.py does it. */
export function fold(text) {
  return text
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/[^\0-\x7f]/g, (letter) => LETTERS[letter] ?? letter)
    .normalize("NFC");
}

/** What stands between the signs of a word, folded; CJK text in pairs: `parts_of` and `cjk_pairs` of sitegen/search/forms.py. */
export function partsOf(word) {
  const parts = fold(word).match(/[\p{L}\p{N}]+/gu) ?? [];
  return parts.flatMap((part) => part.match(RUNS).flatMap(pairs));
}

export function hasCjk(word) {
  return IS_CJK.test(word);
}

function pairs(run) {
  if (run.length === 1 || !hasCjk(run)) return run;
  return Array.from({ length: run.length - 1 }, (_, at) => run.slice(at, at + 2));
}
