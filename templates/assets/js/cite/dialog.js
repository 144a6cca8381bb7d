/** A paper's citations in a dialog: a tab for each format, to be copied or saved. */

import { citationsOf } from "./page.js";

const CHOICE = "cite"; // the format that was chosen last, in this browser

/** Opens the dialog for the paper that the link belongs to, and gives the focus back when it is closed. */
export async function cite(link) {
  const [{ title, words, formats }] = await Promise.all([citationsOf(link), styled()]);
  const dialog = element("dialog", { className: "cite-dialog" });
  const heading = element("h2", { className: "label", textContent: words.title, id: "cite.title" });
  const close = element("button", { type: "button", className: "close", textContent: "×", ariaLabel: words.close });
  const tabs = element("div", { className: "tabs", role: "tablist", ariaLabel: words.title });
  const panel = element("pre", { role: "tabpanel", tabIndex: 0, id: "cite.panel" });
  const copy = element("button", { type: "button", textContent: words.copy });
  const save = element("a", { textContent: words.save });
  const status = element("span", { role: "status" });
  const name = element("p", { className: "what" });
  name.append(...title);
  dialog.setAttribute("aria-labelledby", heading.id);

  let chosen;
  const buttons = formats.map((format, at) => {
    const tab = element("button", { type: "button", role: "tab", textContent: format.label, id: `cite.tab.${at}` });
    tab.setAttribute("aria-controls", panel.id);
    tab.addEventListener("click", () => choose(at));
    return tab;
  });

  function choose(at) {
    chosen = formats[at];
    buttons.forEach((tab, each) => {
      tab.ariaSelected = String(each === at);
      tab.tabIndex = each === at ? 0 : -1;
    });
    panel.setAttribute("aria-labelledby", buttons[at].id);
    panel.textContent = chosen.text;
    panel.scrollTo(0, 0);
    URL.revokeObjectURL(save.href);
    save.href = URL.createObjectURL(new Blob([chosen.text], { type: "text/plain;charset=utf-8" }));
    save.download = chosen.file;
    status.textContent = "";
    keep(chosen.label);
  }

  tabs.addEventListener("keydown", (event) => {
    const steps = getComputedStyle(tabs).direction === "rtl" ? { ArrowLeft: 1, ArrowRight: -1 } : { ArrowLeft: -1, ArrowRight: 1 };
    const at = buttons.indexOf(document.activeElement);
    const to = { Home: 0, End: -1 }[event.key] ?? (event.key in steps ? (at + steps[event.key]) % buttons.length : undefined);
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    choose(to < 0 ? to + buttons.length : to);
    buttons.at(to).focus();
  });
  copy.addEventListener("click", async () => {
    status.textContent = ""; // the same words again are news only after silence
    status.textContent = (await copied(chosen.text)) ? words.copied : selected(panel, words.selected);
  });
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close()); // beside it
  dialog.addEventListener("close", () => {
    URL.revokeObjectURL(save.href);
    dialog.remove();
    // The browser has given the focus back; who is somewhere else by now stays there.
    if (document.activeElement === document.body) link.focus();
  });

  const head = element("header");
  const foot = element("footer");
  const inside = element("div", { className: "inside" });
  head.append(heading, close);
  foot.append(copy, save, status);
  tabs.append(...buttons);
  inside.append(head, name, tabs, panel, foot);
  dialog.append(inside);
  document.body.append(dialog);
  choose(Math.max(0, formats.findIndex(({ label }) => label === kept())));
  dialog.showModal();
  buttons.find((tab) => tab.tabIndex === 0).focus();
}

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // denied, or the page did not come over https
  }
}

function selected(panel, words) {
  getSelection().selectAllChildren(panel);
  panel.focus();
  return words;
}

let style;

/** The dialog's own style sheet, once. */
function styled() {
  style ??= new Promise((resolve) => {
    const sheet = element("link", { rel: "stylesheet", href: new URL("../../css/cite.css", import.meta.url).href });
    sheet.addEventListener("load", resolve);
    sheet.addEventListener("error", resolve); // a plain dialog is better than none
    document.head.append(sheet);
  });
  return style;
}

function kept() {
  try {
    return localStorage.getItem(CHOICE) ?? "BibTeX";
  } catch {
    return "BibTeX";
  }
}

function keep(label) {
  try {
    localStorage.setItem(CHOICE, label);
  } catch {
    // Storage is denied: the choice is not kept.
  }
}

function element(name, properties = {}) {
  return Object.assign(document.createElement(name), properties);
}
