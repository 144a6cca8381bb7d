// The preview's part in the browser: follows the server's state, swaps style sheets, reloads, shows problems.
// Injected into answers, never written to disk. All text is set as text.

const script = document.querySelector("script[data-page]");
const page = script.dataset.page;
let version = script.dataset.version;
let source = null;
let overlay = null;
let hidden = ""; // the problems that the reader chose not to see

function connect() {
  source?.close();
  source = new EventSource("/_sitegen/events");
  source.addEventListener("state", (event) => follow(JSON.parse(event.data)));
  source.onerror = () => {
    if (source.readyState === EventSource.CLOSED) setTimeout(connect, 1000);
  };
}

// A browser keeps at most six connections to a host: pages that nobody looks at give theirs back.
document.addEventListener("visibilitychange", () => {
  if (document.hidden) source?.close();
  else connect();
});
addEventListener("keydown", (event) => {
  if (event.key === "Escape" && overlay) hide();
});

function follow(state) {
  show(state.problems);
  if (state.version !== version) refresh();
}

async function refresh() {
  let answer;
  try {
    answer = await fetch(location.href, { cache: "no-store" });
  } catch {
    return; // the server is gone; the next connection brings the state again
  }
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const mark = fresh.querySelector("script[data-page]");
  if (mark?.dataset.page !== page || !swap(fresh)) location.reload();
  else version = mark.dataset.version;
}

// Puts the style sheets of `fresh` in the place of ours; an old one goes when the new one is there, so nothing flickers.
function swap(fresh) {
  const ours = [...document.querySelectorAll("head link[rel=stylesheet]")];
  const theirs = [...fresh.querySelectorAll("head link[rel=stylesheet]")];
  if (ours.length !== theirs.length) return false;
  ours.forEach((old, i) => {
    const href = theirs[i].getAttribute("href");
    if (old.getAttribute("href") === href) return;
    const link = old.cloneNode();
    link.href = href;
    link.onload = link.onerror = () => old.remove();
    old.after(link);
  });
  return true;
}

function show(problems) {
  const text = JSON.stringify(problems);
  overlay?.remove();
  overlay = null;
  if (!problems.length || text === hidden) return;
  overlay = document.createElement("sitegen-problems");
  overlay.problems = text;
  const style = Object.assign(document.createElement("link"), { rel: "stylesheet", href: "/_sitegen/overlay.css" });
  const box = element("section", "");
  box.setAttribute("role", "alert");
  const close = element("button", "Hide");
  close.title = "Hide until the problems change (Esc)";
  close.addEventListener("click", hide);
  const list = element("ol", "");
  for (const problem of problems) {
    const item = element("li", "");
    item.append(element("p", problem.headline));
    if (problem.excerpt) item.append(element("pre", problem.excerpt));
    if (problem.hint) item.append(element("p", problem.hint));
    list.append(item);
  }
  const many = problems.length === 1 ? "A problem keeps" : `${problems.length} problems keep`;
  box.append(close, element("h1", `${many} this page from being built anew`), list);
  overlay.attachShadow({ mode: "open" }).append(style, box); // the site's styles stay out, ours in
  document.documentElement.append(overlay);
}

function hide() {
  hidden = overlay.problems;
  overlay.remove();
  overlay = null;
}

function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

connect();
