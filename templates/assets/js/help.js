/** Which keys there are, and the switch for them, in a dialog. */

const site = new URL("../../../", import.meta.url); // of assets/<digest>/js/
const KEYS = {
  "/": "keys.search",
  j: "keys.next",
  k: "keys.previous",
  o: "keys.open",
  x: "keys.abstract",
  c: "keys.cite",
  m: "keys.read",
  s: "keys.star",
  Esc: "keys.escape",
  "?": "keys.help",
};
let making;

/** Opens it; `shortcuts.on` says whether keys work, and may be set. The focus goes back to where it was. */
export async function show(shortcuts) {
  making ??= make(shortcuts);
  const { dialog, toggle } = await making.catch((problem) => {
    making = undefined; // the next press tries again
    throw problem;
  });
  toggle.checked = shortcuts.on;
  if (!dialog.open) dialog.showModal();
}

async function make(shortcuts) {
  const [texts] = await Promise.all([read(new URL("texts.json", site)), style()]);
  const dialog = element("dialog", "keys");
  const title = element("h2", "", texts["keys.title"]);
  const list = element("dl");
  for (const [key, text] of Object.entries(KEYS)) {
    const row = element("div");
    const name = element("dt");
    name.append(element("kbd", "", key));
    row.append(name, element("dd", "", texts[text]));
    list.append(row);
  }
  const toggle = element("input");
  const label = element("label");
  const close = element("button", "", texts["keys.close"]);
  toggle.type = "checkbox";
  toggle.addEventListener("change", () => (shortcuts.on = toggle.checked));
  label.append(toggle, ` ${texts["keys.switch"]}`);
  close.type = "button";
  close.autofocus = true;
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close()); // beside it
  title.id = "keys.title";
  dialog.setAttribute("aria-labelledby", title.id);
  const frame = element("div");
  const foot = element("p");
  foot.append(label, close);
  frame.append(title, list, foot);
  dialog.append(frame);
  document.body.append(dialog);
  return { dialog, toggle };
}

async function read(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} is not there`);
  return response.json();
}

function style() {
  return new Promise((resolve) => {
    const sheet = element("link");
    sheet.rel = "stylesheet";
    sheet.href = new URL("../css/help.css", import.meta.url);
    sheet.onload = sheet.onerror = resolve;
    document.head.append(sheet);
  });
}

function element(name, className = "", text = "") {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}
