/**
 * The order of results beyond lunr's: BM25 over the whole paper, more for papers that have more of the words, and for
 * titles that consist of them. README's "How search ranks" says how the numbers were found.
 */

export const T = { k1: 1.2, b: 0.75, title: 2, other: 1, cover: 1, titleBonus: 1, titlePower: 2, whole: 0.5 };

/**
 * Scores of a query's groups.
 *
 * A group stands for one word or phrase of the query: { variants: [{ lists, quality }], fields, presence, boost };
 * `lists` by field, other spellings after the texts. Answers { scores, matched }, by document.
 */
export function weigh(groups, { manifest, longLengths }) {
  const { documents: size, fields, long } = manifest;
  const mean = fields[long].length / size || 1;
  const titleMean = fields[0].length / size || 1;
  const [scores, covered, titled] = [0, 1, 2].map(() => new Float32Array(size));
  const titleLengths = new Uint8Array(size);
  const matched = new Uint8Array(size);
  const weights = new Float32Array(size);
  const inTitle = new Float32Array(size);
  const touched = new Uint32Array(size);
  let total = 0;

  for (const { variants, fields: wanted, presence, boost } of groups) {
    if (presence === "-") continue;
    const all = wanted.length === fields.length;
    const inFields = [...wanted, ...(wanted.includes(0) ? [fields.length] : []), ...(all ? [fields.length + 1] : [])];
    let found = 0;
    for (const { lists, quality } of variants) {
      for (const field of inFields) {
        const list = lists[field];
        if (!list) continue;
        const title = field === 0 || field === fields.length;
        const body = field === long;
        const { documents, counts, lengths } = list;
        for (let at = 0; at < documents.length; at++) {
          const doc = documents[at];
          if (!weights[doc]) touched[found++] = doc;
          const times = counts[at] || 1;
          const own = longLengths[doc] / mean;
          if (title) {
            const length = lengths ? lengths[at] : titleMean;
            weights[doc] += (quality * T.title * times) / (1 - T.b + T.b * own);
            inTitle[doc] = Math.max(inTitle[doc], quality);
            titleLengths[doc] = Math.min(length, 255);
          } else {
            weights[doc] += (quality * (body ? 1 : T.other) * times) / (1 - T.b + T.b * own);
          }
        }
      }
    }
    const rarity = Math.log(1 + (size - found + 0.5) / (found + 0.5)) * boost;
    if (found) total += rarity;
    for (let at = 0; at < found; at++) {
      const doc = touched[at];
      const weight = weights[doc];
      matched[doc] = 1;
      scores[doc] += (rarity * (T.k1 + 1) * weight) / (T.k1 + weight);
      covered[doc] += rarity * Math.min(1, weight * 2);
      if (inTitle[doc]) titled[doc] += rarity * inTitle[doc];
      weights[doc] = inTitle[doc] = 0;
    }
  }

  const words = groups.filter((g) => g.presence !== "-").length || 1;
  for (let doc = 0; doc < size; doc++) {
    if (!matched[doc]) continue;
    const share = titled[doc] / total;
    const whole = titleLengths[doc] ? Math.min(1, (share * words) / titleLengths[doc]) : 0;
    scores[doc] =
      scores[doc] * (covered[doc] / total) ** T.cover +
      total * T.titleBonus * share ** T.titlePower * (1 + T.whole * whole);
  }
  return { scores, matched };
}
