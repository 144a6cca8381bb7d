/* The keyboard: to search, from paper to paper, and what can be done with the one at hand. Off while somebody types. */
(() => {
  const { kept } = sitegen;
  const here = document.currentScript.src;
  const TYPING = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";
  const button = document.querySelector("button.shortcuts");
  let last; // the title that was moved to: its card may be hidden by now

  const keys = {
    "/": search,
    "?": help,
    j: () => move(1),
    k: () => move(-1),
    o: () => press(current()),
    x: fold,
    c: () => press(place()?.querySelector(".actions .cite")),
    m: () => press(place()?.querySelector(".actions .read")),
    s: () => press(place()?.querySelector(".actions .star")),
  };
  const shortcuts = {
    get on() {
      return kept.get("shortcuts") !== "off";
    },
    set on(on) {
      kept.set("shortcuts", on ? "" : "off");
      tell();
    },
  };

  addEventListener("keydown", onKey);
  button?.addEventListener("click", () => (shortcuts.on = !shortcuts.on));
  tell();

  function tell() {
    if (button) button.textContent = shortcuts.on ? button.dataset.on : button.dataset.off;
  }

  function onKey(event) {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.repeat && !"jk".includes(event.key)) return;
    if (event.target.closest?.(TYPING) || document.querySelector("dialog[open]")) return;
    if (shortcuts.on && keys[event.key]?.()) event.preventDefault();
  }

  function search() {
    const field = document.querySelector("[data-search]");
    field?.focus();
    field?.select();
    return Boolean(field);
  }

  function help() {
    const page = new URL("../../../reading.html#keys", here);
    const follow = () => location.assign(page);
    if (location.protocol === "file:") follow(); // browsers load no modules from there
    else import(new URL("help.js", here)).then(({ show }) => show(shortcuts, page)).catch(follow);
    return true;
  }

  const titles = () => [...document.querySelectorAll(".card-title a, .row-title a, .shelf-title a")];

  /** The title that has the focus, or that of the card in which the focus is. */
  function current() {
    const card = document.activeElement?.closest(".card, .row, .shelf");
    return card ? titles().find((title) => card.contains(title)) : undefined;
  }

  /** What the keys act on: the card at hand, or else the paper that the page is about. */
  function place() {
    return current()?.closest("li") ?? document.querySelector("article.paper");
  }

  function move(step) {
    const all = titles();
    const seen = (title) => title.checkVisibility({ visibilityProperty: true });
    let at = all.indexOf(current() ?? last);
    // From nowhere, begin with the first title that can be seen.
    if (at < 0) at = all.findIndex((title) => seen(title) && title.getBoundingClientRect().top >= 0) - step;
    do at += step;
    while (all[at] && !seen(all[at]));
    const title = all[at] ?? current() ?? all.filter(seen).at(step < 0 ? 0 : -1);
    if (!title) return false;
    last = title;
    title.focus({ preventScroll: true });
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    title.closest("li")?.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
    return true;
  }

  function press(control) {
    control?.click();
    return Boolean(control);
  }

  function fold() {
    const details = place()?.querySelector(".card > details");
    if (details) details.open = !details.open;
    const abstract = place()?.querySelector("section > .abstract"); // of a paper's own page
    if (abstract) abstract.hidden = !abstract.hidden;
    return Boolean(details ?? abstract);
  }
})();
