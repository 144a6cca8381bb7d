// What a collection says of itself, and its sections: named, moved, removed.

import { button, choice, el, field, icon } from "./dom.js";
import { begun, overFile } from "./form.js";
import { draft } from "./kept.js";
import { newSection } from "./new.js";
import { refused, review } from "./review.js";

/** Opens a collection, or one `section` of it. `at`: what has the focus, as a selector. */
export async function openCollection(editor, id, { at, section } = {}) {
  const { panel } = editor;
  const collection = await panel.ask("collection", { collection: id });
  if (!collection) return;
  if (collection.refused) return refused(panel, collection, { title: "This collection cannot be edited" });
  const again = (more) => openCollection(editor, id, more);
  const to = { ...editor, again, wish: wishing(editor, collection, again) };
  const named = collection.sections.find((each) => each.title === section);
  if (named) return openSection(to, collection, named);
  const content = [el("p", { className: "facts" }, collection.path), facts(to, collection), sections(to, collection)];
  panel.show({
    title: collection.title,
    remember: { view: "collection", id, at },
    focus: at && content.map((each) => each.querySelector(at)).find((each) => each && !each.disabled),
    content,
  });
}

/** Asks for an edit of the collection's file, and shows again what it says then. */
function wishing(editor, collection, again) {
  return (wish, seen = collection.digest, then, at) =>
    review(editor.panel, { collection: collection.id, ...wish }, {
      seen,
      back: () => again({ at }),
      done(written) {
        then?.();
        again({ at }).then(() => editor.wrote(written));
      },
    });
}

function facts(to, collection) {
  const { title, blurb, description } = collection;
  const begin = begun(`collection:${collection.id}`, { title, blurb, description }, collection.digest);
  const controls = {
    title: el("input", { name: "title", required: true, maxLength: 300, value: begin.now.title }),
    blurb: el("input", { name: "blurb", maxLength: 2000, value: begin.now.blurb }),
    description: el("textarea", { name: "description", rows: 3, value: begin.now.description }),
  };
  return overFile(to, begin, {
    values: () => read(controls),
    fields: [
      field("Title", controls.title),
      field("Blurb", controls.blurb, "One plain line about it, for lists of collections"),
      field("Description", controls.description, "Markdown: what it is for, and how it was chosen"),
    ],
    wish: (changed) => ({ do: "describe", ...changed }),
  });
}

function read(controls) {
  return Object.fromEntries(Object.entries(controls).map(([name, control]) => [name, control.value]));
}

function sections(to, collection) {
  const titles = collection.sections.map((section) => section.title);
  const begin = () => newSection(to, { collection, back: { view: "collection", id: collection.id, at: ".begin" } });
  return el(
    "section",
    { className: "place", "aria-label": "Sections" },
    el("h2", {}, "Sections"),
    titles.length > 0
      ? el("ol", { className: "parts" }, collection.sections.map((section, number) => part(to, collection, section, number, titles)))
      : el("p", { className: "facts" }, "It has none: its papers are one list."),
    el("p", { className: "does" }, button("New section", begin, { className: "begin" })),
  );
}

function part(to, collection, section, number, titles) {
  const { title, papers } = section;
  const here = `[data-section="${CSS.escape(title)}"]`;
  const last = titles.length - 1;
  // The focus stays on the way in which it went, as long as it can go on.
  const move = (by) => () => {
    const before = titles[by < 0 ? number - 1 : number + 2] ?? "";
    const there = number + by;
    const on = there === 0 ? ".down" : there === last ? ".up" : by < 0 ? ".up" : ".down";
    to.wish({ do: "move-section", section: title, before }, undefined, undefined, `${here} ${on}`);
  };
  const beside = titles[number + 1] ?? titles[number - 1];
  const remove = () => to.wish({ do: "remove-section", section: title }, undefined, undefined, beside === undefined ? ".begin" : `[data-section="${CSS.escape(beside)}"] .edit`);
  return el(
    "li",
    { "data-section": title },
    el("p", {}, el("strong", {}, title), " ", el("small", {}, papers === 1 ? "1 paper" : `${papers} papers`)),
    el(
      "p",
      { className: "does" },
      button("Edit", () => openSection(to, collection, section), { className: "edit", "aria-label": `Edit section ${title}` }),
      button([icon("up")], move(-1), { className: "up", disabled: number === 0, "aria-label": `Move ${title} up`, title: "Move up" }),
      button([icon("down")], move(1), { className: "down", disabled: number === last, "aria-label": `Move ${title} down`, title: "Move down" }),
      button("Remove", remove, { className: "danger", "aria-label": `Remove section ${title}`, title: where(papers, titles[number - 1]) }),
    ),
  );
}

/** What becomes of its papers, as the difference that is shown then says, too. */
function where(papers, before) {
  if (!papers) return "It has no papers";
  return before ? `Its papers go to the end of “${before}”` : "Its papers go before any section";
}

/** The title and the description of one section, and its place among the others. */
function openSection(to, collection, section) {
  const { title, description } = section;
  const back = (more) => to.again({ at: `[data-section="${CSS.escape(title)}"] .edit`, ...more });
  const again = () => openSection(to, collection, section);
  const begin = begun(`section:${collection.id}:${title}`, { title, description }, collection.digest);
  const controls = {
    title: el("input", { name: "title", required: true, maxLength: 300, value: begin.now.title }),
    description: el("textarea", { name: "description", rows: 3, value: begin.now.description }),
  };
  const wish = (asked, seen, then) =>
    review(to.panel, asked, {
      seen,
      back: again,
      done(written) {
        then();
        back({ at: `[data-section="${CSS.escape(asked.title ?? title)}"] .edit` }).then(() => to.wrote(written));
      },
    });
  to.panel.show({
    title: `Section “${title}”`,
    kind: "small",
    remember: { view: "collection", id: collection.id, section: title },
    focus: controls.title,
    content: [
      el("p", {}, button("← Back to the collection", () => back(), { className: "plain" })),
      overFile({ ...to, again, wish }, begin, {
        values: () => read(controls),
        fields: [field("Title", controls.title), field("Description", controls.description, "Markdown: what its papers have in common")],
        wish: (changed) => ({ do: "describe-section", collection: collection.id, section: title, ...changed }),
      }),
      collection.sections.length > 1 && placing(collection, title, wish),
    ].filter(Boolean),
  });
}

/** Anywhere in one step; the list of sections goes one place at a time. */
function placing(collection, title, wish) {
  const titles = collection.sections.map((each) => each.title);
  const here = titles[titles.indexOf(title) + 1] ?? "";
  const typed = draft(`move-section:${collection.id}:${title}`);
  const places = [...titles.filter((each) => each !== title).map((each) => [each, `before “${each}”`]), ["", "last"]];
  const before = choice(places, typed.get() ?? here, { name: "before" });
  if (before.selectedIndex < 0) before.value = here; // what it was to stand before is gone
  const submit = el("button", { disabled: before.value === here }, "Review the move");
  return el(
    "form",
    {
      input() {
        submit.disabled = before.value === here;
        if (submit.disabled) typed.drop();
        else typed.set(before.value);
      },
      submit(event) {
        event.preventDefault();
        wish({ do: "move-section", collection: collection.id, section: title, before: before.value }, collection.digest, typed.drop);
      },
    },
    field("Place", before),
    el("p", { className: "does" }, submit),
  );
}
