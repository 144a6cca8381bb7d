// Every edit on its way: first the difference that it would make, then, when it is confirmed, what was written.

import { ask } from "./ask.js";
import { button, el } from "./dom.js";

/**
 * Shows in the panel what a wish would change, and writes it when that is confirmed.
 * `seen`: digest of the file that the curator looked at; `back` shows again what was there before; `done(answer)` comes after writing,
 * `closed()` when the panel is closed, or when another view came before the answer.
 * `remember`: what opens this again after a reload, where that is not what was open before.
 */
export async function review(panel, wish, { seen = "", back, done, closed, remember }) {
  const answer = await panel.ask("propose", { ask: wish, seen }, "Looking …");
  if (!answer) return closed?.();
  let writing = false;
  show(answer);

  function show(answer) {
    if (answer.refused) return refused(panel, answer, { back, closed });
    const confirm = button(DOES[kind(answer)], () => write(answer), { className: "main" });
    panel.show({
      title: capital(answer.summary),
      kind: "review",
      ...(remember && { remember }),
      closed,
      focus: confirm,
      content: [
        (answer.changed || answer.again) && meanwhile(answer),
        el("p", { className: "path" }, FILE[kind(answer)], el("code", {}, answer.path)),
        difference(answer.diff, "What will change"),
        el("p", { className: "does" }, confirm, back && button("Back", back)),
      ].filter(Boolean),
    });
  }

  async function write(answer) {
    if (writing) return; // a button that is pressed twice is meant once, also while what comes after it is on its way
    writing = true;
    panel.say("Writing …");
    const written = await ask("confirm", { ask: wish, proposal: answer.proposal, seen: answer.digest });
    panel.say("");
    if (written.status === 200) return done(written);
    writing = false;
    show(written.refused ? written : { ...written, again: true });
  }
}

/** Why something cannot be done, with the place, the line and what helps. */
export function refused(panel, answer, { back, closed, title = "This cannot be done" } = {}) {
  panel.show({
    title,
    kind: "review",
    closed,
    content: [
      ...reasons(answer.refused),
      answer.meanwhile && changes(answer.meanwhile),
      back && el("p", { className: "does" }, button("Back", back)),
    ].filter(Boolean),
  });
}

/** Problems as they are shown, each with its place, its line and what helps. */
export function reasons(problems) {
  return problems.map((why) =>
    el(
      "div",
      { className: "why", role: "alert" },
      el("p", {}, why.message),
      /:[0-9]+$/.test(why.place) && el("p", { className: "path" }, el("code", {}, why.place)),
      why.excerpt && el("pre", { tabIndex: 0 }, why.excerpt),
      why.hint && el("p", { className: "hint" }, capital(why.hint), "."),
    ),
  );
}

const DOES = { changes: "Write to the file", creates: "Create the file", deletes: "Delete the file" };
const FILE = { changes: "", creates: "New file ", deletes: "Deletes " };

function kind({ created, deleted }) {
  if (created) return "creates";
  return deleted ? "deletes" : "changes";
}

function meanwhile(answer) {
  return el(
    "div",
    { className: "why", role: "alert" },
    el("p", {}, `${answer.changed ? "The file was changed meanwhile. " : ""}Nothing was written. Below is what your edit makes of the file as it is now.`),
    answer.meanwhile.length > 0 && changes(answer.meanwhile),
  );
}

function changes(lines) {
  return el("details", { open: true }, el("summary", {}, "What was changed"), difference(lines, "What was changed meanwhile"));
}

function difference(lines, label) {
  if (!lines.length) return el("p", {}, "No line differs, only what is not shown: line ends, or a mark at the start of the file.");
  const kinds = { "+": "plus", "-": "minus", "@": "at" };
  return el(
    "pre",
    { className: "diff", tabIndex: 0, role: "group", "aria-label": label },
    lines.map((line) => el("span", { className: kinds[line[0]] ?? "" }, `${line}\n`)),
  );
}

export function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
