/* Search from every page: nothing of it is loaded before somebody goes to the field. */
(() => {
  const field = document.querySelector("[data-search]");
  if (!field || document.getElementById("search-status")) return; // the search page answers by itself
  const here = document.currentScript.src;
  const fromFile = location.protocol === "file:";
  let loading;

  const style = () =>
    new Promise((resolve) => {
      const sheet = document.createElement("link");
      sheet.rel = "stylesheet";
      sheet.href = new URL("../css/panel.css", here);
      sheet.onload = sheet.onerror = resolve;
      document.head.append(sheet);
    });
  const load = () => {
    loading ??= Promise.all([fromFile ? { attach } : import(new URL("search/panel.js", here)), style()])
      .then(([panel]) => panel.attach(field))
      .catch(() => (loading = undefined)); // the form leads to the search page without it
  };
  field.addEventListener("focus", load);
  field.addEventListener("input", load);
  if (document.activeElement === field) load();

  // What was typed before a reload that the panel offered.
  const { typed, ...state } = history.state ?? {};
  if (typed) {
    history.replaceState(state, "");
    field.value = typed;
    field.focus();
  }

  /** Browsers load no modules from the file system: all that there is to say is that. */
  function attach() {
    const said = document.createElement("p");
    said.className = "panel panel-status";
    said.role = "status";
    said.textContent = field.dataset.needsServer;
    field.form.append(said);
    field.addEventListener("blur", () => (said.hidden = true));
    field.addEventListener("focus", () => (said.hidden = false));
  }
})();
