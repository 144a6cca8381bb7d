// The inbox: papers of the dumps that are in no collection yet.

import { button, choice, el, field, setChildren } from "./dom.js";
import { openDuplicates } from "./duplicates.js";
import { openPaper } from "./paper.js";
import { refused } from "./review.js";

/** `search`: what was asked for last; `scroll`: where the panel was; `at`: the paper that has the focus. */
export async function openInbox(editor, { search = {}, scroll, at } = {}) {
  const { panel } = editor;
  let said = { words: "", year: "", source: "", tag: "", page: 1, ...search };
  let rows = new Map(); // by what they show
  let choices = {}; // of the filters, by name

  const words = el("input", { type: "search", name: "words", value: said.words, autocomplete: "off" });
  const filters = Object.fromEntries(["year", "source", "tag"].map((name) => [name, el("select", { name })]));
  const found = el("ol", { className: "found", keydown: walk, "aria-busy": "true" });
  const count = el("span", { className: "count", role: "status" });
  const duplicates = button("Suspected duplicates", () => openDuplicates(editor, { back: remembered() }), { className: "plain" });
  const turns = { back: turn("Previous", -1), on: turn("Next", 1), at: el("span") };
  const pager = el("nav", { className: "pager", "aria-label": "Pages of the inbox" }, turns.back, turns.at, turns.on);
  const form = el(
    "form",
    {
      role: "search",
      "aria-label": "Inbox",
      submit: (event) => event.preventDefault(),
      input(event) {
        said = { ...said, words: words.value, year: filters.year.value, source: filters.source.value, tag: filters.tag.value, page: 1 };
        if (event.target.name in filters || event.target === words) load();
      },
      focusout: offer,
    },
    field("Search", words),
    el("div", { className: "beside" }, field("Year", filters.year), field("Source", filters.source), field("Tag", filters.tag)),
  );

  if (!(await load())) return;
  panel.show({ title: "Inbox", kind: "inbox", remember: remembered(), scroll, focus: row(at) ?? words, content: [form, el("p", { className: "above" }, count, duplicates), found, pager] });

  function remembered() {
    return { view: "inbox", search: said };
  }

  function row(id) {
    return id && found.querySelector(`[data-paper="${CSS.escape(id)}"] button`);
  }

  async function load() {
    found.setAttribute("aria-busy", "true");
    const answer = await panel.ask("inbox", { ...said, year: /^[0-9]+$/.test(said.year) ? Number(said.year) : said.year });
    if (!answer) return false;
    if (answer.refused) {
      refused(panel, answer, { title: "The inbox cannot be shown" });
      return false;
    }
    said.page = answer.page;
    const at = panel.focused;
    show(answer);
    // Who was at what is no more listed is where that was asked for.
    if (at && !(at.isConnected && at.checkVisibility() && !at.disabled)) words.focus();
    if (panel.dialog.open) editor.remember(remembered());
    return true;
  }

  function show(answer) {
    choices = {
      year: [["", "any year"], ...answer.years.map(labelled)],
      source: [["", "any source"], ...answer.sources.map(labelled)],
      tag: [["", "any tag"], ...answer.tags.map(labelled)],
    };
    offer();
    count.textContent = counted(answer.total);
    // What is listed still stays as it is: somebody may be at it, and have unfolded it.
    const shown = answer.papers.map((paper) => [JSON.stringify(paper), paper]);
    rows = new Map(shown.map(([said, paper]) => [said, rows.get(said) ?? item(paper)]));
    setChildren(found, [...rows.values()]);
    pager.hidden = answer.pages < 2;
    turns.back.disabled = answer.page === 1;
    turns.at.textContent = `Page ${answer.page} of ${answer.pages}`;
    turns.on.disabled = answer.page === answer.pages;
    found.setAttribute("aria-busy", "false");
  }

  function counted(total) {
    if (total === 1) return "1 paper in no collection";
    if (total) return `${total.toLocaleString("en")} papers in no collection`;
    const searched = said.words.trim() || said.year || said.source || said.tag;
    return searched ? "No paper of the inbox is like this" : "Every paper is in a collection";
  }

  function labelled({ value, label, papers }) {
    return [value, `${label} (${papers})`];
  }

  /** Fills the filters, but not one that somebody is at: it may be open. */
  function offer() {
    for (const [name, options] of Object.entries(choices)) {
      if (filters[name] === panel.focused) continue;
      filters[name].replaceChildren(...choice(options, "").children);
      filters[name].value = said[name];
    }
  }

  function turn(label, step) {
    const click = async () => {
      said = { ...said, page: said.page + step };
      if (await load()) {
        panel.dialog.querySelector(".body").scrollTop = 0;
        found.querySelector("button")?.focus();
      }
    };
    return button(label, click);
  }

  function item(paper) {
    const open = () => openPaper(editor, paper.id, { back: { ...remembered(), scroll: panel.scroll, at: paper.id } });
    return el(
      "li",
      { "data-paper": paper.id },
      button(paper.title, open, { className: "title" }),
      el("p", { className: "facts" }, [...paper.facts, paper.source].join(" · ")),
      paper.abstract && el("details", {}, el("summary", {}, "Abstract"), el("p", {}, paper.abstract)),
    );
  }

  /** Arrow keys, or j and k, go from paper to paper. */
  function walk(event) {
    const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    const titles = [...found.querySelectorAll(".title")];
    const here = event.target.closest("li");
    const next = titles[titles.findIndex((title) => here?.contains(title)) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  }
}
