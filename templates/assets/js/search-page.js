/** The search page: a query in, cards out; the query and the page stand in the address. */

import { mark, openSearch, snippet } from "./search/client.js";

const texts = JSON.parse(document.getElementById("search-texts").textContent);
const field = document.querySelector("[data-search]");
const status = document.getElementById("search-status");
const results = document.getElementById("results");
const pager = document.getElementById("search-pager");
const help = document.getElementById("search-help");
const greeting = status.textContent;

const HITS = 20;
const PAUSE = 140; // milliseconds without typing before a query is asked
const SNIPPET = 280; // characters

let opening; // the promise of the open index
let asked = 0; // number of the last query: an answer to an earlier one is late, and dropped
let timer;

field.form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(timer);
  go({ q: field.value.trim(), page: 1 }, "pushState");
});
field.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(() => go({ q: field.value.trim(), page: 1 }, "replaceState", true), PAUSE);
});
field.addEventListener("focus", () => open().catch(() => {}), { once: true });
pager.addEventListener("click", (event) => {
  const page = event.target.closest("a")?.dataset.page;
  if (!page || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  go({ q: field.value.trim(), page: Number(page) }, "pushState");
  status.scrollIntoView({ block: "center" });
});
addEventListener("popstate", fromAddress);
fromAddress();

function fromAddress() {
  const given = new URLSearchParams(location.search);
  const state = { q: given.get("q")?.trim() ?? "", page: Math.max(1, Number.parseInt(given.get("page"), 10) || 1) };
  field.value = state.q;
  if (!state.q) field.focus();
  ask(state, false);
}

function go(state, how, asYouType = false) {
  history[how](null, "", address(state));
  ask(state, asYouType);
}

function address({ q, page }) {
  const query = new URLSearchParams();
  if (q) query.set("q", q);
  if (page > 1) query.set("page", page);
  return query.size ? `?${query}` : location.pathname;
}

function open() {
  opening ??= openSearch(new URL("search/", location.href));
  return opening;
}

async function ask({ q, page }, asYouType) {
  const number = ++asked;
  if (!q) return show({ q, page, total: 0, hits: [] }, greeting);
  const slow = setTimeout(() => (status.textContent = texts.loading), 200);
  try {
    const index = await open();
    const found = await index.search(q, { limit: HITS, offset: (page - 1) * HITS, asYouType });
    if (number === asked) show({ q, page, ...found }, summary(q, page, found));
  } catch (problem) {
    opening = undefined;
    if (number === asked) show({ q, page, total: 0, hits: [] }, say("error", { message: problem.message }));
  } finally {
    clearTimeout(slow);
  }
}

function summary(q, page, { total, hits, message }) {
  if (!total) return [message, say("no_results", { query: q })].filter(Boolean).join(" ");
  const parts = [say(total === 1 ? "count_one" : "count_other", { n: total, query: q })];
  if (total > HITS) parts.push(say("range", { first: (page - 1) * HITS + 1, last: (page - 1) * HITS + hits.length }));
  if (message) parts.push(message);
  return parts.join(" · ");
}

function show({ q, page, total, hits }, message) {
  status.textContent = message;
  results.replaceChildren(...hits.map(card));
  results.hidden = !hits.length;
  help.hidden = hits.length > 0;
  const links = [];
  if (page > 1) links.push(turn(texts.previous, "prev", { q, page: page - 1 }));
  if (page * HITS < total) links.push(turn(texts.next, "next", { q, page: page + 1 }));
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

/** A result, as partials/card.html draws a paper. Texts become text nodes only. */
function card({ card: paper, terms }) {
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
  if (facts.hasChildNodes()) item.append(facts);

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
  if (paper.abstract) {
    const abstract = element("p", "abstract");
    abstract.append(...pieces(snippet(paper.abstract, terms.abstract, SNIPPET)));
    item.append(abstract);
  }
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
  const link = element("a", "");
  link.href = url;
  link.append(...content);
  return link;
}

function element(name, className, text = "") {
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

function count(n) {
  return n.toLocaleString(document.documentElement.lang);
}
