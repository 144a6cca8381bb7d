/* The reader's colours, set before anything is painted; so this is the one script that is waited for. */
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  try {
    const theme = localStorage.getItem("theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  } catch {
    // Storage is denied: the system's colours it is.
  }
  if (location.protocol === "file:") {
    // Browsers load no modules from the file system, so search itself cannot say that it needs a server.
    addEventListener("DOMContentLoaded", () => {
      for (const at of document.querySelectorAll("[data-from-file]")) at.textContent = at.dataset.fromFile;
    });
  }
})();
