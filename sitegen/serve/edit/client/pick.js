// What one collection says of a paper, and where the paper stands in it.

import { button, choice, el, field } from "./dom.js";
import { begun, overFile } from "./form.js";
import { draft } from "./kept.js";
import { reasons, refused } from "./review.js";
import { inOneLine, outOfLine } from "./tags.js";

const STATUSES = [["", "–"], ["to-read", "to read"], ["reading", "reading"], ["read", "read"]];
const RATINGS = [["0", "–"], ...[1, 2, 3, 4, 5].map((n) => [String(n), "★".repeat(n)])];

/** A collection that has the paper, as a pick or by its rule; or why that cannot be edited. */
export function place(to, paper, said) {
  if (said.by_rule) return byRule(to, paper, said);
  return "note" in said ? pick(to, paper, said) : collection(said, reasons(said.refused));
}

function pick(to, paper, said) {
  const was = { note: said.note, tags: inOneLine(said.tags), status: said.status, rating: String(said.rating), start_here: said.start_here };
  const begin = begun(`pick:${said.id}:${paper.id}`, was, said.digest);
  const { now } = begin;
  const note = el("textarea", { rows: 3, value: now.note, name: "note" });
  const tags = el("input", { value: now.tags, name: "tags", list: "tags", autocomplete: "off" });
  const status = choice(STATUSES, now.status, { name: "status" });
  const rating = choice(RATINGS, now.rating, { name: "rating" });
  const start = el("input", { type: "checkbox", name: "start_here", checked: now.start_here });
  const form = overFile(to, begin, {
    refused: said.refused,
    values: () => ({ note: note.value, tags: tags.value, status: status.value, rating: rating.value, start_here: start.checked }),
    fields: [
      field("Note", note, "Markdown: why it is in this list"),
      field("Tags", tags, 'Divided by commas; one with a comma in it in "quotes"'),
      el("div", { className: "beside" }, field("Status", status), field("Rating", rating)),
      el("p", { className: "check" }, el("label", {}, start, " Newcomers start here")),
    ],
    wish: (changed) => ({
      do: "annotate",
      collection: said.id,
      paper: paper.id,
      ...changed,
      ...("tags" in changed && { tags: outOfLine(changed.tags) }),
      ...("rating" in changed && { rating: Number(changed.rating) }),
    }),
  });
  return collection(
    said,
    el("p", { className: "facts" }, `${said.number} of ${said.of}${said.section ? ` in “${said.section}”` : ""} · ${said.path}:${said.line}`),
    form,
    !said.refused.length && moving(to, paper, said),
  );
}

function moving(to, paper, said) {
  const typed = draft(`move:${said.id}:${paper.id}`);
  const there = typed.get();
  const begin = { section: said.section, number: said.number, ...there };
  const section = choice(said.sections.map((title) => [title, title || "before any"]), begin.section, { name: "section" });
  if (section.value !== begin.section) section.value = said.section; // it is gone
  const number = el("input", { type: "number", name: "number", min: 1, value: begin.number, required: true });
  const submit = el("button", {}, "Review the move");
  const isHere = () => section.value === said.section && number.valueAsNumber === said.number;
  const input = () => {
    submit.disabled = isHere();
    if (isHere()) typed.drop();
    else typed.set({ section: section.value, number: number.value });
  };
  const move = async (event) => {
    event.preventDefault();
    const order = await to.panel.ask("order", { collection: said.id });
    if (!order) return;
    if (order.refused) return refused(to.panel, order, { back: () => to.again() });
    const others = order.picks.filter((each) => each.section === section.value && each.paper !== paper.id);
    const before = others[number.valueAsNumber - 1]?.name ?? "";
    to.wish({ do: "move", collection: said.id, paper: paper.id, section: section.value, before }, order.digest, typed.drop);
  };
  const remove = () => to.wish({ do: "remove", collection: said.id, paper: paper.id }, said.digest);
  submit.disabled = isHere();
  return el(
    "details",
    { open: Boolean(there) },
    el("summary", {}, "Move or remove"),
    el(
      "form",
      { submit: move, input, className: "beside" },
      said.sections.length > 1 && field("Section", section),
      field("Place", number),
      el("p", { className: "does" }, submit),
    ),
    el("p", { className: "does" }, button("Remove from this collection", remove, { className: "danger" })),
  );
}

function byRule(to, paper, said) {
  const pin = () => to.wish({ do: "add", collection: said.id, paper: paper.id }, said.digest);
  return collection(
    said,
    el("p", {}, `It is here by the collection's rule (${said.path}:${said.line}), not by a pick: the rule says whether it is here and where. Pin it to write a note or to move it.`),
    said.refused.length ? reasons(said.refused) : el("p", { className: "does" }, button("Pin it", pin)),
  );
}

function collection(said, ...content) {
  return el(
    "section",
    { className: "place", "data-collection": said.id, "aria-label": said.title },
    el("h2", {}, said.title),
    ...content,
  );
}
