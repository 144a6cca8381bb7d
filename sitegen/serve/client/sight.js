// A page that is loaded anew is there sooner where of a long list only what is in sight is laid out first, and the rest a moment
// later. It is as high as it was in the page before, so that nothing moves.

let sheet = null;

/** The height of what is in each card, by the paper's id. */
export function heightsOfCards() {
  return Array.from(document.querySelectorAll("li[data-paper]"), (card) => {
    const { paddingTop, paddingBottom, borderTopWidth, borderBottomWidth } = getComputedStyle(card);
    const around = [paddingTop, paddingBottom, borderTopWidth, borderBottomWidth].map(parseFloat);
    return [card.dataset.paper, around.reduce((height, each) => height - each, card.getBoundingClientRect().height)];
  });
}

export function layOutInSight(heights) {
  const rules = heights.map(([id, height]) => `[data-paper="${CSS.escape(id)}"] { contain-intrinsic-height: ${height}px }`);
  sheet = new CSSStyleSheet();
  // What stands beside a card, as its number does, is not cut off.
  sheet.replaceSync(`@supports (overflow-clip-margin: 100vw) {
    li[data-paper] { content-visibility: auto; overflow-clip-margin: 100vw; }
    ${rules.join("\n")}
  }`);
  document.adoptedStyleSheets.push(sheet);
}

/** Once what is in sight is painted. */
export function layOutTheRest() {
  requestAnimationFrame(() =>
    setTimeout(() => (document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== sheet))),
  );
}
