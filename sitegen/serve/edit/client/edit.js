// The editor in the preview's pages: a bar, a panel, and what is on cards. Injected with `sitegen serve --edit`, never published.

import { ask } from "./ask.js";
import { openCollection } from "./collection.js";
import { button, el, icon } from "./dom.js";
import { openDuplicates } from "./duplicates.js";
import { openInbox } from "./inbox.js";
import { kept } from "./kept.js";
import { newCollection, newSection } from "./new.js";
import { arrange } from "./order.js";
import { makePanel } from "./panel.js";
import { openPaper } from "./paper.js";
import { review } from "./review.js";
import { quoted } from "./tags.js";

const here = new URL(".", import.meta.url);
const looks = []; // settled when a sheet of ours is there, or cannot be
const ENGLISH = { lang: "en", dir: "ltr" }; // whatever language the site is in
const host = el("sitegen-edit", ENGLISH);
const root = host.attachShadow({ mode: "open" }); // the site's styles stay out, its colours come in
const bar = el("nav", { className: "bar", "aria-label": "Editor" });
const status = el("p", { className: "toast", role: "status" });
const tags = el("datalist", { id: "tags" });
const inbox = el("small"); // how many papers are in it
const WALKS = { undo: "Undo", redo: "Redo" };
const home = () => bar.querySelector("button"); // has the focus where what had it cannot
const panel = makePanel(root, home);
const paper = document.querySelector("article[data-paper]")?.dataset.paper;
const list = document.querySelector(".tally[data-list]")?.dataset.list;

// What the site's own keys mean is not meant by who types here.
host.addEventListener("keydown", (event) => event.stopPropagation());
root.prepend(...["edit", "bar", "panel", "forms", "inbox"].map(sheet));
root.append(bar, status, tags);
// After the site's own sheets, and not among them: those are compared when they change.
document.body.append(sheet("page"), host);

const editor = {
  panel,
  home: base(),
  overview: { inbox: 0, collections: [], tags: [], undo: null, redo: null },
  wrote,
  say,
  remember: (open) => kept.set("open", open),
  open,
  newCollection: (said) => newCollection(editor, said),
  newSection: (said) => newSection(editor, said),
};

// At once: the page may be loaded anew before anything else is there.
if (!again()) for (const key of ["say", "focus", "bar", "open", "place"]) kept.set(key);
kept.set("page", location.pathname);
start();

async function start() {
  await Promise.all([refresh(), ...looks]); // a place that is scrolled to is another one without its looks
  const decorated = decorate();
  const said = kept.get("say") ?? "";
  const view = kept.get("open");
  if (view) {
    await open(view);
    panel.say(said);
  }
  say(said);
  await decorated;
  host.dataset.ready = "";
}

/** Shows a view as the panel remembers it. */
async function open(view) {
  if (view.view === "paper") await openPaper(editor, view.id, view);
  if (view.view === "collection") await openCollection(editor, view.id, view);
  if (view.view === "back") await back(view.action, view.label, view.step);
  if (view.view === "inbox") await openInbox(editor, view);
  if (view.view === "duplicates") await openDuplicates(editor, view);
  if (view.view === "new-collection") newCollection(editor, view);
  if (view.view === "new-section") newSection(editor, view);
}

function sheet(name) {
  const link = el("link", { rel: "stylesheet", href: new URL(`${name}.css`, here).href });
  looks.push(new Promise((done) => (link.onload = link.onerror = done)));
  return link;
}

/** Where the site begins: addresses of pages are relative to it. Assets are in `assets/<digest>/<kind>/`. */
function base() {
  const ours = [...document.querySelectorAll("script[src], link[rel=stylesheet]")].map((each) => each.src || each.href);
  const asset = ours.find((address) => /\/assets\/[0-9a-f]+\/[^/]+\/[^/]+$/.test(address));
  return new URL(asset ? "../../../" : "/", asset ?? location).href;
}

/** Whether this is the page that was here before: what was open and said on another stays there. */
function again() {
  return performance.getEntriesByType("navigation")[0]?.type === "reload" && kept.get("page") === location.pathname;
}

async function refresh() {
  const overview = await ask("overview");
  if (overview.refused) return say(overview.refused[0].message);
  editor.overview = overview;
  tags.replaceChildren(...overview.tags.map((tag) => el("option", { value: quoted(tag) })));
  if (!bar.hasChildNodes()) bar.append(...buttons());
  inbox.textContent = overview.inbox.toLocaleString("en");
  for (const [action, label] of Object.entries(WALKS)) tell(action, label, overview[action]);
  stayAtTheBar();
}

/** Made once: who is at one of them stays there. */
function buttons() {
  const edit = (what, click) => button(either(`Edit this ${what}`, "Edit"), click, { className: "main", "aria-label": `Edit this ${what}` });
  return [
    paper && edit("paper", () => openPaper(editor, paper)),
    editor.overview.collections.some((each) => each.id === list) && edit("collection", () => openCollection(editor, list)),
    button(["Inbox ", inbox], () => openInbox(editor), { className: "inbox-button" }),
    button(either("New collection", "+ Collection"), () => newCollection(editor), { "aria-label": "New collection" }),
    ...Object.entries(WALKS).map(([action, label]) => button([icon(action)], () => back(action, label, editor.overview[action].name), { className: action })),
  ].filter(Boolean);
}

/** Who goes back by one step goes back by another. */
function stayAtTheBar() {
  const at = kept.get("bar");
  if (at && !panel.dialog.open) (bar.querySelector(`.${at}:enabled`) ?? bar.querySelector(".undo:enabled, .redo:enabled"))?.focus();
}

/** What is shown on wide screens, and on small ones. */
function either(wide, narrow) {
  return [el("span", { className: "wide" }, wide), el("span", { className: "narrow" }, narrow)];
}

/** What a step back or forth would do, on its button. */
function tell(action, label, step) {
  const changed = action === "undo" && editor.overview.left_alone;
  const named = (step ? `${label}: ${step.summary}` : label) + (changed ? ` (${changed} has changed since and is left alone)` : "");
  const walk = bar.querySelector(`.${action}`);
  const hadFocus = root.activeElement === walk;
  walk.disabled = !step;
  if (hadFocus && !step) home()?.focus();
  walk.title = named;
  walk.setAttribute("aria-label", named);
}

/** Shows what a step back or forth would change, and takes it when that is confirmed. */
function back(action, label, step) {
  return review(panel, { do: action, step }, {
    remember: { view: "back", action, label, step },
    done(written) {
      kept.set("bar", action);
      panel.close();
      wrote(written, `${label}: ${written.summary}`);
    },
    closed: refresh,
  });
}

/** Says what was written, here and after the reload that follows. */
function wrote(written, said = `Written: ${written.summary}`) {
  kept.set("say", said);
  say(said);
  panel.say(said);
  refresh();
}

function say(text) {
  status.textContent = text;
}

/** Every paper of a list can be edited; those of a collection can be moved. */
function decorate() {
  for (const card of document.querySelectorAll("li[data-paper]")) {
    const title = card.querySelector(".card-title, .row-title, .shelf-title")?.textContent.trim() ?? card.dataset.paper;
    const edit = () => openPaper(editor, card.dataset.paper, { at: list });
    const tools = el("span", { className: "sitegen-tools", lang: ENGLISH.lang }, button([icon("edit")], edit, { className: "sitegen-edit", title: "Edit", "aria-label": `Edit ${title}` }));
    card.append(tools);
    card.classList.add("sitegen-card");
  }
  return arrange(editor, focus);
}

/** Gives the focus back to the handle that had it before the reload. */
function focus() {
  const paper = kept.get("focus");
  if (paper) document.querySelector(`li[data-paper="${CSS.escape(paper)}"] .sitegen-move`)?.focus();
}

// What was said, and where the focus was, holds until somebody does something: a page may be loaded twice after an edit.
for (const use of ["keydown", "pointerdown"]) {
  addEventListener(use, () => {
    kept.set("say");
    kept.set("focus");
    kept.set("bar");
  }, { capture: true });
}
addEventListener("sitegen:state", ({ detail }) => {
  if (!detail.underWay) refresh();
});
