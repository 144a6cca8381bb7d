/**
 * Results under a search field while one types: an editable combobox with a list, as
 * https://www.w3.org/WAI/ARIA/apg/patterns/combobox/ describes it. The focus stays in the field. What is typed is
 * never changed; without a choice Enter does what the form does anyway, and opens the search page.
 */

import { mark, openSearch } from "./client.js";
import { snippet } from "./snippet.js";
import { follow } from "./steps.js";

const HITS = 8;
const PAUSE = 80; // milliseconds without typing before a query is asked
const SLOW = 250; // milliseconds after which the panel says that it is searching
const SNIPPET = 110; // characters
const ECHO = 60; // characters of a query that are said back

const site = new URL("../../../../", import.meta.url); // of assets/<digest>/js/search/
let reading; // the promise of the panel's words
let opening; // the promise of the open index

/** Gives a field its panel, and answers what has been typed already. */
export function attach(field) {
  const { form } = field;
  const status = element("p", "panel-status");
  const list = element("div");
  const panel = element("div", "panel");
  status.role = "status";
  list.role = "listbox";
  list.id = "search.list";
  list.ariaLabel = field.ariaLabel;
  panel.hidden = true;
  panel.append(status, list);
  form.append(panel);
  field.role = "combobox";
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  field.ariaExpanded = "false";

  let asked = 0; // number of the last query: an answer to an earlier one is late, and dropped
  let begun = 0; // number of the query whose first results stand there, the rest being on its way
  let timer;
  let active; // the option that Enter opens

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  field.addEventListener("focus", ask);
  field.addEventListener("click", () => panel.hidden && ask());
  field.addEventListener("keydown", onKey);
  panel.addEventListener("mousedown", (event) => event.preventDefault()); // or the field would lose the focus
  form.addEventListener("focusout", ({ relatedTarget }) => form.contains(relatedTarget) || close());
  form.addEventListener("submit", close);
  prepare().catch(() => {}); // who asks is told
  if (document.activeElement === field) ask();

  function prepare() {
    reading ??= read(new URL("texts.json", site));
    opening ??= openSearch(new URL("search/", site));
    reading.catch(() => (reading = undefined)); // the next query tries again
    opening.catch(() => (opening = undefined));
    return Promise.all([reading, opening]);
  }

  async function ask() {
    clearTimeout(timer);
    const query = field.value.trim();
    if (!query) return close();
    const number = ++asked;
    const current = () => number === asked;
    list.ariaBusy = "true";
    const slow = setTimeout(async () => {
      const texts = await reading?.catch(() => undefined);
      if (texts && current() && panel.hidden) show("loading", texts["search.js.loading"], []);
    }, SLOW);
    try {
      const [, search] = await prepare();
      const texts = await reading;
      const onFirst = ({ hits }) => {
        if (!current()) return;
        show("first", "", hits.map((hit) => option(...paper(hit, texts))));
        begun = number;
      };
      const found = await search.search(query, { limit: HITS, abstracts: false, asYouType: true, onFirst });
      if (current()) answer(query, found, texts);
    } catch (problem) {
      opening = undefined;
      const texts = await reading?.catch(() => undefined);
      if (texts && current()) fail(problem, texts);
    } finally {
      clearTimeout(slow);
      if (current()) panel.dataset.query = query;
    }
  }

  function answer(query, { total, hits, didYouMean, suggestions = [], message }, texts) {
    const say = phrases(texts);
    const said = shortened(query);
    const page = (label) => option(searchFor(query), [label], "all");
    if (message === "common") return show("none", say("search.js.too_common", { query: said }), [page(texts["panel.page"])]);
    if (!total) {
      const tries = suggestions.map((each) => option(searchFor(each), [line("", [`${texts["search.try"]} `, text("b", shortened(each))])], "try"));
      return show("none", say("panel.none", { query: said }), [...tries, page(texts["panel.page"])]);
    }
    const count = say(total === 1 ? "panel.all_one" : "panel.all_other", { n: total });
    const meant = didYouMean && say("search.js.meant", { query: shortened(didYouMean) });
    show("found", meant || count, [...hits.map((hit) => option(...paper(hit, texts))), page(count)]);
    status.classList.toggle("unseen", !meant);
  }

  /** What went wrong, and a button that may mend it without losing what is typed. */
  function fail({ code }, texts) {
    const offline = code === "offline";
    show("broken", texts[offline ? "search.js.offline" : "search.js.stale"], []);
    const button = text("button", texts[offline ? "search.js.again" : "search.js.reload"]);
    button.type = "button";
    button.addEventListener("click", () => {
      if (offline) return ask();
      history.replaceState({ ...history.state, typed: field.value }, "");
      location.reload();
    });
    status.append(" ", button);
  }

  function show(state, message, options) {
    const before = active?.href;
    status.className = message ? "panel-status" : "unseen";
    status.textContent = message;
    if (begun === asked && state === "found") follow(list, options, ({ href }) => href);
    else list.replaceChildren(...options);
    list.hidden = !options.length;
    list.ariaBusy = state === "loading" || state === "first";
    [...list.children].forEach((each, at) => (each.id = `${list.id}.${at}`));
    panel.dataset.state = state;
    panel.hidden = false;
    field.ariaExpanded = String(options.length > 0);
    choose([...list.children].find(({ href }) => href === before));
  }

  function close() {
    asked++;
    clearTimeout(timer);
    choose();
    panel.hidden = true;
    field.ariaExpanded = "false";
  }

  function choose(option) {
    if (active) active.ariaSelected = "false";
    active = option;
    if (!active) return field.removeAttribute("aria-activedescendant");
    active.ariaSelected = "true";
    active.scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", active.id);
  }

  function onKey(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    const act = keys[event.key];
    if (act?.(event) && event.key !== "Tab") event.preventDefault();
  }

  const keys = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Home: () => active && move(0, list.firstElementChild),
    End: () => active && move(0, list.lastElementChild),
    Enter: ({ shiftKey }) => active && !panel.hidden && !shiftKey && (active.click(), true),
    Tab: () => panel.dataset.state === "broken" || close(), // there is a button then
    Escape() {
      if (!panel.hidden) return close(), true;
      if (!field.value) return false;
      field.value = "";
      return true;
    },
  };

  /** To an option, or so many on; the field itself stands between the last and the first. */
  function move(step, to) {
    if (panel.hidden) return field.value.trim() ? (ask(), true) : false;
    const places = [undefined, ...list.children];
    choose(to ?? places.at((places.indexOf(active) + step) % places.length));
    return true;
  }
}

/** Address and lines of a hit: title; who, where, when; and why, where the title does not show it. */
function paper({ card, terms }, texts) {
  const title = line("panel-title", pieces(mark(card.title, terms.title)));
  const authors = card.authors.join(texts["list.comma"]);
  const others = card.authorCount > card.authors.length && card.authors.length ? ` +${card.authorCount - card.authors.length}` : "";
  const number = card.authorCount ? phrases(texts)("search.js.authors", { n: card.authorCount }) : "";
  const names = authors ? [...pieces(mark(authors, terms.authors)), others] : [number];
  const facts = [names, [card.venue], [card.date.slice(0, 4)]].filter((each) => each.some(Boolean));
  const about = line("panel-facts", facts.flatMap((each, at) => (at ? [" · ", ...each] : each)));
  const lines = [title, about];
  if (!terms.title && !terms.authors) lines.push(why(card, terms, texts));
  return [new URL(`papers/${card.id}.html`, site), lines.filter(({ textContent }) => textContent)];
}

function why(card, terms, texts) {
  if (terms.notes) return line("panel-why", pieces(snippet(card.note, terms.notes, SNIPPET)));
  const tags = card.tags.filter(({ label }) => mark(label, terms.tags).some(({ hit }) => hit));
  if (tags.length) return line("panel-why", [tags.map(({ label }) => `#${label}`).join(" ")]);
  return line("panel-why", [terms.abstract ? texts["panel.abstract"] : ""]);
}

function searchFor(query) {
  const address = new URL("search.html", site);
  address.searchParams.set("q", query);
  return address;
}

function option(address, content, name = "") {
  const made = element("a", name);
  made.role = "option";
  made.ariaSelected = "false";
  made.tabIndex = -1;
  made.href = address;
  made.append(...content);
  return made;
}

async function read(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} is not there`);
  return response.json();
}

/** say(key, values): a text with its names in braces replaced. */
function phrases(texts) {
  const shown = (value) => (typeof value === "number" ? value.toLocaleString(document.documentElement.lang) : value);
  return (key, values) => texts[key].replace(/\{(\w+)\}/g, (whole, name) => (name in values ? shown(values[name]) : whole));
}

function shortened(query) {
  const letters = Array.from(query);
  return letters.length > ECHO ? `${letters.slice(0, ECHO - 1).join("")}…` : query;
}

const pieces = (parts) => parts.map(({ text: said, hit }) => (hit ? text("mark", said) : said));

function line(name, content) {
  const made = element("span", name);
  made.append(...content);
  return made;
}

function text(name, content) {
  const made = element(name);
  made.textContent = content;
  return made;
}

function element(name, className = "") {
  const made = document.createElement(name);
  if (className) made.className = className;
  return made;
}
