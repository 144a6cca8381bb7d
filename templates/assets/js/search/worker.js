/**
 * The engine on a thread of its own. Takes { call, method, given }, answers { call, result } or
 * { call, problem: { message, code } }; before that { call, first } where first results were asked for.
 */

import { openSearch } from "./engine.js";

let engine;

const methods = {
  async open(address) {
    engine = await openSearch(address);
    return engine.count;
  },
  search: (query, options, onFirst) => engine.search(query, { ...options, onFirst: options.first && onFirst }),
};

addEventListener("message", async ({ data: { call, method, given } }) => {
  try {
    postMessage({ call, result: await methods[method](...given, (first) => postMessage({ call, first })) });
  } catch (problem) {
    postMessage({ call, problem: { message: problem.message, code: problem.code } });
  }
});
