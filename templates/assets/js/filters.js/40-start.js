/* Filters at work. A list here is filtered by what it shows; for a part of a list search/list.js asks the search; the
   search page asks for itself. These two hear `filters:change` and answer with `filters:count`. */
{
  const script = document.currentScript.src;
  const block = document.querySelector("[data-filters]");
  const kind = block.dataset.filters;
  const here = kind === "here" && listHere();
  const order = block.querySelector("select");
  const orders = Array.from(order?.options ?? [], ({ value }) => value);
  let panel;
  let now; // { chosen, sort }: what the address says, but for pages that were opened as files

  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = new URL("../css/filters.css", script);
  style.onload = style.onerror = start;
  document.head.append(style);

  async function start() {
    // What the reader did before all this was there.
    const { use } = block.dataset;
    const wanted = order?.value;
    panel = panelOf(block, choose);
    block.addEventListener("filters:count", ({ detail }) => panel.show(detail));
    document.addEventListener("reader:change", () => here && tell());
    addEventListener("popstate", () => {
      follow();
      if (kind !== "search") tell();
    });
    if (kind === "list") await import(new URL("search/list.js", script));
    follow();
    if (use === "change") choose(now.chosen, wanted);
    else tell();
    if (use === "click") panel.toggle();
    if (kind !== "list") document.documentElement.classList.remove("asked");
  }

  function follow() {
    const sort = new URLSearchParams(location.search).get("sort") ?? "";
    now = { chosen: selection.inAddress(location.search), sort: orders.includes(sort) ? sort : "" };
    panel.show(now);
  }

  function choose(chosen, sort) {
    now = { chosen: Object.fromEntries(Object.entries(chosen).filter(([, values]) => values.length)), sort };
    const query = selection.toAddress(location.search, now.chosen, sort);
    try {
      history.pushState(null, "", query ? `?${query}` : location.pathname);
    } catch {
      // A page that was opened as a file keeps its address.
    }
    panel.show(now);
    tell();
  }

  function tell() {
    if (!here) return block.dispatchEvent(new CustomEvent("filters:change", { detail: now }));
    panel.show(here.ask(now.chosen, now.sort));
    document.dispatchEvent(new CustomEvent("cards:change"));
  }
}
