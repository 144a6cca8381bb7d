// A paper into another collection, or into a new one.

import { ask } from "./ask.js";
import { button, choice, el, field } from "./dom.js";
import { draft } from "./kept.js";
import { reasons } from "./review.js";

const NEW = "\n"; // the title of no section

/** What was typed of a paper to be added: { list, section, note }. */
export function typedFor(paper) {
  return draft(`add:${paper}`);
}

export function addition(to, paper) {
  const inside = new Set(paper.places.map((place) => place.id));
  const others = to.overview.collections.filter((each) => !inside.has(each.id));
  const typed = typedFor(paper.id);
  const kept = typed.get() ?? {};
  let isChosen = others.some((each) => each.id === kept.list); // by hand: it stays, also where it cannot be edited
  let wanted = isChosen ? kept.section : undefined; // the section; until one is chosen, the last
  const list = choice(others.map((each) => [each.id, each.title]), isChosen ? kept.list : others[0]?.id, { name: "collection" });
  const section = el("select", { name: "section" });
  const note = el("textarea", { rows: 3, name: "new-note", value: kept.note ?? "" });
  const submit = el("button", { className: inside.size ? "" : "main" }, "Review the addition");
  const why = el("div");
  const chosen = () => others.find((each) => each.id === list.value);
  const fill = (titles) => {
    const top = ["", titles.length ? "before any" : "none"];
    section.replaceChildren(...choice([top, ...titles.map((title) => [title, title]), [NEW, "a new section …"]]).children);
    section.value = ["", NEW, ...titles].includes(wanted) ? wanted : (titles.at(-1) ?? "");
  };
  /** First the sections of the last build, then those of the file as it is now; or why it cannot be edited. */
  const look = async () => {
    const shown = chosen();
    submit.disabled = false;
    why.replaceChildren();
    fill(shown.sections);
    const now = await ask("order", { collection: shown.id });
    if (list.value !== shown.id) return undefined;
    if (!now.refused) {
      const isOther = JSON.stringify(now.sections) !== JSON.stringify(shown.sections);
      return isOther && fill(now.sections);
    }
    const next = others[others.indexOf(shown) + 1];
    if (next && !isChosen) {
      list.value = next.id;
      return look();
    }
    submit.disabled = true;
    return why.replaceChildren(...reasons(now.refused));
  };
  const keep = () => typed.set({ list: list.value, section: wanted, note: note.value });
  list.addEventListener("change", () => {
    isChosen = true;
    wanted = undefined;
    keep();
    look();
  });
  section.addEventListener("change", () => {
    isChosen = true;
    wanted = section.value;
    keep();
  });
  if (others.length > 0) look();
  const add = (event) => {
    event.preventDefault();
    if (section.value === NEW) {
      wanted = undefined; // it will be the last
      keep();
      return to.newSection({ collection: chosen(), back: to.view });
    }
    to.wish({ do: "add", collection: list.value, paper: paper.id, section: section.value, note: note.value }, "", typed.drop);
  };
  const withNew = button("New collection with it", () => to.newCollection({ paper: paper.id, back: to.view }));
  return el(
    "section",
    { className: "place add", "aria-label": "Add to a collection" },
    el("h2", {}, inside.size ? "Add to another collection" : "Add to a collection"),
    others.length > 0
      ? el(
          "form",
          { submit: add, input: keep },
          el("div", { className: "beside" }, field("Collection", list), field("Section", section)),
          field("Note", note, "Markdown; it may come later"),
          why,
          el("p", { className: "does" }, submit, withNew),
        )
      : el("p", { className: "does" }, withNew),
  );
}
