/** open(engine, address of its index) → a search(query) that resolves to the ids of at most ten papers, best first. */

import * as options from "./options.mjs";

const text = async (address) => (await fetch(address)).text();

const OPENERS = {
  async minisearch(base) {
    const { default: MiniSearch } = await import("/modules/minisearch/dist/es/index.js");
    const index = MiniSearch.loadJSON(await text(base + "index.json"), options.minisearch);
    return (query) => index.search(query, options.minisearchQuery).slice(0, 10).map(({ id }) => id);
  },

  async flexsearch(base) {
    const { Document } = await import("/modules/flexsearch/dist/flexsearch.bundle.module.min.mjs");
    const index = new Document(options.flexsearch);
    for (const [key, data] of JSON.parse(await text(base + "index.json"))) index.import(key, data);
    return (query) => {
      const found = index.search(query, { limit: 10, suggest: true }).flatMap(({ result }) => result);
      return [...new Set(found)].slice(0, 10);
    };
  },

  async pagefind(base) {
    const pagefind = await import(base + "pagefind.js");
    await pagefind.init();
    return async (query) => {
      const { results } = await pagefind.search(query);
      const shown = await Promise.all(results.slice(0, 10).map((result) => result.data()));
      return shown.map(({ url }) => url.split("/").at(-1));
    };
  },

  async sitegen(base) {
    const { openSearch } = await import("/js/engine.js");
    const search = await openSearch(base + "search/");
    return async (query, how) => (await search.search(query, how)).hits.map(({ card }) => card.id.split("-")[0]);
  },
};

export const open = (engine, base) => OPENERS[engine](base);
