// A new collection, a new section.

import { typedFor } from "./addition.js";
import { el, field } from "./dom.js";
import { draft } from "./kept.js";
import { review } from "./review.js";

/** `paper`: to be its first pick, with the note that was typed for it; `back`: the view that was there before. */
export function newCollection(editor, { paper = "", back } = {}) {
  const typed = draft("new-collection");
  const picked = typedFor(paper);
  const { title = "", blurb = "" } = typed.get() ?? {};
  const name = el("input", { name: "title", required: true, value: title, maxLength: 300 });
  const line = el("input", { name: "blurb", value: blurb, maxLength: 2000 });
  const note = el("textarea", { name: "new-note", rows: 3, value: picked.get()?.note ?? "" });
  const said = () => ({ title: name.value, blurb: line.value });
  show(editor, {
    title: "New collection",
    remember: { view: "new-collection", paper, back },
    focus: name,
    fields: [
      field("Title", name),
      field("Blurb", line, "One plain line about it, for lists of collections"),
      paper && field("Note on the paper", note, "Markdown; it may come later"),
    ],
    does: "Review the new file",
    keep() {
      typed.set(said());
      if (paper) picked.set({ ...picked.get(), note: note.value });
    },
    drop() {
      typed.drop();
      picked.drop();
    },
    wish: () => ({ do: "new-collection", ...said(), paper, note: paper && note.value }),
    again: () => newCollection(editor, { paper, back }),
    back,
  });
}

/** At the end of a `collection`: { id, title }. `back`: the view that was there before. */
export function newSection(editor, { collection, back }) {
  const typed = draft(`new-section:${collection.id}`);
  const name = el("input", { name: "title", required: true, value: typed.get() ?? "", maxLength: 300 });
  show(editor, {
    title: `New section in “${collection.title}”`,
    remember: { view: "new-section", collection: { id: collection.id, title: collection.title }, back },
    focus: name,
    fields: [field("Title", name)],
    does: "Review the change",
    keep: () => typed.set(name.value),
    drop: typed.drop,
    wish: () => ({ do: "new-section", collection: collection.id, title: name.value }),
    again: () => newSection(editor, { collection, back }),
    back,
  });
}

/** A form whose input is kept until what it wishes for is written. */
function show(editor, { title, remember, focus, fields, does, keep, drop, wish, again, back }) {
  const { panel } = editor;
  const submit = (event) => {
    event.preventDefault();
    review(panel, wish(), {
      back: again,
      done(written) {
        drop();
        if (back) return editor.open(back).then(() => editor.wrote(written));
        panel.close();
        editor.wrote(written);
      },
    });
  };
  const ways = [el("button", { className: "main" }, does), back && el("button", { type: "button", click: () => editor.open(back) }, "Back")];
  panel.show({ title, kind: "small", remember, focus, content: [el("form", { submit, input: keep }, ...fields, el("p", { className: "does" }, ...ways))] });
}
