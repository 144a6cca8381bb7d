// Elements out of values. Text is only ever set as text.

export function el(name, props = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === "function") made.addEventListener(key, value);
    else if (key in made && !["list", "form"].includes(key)) made[key] = value;
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

/** A control below its label; `hint` is read after it. */
export function field(label, control, hint) {
  control.id ||= `f${++fields}`;
  if (hint) {
    hint = el("small", { id: `${control.id}-hint` }, hint);
    control.setAttribute("aria-describedby", hint.id);
  }
  return el("p", { className: "field" }, el("label", { htmlFor: control.id }, label), control, hint);
}

let fields = 0;

export function choice(options, chosen, props = {}) {
  const select = el("select", props);
  for (const [value, label] of options) select.append(el("option", { value }, label));
  select.value = chosen;
  return select;
}

export function button(label, click, props = {}) {
  return el("button", { type: "button", click, ...props }, label);
}

/** Makes these the children of an element. Those that it had before, and has in the same order, are not touched: a focus stays. */
export function setChildren(parent, children) {
  const wanted = new Set(children);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  children.forEach((child, at) => child !== parent.children[at] && parent.insertBefore(child, parent.children[at] ?? null));
}

const SHAPES = {
  grip: "M6 4h0M6 8h0M6 12h0M10 4h0M10 8h0M10 12h0",
  edit: "M3 13l.6-2.8L11 2.800l2.200 2.200-7.400 7.400zM9.600 4.200l2.200 2.200",
  undo: "M6 3L2.500 6.500 6 10M2.500 6.500H10a3.500 3.500 0 0 1 0 7H7",
  redo: "M10 3l3.500 3.500L10 10M13.500 6.500H6a3.500 3.500 0 0 0 0 7h3",
  up: "M8 13V3.500M4 7.500L8 3.500l4 4",
  down: "M8 3v9.500M4 8.500l4 4 4-4",
  close: "M4 4l8 8M12 4l-8 8",
};

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  const shown = { viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true" };
  for (const [key, value] of Object.entries(shown)) svg.setAttribute(key, value);
  path.setAttribute("d", SHAPES[name]);
  svg.classList.add("icon", name);
  svg.append(path);
  return svg;
}
