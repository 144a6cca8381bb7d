/* Colours, whether abstracts are open, and whether a dialog is. Everything that is reading works without it.
   No module: browsers run none that were opened from a file. theme.js does before the first paint what is remembered. */
(() => {
  const { kept } = sitegen;
  const root = document.documentElement;
  const site = new URL("../../../", document.currentScript.src).pathname; // sites of one host share its storage

  switchColours(document.querySelector("button.theme"));
  switchAbstracts(document.querySelector("button.abstracts"));
  // A style sheet could ask with :has(:modal), but then whatever is put into a page has all of it styled again.
  // No event tells of an opened dialog in every browser. Who opens one in a shadow sets the class, too.
  new MutationObserver((changes) => {
    if (changes.some(({ target }) => target.matches("dialog"))) root.classList.toggle("under", document.querySelector("dialog:modal") !== null);
  }).observe(root, { attributeFilter: ["open"], subtree: true });

  function switchColours(button) {
    if (!button) return;
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

  function switchAbstracts(button) {
    if (!button) return;
    const tell = () => button.setAttribute("aria-pressed", root.classList.contains("abstracts"));
    button.addEventListener("click", () => {
      const open = root.classList.toggle("abstracts");
      for (const abstract of document.querySelectorAll(".card > details")) abstract.open = open;
      kept.set(`sitegen:${site}:abstracts`, open ? "open" : "");
      tell();
    });
    tell();
  }
})();
