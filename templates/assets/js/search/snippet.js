/** The passage of a text that says most of what was searched, in pieces { text, hit }. Loaded when there is such a text. */

import { hitsIn, pieces } from "./mark.js";

/** About `length` letters of the text, around the place that has most of the terms. */
export function snippet(text, terms = [], length = 240) {
  const hits = hitsIn(text, terms);
  if (text.length <= length) return pieces(text, hits, 0, text.length);
  const start = wordStart(text, passage(hits, length), length);
  const end = start + length < text.length ? Math.max(text.lastIndexOf(" ", start + length), start + 1) : text.length;
  const result = pieces(text, hits, start, end);
  if (start) result.unshift({ text: "…", hit: false });
  if (end < text.length) result.push({ text: "…", hit: false });
  return result;
}

/** Where the best passage begins: at the hit after which most different terms follow, then most. */
function passage(hits, length) {
  let [best, most] = [0, 0];
  for (const { start } of hits) {
    const inside = hits.filter((hit) => hit.start >= start && hit.end <= start + length * 0.8);
    const worth = new Set(inside.map(({ term }) => term)).size * 100 + Math.min(inside.length, 99);
    if (worth > most) [best, most] = [start, worth];
  }
  return best;
}

/** The sentence's beginning where that is near, else a word's. */
function wordStart(text, at, length) {
  const earliest = at - length * 0.2;
  if (earliest <= 0) return 0;
  const sentence = text.lastIndexOf(". ", at);
  if (sentence >= earliest) return sentence + 2;
  const space = text.indexOf(" ", earliest);
  return space < 0 || space >= at ? at : space + 1;
}
