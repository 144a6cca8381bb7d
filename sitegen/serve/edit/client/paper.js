// All that can be done to one paper: what each collection says of it, other collections, facts, suspected duplicates.

import { addition } from "./addition.js";
import { ask } from "./ask.js";
import { button, el } from "./dom.js";
import { suspected } from "./duplicates.js";
import { facts } from "./facts.js";
import { place } from "./pick.js";
import { refused, review } from "./review.js";

/** Opens a paper. `at`: the collection whose note is meant; `back`: the view that was there before. */
export async function openPaper(editor, id, { at, back } = {}) {
  const { panel } = editor;
  const paper = await panel.ask("paper", { paper: id });
  if (!paper) return;
  if (paper.refused) return refused(panel, paper, { title: "This paper cannot be edited" });
  const view = { view: "paper", id, back };
  const again = () => openPaper(editor, id, view);
  const to = { ...editor, view, again, wish: (wish, seen, then) => wishFor(editor, wish, seen, again, then) };

  const places = paper.places.map((said) => place(to, paper, said));
  const focus = places.find((each) => each.dataset.collection === at)?.querySelector("textarea:enabled");
  panel.show({
    title: paper.title,
    kind: "paper",
    remember: { ...view, at },
    focus,
    content: [
      back && el("p", {}, button("← Back to the inbox", () => editor.open(back), { className: "plain" })),
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
    back: again,
    done(written) {
      then?.();
      again().then(() => editor.wrote(written));
    },
  });
}

/** Comes when it is found, below what is there: nothing moves under the hand. */
function duplicates(to, paper) {
  const place = el("div", { className: "pairs" });
  ask("suspicions", { paper: paper.id }).then(({ pairs = [] }) =>
    place.replaceChildren(...pairs.map((pair) => suspected(pair, to, { one: paper, back: to.again }))),
  );
  return place;
}
