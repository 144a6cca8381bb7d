// A paper into another collection, or into a new one.

import { ask } from "./ask.js";
import { button, choice, el, field } from "./dom.js";
import { draft } from "./kept.js";
import { reasons } from "./review.js";

export function addition(to, paper) {
  const inside = new Set(paper.places.map((place) => place.id));
  const others = to.overview.collections.filter((each) => !inside.has(each.id));
  const typed = draft(`add:${paper.id}`);
  const kept = typed.get() ?? {};
  const NEW = "new section";
  const list = choice(others.map((each) => [each.id, each.title]), others.some((each) => each.id === kept.list) ? kept.list : others[0]?.id, { name: "collection" });
  const section = el("select", { name: "section" });
  const sections = field("Section", section);
  const note = el("textarea", { rows: 3, name: "new-note", value: kept.note ?? "" });
  const submit = el("button", { className: inside.size ? "" : "main" }, "Review the addition");
  const why = el("div");
  const check = async (chosen) => {
    submit.disabled = false;
    why.replaceChildren();
    const now = chosen ? await ask("order", { collection: chosen.id }) : {};
    if (list.value !== chosen?.id || !now.refused) return;
    submit.disabled = true;
    why.replaceChildren(...reasons(now.refused));
  };
  const fill = () => {
    const chosen = others.find((each) => each.id === list.value);
    check(chosen);
    section.replaceChildren(...(chosen?.sections ?? []).map((title) => el("option", { value: title }, title)));
    section.prepend(el("option", { value: "" }, "before any section"));
    section.append(el("option", { value: NEW }, "a new section …"));
    section.value = chosen?.sections.at(-1) ?? "";
  };
  list.addEventListener("change", fill);
  fill();
  const add = (event) => {
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
          { submit: add, input },
          el("div", { className: "beside" }, field("Collection", list), sections),
          field("Note", note, "Markdown; it may come later"),
          why,
          el("p", { className: "does" }, submit, withNew),
        )
      : el("p", { className: "does" }, withNew),
  );
}
