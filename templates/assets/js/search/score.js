/** lunr's scores: BM25 weights, rounded as lunr.py rounds them, times the query's vector of each field, over its length. */

/** The scores of lunr's results and which documents match, by number; clauses have the `variants` they stand for. */
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

/**
 * { total, hits: [{ doc, score }] } of what matches and has what must be there, and nothing that must not: `limit`
 * hits from `offset` on, the best first, equal ones by number.
 */
export function best({ scores, matched }, groups, { manifest }, offset, limit) {
  const size = manifest.documents;
  const barred = new Uint8Array(size);
  const required = [];
  for (const group of groups) {
    if (group.presence === "-") eachList(group, ({ documents }) => setAll(barred, documents));
    if (group.presence === "+") {
      const having = new Uint8Array(size);
      eachList(group, ({ documents }) => setAll(having, documents));
      required.push(having);
    }
  }
  if (groups.length && groups.every((group) => group.presence === "-")) matched.fill(1);
  const fits = (doc) => matched[doc] && !barred[doc] && required.every((having) => having[doc]);
  return top(scores, fits, offset, limit);
}

function eachList({ variants, fields }, take) {
  for (const { lists } of variants) {
    for (const field of fields) if (lists[field]) take(lists[field]);
  }
}

function setAll(flags, documents) {
  for (const doc of documents) flags[doc] = 1;
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

/** The best few, without sorting all. */
function top(scores, fits, offset, limit) {
  const wanted = offset + limit;
  const before = (a, b) => scores[a] > scores[b] || (scores[a] === scores[b] && a < b);
  const first = []; // sorted
  let total = 0;
  for (let doc = 0; doc < scores.length; doc++) {
    if (!fits(doc)) continue;
    total++;
    if (first.length === wanted && (!wanted || !before(doc, first[wanted - 1]))) continue;
    let [low, high] = [0, first.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (before(first[middle], doc)) low = middle + 1;
      else high = middle;
    }
    first.splice(low, 0, doc);
    if (first.length > wanted) first.pop();
  }
  return { total, hits: first.slice(offset).map((doc) => ({ doc, score: scores[doc] })) };
}
