/**
 * Search for pages: the same engine in a worker, so that typing stays smooth.
 *
 *     import { openSearch, mark, snippet, words } from "./search/client.js";
 *
 *     const search = await openSearch(new URL("search/", siteRoot));      // absolute address of the site's search/
 *     const { total, hits, message } = await search.search("+vision title:language model*", {
 *       limit: 10,          // hits to return, 10 unless told
 *       offset: 0,          // hits to leave out before them
 *       exact: false,       // true: precisely what lunr finds, nothing added (`learning?` finds nothing)
 *       asYouType: false,   // true: the last word is also the beginning of a word
 *       abstracts: true,    // false: cards without `abstract`, for less to load (a panel of titles)
 *     });
 *     hits[0].doc           // a number, stable within one build of the site
 *     hits[0].score         // lunr's score, higher is better; equal scores stand in order of `doc`
 *     hits[0].terms         // { title: ["vision"], abstract: ["languag", "model"] }: matched index terms by field
 *     hits[0].card          // what a result shows; every text is plain text, for textContent only:
 *       // { id, title, authors: [at most three names], authorCount: number or null, date: "2024-03-01" | "2024" | "",
 *       //   venue, note, tags: [{ id, label }], collections: [{ id, title }], abstract }
 *       // the paper's page is papers/<id>.html
 *     search.count          // papers in the index
 *     search.close()        // ends the worker
 *
 *     mark(card.title, hits[0].terms.title)        // [{ text: "Models of ", hit: false }, { text: "Vision", hit: true }]
 *     snippet(card.abstract, hits[0].terms.abstract, 240)  // the same shape: the best passage of about 240 characters
 *     words("+vision -audio model*")               // ["vision"]: index terms of a query's plain words, for mark()
 *
 * `mark` and `snippet` take undefined for terms. `message` is for people, and is there only where something about the
 * query needs saying. Malformed queries are words, never errors. A promise is rejected with an Error whose `message`
 * says in words what is wrong (a file of the index is missing, cut short, or of another build): offer to reload.
 */

import { openSearch as openHere } from "./engine.js";

export { mark, snippet, words } from "./mark.js";

/**
 * The search of the site whose search/ folder is at `base`.
 * Falls back to the page's own thread where module workers are not to be had.
 */
export async function openSearch(base) {
  const address = new URL(base, globalThis.location?.href).href;
  try {
    return await openInWorker(address);
  } catch (problem) {
    if (problem instanceof NoWorker) return openHere(address);
    throw problem;
  }
}

class NoWorker extends Error {
  constructor() {
    super("Search has stopped. Please reload the page.");
  }
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
  const call = (method, ...given) =>
    new Promise((resolve, reject) => {
      waiting.set(++calls, { resolve, reject });
      worker.postMessage({ call: calls, method, given });
    });
  worker.addEventListener("message", ({ data }) => {
    const { resolve, reject } = waiting.get(data.call);
    waiting.delete(data.call);
    if ("problem" in data) reject(new Error(data.problem));
    else resolve(data.result);
  });
  worker.addEventListener("error", () => {
    // The script itself could not be loaded or run: everything that waits goes another way.
    for (const { reject } of waiting.values()) reject(new NoWorker());
    waiting.clear();
  });
  return call("open", address).then((count) => ({
    count,
    search: (query, options) => call("search", query, options),
    close: () => worker.terminate(),
  }));
}
