/** Where a text says what was searched: pieces { text, hit }. */

import { stem } from "./stemmer.js";
import { partsOf, tokensOf, trimmed } from "./words.js";

const PARTS = /[\p{L}\p{N}]+/gu;

export function mark(text, terms = []) {
  return pieces(text, hitsIn(text, terms), 0, text.length);
}

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

/** { start, end, term } of every word, or part of one, that is one of the terms. */
function hitsIn(text, terms) {
  const wanted = new Set(terms);
  const found = (written, start, ...forms) => {
    const term = forms.map(stem).find((form) => wanted.has(form));
    return term === undefined ? [] : [{ start, end: start + written.length, term }];
  };
  return (wanted.size ? tokensOf(text) : []).flatMap(({ 0: token, index }) => {
    const word = trimmed(token);
    const whole = found(word, index + token.indexOf(word), word.toLowerCase(), partsOf(word).join(""));
    if (whole.length) return whole;
    return [...token.matchAll(PARTS)].flatMap((part) => found(part[0], index + part.index, ...partsOf(part[0])));
  });
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

function pieces(text, hits, from, to) {
  const result = [];
  let at = from;
  for (const { start, end } of hits) {
    if (start < from || end > to) continue;
    if (start > at) result.push({ text: text.slice(at, start), hit: false });
    result.push({ text: text.slice(start, end), hit: true });
    at = end;
  }
  if (at < to) result.push({ text: text.slice(at, to), hit: false });
  return result;
}
