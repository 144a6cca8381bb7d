/** Words in quotes, and those that a single field has with other accents, or inside CJK text. Loaded for these. */

import { stem } from "./stemmer.js";
import { standing } from "./together.js";
import { fold, hasCjk, tokensOf, trimmed } from "./words.js";

const MOST_WORDS = 60; // of a phrase
const MOST_WAYS = 40; // to write a phrase

/** The group of a phrase clause: its variants have the documents in which all words stand in this order. */
export async function withPhrase({ phrase, ...clause }, blocks, stopWords) {
  const words = tokensOf(phrase).slice(0, MOST_WORDS).map(([token]) => trimmed(token));
  const asked = words.map((word, at) => ({ word, at })).filter(({ word }) => !stopWords.has(word));
  if (!asked.length) return [];
  let ways = [[]];
  for (const { word, at } of asked) {
    const term = stem(word);
    const others = await alike(word, await blocks.postings(term), blocks);
    const terms = [...new Set([term, ...others])].map((each) => ({ term: each, at }));
    ways = ways.flatMap((way) => terms.map((each) => [...way, each])).slice(0, MOST_WAYS);
  }
  const variants = await Promise.all(ways.map((way) => standing(way, blocks)));
  return [{ ...clause, variants: variants.filter(({ lists }) => lists.some(Boolean)) }];
}

/** Variants of a word in a field that has no other spellings of its own, beside those that are known. */
export async function alikeIn(word, variants, known, blocks) {
  const own = new Set(variants.map(({ term }) => term));
  const lists = variants.map((each) => each.lists).find((each) => each.slice(-2).some(Boolean));
  return known((await alike(word, lists, blocks)).filter((term) => !own.has(term)));
}

/**
 * Terms of the index that are a word's apart from accents: of `lukasz` łukasz, of `müller` muller. Of CJK text, which
 * has no spaces, all that hold it. The last of its own term's `lists`, other spellings, say whether there may be any.
 */
async function alike(word, lists, blocks) {
  if (hasCjk(word)) return [...(await blocks.beginningWith("")).keys()].filter((term) => term.includes(word));
  const plain = fold(word);
  if (!plain || (plain === word && !lists?.slice(-2).some(Boolean))) return [];
  const wanted = stem(plain);
  const terms = await Promise.all([
    ...[...new Set([plain[0], word[0]])].map((letter) => blocks.beginningWith(letter)),
    blocks.endingWith(wanted.slice(1) || wanted), // its first letter may have the accent
  ]);
  const same = (folded) => folded === wanted || stem(folded) === wanted;
  return [...new Set(terms.flatMap((each) => [...each.keys()]))].filter((term) => same(fold(term)));
}
