// The order of a collection's page: a handle on each card, moved by dragging or by keys. Nothing is written before it is reviewed.

import { ask } from "./ask.js";
import { button, icon } from "./dom.js";
import { kept } from "./kept.js";
import { capital, review } from "./review.js";

const EDGE = 72; // pixels from an edge of the window within which a drag scrolls

export async function arrange(editor, focus) {
  const id = document.querySelector(".tally[data-list]")?.dataset.list;
  if (!id || !editor.overview.collections.some((each) => each.id === id)) return;
  const order = await ask("order", { collection: id });
  const picked = new Set(order.picks?.map((pick) => pick.paper));
  const lists = [...document.querySelectorAll("ol.cards.numbered")];
  let takeBack; // the card that is lifted, or put down and not written yet: there is one at most
  const cards = lists.flatMap((list) => [...list.querySelectorAll(":scope > li[data-paper]")]);
  for (const card of cards) {
    const title = card.querySelector(".card-title")?.textContent.trim();
    const handle = button([icon("grip")], () => {}, { className: "sitegen-move", title: "Move: drag, or Enter and arrow keys", "aria-label": `Move ${title}` });
    card.querySelector(".sitegen-tools")?.append(handle);
    const why = reason(card);
    if (why) {
      handle.setAttribute("aria-disabled", "true");
      handle.title = why;
      handle.addEventListener("click", () => editor.say(why));
    } else makeMovable(card, handle, title);
  }
  focus();
  document.documentElement.dataset.sitegenOrder = "ready";

  function reason(card) {
    if (order.refused) return `${order.refused[0].message}. ${capital(order.refused[0].hint)}`.trim();
    if (picked.has(card.dataset.paper)) return "";
    return "This paper is here by the collection's rule, which also says where. Edit it and pin it to give it a place of its own.";
  }

  /** Lists that picks can be put into: all but those that a rule has filled. */
  function open() {
    return lists.filter((list) => !list.children.length || [...list.children].some((card) => picked.has(card.dataset.paper)));
  }

  function makeMovable(card, handle, title) {
    let home; // where the card was when it was lifted
    let dragged = false;
    let stepping = false; // a card that is put elsewhere loses the focus for a moment

    handle.addEventListener("click", (event) => {
      if (dragged && event.detail) dragged = false;
      else if (home) put();
      else if (lift({ byKeys: true })) tell("Arrow keys move it, Enter puts it down, Escape takes it back.");
    });
    handle.addEventListener("keydown", (event) => {
      if (!home) return;
      const act = { ArrowUp: () => step(-1), ArrowDown: () => step(1), Escape: backHere, Tab: backHere }[event.key];
      if (!act) return;
      if (event.key !== "Tab") event.preventDefault();
      event.stopPropagation();
      act();
    });
    handle.addEventListener("focusout", () => {
      // With another window before this one, the handle is still what has the focus here.
      if (home?.byKeys && !stepping && document.activeElement !== handle) back();
    });
    handle.addEventListener("pointerdown", (event) => {
      if (event.button || home) return;
      event.preventDefault(); // no selection of text
      handle.focus();
      dragged = false;
      drag(event.clientY);
    });

    function lift({ byKeys = false } = {}) {
      const whole = cards.every((each) => each.checkVisibility()) && !new URLSearchParams(location.search).has("sort");
      if (!whole) {
        editor.say("Show the whole list in its own order first: take back filters and sorting.");
        return false;
      }
      takeBack?.();
      takeBack = back;
      home = { list: card.parentElement, next: card.nextElementSibling, byKeys };
      card.classList.add("sitegen-lifted");
      handle.setAttribute("aria-pressed", "true");
      return true;
    }

    function down() {
      card.classList.remove("sitegen-lifted");
      handle.removeAttribute("aria-pressed");
      const from = home;
      home = undefined;
      takeBack = undefined;
      return from;
    }

    function back() {
      if (!home) return;
      const { list, next } = down();
      list.insertBefore(card, next);
      editor.say("");
    }

    function backHere() {
      back();
      handle.focus();
    }

    function tell(more = "") {
      const list = card.parentElement;
      const place = [...list.children].indexOf(card) + 1;
      const section = heading(list);
      editor.say(`${title}: ${place} of ${list.children.length}${section ? ` in “${section}”` : ""}. ${more}`);
    }

    function step(by) {
      const all = open();
      stepping = true;
      const beside = by < 0 ? card.previousElementSibling : card.nextElementSibling;
      if (beside) (by < 0 ? beside.before(card) : beside.after(card));
      else {
        const list = all[all.indexOf(card.parentElement) + by];
        if (list && by < 0) list.append(card);
        else if (list) list.prepend(card);
      }
      handle.focus();
      stepping = false;
      card.scrollIntoView({ block: "nearest" });
      tell();
    }

    function drag(start) {
      let y = start;
      let moving = 0;
      const follow = (event) => {
        y = event.clientY;
        if (!home && Math.abs(y - start) > 4) {
          dragged = lift();
          if (!dragged) return end();
          moving = requestAnimationFrame(scroll);
        }
        if (home) place(y);
      };
      const scroll = () => {
        const by = y < EDGE ? y - EDGE : y > innerHeight - EDGE ? y - innerHeight + EDGE : 0;
        if (by) {
          scrollBy({ top: by / 4, behavior: "instant" });
          place(y);
        }
        moving = requestAnimationFrame(scroll);
      };
      const drop = () => {
        end();
        if (!home) return;
        handle.focus();
        put();
      };
      const cancel = (event) => {
        if (event.type === "keydown" && event.key !== "Escape") return;
        end();
        backHere();
      };
      const end = () => {
        cancelAnimationFrame(moving);
        removeEventListener("pointermove", follow);
        removeEventListener("pointerup", drop);
        removeEventListener("pointercancel", cancel);
        removeEventListener("keydown", cancel, true);
      };
      addEventListener("pointermove", follow);
      addEventListener("pointerup", drop);
      addEventListener("pointercancel", cancel);
      addEventListener("keydown", cancel, true);
    }

    /** Puts the card where the pointer is: before the first card whose middle is below it. */
    function place(y) {
      const middle = (element) => {
        const box = element.getBoundingClientRect();
        return (box.top + box.bottom) / 2;
      };
      const all = open();
      const list = all.findLast((each) => each.getBoundingClientRect().top <= y) ?? all[0];
      const next = [...list.children].find((each) => each !== card && middle(each) > y) ?? null;
      if (card.parentElement === list && card.nextElementSibling === next) return;
      list.insertBefore(card, next);
    }

    async function put() {
      const from = down();
      const list = card.parentElement;
      if (list === from.list && card.nextElementSibling === from.next) return editor.say("");
      // Where it is to be is said by who stands there in the file: other pages of the list have cards, too.
      const others = order.picks.filter((pick) => pick.paper !== card.dataset.paper);
      const { before, section } = target(list, others);
      const undo = () => {
        if (takeBack !== undo) return; // it is written, or was taken back before another was lifted
        takeBack = undefined;
        const hadFocus = document.activeElement === handle;
        from.list.insertBefore(card, from.next);
        if (hadFocus) handle.focus();
        editor.say("");
      };
      takeBack = undo;
      await review(editor.panel, { do: "move", collection: id, paper: card.dataset.paper, section, before }, {
        seen: order.digest,
        done(answer) {
          if (takeBack === undo) takeBack = undefined;
          kept.set("focus", card.dataset.paper);
          editor.panel.close();
          editor.wrote(answer);
        },
        closed: undo,
      });
    }

    function target(list, others) {
      const next = others.findIndex((pick) => pick.paper === card.nextElementSibling?.dataset.paper);
      if (next >= 0) return { before: others[next].name, section: others[next].section };
      const last = others.findIndex((pick) => pick.paper === card.previousElementSibling?.dataset.paper);
      if (last < 0) return { before: "", section: heading(list) };
      const after = others[last + 1];
      return { before: after?.section === others[last].section ? after.name : "", section: others[last].section };
    }
  }

  function heading(list) {
    const shown = list.closest("section")?.querySelector(".part-title")?.textContent.trim() ?? "";
    const known = order.sections?.find((title) => title === shown);
    if (known) return known;
    const inside = order.picks?.find((pick) => [...list.children].some((card) => card.dataset.paper === pick.paper));
    return inside?.section ?? "";
  }
}
