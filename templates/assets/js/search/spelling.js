/** What an unfinished or misspelt word may be. Loaded when there is one. */

import { commonness } from "./rank.js";
import { stem } from "./stemmer.js";
import { hasCjk } from "./words.js";

const COMPLETIONS = 40;
const CORRECTIONS = 4;

/** Adds to a group's variants what its word may become. */
export async function complete(group, known, blocks) {
  const { word, variants } = group;
  if (word.length < 3 && !hasCjk(word)) return;
  const words = await blocks.words(word);
  const terms = new Set([...words].sort(byCount).map(([each]) => stem(each)));
  if (terms.size && !words.has(word)) variants.length = 0; // `multis` is not yet the `multi` that it would be as a word
  await add(group, [...terms].slice(0, COMPLETIONS).map((term) => ({ term, quality: 0.8 })), known);
}

/**
 * Adds what its word may have been meant to be, and where it is unknown says so: `meant`. An unknown word that begins
 * others is unfinished: what was found while it was typed stays when Enter is pressed.
 */
export async function correct(group, known, blocks) {
  if (!group.variants.length) await complete(group, known, blocks);
  const documents = commonness(group.variants);
  const meant = await corrections(group.word, documents, blocks);
  const added = await add(group, meant, known);
  if (!documents) group.meant = meant.find(({ term }) => added.has(term))?.word;
  if (!group.variants.length) group.elsewhere = meant[0]?.word;
}

/** Those of the terms that stand where the group looks: that a title has a word is no help to `author:`. */
async function add({ variants, fields }, terms, known) {
  const others = new Map(terms.map((each) => [each.term, each]));
  for (const { term } of variants) others.delete(term);
  const found = (await known([...others.keys()])).filter(({ lists }) => fields.some((field) => lists[field]));
  variants.push(...found.map((each) => ({ ...others.get(each.term), ...each })));
  return new Set(found.map(({ term }) => term));
}

/**
 * What a misspelt word may have been, the likeliest first: [{ term, word, quality }]. Only words that are met more
 * than `least` times. Nearly always the first letter is right; where it is not, the ending is.
 */
async function corrections(word, least, blocks) {
  const size = word.length;
  if (size < 3 || size > 24) return [];
  const [alike, others] = await Promise.all([blocks.words(word[0]), withAnotherBeginning(word, blocks)]);
  const nearest = (edits) =>
    [...alike]
      .filter(([each, count]) => count > least && each !== word && near(each, word, edits))
      .map(([each, count]) => ({ term: stem(each), word: each, count }));
  let quality = 0.8;
  let found = [...nearest(1), ...others.filter(({ count }) => count > least)];
  if (!found.length && size > 6) [found, quality] = [nearest(2), 0.6];
  const terms = new Map(); // of equal terms the first is kept: words come before terms
  for (const each of found) if (!terms.has(each.term)) terms.set(each.term, each);
  const likeliest = [...terms.values()].sort((a, b) => b.count - a.count || (a.term < b.term ? -1 : 1));
  return Promise.all(
    likeliest.slice(0, CORRECTIONS).map(async ({ term, word: each }) => {
      if (each !== term) return { term, word: each, quality };
      const written = [...(await blocks.words(term))].sort(byCount).map(([one]) => one);
      return { term, word: written.find((one) => near(one, word, 1)) ?? written[0] ?? term, quality };
    }),
  );
}

/**
 * Terms that differ in the first letter, or have one more or less there, or the first two exchanged. What the stem of
 * the right word is depends on whether a vowel stands there.
 */
async function withAnotherBeginning(word, blocks) {
  const rest = word.slice(1);
  const unknown = ["a" + rest, "t" + rest, "a" + word, "t" + word].map(stem).map((base) => [base.slice(1), base.length]);
  const known = [word[1] + word[0] + word.slice(2), rest].map(stem).map((base) => [base, base.length]);
  const lists = [...unknown, ...known]
    .filter(([ending]) => ending.length > 1)
    .map(async ([ending, size]) => [...(await blocks.endingWith(ending))].filter(([term]) => term.length === size));
  const own = stem(word);
  return (await Promise.all(lists)).flat().flatMap(([term, count]) => (term === own ? [] : { term, word: term, count }));
}

/** What to try instead: { didYouMean: the query with known words, suggestions: queries where nothing was found }. */
export function help(text, groups, total) {
  let didYouMean = text;
  for (const { term, meant } of groups) {
    const at = meant ? didYouMean.toLowerCase().indexOf(term) : -1;
    if (at >= 0) didYouMean = didYouMean.slice(0, at) + meant + didYouMean.slice(at + term.length);
  }
  const some = groups.filter(({ word, variants, elsewhere }) => word && (variants.length || elsewhere));
  const words = some.map(({ word, meant, elsewhere }) => meant ?? elsewhere ?? word);
  const all = [...new Set([didYouMean, words.join(" "), ...words])].filter((each) => each && each !== text);
  return { ...(didYouMean !== text && { didYouMean }), ...(!total && { suggestions: all.slice(0, 4) }) };
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
