// A new collection, a new section.

import { el, field } from "./dom.js";
import { draft } from "./kept.js";
import { review } from "./review.js";

/** `paper`: to be its first pick, with this note. */
export function newCollection(editor, { paper = "", note = "", back } = {}) {
  const typed = draft("new-collection");
  const { title = "", blurb = "" } = typed.get() ?? {};
  const name = el("input", { name: "title", required: true, value: title, maxLength: 300 });
  const line = el("input", { name: "blurb", value: blurb, maxLength: 2000 });
  const said = () => ({ title: name.value, blurb: line.value });
  show(editor, {
    title: "New collection",
    remember: { view: "new-collection", paper, note },
    focus: name,
    fields: [field("Title", name), field("Blurb", line, "One plain line about it, for lists of collections")],
    does: "Review the new file",
    typed,
    keep: said,
    wish: () => ({ do: "new-collection", ...said(), paper, note }),
    again: () => newCollection(editor, { paper, note, back }),
    back,
  });
}

export function newSection(editor, collection, back) {
  const typed = draft(`new-section:${collection.id}`);
  const name = el("input", { name: "title", required: true, value: typed.get() ?? "", maxLength: 300 });
  show(editor, {
    title: `New section in “${collection.title}”`,
    remember: { view: "new-section", collection: { id: collection.id, title: collection.title } },
    focus: name,
    fields: [field("Title", name)],
    does: "Review the change",
    typed,
    keep: () => name.value,
    wish: () => ({ do: "new-section", collection: collection.id, title: name.value }),
    again: () => newSection(editor, collection, back),
    back,
  });
}

/** A form whose input is kept in the draft `typed` until what it wishes for is written. */
function show(editor, { title, remember, focus, fields, does, typed, keep, wish, again, back }) {
  const { panel } = editor;
  const input = () => typed.set(keep());
  const submit = (event) => {
    event.preventDefault();
    review(panel, wish(), {
      back: again,
      done(written) {
        typed.drop();
        if (back) return back().then(() => editor.wrote(written));
        panel.close();
        editor.wrote(written);
      },
    });
  };
  const ways = [el("button", { className: "main" }, does), back && el("button", { type: "button", click: back }, "Back")];
  panel.say("");
  panel.show({ title, kind: "small", remember, focus, content: [el("form", { submit, input }, ...fields, el("p", { className: "does" }, ...ways))] });
}
