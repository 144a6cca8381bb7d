/* Filters are loaded when they are used, or when the address has some: filters.js takes over from here. */
(() => {
  const block = document.querySelector("[data-filters]");
  const home = document.currentScript.src;
  if (location.protocol === "file:" && block?.matches("[data-from-file]")) {
    document.documentElement.classList.remove("asked");
    return; // theme.js says why
  }
  let script;
  const load = () => {
    if (script) return;
    script = document.createElement("script");
    script.src = new URL("filters.js", home);
    script.onerror = () => {
      script = undefined;
      document.documentElement.classList.remove("asked");
    };
    document.head.append(script);
  };
  for (const use of ["click", "change"]) {
    block?.addEventListener(use, ({ target }) => {
      if (!target.closest(use === "click" ? "button" : "select")) return;
      block.dataset.use = use;
      load();
    });
  }
  // What theme.js has seen in the address.
  if (block && document.documentElement.classList.contains("asked")) load();
})();
