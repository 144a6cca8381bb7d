// Forms over what a file says. What is typed is kept until it is written or taken back, also when the page is loaded anew.

import { button, el } from "./dom.js";
import { draft } from "./kept.js";
import { reasons } from "./review.js";

/**
 * What a form begins with: what the file says (`was`), but for what was typed and not written yet.
 * `seen`: which version of the file was typed over, that of now (`digest`) unless what it says of this has changed since.
 */
export function begun(name, was, digest) {
  const typed = draft(name);
  const kept = typed.get();
  const changed = kept && JSON.stringify(kept.was) !== JSON.stringify(was);
  return { typed, was, seen: changed ? kept.seen : digest, now: { ...was, ...kept?.values }, isTyped: Boolean(kept) };
}

/**
 * `values()`: what the controls say now; `wish(changed)`: what is asked for, of what was changed;
 * `refused`: why the file cannot be edited, where it cannot.
 */
export function overFile(to, { typed, was, seen }, { values, fields, wish, refused = [] }) {
  const changed = () => Object.entries(values()).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(was[name]));
  const submit = el("button", { className: "main" }, "Review the change");
  const reset = button("Take back", () => (typed.drop(), to.again()), { className: "plain" });
  const tell = () => (submit.disabled = reset.hidden = changed().length === 0);
  const form = el(
    "form",
    {
      input() {
        tell();
        if (changed().length) typed.set({ seen, was, values: Object.fromEntries(changed()) });
        else typed.drop();
      },
      submit(event) {
        event.preventDefault();
        to.wish(wish(Object.fromEntries(changed())), seen, typed.drop);
      },
    },
    reasons(refused),
    el("fieldset", { className: "bare", disabled: refused.length > 0 }, ...fields, el("p", { className: "does" }, submit, reset)),
  );
  tell();
  return form;
}
