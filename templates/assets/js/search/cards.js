/**
 * Results as cards, drawn like partials/card.html draws a paper. Texts become text nodes only.
 *
 *     const draw = cards(texts, { root: "../" });      // texts of search.html; the site's root as seen from this page
 *     list.replaceChildren(...found.hits.map(draw.card));
 *     await draw.complete(found.hits, list.children, search); // passages and links, as they arrive
 */

import { mark } from "./mark.js";

const SNIPPET = 280; // characters
const TAGS = 5;

export function cards(texts, { root = "" } = {}) {
  function card({ card: paper, terms, words }) {
    const item = element("li", "card");
    item.dataset.paper = paper.id;
    if (paper.added.length === 10) item.dataset.added = paper.added; // a whole day
    const title = element("h2", "card-title");
    title.append(linked(`${root}papers/${paper.id}.html`, marked(paper.title, terms.title)));
    item.append(title);

    const authors = element("p", "byline");
    authors.append(...marked(paper.authors.join(texts["list.comma"]), terms.authors));
    const more = paper.authors.length ? (paper.authorCount ?? 0) - paper.authors.length : 0;
    if (more > 0) authors.append(` +${count(more)}`);
    if (authors.hasChildNodes()) item.append(authors);

    const facts = [
      !paper.authors.length && paper.authorCount && say(texts.authors, { n: paper.authorCount }),
      paper.venue,
      paper.date && day(paper.date),
    ];
    const about = element("p", "facts", facts.filter(Boolean).join("\u00a0· "));
    about.append(element("span"));
    item.append(about);

    if (paper.note) {
      const note = element("div", "note");
      note.append(...marked(paper.note, terms.notes));
      item.append(note);
    }
    if (paper.collections.length) {
      const lists = element("p", "also", texts.in);
      for (const list of paper.collections) lists.append(" ", linked(`${root}collections/${list.id}.html`, [list.title]));
      item.append(lists);
    }
    if (words) item.append(element("p", "abstract"));
    const actions = element("p", "actions");
    for (const tag of shown(paper.tags, terms.tags)) {
      const link = linked(`${root}tags/${tag.id}.html`, marked(tag.label, terms.tags));
      link.className = "tag";
      actions.append(link, " ");
    }
    const cite = linked(`${root}papers/${paper.id}.html#paper.cite`, [texts["card.cite"]]);
    cite.className = "cite";
    actions.append(cite);
    item.append(actions);
    return item;
  }

  /** `2024-03-01` as the site writes dates. */
  function day(iso) {
    const [year, month, date] = iso.split("-");
    if (!month) return year;
    const name = texts.months.split(" ")[month - 1];
    return say(date ? texts.date_day : texts.date_month, { year, month: name, day: String(Number(date)) });
  }

  return { card, complete };
}

/** What the papers' own pages have, as it arrives: the passage, and the ways out. A card does without where there is none. */
function complete(hits, items, search) {
  const at = [...items];
  return Promise.allSettled(
    hits.map(async ({ card: { id }, terms }, number) => {
      const said = [search.abstract(id), search.links(id), import("./snippet.js")];
      const [abstract, links, { snippet }] = await Promise.all(said);
      const place = at[number].querySelector(".abstract");
      if (abstract) place?.append(...pieces(snippet(abstract, terms.abstract, SNIPPET)));
      else place?.remove();
      const ways = at[number].querySelector(".facts span");
      for (const { url, label } of links) ways.append(" ", linked(url, [label]));
      if (!links.length) ways.remove();
    }),
  );
}

/** As many tags as lists show, those that were asked for before the others. */
function shown(tags, terms) {
  const hit = ({ label }) => mark(label, terms).some((piece) => piece.hit);
  return [...tags].sort((a, b) => hit(b) - hit(a)).slice(0, TAGS);
}

const marked = (text, terms) => pieces(mark(text, terms));

const pieces = (parts) => parts.map(({ text, hit }) => (hit ? element("mark", "", text) : document.createTextNode(text)));

export function linked(url, content) {
  const link = element("a");
  link.href = url;
  link.append(...content);
  return link;
}

export function element(name, className = "", text = "") {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

/** A text with its {names} filled in, numbers as the page's language writes them. */
export function say(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) =>
    name in values ? (typeof values[name] === "number" ? count(values[name]) : values[name]) : whole,
  );
}

export function count(n) {
  return n.toLocaleString(document.documentElement.lang);
}
