/* A link of class `cite` leads to a paper's citations; here it opens a dialog with them, which comes when it is asked for. */
(() => {
  const script = document.currentScript.src;
  if (location.protocol === "file:") return; // browsers load no modules from there
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a.cite");
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    import(new URL("cite/dialog.js", script))
      .then(({ cite }) => cite(link))
      .catch(() => location.assign(link.href));
  });
})();
