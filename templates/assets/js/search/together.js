/** Words that stand together: phrases, and what is one word here and two there. Loaded when there may be some. */

import { stem } from "./stemmer.js";

const CUTS = 3;
const AS_ONE = 0.8; // what a word is worth that a query writes as two

/** Adds what a group's word and its neighbour may be together; whether there was anything. */
export async function join({ joined, variants }, known, blocks) {
  // Words with digits are terms, but not in the list of those that are written.
  const isWord = async (word) => /\d$/.test(word) || (await blocks.words(word)).has(word);
  const words = await Promise.all(joined.map(isWord));
  const terms = joined.filter((_, at) => words[at]).map(stem);
  const found = await known(terms.filter((term) => variants.every((each) => each.term !== term)));
  variants.push(...found.map((each) => ({ ...each, quality: AS_ONE })));
  return found.length > 0;
}

/** Where two words stand side by side that are one here: `finetuning` finds "fine-tuning", `gpt4` "GPT-4". */
export async function asTwoWords(word, blocks) {
  const named = /^[a-z]{2,}(?=\d{1,4}$)/.exec(word);
  if ((word.length < 5 && !named) || word.length > 24) return [];
  const words = await blocks.words(word[0]);
  const all = named ?? Array.from({ length: word.length - 4 }, (_, at) => word.slice(0, at + 2));
  const beginnings = all.filter((each) => words.has(each));
  const cuts = beginnings.sort((a, b) => words.get(b) - words.get(a)).slice(0, CUTS);
  const terms = cuts.map((each) => [each, word.slice(each.length)].map((half, at) => ({ term: stem(half), at })));
  const variants = await Promise.all(terms.map((each) => standing(each, blocks)));
  return variants.filter(({ lists }) => lists.some(Boolean));
}

/** A variant: the documents in which terms { term, at } stand in these places; its lists are null where there are none. */
export async function standing(wanted, blocks) {
  const term = wanted.map((each) => each.term).join(" ");
  const lists = await Promise.all(wanted.map((each) => blocks.postings(each.term)));
  if (!lists.every(Boolean)) return { term, quality: 1, lists: [] };
  const places = await Promise.all(wanted.map((each) => blocks.positions(each.term)));
  const found = lists[0].map((list, field) => {
    if (field >= lists[0].length - 2 || !lists.every((each) => each[field])) return null;
    return sideBySide(lists.map((each) => each[field]), places.map((each) => each[field]), wanted);
  });
  return { term, quality: 1, lists: found };
}

function sideBySide(lists, places, wanted) {
  const entries = lists.map(({ documents }) => new Map(Array.from(documents, (doc, at) => [doc, at])));
  const [documents, counts, lengths] = [[], [], []];
  lists[0].documents.forEach((doc, at) => {
    if (!entries.every((entry) => entry.has(doc))) return;
    const rest = wanted.map(({ at: from }, word) => new Set(Array.from(places[word][entries[word].get(doc)], (p) => p - from)));
    const times = [...rest[0]].filter((start) => rest.every((starts) => starts.has(start))).length;
    if (!times) return;
    documents.push(doc);
    counts.push(times);
    lengths.push(lists[0].lengths?.[at]);
  });
  return documents.length ? { documents, counts, lengths: lists[0].lengths && lengths } : null;
}
