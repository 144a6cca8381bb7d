/** lunr's own rules: patterns, edits and scores. Loaded when a query asks for them. */

import { MOST_EDITS, parse } from "./query.js";
import { stem } from "./stemmer.js";

const MOST_TERMS = 300; // of a pattern
const HARDLY = 0.1; // share of a term's words that fit a pattern: with less, it does not

/**
 * Scores by document, and which match: BM25 weights, rounded as lunr.py rounds them, times the query's vector of each
 * field, over its length. Clauses have the `variants` they stand for.
 */
export function weights(clauses, { manifest, longLengths }) {
  const size = manifest.documents;
  const scores = new Float64Array(size);
  const matched = new Uint8Array(size);
  queryVectors(clauses, manifest.fields.length).forEach((vector, field) => {
    const boosts = [...vector.values()];
    const length = Math.sqrt(boosts.reduce((sum, { boost }) => sum + boost * boost, 0));
    for (const { lists, boost } of boosts) {
      const list = lists[field];
      if (!list) continue;
      setAll(matched, list.documents);
      if (length) addWeights(scores, list, field, rarity(lists, size), boost / length, manifest, longLengths);
    }
  });
  return { scores, matched };
}

/** For each field, term → { lists, boost }: a term that several clauses name has the sum of their boosts. */
function queryVectors(clauses, count) {
  const vectors = Array.from({ length: count }, () => new Map());
  for (const { presence, variants, fields, boost } of clauses) {
    if (presence === "-") continue;
    for (const { term, lists } of variants) {
      for (const field of fields) {
        const before = vectors[field].get(term)?.boost ?? 0;
        vectors[field].set(term, { lists, boost: before + boost });
      }
    }
  }
  return vectors;
}

/** Inverse document frequency as lunr has it: a document counts once for every field that has the term. */
function rarity(lists, size) {
  const found = lists.slice(0, -2).reduce((sum, list) => sum + (list ? list.documents.length : 0), 0);
  return Math.log(1 + Math.abs((size - found + 0.5) / (found + 0.5)));
}

function addWeights(scores, { documents, counts, lengths }, field, idf, factor, manifest, longLengths) {
  const { k1, b, documents: size } = manifest;
  const { boost, length } = manifest.fields[field];
  const mean = length / size;
  for (let at = 0; at < documents.length; at++) {
    const doc = documents[at];
    const own = lengths ? lengths[at] : longLengths[doc];
    const weight = (idf * ((k1 + 1) * counts[at])) / (k1 * (1 - b + b * (own / mean)) + counts[at]);
    scores[doc] += rounded(weight * boost) * factor;
  }
}

/** To three digits, as Python rounds: by the exact value, and to the even digit from the middle. */
function rounded(value) {
  const scaled = value * 1000;
  const whole = Math.floor(scaled);
  if (Math.abs(scaled - whole - 0.5) > 1e-6) return Math.round(scaled) / 1000;
  if ((value * 16) % 2 === 1) return (whole + (whole % 2)) / 1000; // exactly in the middle: n/16, n odd
  return Number(value.toFixed(3));
}

function setAll(flags, documents) {
  for (const doc of documents) flags[doc] = 1;
}

/** The clauses of a query with `variants`: the terms that lunr finds for them, and their lists. */
export function groupsOf(text, names, known, blocks) {
  return Promise.all(
    parse(text, names).map(async (clause) => withVariants(clause, await known(await termsOf(clause, blocks)))),
  );
}

/** The group of a pattern, or of a word with edits: beside lunr's terms those of words that fit as they are written. */
export async function groupsAsWritten(clause, known, blocks) {
  const written = clause.edits ? new Map() : await termsAsWritten(clause.term.split("*"), blocks);
  const terms = new Set([...written.keys(), ...(await termsOf(clause, blocks))]);
  const variants = await known([...terms].slice(0, MOST_TERMS));
  return [withVariants(clause, variants.map((each) => ({ ...each, quality: written.get(each.term) })))];
}

/** The last two lists, other spellings, are none of lunr's. */
function withVariants(clause, variants) {
  return { ...clause, variants: variants.filter(({ lists }) => lists.slice(0, -2).some(Boolean)) };
}

/**
 * Terms of words that fit a pattern before they are stemmed, the commonest first: `*ization` is met in "organization".
 * By term, how much of it these words are: that "humanization" is met makes no "human" one of them.
 */
async function termsAsWritten(parts, blocks) {
  const [all, fitting] = [new Map(), new Map()];
  for (const [word, count] of await blocks.words(parts[0])) {
    const term = stem(word);
    all.set(term, (all.get(term) ?? 0) + count);
    if (fits(word, parts)) fitting.set(term, (fitting.get(term) ?? 0) + count);
  }
  const shares = [...fitting].sort((a, b) => b[1] - a[1]).map(([term, count]) => [term, count / all.get(term)]);
  return new Map(shares.filter(([, share]) => share > HARDLY));
}

async function termsOf({ term, edits, wild }, blocks) {
  if (edits) return similar(wild ? term : stem(term), Math.min(edits, MOST_EDITS), blocks);
  return wild ? fitting(term, blocks) : [stem(term)];
}

/** Terms that fit a pattern, as lunr has it: `*` is any letters, or none. */
async function fitting(pattern, blocks) {
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
async function similar(word, edits, blocks) {
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
