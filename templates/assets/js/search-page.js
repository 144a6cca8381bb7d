/** The search page: a query in, cards out; the query and the page stand in the address. */

import { mark, openSearch, snippet } from "./search/client.js";

const texts = JSON.parse(document.getElementById("search-texts").textContent);
const field = document.querySelector("[data-search]");
const status = document.getElementById("search-status");
const results = document.getElementById("results");
const pager = document.getElementById("search-pager");
const help = document.getElementById("search-help");
const greeting = status.textContent;
const note = document.getElementById("search-note");
const tab = document.title;

const HITS = 20;
const PAUSE = 140; // milliseconds without typing before a query is asked
const SNIPPET = 280; // characters
const ECHO = 80; // characters of a query that are said back

let opening; // the promise of the open index
let asked = 0; // number of the last query: an answer to an earlier one is late, and dropped
let timer;

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
addEventListener("popstate", fromAddress);
fromAddress();

function fromAddress() {
  const state = inAddress();
  field.value = state.q;
  if (!state.q) field.focus();
  ask(state);
}

function inAddress() {
  const given = new URLSearchParams(location.search);
  return {
    q: given.get("q")?.trim() ?? "",
    page: Math.max(1, Number.parseInt(given.get("page"), 10) || 1),
    exact: given.get("exact") === "1", // precisely what lunr finds
  };
}

function go(state, how, asYouType) {
  history[how](null, "", address(state));
  ask(state, asYouType);
}

function address({ q, page, exact }) {
  const query = new URLSearchParams();
  if (q) query.set("q", q);
  if (page > 1) query.set("page", page);
  if (exact) query.set("exact", 1);
  return query.size ? `?${query}` : location.pathname;
}

function open() {
  opening ??= openSearch(new URL("search/", location.href));
  return opening;
}

async function ask(state, asYouType = false) {
  const { q, page, exact } = state;
  const number = ++asked;
  settled(false);
  document.title = q ? `${shortened(q)} · ${tab}` : tab;
  if (!q) {
    show(state, { total: 0, hits: [] }, greeting);
    return settled(true);
  }
  const slow = setTimeout(() => (status.textContent = texts.loading), 200);
  try {
    const search = await open();
    const found = await search.search(q, { limit: HITS, offset: (page - 1) * HITS, abstracts: false, exact, asYouType });
    clearTimeout(slow);
    if (number !== asked) return;
    const last = Math.max(1, Math.ceil(found.total / HITS));
    if (page > last) return go({ ...state, page: last }, "replaceState", asYouType);
    show(state, found, summary(state, found), advice(state, found));
    await Promise.allSettled(found.hits.map((hit, at) => complete(results.children[at], hit, search))); // a result does without
  } catch (problem) {
    opening = undefined;
    if (number === asked) show(state, { total: 0, hits: [] }, ...failure(state, problem));
  } finally {
    clearTimeout(slow);
  }
  if (number === asked) settled(true);
}

/** Whether everything has arrived that belongs to the answer, passages and links included. */
function settled(yes) {
  results.dataset.settled = yes;
  results.setAttribute("aria-busy", !yes);
}

function summary({ q, page }, { total, hits, message }) {
  const query = shortened(q);
  if (message === "common") return say("too_common", { query });
  const parts = [total ? say(total === 1 ? "count_one" : "count_other", { n: total, query }) : say("no_results", { query })];
  if (total > HITS) parts.push(say("range", { first: (page - 1) * HITS + 1, last: (page - 1) * HITS + hits.length }));
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
  return [known ? texts[known] : say("error", { message }), [button]];
}

function show(state, { total, hits }, message, more = []) {
  const { page } = state;
  status.textContent = message;
  note.replaceChildren(...more);
  note.hidden = !more.length;
  results.replaceChildren(...hits.map(card));
  results.hidden = !hits.length;
  help.hidden = hits.length > 0;
  const links = [];
  if (page > 1 && hits.length) links.push(turn(texts.previous, "prev", { ...state, page: page - 1 }));
  if (page * HITS < total) links.push(turn(texts.next, "next", { ...state, page: page + 1 }));
  pager.replaceChildren(...links);
  pager.hidden = !links.length;
}

function turn(label, rel, state) {
  const link = element("a", "", label);
  link.rel = rel;
  link.href = address(state);
  link.dataset.page = state.page;
  return link;
}

/** What the paper's own page has, once it is there: the passage, and the ways out. */
async function complete(item, { card: { id }, terms }, search) {
  const [abstract, links] = await Promise.all([search.abstract(id), search.links(id)]);
  const place = item.querySelector(".abstract");
  if (abstract) place?.append(...pieces(snippet(abstract, terms.abstract, SNIPPET)));
  else place?.remove();
  for (const { url, label } of links) item.querySelector(".facts").append(linked(url, [label]));
}

/** A result, as partials/card.html draws a paper. Texts become text nodes only. */
function card({ card: paper, terms, words }) {
  const item = element("li", "card");
  const title = element("h2", "card-title");
  title.append(linked(`papers/${paper.id}.html`, marked(paper.title, terms.title)));
  item.append(title);

  const authors = element("p", "byline");
  authors.append(...marked(paper.authors.join(texts["list.comma"]), terms.authors));
  const more = paper.authors.length ? (paper.authorCount ?? 0) - paper.authors.length : 0;
  if (more > 0) authors.append(` +${count(more)}`);
  if (authors.hasChildNodes()) item.append(authors);

  const facts = element("p", "facts");
  if (!paper.authors.length && paper.authorCount) facts.append(element("span", "", say("authors", { n: paper.authorCount })));
  if (paper.venue) facts.append(element("span", "", paper.venue));
  if (paper.date) facts.append(element("span", "", day(paper.date)));
  item.append(facts);

  if (paper.note) {
    const note = element("div", "note");
    note.append(...marked(paper.note, terms.notes));
    item.append(note);
  }
  if (paper.collections.length) {
    const lists = element("p", "also", texts.in);
    for (const list of paper.collections) lists.append(" ", linked(`collections/${list.id}.html`, [list.title]));
    item.append(lists);
  }
  if (words) item.append(element("p", "abstract"));
  if (paper.tags.length) {
    const tags = element("p", "tags");
    for (const tag of paper.tags) tags.append(linked(`tags/${tag.id}.html`, marked(tag.label, terms.tags)));
    item.append(tags);
  }
  return item;
}

/** `2024-03-01` as the site writes dates. */
function day(iso) {
  const [year, month, date] = iso.split("-");
  if (!month) return year;
  const name = texts.months.split(" ")[month - 1];
  const values = { year, month: name, day: String(Number(date)) };
  return say(date ? "date_day" : "date_month", values);
}

const marked = (text, terms) => pieces(mark(text, terms));

const pieces = (parts) => parts.map(({ text, hit }) => (hit ? element("mark", "", text) : document.createTextNode(text)));

function linked(url, content) {
  const link = element("a");
  link.href = url;
  link.append(...content);
  return link;
}

function element(name, className = "", text = "") {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

function say(key, values) {
  return texts[key].replace(/\{(\w+)\}/g, (whole, name) =>
    name in values ? (typeof values[name] === "number" ? count(values[name]) : values[name]) : whole,
  );
}

function shortened(query) {
  const letters = Array.from(query);
  return letters.length > ECHO ? `${letters.slice(0, ECHO - 1).join("")}…` : query;
}

function count(n) {
  return n.toLocaleString(document.documentElement.lang);
}
