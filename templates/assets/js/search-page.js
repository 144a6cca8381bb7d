/**
 * The search page: a query and filters in, cards out. All of it stands in the address.
 *
 * The filters beside the results are filters.js, loaded when they are used: they write the address and say
 * `filters:change`, and are told with `filters:count` how many papers each option has.
 */

import { cards, count, element, linked, say } from "./search/cards.js";
import { openSearch } from "./search/client.js";
import { follow } from "./search/steps.js";

const texts = JSON.parse(document.getElementById("search-texts").textContent);
const field = document.querySelector("[data-search]");
const status = document.getElementById("search-status");
const results = document.getElementById("results");
const pager = document.getElementById("search-pager");
const help = document.getElementById("search-help");
const greeting = status.textContent;
const note = document.getElementById("search-note");
const tab = document.title;
const filters = document.querySelector("[data-filters]");
const sorts = Array.from(filters?.querySelectorAll("option") ?? [], ({ value }) => value).filter(Boolean);
const draw = cards(texts);

const HITS = 20;
const PAUSE = 140; // milliseconds without typing before a query is asked
const FACETS = ["year", "tag", "venue", "collection", "status"];
const EVERYTHING = { status: { all: [] } }; // the condition that every paper meets
const ECHO = 80; // characters of a query that are said back

let opening; // the promise of the open index
let asked = 0; // number of the last query: an answer to an earlier one is late, and dropped
let timer;
let answered; // the address that the results belong to
let counting = false; // whether the filters are in use
let first = false; // whether the cards are the first ones of an answer of which the rest is on its way

field.form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(timer);
  go({ ...inAddress(), q: field.value.trim(), page: 1 }, "pushState");
});
field.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(() => go({ ...inAddress(), q: field.value.trim(), page: 1 }, "replaceState", true), PAUSE);
});
field.addEventListener("focus", () => open().catch(() => {}), { once: true });
pager.addEventListener("click", (event) => {
  const page = event.target.closest("a")?.dataset.page;
  if (!page || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  go({ ...inAddress(), page: Number(page) }, "pushState");
  status.scrollIntoView({ block: "center" });
});
filters?.addEventListener("filters:change", () => {
  counting = true;
  if (location.search === answered) recount().catch(() => ask(inAddress())); // which says what is wrong
  else ask(inAddress());
});
addEventListener("popstate", fromAddress);
fromAddress();

function fromAddress() {
  const state = inAddress();
  field.value = state.q;
  if (!location.search) field.focus();
  ask(state);
}

function inAddress() {
  const given = new URLSearchParams(location.search);
  return {
    q: given.get("q")?.trim() ?? "",
    page: Math.max(1, Number.parseInt(given.get("page"), 10) || 1),
    sort: sorts.includes(given.get("sort")) ? given.get("sort") : undefined,
    chosen: Object.fromEntries(FACETS.map((facet) => [facet, given.getAll(facet)]).filter(([, values]) => values.length)),
    exact: given.get("exact") === "1", // precisely what lunr finds
  };
}

function go(state, how, asYouType) {
  history[how](null, "", address(state));
  ask(state, asYouType);
}

function address({ q, page, exact, chosen, sort }) {
  const query = new URLSearchParams();
  if (q) query.set("q", q);
  for (const [facet, values] of Object.entries(chosen)) for (const value of values) query.append(facet, value);
  if (sort) query.set("sort", sort);
  if (page > 1) query.set("page", page);
  if (exact) query.set("exact", 1);
  return query.size ? `?${query}` : location.pathname;
}

function open() {
  opening ??= openSearch(new URL("search/", location.href));
  return opening;
}

async function ask(state, asYouType = false) {
  const { q, page, exact, chosen, sort } = state;
  const filtered = Object.keys(chosen).length > 0;
  const number = ++asked;
  answered = location.search;
  first = false;
  settled(false);
  document.title = q ? `${shortened(q)} · ${tab}` : tab;
  const nothing = !q && !filtered;
  if (nothing) {
    show(state, { total: 0, hits: [] }, greeting);
    if (!counting) return settled(true);
  }
  const slow = setTimeout(() => (status.textContent = texts.loading), 200);
  try {
    const search = await open();
    const onFirst = (found) => number === asked && begin(found, search);
    const asking = { limit: HITS, offset: (page - 1) * HITS, abstracts: false, exact, asYouType, facets: counting, sort, onFirst };
    const found = await search.search(q, { ...asking, filters: nothing ? EVERYTHING : chosen });
    clearTimeout(slow);
    if (number !== asked) return;
    if (counting) tellCounts(found, search);
    if (nothing) {
      status.textContent = greeting;
      return settled(true);
    }
    const last = Math.max(1, Math.ceil(found.total / HITS));
    if (page > last) return go({ ...state, page: last }, "replaceState", asYouType);
    await show(state, found, summary(state, found, search.count), advice(state, found), search);
  } catch (problem) {
    opening = undefined;
    if (number === asked) show(state, { total: 0, hits: [] }, ...failure(state, problem));
  } finally {
    clearTimeout(slow);
  }
  if (number === asked) settled(true);
}

/** The filters have come into use under results that are there. */
async function recount() {
  const { q, exact, chosen } = inAddress();
  const number = asked;
  const search = await open();
  const filters = q || Object.keys(chosen).length ? chosen : EVERYTHING;
  const found = await search.search(q, { limit: 1, abstracts: false, exact, facets: true, filters });
  if (number === asked) tellCounts(found, search);
}

function tellCounts({ facets, total }, { count: of }) {
  filters.dispatchEvent(new CustomEvent("filters:count", { detail: { groups: facets, total, of } }));
}

/** Whether everything has arrived that belongs to the answer, passages and links included. */
function settled(yes) {
  results.dataset.settled = yes;
  results.setAttribute("aria-busy", !yes);
}

function summary({ q, page, chosen }, { total, hits, message }, of) {
  const query = shortened(q);
  if (message === "common") return say(texts.too_common, { query });
  const counted = total === 1 ? texts.count_one : total ? texts.count_other : Object.keys(chosen).length ? texts.none_left : texts.no_results;
  const parts = [q ? say(counted, { n: total, query }) : say(texts["filters.found"], { n: total, total: of })];
  if (total > HITS) parts.push(say(texts.range, { first: (page - 1) * HITS + 1, last: (page - 1) * HITS + hits.length }));
  if (message === "edits") parts.push(texts.edits);
  return parts.join(" · ");
}

/** What else to ask. */
function advice(state, { total, didYouMean, suggestions = [] }) {
  const asking = (q) => linked(address({ ...state, q, page: 1 }), [shortened(q)]);
  if (!total) return suggestions.length ? [texts.try, ...suggestions.map(asking)] : [];
  if (!didYouMean) return [];
  const [before, after] = texts.meant.split("{query}");
  const said = element("span");
  said.append(before, asking(didYouMean), after);
  return [said];
}

/** What went wrong, and a button that may mend it. */
function failure(state, { code, message }) {
  const button = element("button", "", code === "offline" ? texts.again : texts.reload);
  button.type = "button";
  button.addEventListener("click", () => (code === "offline" ? ask(state) : location.reload()));
  const known = { offline: "offline", missing: "stale", damaged: "stale", outdated: "stale" }[code];
  return [known ? texts[known] : say(texts.error, { message }), [button]];
}

/** The first results of a query that takes its time: how many there are in all is said when they are known. */
function begin({ hits }, search) {
  help.hidden = note.hidden = pager.hidden = true;
  lay(hits, search);
  first = true;
}

/** Resolves when passages and links are there, too. */
function show(state, { total, hits }, message, more = [], search = undefined) {
  const { page } = state;
  status.textContent = message;
  note.replaceChildren(...more);
  note.hidden = !more.length;
  help.hidden = hits.length > 0;
  const links = [];
  if (page > 1 && hits.length) links.push(turn(texts.previous, "prev", { ...state, page: page - 1 }));
  if (page * HITS < total) links.push(turn(texts.next, "next", { ...state, page: page + 1 }));
  pager.replaceChildren(...links);
  pager.hidden = !links.length;
  return lay(hits, search);
}

function lay(hits, search) {
  const made = hits.map(draw.card);
  if (first) follow(results, made, ({ dataset }) => dataset.paper);
  else results.replaceChildren(...made);
  results.hidden = !made.length;
  if (!search) return undefined;
  document.dispatchEvent(new CustomEvent("cards:change"));
  return draw.complete(hits, made, search);
}

function turn(label, rel, state) {
  const link = element("a", "", label);
  link.rel = rel;
  link.href = address(state);
  link.dataset.page = state.page;
  return link;
}

function shortened(query) {
  const letters = Array.from(query);
  return letters.length > ECHO ? `${letters.slice(0, ECHO - 1).join("")}…` : query;
}
