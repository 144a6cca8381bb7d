/**
 * Search for pages: the engine in a worker, so that typing stays smooth.
 *
 *     const search = await openSearch(new URL("search/", siteRoot)); // absolute address of the site's search/
 *     const { total, hits, facets, didYouMean, suggestions, message } = await search.search('+vision "language model"', {
 *       limit: 10, offset: 0,
 *       exact: false,      // precisely what lunr finds, with its scores
 *       asYouType: false,  // the last word is also the beginning of a word
 *       abstracts: true,   // false: sooner, without card.abstract; search.abstract(id) has it later
 *       filters: { year: "2023..2025", tag: ["a", "b"], venue: { all: [] }, collection, status }, // ids: any, or all
 *       facets: false,     // counts over the whole result
 *       sort: "relevance", // "date", "discussion"; without words the newest first
 *       onFirst: ({ hits }) => …, // where the answer takes its time: what the words that have arrived find, at most once
 *     });
 *     hits[0]    // { doc, score, terms: { title: ["vision"], … } for mark(), words of the abstract, card }
 *     card       // plain text: { id, title, authors: [at most 3], authorCount, date: "2024-03-01" | "2024" | "", venue,
 *                //   note, tags: [{ id, label }], collections: [{ id, title }], abstract }
 *     facets     // { year, tag, venue, collection, status }: [{ id, label, count }], as if without its own filter
 *     didYouMean // the query with known words, which were searched, too. suggestions: queries, where total is 0
 *     message    // "common": only very common words; "edits": more letters than 2 were to differ
 *     search.links(id) // [{ url, label }]
 *     search.count, search.close()
 *     mark(card.title, terms.title) // [{ text, hit }]; snippet.js has snippet(card.abstract, terms.abstract, 240)
 *
 * No query is an error. A rejected promise has an Error for people with a `code`: "missing", "damaged" or "outdated"
 * (offer to reload), "offline" (to try again).
 */

export { mark } from "./mark.js";

/** The search of the site whose search/ folder is at `base`. In the page's own thread where there are no workers. */
export async function openSearch(base) {
  const address = new URL(base, globalThis.location?.href).href;
  const engine = await openInWorker(address).catch(async (problem) => {
    if (!(problem instanceof NoWorker)) throw problem;
    return (await import("./engine.js")).openSearch(address);
  });
  const read = new Map(); // paper's id → promise of what its page says
  const page = async (id) => {
    const { readPage } = await import("./paper.js");
    if (!read.has(id)) read.set(id, readPage(new URL(`../papers/${id}.html`, address)));
    return read.get(id);
  };
  const abstract = async (id) => (await page(id)).abstract;
  return {
    ...engine,
    abstract,
    links: async (id) => (await page(id)).links,
    async search(query, options = {}) {
      const found = await engine.search(query, options);
      if (options.abstracts === false) return found;
      await Promise.all(found.hits.map(async ({ card }) => (card.abstract = await abstract(card.id))));
      return found;
    },
  };
}

class NoWorker extends Error {
  message = "Search has stopped. Please reload the page.";
}

function openInWorker(address) {
  const waiting = new Map(); // number of the call → its promise's ends
  let calls = 0;
  let worker;
  try {
    worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
  } catch {
    return Promise.reject(new NoWorker());
  }
  const call = (method, given, onFirst) =>
    new Promise((resolve, reject) => {
      waiting.set(++calls, { resolve, reject, onFirst });
      worker.postMessage({ call: calls, method, given });
    });
  worker.addEventListener("message", ({ data: { call: number, problem, result, first } }) => {
    const { resolve, reject, onFirst } = waiting.get(number);
    if (first) return onFirst(first);
    waiting.delete(number);
    if (problem) reject(Object.assign(new Error(problem.message), { code: problem.code }));
    else resolve(result);
  });
  worker.addEventListener("error", () => {
    // The script itself could not be loaded or run: everything that waits goes another way.
    for (const { reject } of waiting.values()) reject(new NoWorker());
    waiting.clear();
  });
  return call("open", [address]).then((count) => ({
    count,
    search: (query, { onFirst, ...options }) => call("search", [query, { ...options, first: Boolean(onFirst) }], onFirst),
    close: () => worker.terminate(),
  }));
}
