/** Where a text says what was searched: pieces { text, hit }. */

import { stem } from "./stemmer.js";
import { partsOf, tokensOf, trimmed } from "./words.js";

const PARTS = /[\p{L}\p{N}]+/gu;
const DIGITS = [/\d+/, /(?<=\p{L}{4})v?\d+/u];

export function mark(text, terms = []) {
  return pieces(text, hitsIn(text, terms), 0, text.length);
}

/** { start, end, term } of every word, or part of one, that is, or has a name that is, one of the terms. */
export function hitsIn(text, terms) {
  const wanted = new Set(terms);
  const found = (written, start, ...forms) => {
    const term = forms.map(stem).find((form) => wanted.has(form));
    return term === undefined ? [] : [{ start, end: start + written.length, term }];
  };
  return (wanted.size ? tokensOf(text) : []).flatMap(({ 0: token, index }) => {
    const word = trimmed(token);
    const whole = found(word, index + token.indexOf(word), word.toLowerCase(), partsOf(word).join(""));
    if (whole.length) return whole;
    return [...token.matchAll(PARTS)].flatMap((part) => found(part[0], index + part.index, ...partsOf(part[0]).flatMap(names)));
  });
}

/** A part of a word, and what it is called without its digits: as sitegen/search/spellings.py has it, but for Greek. */
function names(part) {
  return [part, ...DIGITS.flatMap((digits) => part.split(digits)).filter((name) => name.length > 2)];
}

/** The text between two places, in pieces. */
export function pieces(text, hits, from, to) {
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
