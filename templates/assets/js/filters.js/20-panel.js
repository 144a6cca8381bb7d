/* The panel: groups of options with their counts, in a column on wide screens, in a dialog on small ones. */
const panelOf = (() => {
  const SHOWN = 8; // options of a group before "more"
  const NARROWED = 100; // at most, while somebody types
  const wide = matchMedia("(width >= 60rem)");

  /**
   * Draws into the block that partials/filters.html has made. `change(chosen, sort)` is called with every choice.
   * show({ groups: { facet: [{ id, label, count }] }, chosen, sort, total, of }) draws what is; toggle() opens and closes.
   */
  function panelOf(block, change) {
    const button = block.querySelector("button");
    const order = block.querySelector("select");
    const said = block.querySelector(".filters-said");
    block.append(block.querySelector("template").content.cloneNode(true));
    const chips = block.querySelector(".chosen");
    const form = block.querySelector("form");
    const dialog = document.createElement("dialog");
    dialog.setAttribute("aria-labelledby", "of.filters");
    block.append(dialog);
    const groups = Array.from(form.querySelectorAll("fieldset"), (field) => groupOf(field, pick));
    let state = { chosen: {}, sort: "", groups: {} };
    place();

    button.addEventListener("click", toggle);
    order?.addEventListener("change", () => change(state.chosen, order.value));
    wide.addEventListener("change", () => {
      if (dialog.open) dialog.close();
      place();
    });
    dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close());
    form.addEventListener("submit", (event) => event.preventDefault());
    form.querySelector("[value=clear]").addEventListener("click", () => change({}, state.sort));
    form.querySelector("[value=done]").addEventListener("click", () => {
      dialog.close();
      const found = document.querySelectorAll(".body :is(h2, .cards)");
      Array.from(found).find((at) => at.checkVisibility())?.scrollIntoView();
    });
    chips.addEventListener("click", ({ target }) => {
      const chip = target.closest("button");
      if (!chip) return;
      if (chip.value === "clear") {
        change({}, state.sort);
        return button.focus();
      }
      const at = [...chips.children].indexOf(chip.parentElement);
      const { facet, value } = chip.dataset;
      change(without(facet, value), state.sort);
      (chips.children[Math.min(at, chips.children.length - 1)]?.firstChild ?? button).focus();
    });

    function place() {
      (wide.matches ? block : dialog).append(form);
      if (wide.matches) button.removeAttribute("aria-haspopup");
      else button.setAttribute("aria-haspopup", "dialog");
      form.hidden = wide.matches; // until it is asked for; a dialog hides what it has
      tellOpen();
    }

    function toggle() {
      if (wide.matches) form.hidden = !form.hidden;
      else dialog.showModal();
      tellOpen();
    }

    function tellOpen() {
      if (wide.matches) button.setAttribute("aria-expanded", !form.hidden);
      else button.removeAttribute("aria-expanded");
    }

    function pick(facet, id) {
      const options = state.groups[facet].map((option) => option.id);
      const values = selection.toggled(state.chosen[facet], facet, id, options);
      change({ ...state.chosen, [facet]: values }, state.sort);
    }

    const without = (facet, value) => ({ ...state.chosen, [facet]: state.chosen[facet].filter((each) => each !== value) });

    function show(now) {
      state = { ...state, ...now };
      for (const group of groups) group.show(state.groups[group.facet] ?? [], state.chosen[group.facet]);
      showChosen();
      const other = selection.size(state.chosen) > 0 || state.sort !== ""; // than the list as it was written
      if (said && !said.textContent && other) said.textContent = "…"; // on its way
      if (state.total === undefined) return;
      const text = block.dataset.found.replace("{n}", number(state.total)).replace("{total}", number(state.of));
      form.querySelector("[role=status]").textContent = text;
      if (said) said.textContent = other ? text : "";
    }

    function showChosen() {
      const count = selection.size(state.chosen);
      button.querySelector("span").textContent = count ? ` (${number(count)})` : "";
      if (order) order.value = state.sort;
      chips.hidden = !count;
      form.querySelector("[value=clear]").hidden = !count;
      const made = groups.flatMap((group) => (state.chosen[group.facet] ?? []).map((value) => chip(group, value)));
      if (made.length > 1) made.push(pressable(chips.dataset.clear, { value: "clear" }));
      // An answer that changes none of them takes no focus, and no press that has begun.
      if (made.length !== chips.children.length || made.some((item, at) => !item.isEqualNode(chips.children[at]))) chips.replaceChildren(...made);
    }

    function chip(group, value) {
      const text = group.label(value);
      const item = pressable(text, { ariaLabel: chips.dataset.remove.replace("{filter}", `${group.title}: ${text}`) });
      Object.assign(item.firstChild.dataset, { facet: group.facet, value });
      return item;
    }

    return { show, toggle };
  }

  /** One fieldset: its options in the order given, the first of them until "more" is asked for or something is typed. */
  function groupOf(field, pick) {
    const { facet } = field.dataset;
    const [list, narrow, more] = ["ul", "input", "button"].map((name) => field.querySelector(name));
    const labels = new Map(); // of all that was ever seen
    const items = new Map(); // id → its element, kept so that focus is
    let all = [];
    let chosen = [];
    let whole = false;

    narrow.addEventListener("input", draw);
    narrow.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
    more.addEventListener("click", () => {
      whole = !whole;
      narrow.value = "";
      draw();
    });

    function show(options, values = []) {
      for (const { id, label } of options) labels.set(id.toLowerCase(), label);
      chosen = values;
      const known = new Set(options.map(({ id }) => id.toLowerCase()));
      const gone = values.filter((id) => (facet !== "year" ? !known.has(id.toLowerCase()) : /^(\d+|undated)$/.test(id) && !known.has(id)));
      all = [...options, ...gone.map((id) => ({ id, label: label(id), count: 0 }))];
      field.hidden = !all.length;
      narrow.hidden = more.hidden = all.length <= SHOWN;
      draw();
    }

    function draw() {
      const typed = fold(narrow.value.trim());
      const wanted = typed
        ? all.filter((option) => fold(label(option.id)).includes(typed)).slice(0, NARROWED)
        : all.filter(({ id }, at) => whole || at < SHOWN || selection.has(chosen, facet, id));
      const focused = document.activeElement;
      const shown = wanted.map(itemOf);
      if (shown.length !== list.children.length || shown.some((item, at) => item !== list.children[at])) {
        list.replaceChildren(...shown);
        if (list.contains(focused)) focused.focus();
      }
      more.textContent = whole ? more.dataset.fewer : more.dataset.more.replace("{n}", number(all.length));
      more.setAttribute("aria-expanded", whole);
    }

    function itemOf({ id, count }) {
      const item = items.get(id) ?? made(id);
      const [box] = item.getElementsByTagName("input");
      box.checked = selection.has(chosen, facet, id);
      box.disabled = !count && !box.checked;
      item.querySelector("small").textContent = number(count);
      return item;
    }

    function made(id) {
      const item = document.createElement("li");
      const whole = document.createElement("label");
      const box = document.createElement("input");
      const name = document.createElement("span");
      const count = document.createElement("small");
      box.type = "checkbox";
      box.addEventListener("change", () => pick(facet, id));
      name.textContent = label(id);
      whole.append(box, name, count);
      item.append(whole);
      items.set(id, item);
      return item;
    }

    const label = (id) => field.getAttribute(`data-label-${id}`) ?? labels.get(id.toLowerCase()) ?? id.replace("..", "–");

    return { facet, title: field.querySelector("legend").textContent, label, show };
  }

  function pressable(textContent, more) {
    const item = document.createElement("li");
    item.append(Object.assign(document.createElement("button"), { type: "button", textContent, ...more }));
    return item;
  }

  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  const number = (n) => n.toLocaleString(document.documentElement.lang);

  return panelOf;
})();
