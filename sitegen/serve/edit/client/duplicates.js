// Papers that look like one work: what speaks for it and against it, and the curator's word.

import { button, el } from "./dom.js";
import { refused, review } from "./review.js";

/** All pairs of the site. `back`: the view that was there before. */
export async function openDuplicates(editor, { back } = {}) {
  const { panel } = editor;
  const answer = await panel.ask("suspicions", {}, "Looking …");
  if (!answer) return;
  if (answer.refused) return refused(panel, answer, { back: back && (() => editor.open(back)) });
  const again = () => openDuplicates(editor, { back });
  const said = answer.total === 1 ? "1 pair looks like one work" : `${answer.total.toLocaleString("en")} pairs look like one work`;
  const more = answer.total > answer.pairs.length ? `; the first ${answer.pairs.length} are shown` : "";
  panel.show({
    title: "Suspected duplicates",
    kind: "inbox",
    remember: { view: "duplicates", back },
    content: [
      back && el("p", {}, button("← Back to the inbox", () => editor.open(back), { className: "plain" })),
      el("p", { className: "count" }, said + more),
      ...answer.pairs.map((pair) => suspected(pair, editor, { back: again })),
    ].filter(Boolean),
  });
}

/** A pair. `one`: the paper of the two that is shown already; `back` shows again what is there now. */
export function suspected(pair, editor, { one, back }) {
  const [paper, other] = one && pair.papers[1].id === one.id ? pair.papers.toReversed() : pair.papers;
  const settle = (same) => () =>
    review(editor.panel, { do: "settle", paper: paper.id, other: other.id, same }, {
      back,
      done: (written) => back().then(() => editor.wrote(written)),
    });
  const shown = (each) =>
    el("p", { className: "other" }, el("a", { href: new URL(each.url, editor.home).href }, each.title), el("br"), el("small", {}, [...each.facts, each.source].join(" · ")));
  return el(
    "section",
    { className: "place suspected", "aria-label": `Is this the same work? ${other.title}` },
    el("h2", {}, one ? "Is this the same work?" : "Are these the same work?"),
    (one ? [other] : [paper, other]).map(shown),
    el("ul", { className: "evidence" }, pair.evidence.map((said) => el("li", { className: "for" }, said)), pair.against.map((said) => el("li", { className: "against" }, said))),
    el("p", { className: "does" }, button("One work", settle(true)), button("Two works", settle(false))),
  );
}
