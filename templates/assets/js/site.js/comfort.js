/* Comfort on every page: colours, keyboard. Everything that is reading works without it.
   No module: browsers run none that were opened from a file. */
(() => {
  const kept = {
    get(key) {
      try {
        return localStorage.getItem(key);
      } catch {
        return null;
      }
    },
    set(key, value) {
      try {
        if (value) localStorage.setItem(key, value);
        else localStorage.removeItem(key);
      } catch {
        // Storage is denied: the choice holds for this page.
      }
    },
  };

  switchColours(document.querySelector("button.theme"));
  switchShortcuts(document.querySelector("button.shortcuts"));
  addEventListener("keydown", onKey);

  function switchColours(button) {
    if (!button) return;
    const root = document.documentElement;
    const order = ["auto", "light", "dark"];
    const tell = () => button.setAttribute("aria-label", button.dataset[root.dataset.theme ?? "auto"]);
    button.addEventListener("click", () => {
      const next = order[(order.indexOf(root.dataset.theme ?? "auto") + 1) % order.length];
      if (next === "auto") delete root.dataset.theme;
      else root.dataset.theme = next;
      kept.set("theme", next === "auto" ? "" : next);
      tell();
    });
    tell();
  }

  function switchShortcuts(button) {
    if (!button) return;
    const tell = () => {
      const on = kept.get("shortcuts") !== "off";
      button.textContent = on ? button.dataset.on : button.dataset.off;
    };
    button.addEventListener("click", () => {
      kept.set("shortcuts", kept.get("shortcuts") === "off" ? "" : "off");
      tell();
    });
    tell();
  }

  function onKey(event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.("input, textarea, select, [contenteditable]")) return;
    if (kept.get("shortcuts") === "off") return;
    const act = { "/": search, j: () => move(1), k: () => move(-1), o: open, x: fold }[event.key];
    if (act?.()) event.preventDefault();
  }

  function search() {
    const field = document.querySelector("[data-search]");
    field?.focus();
    field?.select();
    return Boolean(field);
  }

  const titles = () => [...document.querySelectorAll(".card-title a, .row-title a, .shelf-title a")];

  /** The title that has the focus, or that of the card in which the focus is. */
  function current() {
    const card = document.activeElement?.closest(".card, .row, .shelf");
    return card ? titles().find((title) => card.contains(title)) : undefined;
  }

  function move(step) {
    const all = titles();
    const at = all.indexOf(current());
    // From nowhere, begin with the first title that can be seen.
    const from = at >= 0 ? at + step : all.findIndex((title) => title.getBoundingClientRect().top >= 0);
    const title = all[Math.max(0, Math.min(all.length - 1, from))];
    if (!title) return false;
    title.focus({ preventScroll: true });
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    title.closest("li")?.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
    return true;
  }

  function open() {
    const title = current();
    title?.click();
    return Boolean(title);
  }

  function fold() {
    const details = current()?.closest("li")?.querySelector("details");
    if (details) details.open = !details.open;
    return Boolean(details);
  }
})();
