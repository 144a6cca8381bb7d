/* The reader's colours, set before anything is painted; so this is the one script that is waited for. */
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  if (/[?&](mine|status|year|tag|venue|collection|sort)=/.test(location.search)) root.classList.add("asked"); // for filters
  try {
    const theme = localStorage.getItem("theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    // Who hides what is read sees lists when reader.js has told what that is, or else as they are.
    const site = new URL("../../../", document.currentScript.src).pathname;
    if (localStorage.getItem(`sitegen:${site}`)?.includes('"hide":true')) {
      root.classList.add("waiting");
      addEventListener("DOMContentLoaded", () => root.classList.remove("waiting"));
    }
  } catch {
    // Storage is denied: the system's colours it is.
  }
  openAbstracts();
  if (location.protocol === "file:") {
    // Browsers load no modules from the file system, so search itself cannot say that it needs a server.
    addEventListener("DOMContentLoaded", () => {
      for (const at of document.querySelectorAll("[data-from-file]")) at.textContent = at.dataset.fromFile;
    });
  }

  /** Whoever wants abstracts open gets each of them open as it arrives: so nothing moves. */
  function openAbstracts() {
    try {
      const site = new URL("../../../", document.currentScript.src).pathname;
      if (localStorage.getItem(`sitegen:${site}:abstracts`) !== "open") return;
    } catch {
      return;
    }
    root.classList.add("abstracts");
    const arriving = new MutationObserver((changes) => {
      for (const { addedNodes } of changes)
        for (const node of addedNodes) if (node.matches?.(".card > details")) node.open = true;
    });
    arriving.observe(root, { childList: true, subtree: true });
    addEventListener("DOMContentLoaded", () => arriving.disconnect());
  }
})();
