/** Words that stand side by side. Loaded when a query has a phrase. */

import { SEPARATORS, trimmed } from "./query.js";
import { stem } from "./stemmer.js";

const TOKENS = new RegExp(`[^${SEPARATORS}]+`, "g");

/** The group of a phrase clause: its one variant has the documents in which all words stand in this order. */
export async function withPhrase({ phrase, ...clause }, stopWords, blocks) {
  const words = (phrase.match(TOKENS) ?? []).map(trimmed);
  const wanted = words.map((word, at) => ({ term: stem(word), at })).filter((_, at) => !stopWords.has(words[at]));
  if (!wanted.length) return [];
  const lists = await Promise.all(wanted.map(({ term }) => blocks.postings(term)));
  const term = wanted.map((each) => each.term).join(" ");
  if (!lists.every(Boolean)) return [{ ...clause, variants: [] }];
  const places = await Promise.all(wanted.map((each) => blocks.positions(each.term)));
  const found = lists[0].map((list, field) => {
    if (field >= lists[0].length - 2 || !lists.every((each) => each[field])) return null;
    return together(lists.map((each) => each[field]), places.map((each) => each[field]), wanted);
  });
  return [{ ...clause, variants: [{ term, quality: 1, lists: found }] }];
}

function together(lists, places, wanted) {
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
