/** What limits results beside their words, how many there are of each kind, and other orders than relevance. */

const FACETS = ["year", "tag", "venue", "collection", "status"];
const UNDATED = "undated"; // the year 0
const SORTS = { date: "date", discussion: "discussion" };

/**
 * Conditions { facet, fits } of `filters` as client.js has them; those of a query's own are no facet's, nor are those of
 * `within: [{ facet: "tag", value: "c" }]`, which mean what `tag:c` does in a query.
 */
export function conditions({ within = [], ...filters }, own, blocks) {
  const given = Object.entries(filters).map(([facet, wanted]) => ({ facet, wanted, choice: true }));
  return Promise.all(
    [...given, ...[...within, ...own].map(({ facet, value, not }) => ({ facet, wanted: value, not }))]
      .filter(({ facet, wanted }) => FACETS.includes(facet) && wanted.length !== 0)
      .map(async ({ facet, wanted, not, choice }) => {
        const all = wanted.all !== undefined;
        const values = [wanted.all ?? wanted].flat().map(String);
        const column = await columnOf(facet, blocks);
        const ranges = facet === "year" && values.map(range);
        const numbers = new Set(values.map((value) => column.ids.findIndex((id) => same(id, value))));
        const fits = new Uint8Array(blocks.manifest.documents);
        column.each((doc, has) => {
          let found = 0;
          if (ranges) found = has.some((year) => ranges.some(([from, to]) => from <= year && year <= to));
          else for (const number of has) if (numbers.has(number)) found++;
          fits[doc] = (all ? found === numbers.size : found > 0) !== Boolean(not);
        });
        return { facet: choice && facet, fits };
      }),
  );
}

/** By facet, [{ id, label, count }] over the documents that match and meet the conditions on other facets. */
export async function counted(matches, limits, blocks) {
  const lists = FACETS.map(async (facet) => {
    const { ids, labels, each } = await columnOf(facet, blocks);
    const others = limits.filter((limit) => limit.facet !== facet);
    const counts = new Map();
    each((doc, has) => {
      if (!matches(doc) || !others.every(({ fits }) => fits[doc])) return;
      for (const value of has) counts.set(value, (counts.get(value) ?? 0) + 1);
    });
    const entries = [...counts].sort((a, b) => (facet === "year" ? b[0] - a[0] : b[1] - a[1] || a[0] - b[0]));
    return [facet, entries.map(([value, count]) => ({ id: ids[value] ?? String(value), label: labels[value] ?? String(value), count }))];
  });
  return Object.fromEntries(await Promise.all(lists));
}

/** Numbers by document to sort by before relevance, or undefined. */
export async function sortKeys(sort, blocks) {
  return SORTS[sort] && (await blocks.facet(SORTS[sort])).values;
}

/** A facet's values: `each` calls back with every document and its values' numbers; years are their own numbers, 0 for none. */
async function columnOf(facet, blocks) {
  const { names, values } = await blocks.facet(facet === "year" ? "date" : facet);
  const ids = facet === "year" ? [UNDATED] : names.map((name) => [name].flat()[0]);
  const labels = facet === "year" ? ids : names.map((name) => [name].flat().at(-1));
  const size = blocks.manifest.documents;
  const each = (take) => {
    let at = size;
    for (let doc = 0; doc < size; doc++) {
      const year = Math.floor(values[doc] / 10_000);
      if (facet === "year") take(doc, [year]);
      else take(doc, values.subarray(at, (at += values[doc])));
    }
  };
  return { ids, labels, each };
}

/** `2023`, `2023..2025`, `2023..`, `..2025` or `undated`. */
function range(text) {
  if (text === UNDATED) return [0, 0];
  const [from, to = from] = text.split("..");
  return [Number(from) || 1, to === "" ? Infinity : Number(to)];
}

function same(a, b) {
  return a.toLowerCase() === b.toLowerCase();
}
