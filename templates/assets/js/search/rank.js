/** The order of results beyond lunr's. Its numbers were found by tests/bench/search. */

const K1 = 1.6; // how soon more of the same word counts for little
const B = 0.75; // how much length matters, but to words of titles
const TITLE = 3; // occurrences elsewhere that one in the title is worth
const OTHER_SPELLING = 0.5;
const COVERING = 2; // power of the share of the words that a paper has
const LEAST = 0.2; // of the weight of the words that the best paper has: with less, a paper is no result
const WHOLE_TITLE = 4; // for a title without any other words, times its share of the words

export const REMINDING = 2; // matched by a title of which the query may be what somebody remembers

/**
 * { scores, matched } by document, the latter 0, 1 or REMINDING: BM25 over the whole paper, more for papers that have more
 * of the words, most for titles that consist of them. A group { variants: [{ lists, quality }], fields, presence, boost }
 * is a word of the query. Lone signs, of which it has so many more, are words in lunr's lengths of titles.
 */
export function weigh(groups, index, signs = 0) {
  const { manifest, longLengths } = index;
  const { documents: size, fields, long } = manifest;
  const mean = fields[long].length / size || 1;
  const [scores, matched] = [new Float64Array(size), new Uint8Array(size)];
  index.paper ??= Array.from({ length: 6 }, () => new Float64Array(size)); // to write on, again and again
  const [touched, titleLengths, covered, titled, weights, inTitle] = index.paper.map((each) => each.fill(0));
  let [all, words, most] = [0, 0, 0];

  for (const { variants, fields: wanted, presence, boost } of groups) {
    if (presence === "-") continue;
    let found = 0;
    for (const { lists, quality = 1 } of variants) {
      for (const field of wanted) {
        if (!lists[field]) continue;
        const { documents, counts, lengths } = lists[field];
        const trust = field < fields.length ? quality : quality * OTHER_SPELLING;
        const title = field === 0 || field === fields.length;
        for (let at = 0; at < documents.length; at++) {
          const doc = documents[at];
          if (!weights[doc]) touched[found++] = doc;
          const times = trust * (counts[at] || 1);
          weights[doc] += title ? TITLE * times : times / (1 - B + (B * longLengths[doc]) / mean);
          if (!title) continue;
          inTitle[doc] = Math.max(inTitle[doc], trust);
          titleLengths[doc] ||= lengths?.[at] ?? fields[0].length / size;
        }
      }
    }
    if (!found) continue;
    const rarity = Math.log(1 + (size - found + 0.5) / (found + 0.5)) ** 1.1 * boost;
    all += rarity;
    words++;
    for (let at = 0; at < found; at++) {
      const doc = touched[at];
      matched[doc] = 1;
      scores[doc] += (rarity * (K1 + 1) * weights[doc]) / (K1 + weights[doc]);
      covered[doc] += rarity * Math.min(1, weights[doc] * 2);
      most = Math.max(most, covered[doc]);
      titled[doc] += rarity * inTitle[doc];
      weights[doc] = inTitle[doc] = 0;
    }
  }

  const least = words > 1 ? LEAST * most : 0;
  for (let doc = 0; doc < size; doc++) {
    if (covered[doc] < least) matched[doc] = 0;
    if (!matched[doc] || !all) continue;
    const share = titled[doc] / all;
    if (words > 2 && share > 0.95) matched[doc] = REMINDING; // nearly all of the words; two are a topic
    const whole = titleLengths[doc] ? Math.min(1, (share * (words + signs)) / titleLengths[doc]) : 0;
    scores[doc] = scores[doc] * (covered[doc] / all) ** COVERING + all * share ** 2 * (1 + WHOLE_TITLE * whole);
  }
  return { scores, matched };
}

/** The documents of the longest list. */
export function commonness(variants) {
  return Math.max(0, ...variants.flatMap(({ lists }) => lists.map((list) => list?.documents.length ?? 0)));
}

/** A test for documents: do they match, with all that must be there and nothing that must not? */
export function matching(matched, groups, all) {
  const size = matched.length;
  const tests = groups.flatMap(({ presence, variants, fields }) => {
    if (!presence) return [];
    const having = new Uint8Array(size);
    for (const { lists } of variants) {
      for (const field of fields) for (const doc of lists[field]?.documents ?? []) having[doc] = 1;
    }
    return { having, wanted: presence === "+" ? 1 : 0 };
  });
  if (all || (groups.length && groups.every((group) => group.presence === "-"))) matched.fill(1);
  return (doc) => matched[doc] && tests.every(({ having, wanted }) => having[doc] === wanted);
}

/** { total, hits: [{ doc, score }] }, the first so many that fit: by `keys` of documents, score, number. */
export function best(scores, keys, fits, most) {
  const order = (a, b) => (keys ? keys[b] - keys[a] : 0) || scores[b] - scores[a] || a - b;
  const first = []; // sorted
  let total = 0;
  for (let doc = 0; doc < scores.length; doc++) {
    if (!fits(doc)) continue;
    total++;
    if (first.length === most && (!most || order(doc, first[most - 1]) > 0)) continue;
    let at = first.length;
    while (at && order(doc, first[at - 1]) < 0) at--;
    first.splice(at, 0, doc);
    if (first.length > most) first.pop();
  }
  return { total, hits: first.map((doc) => ({ doc, score: scores[doc] })) };
}
