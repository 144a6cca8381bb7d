/** Filters of a list that has several pages: the search is asked for all of it, and what fits stands in the list's place. */

import { cards, element, say } from "./cards.js";
import { openSearch } from "./client.js";

const SHOWN = 50; // and as many more with each press
const EVERYTHING = { status: { all: [] } }; // the condition that every paper meets

const site = new URL("../../../../", import.meta.url); // from assets/<digest>/js/search/
const block = document.querySelector("[data-filters]");
const [facet, ...value] = block.dataset.scope.split(" ");
const within = facet ? [{ facet, value }] : [];
const body = document.querySelector(".body");
const written = [...body.children];
const found = element("div", "found");
const list = element("ol", "cards results");
const problem = element("p", "empty");
const more = element("button");
more.type = "button";
problem.setAttribute("role", "alert");
found.append(list, problem, more);
found.hidden = true;
body.append(found);

let opening;
let reading; // the search page's words
let whole; // papers in the list
let asked = 0;
let limit = SHOWN;
let last;

block.addEventListener("filters:change", ({ detail }) => {
  limit = SHOWN;
  ask(detail);
});
more.addEventListener("click", async () => {
  const at = list.children.length;
  limit += SHOWN;
  await ask(last);
  list.children[at]?.querySelector("a").focus();
});

async function ask({ chosen, sort }) {
  last = { chosen, sort };
  const number = ++asked;
  const filters = Object.keys(chosen).length ? chosen : EVERYTHING;
  const asking = Boolean(sort) || filters === chosen;
  if (!asking) restore();
  found.setAttribute("aria-busy", true);
  try {
    opening ??= open();
    const { search, texts } = await opening;
    const answer = await search.search("", { filters: { ...filters, within }, sort, limit, abstracts: false, facets: true });
    whole ??= (await search.search("", { filters: { ...EVERYTHING, within }, limit: 1, abstracts: false })).total;
    if (number !== asked) return;
    block.dispatchEvent(new CustomEvent("filters:count", { detail: { groups: answer.facets, total: answer.total, of: whole } }));
    if (asking) await show(answer, texts, search);
  } catch (failure) {
    opening = undefined;
    if (number === asked) await fail(failure);
  }
  if (number === asked) found.setAttribute("aria-busy", false);
}

async function open() {
  reading ??= words();
  reading.catch(() => (reading = undefined));
  const search = await openSearch(new URL("search/", site));
  return { search, texts: await reading };
}

async function words() {
  const page = await (await fetch(new URL("search.html", site))).text();
  const { textContent } = new DOMParser().parseFromString(page, "text/html").getElementById("search-texts");
  return JSON.parse(textContent);
}

async function show({ hits, total }, texts, search) {
  const draw = cards(texts, { root: site.href });
  const from = list.children.length && limit > SHOWN ? list.children.length : 0;
  const fresh = hits.slice(from).map(draw.card);
  if (from) list.append(...fresh);
  else list.replaceChildren(...fresh);
  problem.textContent = "";
  more.textContent = say(texts["filters.next"], {});
  more.hidden = hits.length >= total;
  replace(true);
  document.dispatchEvent(new CustomEvent("cards:change"));
  await draw.complete(hits.slice(from), fresh, search);
}

/** What went wrong, and a button that may mend it: choices stand in the address. */
async function fail({ code, message }) {
  const offline = code === "offline";
  const texts = await reading?.catch(() => undefined);
  problem.textContent = (code && texts?.[offline ? "offline" : "stale"]) ?? message;
  if (texts) {
    const button = element("button", "", texts[offline ? "again" : "reload"]);
    button.type = "button";
    button.addEventListener("click", () => (offline ? ask(last) : location.reload()));
    problem.append(" ", button);
  }
  list.replaceChildren();
  more.hidden = true;
  replace(true);
}

function restore() {
  replace(false);
  list.replaceChildren();
}

function replace(yes) {
  document.documentElement.classList.remove("asked");
  found.hidden = !yes;
  for (const each of written) each.toggleAttribute("data-out", yes);
}
