/** What an unfinished or misspelt word may be. Loaded when there is one. */

import { stem } from "./stemmer.js";

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
 * than `least` times. Nearly always the first letter is right; where it is not, the ending is.
 */
export async function corrections(word, least, blocks) {
  const size = word.length;
  if (size < 3 || size > 24) return [];
  const base = stem(word);
  const ending = base.slice(2);
  const [alike, endings] = await Promise.all([
    blocks.words(word[0]),
    ending.length > 1 ? blocks.endingWith(ending) : [],
  ]);
  const nearest = (words, to, edits) =>
    [...words].filter(([each, count]) => count > least && each !== to && near(each, to, edits));
  let quality = 0.8;
  let found = [...nearest(alike, word, 1), ...nearest(endings, base, 1)];
  if (!found.length && size > 6) [found, quality] = [nearest(alike, word, 2), 0.6];
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
