// Title, date and links of a paper, as content/papers/ says them.

import { button, choice, el, field } from "./dom.js";
import { begun, overFile } from "./form.js";

const LINKS = ["page", "pdf", "code", "project", "model", "data", "demo", "video", "slides", "poster", "other"];

export function facts(to, paper) {
  const { written } = paper;
  const begin = begun(`facts:${paper.id}`, { title: written.title, date: written.date, links: written.links }, written.digest);
  const { now } = begin;
  const title = el("input", { name: "title", value: now.title, placeholder: paper.title });
  const forms = "2024, 2024-03 or 2024-03-01"; // the browser says them where something else is typed
  const date = el("input", { name: "date", value: now.date, placeholder: paper.date || forms, title: forms, pattern: "\\s*[0-9]{4}(-[0-9]{1,2}(-[0-9]{1,2})?)?\\s*" });
  const links = el("div", { className: "links" });
  const values = () => ({
    title: title.value,
    date: date.value,
    links: [...links.querySelectorAll(".link")]
      .map((row) => ({ kind: row.querySelector("select").value, url: row.querySelector("input").value.trim() }))
      .filter((link) => link.url),
  });
  const row = ({ kind, url }) => {
    const made = el(
      "p",
      { className: "link" },
      choice(LINKS.map((each) => [each, each]), kind, { "aria-label": "What it leads to" }),
      el("input", { type: "url", value: url, "aria-label": "Address", placeholder: "https://…" }),
      button("Remove", () => remove(made), { className: "plain", "aria-label": `Remove the link ${url}`.trim() }),
    );
    return made;
  };
  const remove = (made) => {
    const next = made.nextElementSibling ?? made.previousElementSibling;
    made.remove();
    (next?.querySelector("input") ?? more).focus();
    form.dispatchEvent(new Event("input"));
  };
  const more = button("Another link", () => {
    links.append(row({ kind: "page", url: "" }));
    links.lastChild.querySelector("select").focus();
  });
  links.append(...now.links.map(row));
  const form = overFile(to, begin, {
    refused: written.refused,
    values,
    fields: [
      field("Title", title),
      field("Date", date),
      el("fieldset", {}, el("legend", {}, "Links that you add"), links, el("p", { className: "does" }, more)),
      elsewhere(paper),
    ],
    wish: (changed) => ({ do: "fix", paper: paper.id, ...changed }),
  });
  return el(
    "details",
    { className: "place facts-form", open: begin.isTyped },
    el("summary", {}, "Title, date and links"),
    el("p", { className: "facts" }, where(written)),
    form,
  );
}

function where({ path, line }) {
  if (!path) return "What is said here goes into a file of content/papers/, and before what the dumps say.";
  return `Written in ${path}${line ? `:${line}` : ""}`;
}

function elsewhere(paper) {
  const known = paper.links.filter((link) => !paper.written.links.some((own) => own.url === link.url));
  return known.length > 0 && el("p", { className: "facts" }, "From elsewhere: ", known.map((link) => `${link.kind} ${link.url}`).join(" · "));
}
