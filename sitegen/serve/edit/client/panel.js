// The one dialog of the editor. What it shows is a view: a title, elements, and what can be done with them.

import { ask } from "./ask.js";
import { button, el, icon } from "./dom.js";
import { kept } from "./kept.js";

/** `home()` has the focus when the panel is closed and what had it before is gone. */
export function makePanel(root, home) {
  const title = el("h1", { tabIndex: -1 });
  const body = el("div", { className: "body" });
  const status = el("p", { className: "said", role: "status" });
  const close = button(icon("close"), () => dialog.close(), { className: "close", "aria-label": "Close", title: "Close (Esc)" });
  const dialog = el("dialog", { "aria-labelledby": "panel-title" }, el("div", { className: "top" }, title, close), body, el("div", { className: "foot" }, status));
  title.id = "panel-title";
  dialog.addEventListener("close", leave);
  root.append(dialog);
  let isOpen = false; // until what a close has to do is done
  let asked = 0; // counts the views that were shown or asked for
  let opener; // what had the focus before, and gets it back
  let closed; // what a view wants to know
  let shown; // what opens the view that is shown again; undefined where nothing does
  let leaving = false; // the page is going: what is open stays so

  addEventListener("pagehide", () => {
    leaving = true;
    keepPlace();
  });
  addEventListener("pageshow", () => (leaving = false));

  /** After a close. Its event may come late, when another view is open already. */
  function leave() {
    if (dialog.open || !isOpen) return;
    isOpen = false;
    document.documentElement.classList.remove("under");
    if (!leaving) for (const key of ["open", "place"]) kept.set(key);
    shown = undefined;
    // The browser has given the focus back, or somebody has gone elsewhere since; or what had it is gone, or takes it no more.
    if (isLost()) opener?.focus();
    if (isLost()) home()?.focus();
    opener = undefined;
    const tell = closed;
    closed = undefined;
    tell?.();
  }

  function isLost() {
    const at = root.activeElement ?? document.activeElement;
    return at === document.body || dialog.contains(at);
  }

  /** Where somebody is in a view, for when it is shown again: after a review, or on a page that was loaded anew. */
  function keepPlace() {
    if (shown) kept.set("place", { view: nameOf(shown), scroll: body.scrollTop, ...spot(body, root.activeElement) });
  }

  return {
    dialog,
    /**
     * Shows a view: { title, content, remember, closed, focus, scroll }. `remember` is what opens it again after a reload.
     * A view that is shown again is where it was, with the focus where it was, or else on `focus`.
     */
    show(view) {
      asked += 1;
      if (!dialog.open) {
        leave();
        opener = root.activeElement ?? document.activeElement;
        dialog.showModal();
        document.documentElement.classList.add("under"); // as the site does for its own dialogs, which it sees
        isOpen = true;
      }
      keepPlace();
      const overtaken = closed === view.closed ? undefined : closed; // of a view that another takes the place of
      closed = view.closed;
      overtaken?.();
      shown = view.kind === "review" ? undefined : view.remember;
      status.textContent = "";
      dialog.className = view.kind ?? "";
      title.textContent = view.title;
      body.replaceChildren(...view.content);
      if ("remember" in view) kept.set("open", view.remember);
      const place = shown && kept.get("place");
      const was = place?.view === nameOf(shown ?? {}) ? place : {};
      const same = control(body, was);
      const at = same ?? view.focus ?? first(body, was) ?? title;
      const scroll = view.scroll ?? was.scroll ?? 0;
      body.scrollTop = scroll;
      at.focus({ preventScroll: scroll > 0 });
      if (was.caret) same?.setSelectionRange?.(...was.caret); // who types goes on there
    },
    /**
     * Asks the server for what a view shows. Answers may overtake each other: there is none for a view that is no longer
     * wanted, because another was shown or asked for since, or the panel closed. `meanwhile`: what is said until it comes.
     */
    async ask(action, said, meanwhile = "") {
      const mine = ++asked;
      status.textContent = meanwhile;
      const wasOpen = dialog.open;
      const answer = await ask(action, said);
      if (mine !== asked) return null;
      status.textContent = "";
      return dialog.open || !wasOpen ? answer : null;
    },
    say(text) {
      status.textContent = text;
    },
    close() {
      dialog.close();
    },
    /** What has the focus, of all the editor. */
    get focused() {
      return root.activeElement;
    },
    get scroll() {
      return body.scrollTop;
    },
  };
}

function nameOf({ view, id, section, collection }) {
  return JSON.stringify([view, id ?? collection?.id, section]);
}

const CONTROLS = "button, input, select, textarea, summary";

/** A control as people know it: what it is called, and in which part of the view. */
function spot(body, control) {
  if (!control || !body.contains(control)) return {};
  const { selectionStart: from, selectionEnd: to } = control; // of what holds text
  return { part: partOf(control), control: called(control), caret: Number.isInteger(from) ? [from, to] : undefined };
}

function partOf(control) {
  return control.closest(".place, [data-section]")?.querySelector("h2, strong, summary").textContent ?? "";
}

function called(control) {
  return control.getAttribute("aria-label") || control.name || control.textContent;
}

function control(body, was) {
  const found = all(body, was).find((each) => called(each) === was.control);
  const details = found?.closest("details");
  if (details) details.open = true;
  return found?.checkVisibility() && !found.matches(":disabled") ? found : undefined;
}

/** Where its control is gone or has nothing left to do: the first of its part. */
function first(body, was) {
  return all(body, was).find((each) => !each.matches(":disabled, summary") && each.checkVisibility());
}

function all(body, { part }) {
  return part === undefined ? [] : [...body.querySelectorAll(CONTROLS)].filter((each) => partOf(each) === part);
}
