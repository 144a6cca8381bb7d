// The one dialog of the editor. What it shows is a view: a title, elements, and what can be done with them.

import { button, el, icon } from "./dom.js";
import { kept } from "./kept.js";

export function makePanel(root) {
  const title = el("h1", { tabIndex: -1 });
  const body = el("div", { className: "body" });
  const status = el("p", { className: "said", role: "status" });
  const close = button(icon("close"), () => dialog.close(), { className: "close", "aria-label": "Close", title: "Close (Esc)" });
  const dialog = el("dialog", { "aria-labelledby": "panel-title" }, el("div", { className: "top" }, title, close), body, el("div", { className: "foot" }, status));
  title.id = "panel-title";
  dialog.addEventListener("close", () => {
    if (!leaving) kept.set("open");
    opener?.focus?.();
    opener = undefined;
    closed?.();
    closed = undefined;
  });
  root.append(dialog);
  let opener; // what had the focus before, and gets it back
  let closed; // what a view wants to know
  let leaving = false; // the page is going: what is open stays so

  addEventListener("pagehide", () => (leaving = true));
  addEventListener("pageshow", () => (leaving = false));

  return {
    dialog,
    /** Shows a view: { title, content, remember, closed, focus }. `remember` is what opens it again after a reload. */
    show(view) {
      if (!dialog.open) {
        opener = root.activeElement ?? document.activeElement;
        dialog.showModal();
      }
      closed = view.closed;
      status.textContent = "";
      dialog.className = view.kind ?? "";
      title.textContent = view.title;
      body.replaceChildren(...view.content);
      body.scrollTop = view.scroll ?? 0;
      if ("remember" in view) kept.set("open", view.remember);
      (view.focus ?? title).focus({ preventScroll: Boolean(view.scroll) });
    },
    say(text) {
      status.textContent = text;
    },
    close() {
      dialog.close();
    },
    get scroll() {
      return body.scrollTop;
    },
  };
}
