// What the preview has to say, over the page: problems, and what is under way. All text is set as text.

import { post } from "./post.js";

// The site's styles stay out of a shadow root, and ours in.
export const overlay = Object.assign(document.createElement("sitegen-preview"), { lang: "en", dir: "ltr" });
const root = overlay.attachShadow({ mode: "open" });
const status = element("p");
let box = null;
let shown = "[]"; // the problems that the reader sees
let hidden = ""; // those that they chose not to see
let saying = 0; // the timer of what is about to be said

status.setAttribute("role", "status");
root.append(Object.assign(element("link"), { rel: "stylesheet", href: new URL("./overlay.css", import.meta.url) }), status);
overlay.style.display = "contents"; // an inline box beside the body would have the whole page laid out once more

addEventListener("keydown", (event) => {
  if (event.key === "Escape" && box) hide();
});

export function showUnderWay(text) {
  clearTimeout(saying);
  // What is quick is not worth a word, nor to have the page drawn once more.
  if (text && !status.textContent) saying = setTimeout(() => (status.textContent = text), 400);
  else if (status.textContent !== text) status.textContent = text;
}

export function showProblems(problems, more) {
  const text = JSON.stringify([problems, more]);
  if (text === shown) return;
  shown = text;
  box?.remove();
  box = null;
  // A page that waits for the first site lists them itself.
  if (!problems.length || text === hidden || document.querySelector("main.sitegen-waits")) return;
  const count = problems.length + more;
  const close = element("button", "Hide");
  close.title = "Hide until the problems change (Esc)";
  close.className = "hide";
  close.addEventListener("click", hide);
  const list = element("ol");
  list.append(...problems.map(item));
  box = element("section");
  box.setAttribute("role", "alert");
  const many = count === 1 ? "A problem keeps" : `${count} problems keep`;
  box.append(close, element("h1", `${many} the site from being built anew`), list);
  if (more) box.append(element("p", `${more} more are in the terminal.`));
  root.append(box);
}

function item(problem) {
  const made = element("li");
  const headline = element("p");
  headline.append(place(problem), `: ${problem.text}`);
  made.append(headline);
  if (problem.excerpt) made.append(element("pre", problem.excerpt));
  if (problem.hint) made.append(Object.assign(element("p", problem.hint), { className: "hint" }));
  return made;
}

function place(problem) {
  if (problem.link) {
    return Object.assign(element("a", problem.place), { href: problem.link, title: "Open in the editor" });
  }
  if (!problem.opens) return element("span", problem.place);
  const button = Object.assign(element("button", problem.place), { className: "place", title: "Open in the editor" });
  button.addEventListener("click", async () => {
    const answer = await post("open", { place: problem.place }).catch(() => null);
    if (!answer?.ok) showUnderWay(answer ? await answer.text() : "The preview is not running.");
  });
  return button;
}

function hide() {
  hidden = shown;
  box.remove();
  box = null;
}

function element(name, text = "") {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}
