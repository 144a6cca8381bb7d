// All that can be done to one paper: what each collection says of it, other collections, facts, suspected duplicates.

import { ask } from "./ask.js";
import { choice, button, el, field } from "./dom.js";
import { draft } from "./kept.js";
import { suspected } from "./duplicates.js";
import { refused, review } from "./review.js";
import { inOneLine, outOfLine } from "./tags.js";

const STATUSES = [["", "–"], ["to-read", "to read"], ["reading", "reading"], ["read", "read"]];
const RATINGS = [["0", "–"], ...[1, 2, 3, 4, 5].map((n) => [String(n), "★".repeat(n)])];
const LINKS = ["page", "pdf", "code", "project", "model", "data", "demo", "video", "slides", "poster", "other"];

/** Opens a paper. `at`: the collection whose note is meant; `scroll`: where the panel was. */
export async function openPaper(editor, id, { at, scroll, back } = {}) {
  const { panel } = editor;
  const paper = await ask("paper", { paper: id });
  if (paper.refused) return refused(panel, paper, { title: "This paper cannot be edited" });
  const again = (more) => openPaper(editor, id, { at, scroll: panel.scroll, back, ...more });
  const to = { ...editor, again, wish: (wish, seen, then) => wishFor(editor, wish, seen, again, then) };

  const places = paper.places.map((place) => (place.by_rule ? byRule(to, paper, place) : pick(to, paper, place)));
  const focus = places.find((each) => each.dataset.collection === at)?.querySelector("textarea");
  panel.show({
    title: paper.title,
    kind: "paper",
    remember: { view: "paper", id, at },
    scroll,
    focus,
    content: [
      back && el("p", {}, button("← Back to the inbox", back, { className: "plain" })),
      el("p", { className: "facts" }, paper.facts.join(" · ")),
      ...places,
      addition(to, paper),
      facts(to, paper),
      duplicates(to, paper),
    ].filter(Boolean),
  });
}

async function wishFor(editor, wish, seen, again, then) {
  await review(editor.panel, wish, {
    seen,
    back: () => again(),
    done(written) {
      then?.();
      again().then(() => editor.wrote(written));
    },
  });
}

/** What one collection says of the paper. Fields keep what was typed until it is written or taken back. */
function pick(to, paper, place) {
  const typed = draft(`pick:${place.id}:${paper.id}`);
  const was = { note: place.note, tags: inOneLine(place.tags), status: place.status, rating: String(place.rating) };
  const kept = typed.get();
  const seen = since(kept, was, place.digest);
  const now = { ...was, ...kept?.values };
  const controls = {
    note: el("textarea", { rows: 3, value: now.note, name: "note" }),
    tags: el("input", { value: now.tags, name: "tags", list: "tags", autocomplete: "off" }),
    status: choice(STATUSES, now.status, { name: "status" }),
    rating: choice(RATINGS, now.rating, { name: "rating" }),
  };
  const changed = () => Object.keys(was).filter((name) => controls[name].value !== was[name]);
  const submit = el("button", { className: "main" }, "Review the change");
  const reset = button("Take back", () => (typed.drop(), to.again()), { className: "plain" });
  const tell = () => (submit.disabled = reset.hidden = changed().length === 0);
  const form = el(
    "form",
    {
      input() {
        tell();
        const values = Object.fromEntries(changed().map((name) => [name, controls[name].value]));
        if (changed().length) typed.set({ seen, was, values });
        else typed.drop();
      },
      submit(event) {
        event.preventDefault();
        const wish = { do: "annotate", collection: place.id, paper: paper.id };
        for (const name of changed()) wish[name] = VALUE[name](controls[name].value);
        to.wish(wish, seen, typed.drop);
      },
    },
    field("Note", controls.note, "Markdown: why it is in this list"),
    field("Tags", controls.tags, 'Divided by commas; one with a comma in it in "quotes"'),
    el("div", { className: "beside" }, field("Status", controls.status), field("Rating", controls.rating)),
    el("p", { className: "does" }, submit, reset),
  );
  tell();
  return collection(
    place,
    el("p", { className: "facts" }, `${place.number} of ${place.of}${place.section ? ` in “${place.section}”` : ""} · ${place.path}:${place.line}`),
    form,
    el("details", {}, el("summary", {}, "Move or remove"), moving(to, paper, place)),
  );
}

/** Which version of the file was typed over: that of now, unless what it says of this has changed since. */
function since(kept, was, digest) {
  return kept && JSON.stringify(kept.was) !== JSON.stringify(was) ? kept.seen : digest;
}

const VALUE = {
  note: (text) => text,
  tags: outOfLine,
  status: (text) => text,
  rating: Number,
};

function moving(to, paper, place) {
  const section = choice(place.sections.map((title) => [title, title || "before any section"]), place.section, { name: "section" });
  const number = el("input", { type: "number", name: "number", min: 1, value: place.number, required: true });
  const move = async (event) => {
    event.preventDefault();
    const order = await ask("order", { collection: place.id });
    if (order.refused) return refused(to.panel, order, { back: () => to.again() });
    const others = order.picks.filter((each) => each.section === section.value && each.paper !== paper.id);
    const before = others[number.valueAsNumber - 1]?.name ?? "";
    to.wish({ do: "move", collection: place.id, paper: paper.id, section: section.value, before }, order.digest);
  };
  const remove = () => to.wish({ do: "remove", collection: place.id, paper: paper.id }, place.digest);
  return [
    el(
      "form",
      { submit: move, className: "beside" },
      place.sections.length > 1 && field("Section", section),
      field("Place", number),
      el("p", { className: "does" }, el("button", {}, "Review the move")),
    ),
    el("p", { className: "does" }, button("Remove from this collection", remove, { className: "danger" })),
  ];
}

function byRule(to, paper, place) {
  const pin = () => to.wish({ do: "add", collection: place.id, paper: paper.id }, place.digest);
  return collection(
    place,
    el("p", {}, `It is here by the collection's rule (${place.path}:${place.line}), not by a pick: the rule says whether it is here and where. Pin it to write a note or to move it.`),
    el("p", { className: "does" }, button("Pin it", pin)),
  );
}

function collection(place, ...content) {
  return el(
    "section",
    { className: "place", "data-collection": place.id, "aria-label": place.title },
    el("h2", {}, place.title),
    ...content.flat(),
  );
}

/** Into another collection, or into a new one. */
function addition(to, paper) {
  const inside = new Set(paper.places.map((place) => place.id));
  const others = to.overview.collections.filter((each) => !inside.has(each.id));
  const typed = draft(`add:${paper.id}`);
  const kept = typed.get() ?? {};
  const NEW = "new section";
  const list = choice(others.map((each) => [each.id, each.title]), others.some((each) => each.id === kept.list) ? kept.list : others[0]?.id, { name: "collection" });
  const section = el("select", { name: "section" });
  const sections = field("Section", section);
  const note = el("textarea", { rows: 3, name: "new-note", value: kept.note ?? "" });
  const fill = () => {
    const chosen = others.find((each) => each.id === list.value);
    section.replaceChildren(...(chosen?.sections ?? []).map((title) => el("option", { value: title }, title)));
    section.prepend(el("option", { value: "" }, "before any section"));
    section.append(el("option", { value: NEW }, "a new section …"));
    section.value = chosen?.sections.at(-1) ?? "";
  };
  list.addEventListener("change", fill);
  fill();
  const submit = (event) => {
    event.preventDefault();
    if (section.value === NEW) {
      const chosen = others.find((each) => each.id === list.value);
      return to.newSection(chosen, () => to.again());
    }
    to.wish({ do: "add", collection: list.value, paper: paper.id, section: section.value, note: note.value }, "", typed.drop);
  };
  const input = () => typed.set({ list: list.value, note: note.value });
  const withNew = button("New collection with it", () => to.newCollection({ paper: paper.id, note: note.value, back: () => to.again() }));
  return el(
    "section",
    { className: "place add", "aria-label": "Add to a collection" },
    el("h2", {}, inside.size ? "Add to another collection" : "Add to a collection"),
    others.length > 0
      ? el(
          "form",
          { submit, input },
          el("div", { className: "beside" }, field("Collection", list), sections),
          field("Note", note, "Markdown; it may come later"),
          el("p", { className: "does" }, el("button", { className: inside.size ? "" : "main" }, "Review the addition"), withNew),
        )
      : el("p", { className: "does" }, withNew),
  );
}

/** Title, date and links, as content/papers/ says them. */
function facts(to, paper) {
  const typed = draft(`facts:${paper.id}`);
  const kept = typed.get();
  const was = { title: paper.written?.title ?? "", date: paper.written?.date ?? "", links: paper.written?.links ?? [] };
  const seen = since(kept, was, paper.written?.digest ?? "");
  const now = { ...was, ...kept?.values };
  const title = el("input", { name: "title", value: now.title, placeholder: paper.title });
  const date = el("input", { name: "date", value: now.date, placeholder: paper.date || "2024, 2024-03 or 2024-03-01", pattern: "\\s*[0-9]{4}(-[0-9]{1,2}(-[0-9]{1,2})?)?\\s*" });
  const links = el("div", { className: "links" });
  const values = () => ({
    title: title.value,
    date: date.value,
    links: [...links.querySelectorAll(".link")]
      .map((row) => ({ kind: row.querySelector("select").value, url: row.querySelector("input").value.trim() }))
      .filter((link) => link.url),
  });
  const changed = () => Object.keys(was).filter((name) => JSON.stringify(values()[name]) !== JSON.stringify(was[name]));
  const submit = el("button", { className: "main" }, "Review the change");
  const input = () => {
    submit.disabled = changed().length === 0;
    if (changed().length) typed.set({ seen, was, values: values() });
    else typed.drop();
  };
  const row = ({ kind, url }) => {
    const made = el(
      "p",
      { className: "link" },
      choice(LINKS.map((each) => [each, each]), kind, { "aria-label": "What it leads to" }),
      el("input", { type: "url", value: url, "aria-label": "Address", placeholder: "https://…" }),
      button("Remove", () => (made.remove(), input()), { className: "plain" }),
    );
    return made;
  };
  links.append(...now.links.map(row));
  const more = button("Another link", () => {
    links.append(row({ kind: "page", url: "" }));
    links.lastChild.querySelector("select").focus();
  });
  submit.disabled = changed().length === 0;
  const known = paper.links.filter((link) => !was.links.some((own) => own.url === link.url));
  return el(
    "details",
    { className: "place facts-form", open: Boolean(kept) },
    el("summary", {}, "Title, date and links"),
    el("p", { className: "facts" }, paper.written ? `Written in ${paper.written.path}:${paper.written.line}` : "What is said here goes into a file of content/papers/, and before what the dumps say."),
    el(
      "form",
      {
        input,
        submit(event) {
          event.preventDefault();
          const wish = { do: "fix", paper: paper.id };
          for (const name of changed()) wish[name] = values()[name];
          to.wish(wish, seen, typed.drop);
        },
      },
      field("Title", title),
      field("Date", date),
      el("fieldset", {}, el("legend", {}, "Links that you add"), links, el("p", { className: "does" }, more)),
      known.length > 0 && el("p", { className: "facts" }, "From elsewhere: ", known.map((link) => `${link.kind} ${link.url}`).join(" · ")),
      el("p", { className: "does" }, submit),
    ),
  );
}

/** Comes when it is found, below what is there: nothing moves under the hand. */
function duplicates(to, paper) {
  const place = el("div", { className: "pairs" });
  ask("suspicions", { paper: paper.id }).then(({ pairs = [] }) =>
    place.replaceChildren(...pairs.map((pair) => suspected(pair, to, { one: paper, back: to.again }))),
  );
  return place;
}
