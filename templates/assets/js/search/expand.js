/** From what was typed to terms of the index, with as little vocabulary as possible. */

import { stem } from "./stemmer.js";

/** Terms that fit a pattern, as lunr has it: `*` is any letters, or none. */
export async function fitting(pattern, blocks) {
  const parts = pattern.split("*");
  const [beginning, ending] = [parts[0], parts.at(-1)];
  const byEnding = !beginning && ending;
  const terms = await (byEnding ? blocks.endingWith(ending) : blocks.beginningWith(beginning));
  return [...terms.keys()].filter((term) => fits(term, parts));
}

function fits(term, parts) {
  const ending = parts.at(-1);
  if (!term.startsWith(parts[0]) || !term.endsWith(ending)) return false;
  let at = parts[0].length;
  for (const part of parts.slice(1, -1)) {
    const found = term.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at + ending.length <= term.length;
}

/**
 * Terms at most so many letters away, as lunr has it: put in, left out, changed, or two neighbours exchanged.
 * One edit leaves the first or the last half as it is, so one step in each vocabulary finds all of them.
 */
export async function similar(word, edits, blocks) {
  const letters = Array.from(word);
  const half = Math.floor((letters.length - 1) / 2);
  const halves = edits === 1 && half > 0 && !word.includes("*");
  const sources = halves
    ? [blocks.beginningWith(letters.slice(0, half).join("")), blocks.endingWith(letters.slice(half + 1).join(""))]
    : [blocks.beginningWith("")];
  const candidates = new Set((await Promise.all(sources)).flatMap((terms) => [...terms.keys()]));
  return [...candidates].filter((term) => within(Array.from(term), 0, letters, 0, "", edits));
}

/** Is the rest of `term` (from `i`) at most `edits` away from `held` and the rest of `word` (from `j`)? */
function within(term, i, word, j, held, edits) {
  const ahead = term.length - i;
  const wanted = word.length - j + (held ? 1 : 0);
  if (Math.abs(ahead - wanted) > edits) return false;
  if (!wanted) return true;
  const first = held || word[j];
  const rest = held ? j : j + 1;
  const same = (letter) => letter === term[i] || letter === "*"; // lunr: in a word with edits `*` is any one letter
  if (ahead && same(first) && within(term, i + 1, word, rest, "", edits)) return true;
  if (!edits) return false;
  if (within(term, i, word, rest, "", edits - 1)) return true; // left out
  if (!ahead) return false;
  return (
    within(term, i + 1, word, rest, "", edits - 1) || // changed
    within(term, i + 1, word, j, held, edits - 1) || // put in
    (wanted > 1 && same(word[rest]) && within(term, i + 1, word, rest + 1, first, edits - 1)) // exchanged
  );
}

const COMPLETIONS = 40;
const CORRECTIONS = 4;

/** Terms of the most common words that begin so, but the word itself: [{ term, quality }]. */
export async function completions(word, blocks) {
  const words = [...(await blocks.words(word))].sort(byCount);
  const terms = new Set(words.map(([each]) => stem(each)));
  return [...terms].slice(0, COMPLETIONS).map((term) => ({ term, quality: 0.8 }));
}

/**
 * What a misspelt word may have been, the likeliest first: [{ term, word, quality }]. Only words that are met more
 * than `least` times. Nearly always the first letter is right: others are tried where it leads nowhere.
 */
export async function corrections(word, least, blocks) {
  const size = word.length;
  if (size < 4 || size > 24) return [];
  const nearest = (words, edits) =>
    [...words].filter(([each, count]) => count > least && each !== word && near(each, word, edits));
  const alike = await blocks.words(word[0]);
  let [found, quality] = [nearest(alike, 1), 0.8];
  if (!found.length && !least) found = nearest(await blocks.words(""), 1);
  if (!found.length && size > 7) [found, quality] = [nearest(alike, 2), 0.6];
  const terms = new Map();
  for (const [each] of found.sort(byCount)) {
    const term = stem(each);
    if (terms.size < CORRECTIONS && !terms.has(term)) terms.set(term, { term, word: each, quality });
  }
  return [...terms.values()];
}

function byCount(a, b) {
  return b[1] - a[1] || (a[0] < b[0] ? -1 : 1);
}

/** Are two words at most so many edits apart? What they begin and end with alike is passed over first. */
function near(a, b, edits) {
  if (Math.abs(a.length - b.length) > edits) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let [endA, endB] = [a.length, b.length];
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) [endA, endB] = [endA - 1, endB - 1];
  const [restA, restB] = [endA - start, endB - start];
  if (Math.max(restA, restB) <= edits) return true;
  if (restA === 2 && restB === 2 && a[start] === b[start + 1] && a[start + 1] === b[start]) return true;
  if (edits === 1) return false;
  const [left, right] = [a.slice(start, endA), b.slice(start, endB)];
  return (
    near(left.slice(1), right, 1) ||
    near(left, right.slice(1), 1) ||
    near(left.slice(1), right.slice(1), 1) ||
    (left[0] === right[1] && left[1] === right[0] && near(left.slice(2), right.slice(2), 1))
  );
}

const LETTERS = { ø: "o", æ: "ae", œ: "oe", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i", ħ: "h", ŧ: "t", ŋ: "ng", ß: "ss", ς: "σ" };
const CJK = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff";
const RUNS = new RegExp(`[${CJK}]+|[^${CJK}]+`, "g");
const IS_CJK = new RegExp(`[${CJK}]`);

/** Without accents, in lower case: as sitegen/text/normal.py folds. */
export function fold(text) {
  return text
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/[øæœłđðþıħŧŋßς]/g, (letter) => LETTERS[letter])
    .normalize("NFC");
}

/** What stands between the signs of a word, folded; CJK text as pairs of characters. As sitegen/search/spellings.py. */
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
