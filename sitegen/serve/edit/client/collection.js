// A new collection, a new section.

import { el, field } from "./dom.js";
import { draft } from "./kept.js";
import { review } from "./review.js";

/** `paper`: to be its first pick, with this note. */
export function newCollection(editor, { paper = "", note = "", back } = {}) {
  const { panel } = editor;
  const typed = draft("new-collection");
  const { title = "", blurb = "" } = typed.get() ?? {};
  const name = el("input", { name: "title", required: true, value: title, maxLength: 300 });
  const line = el("input", { name: "blurb", value: blurb, maxLength: 2000 });
  const input = () => typed.set({ title: name.value, blurb: line.value });
  const submit = (event) => {
    event.preventDefault();
    const said = { title: name.value, blurb: line.value };
    review(panel, { do: "new-collection", ...said, paper, note }, {
      back: () => newCollection(editor, { paper, note, back }),
      done(written) {
        typed.drop();
        editor.wrote(written);
        if (back) back();
        else panel.close();
      },
    });
  };
  panel.say("");
  panel.show({
    title: "New collection",
    kind: "small",
    remember: { view: "new-collection", paper, note },
    focus: name,
    content: [
      el(
        "form",
        { submit, input },
        field("Title", name),
        field("Blurb", line, "One plain line about it, for lists of collections"),
        el("p", { className: "does" }, el("button", { className: "main" }, "Review the new file"), back && el("button", { type: "button", click: back }, "Back")),
      ),
    ],
  });
}

export function newSection(editor, collection, back) {
  const { panel } = editor;
  const typed = draft(`new-section:${collection.id}`);
  const name = el("input", { name: "title", required: true, value: typed.get() ?? "", maxLength: 300 });
  const input = () => typed.set(name.value);
  const submit = (event) => {
    event.preventDefault();
    review(panel, { do: "new-section", collection: collection.id, title: name.value }, {
      back: () => newSection(editor, collection, back),
      done(written) {
        typed.drop();
        editor.wrote(written);
        if (back) back();
        else panel.close();
      },
    });
  };
  panel.say("");
  panel.show({
    title: `New section in “${collection.title}”`,
    kind: "small",
    remember: { view: "new-section", collection: { id: collection.id, title: collection.title } },
    focus: name,
    content: [
      el(
        "form",
        { submit, input },
        field("Title", name),
        el("p", { className: "does" }, el("button", { className: "main" }, "Review the change"), back && el("button", { type: "button", click: back }, "Back")),
      ),
    ],
  });
}
