/** Which keys there are, and the switch for them, in a dialog. */

let making;

/**
 * Opens it, with the keys from where they stand: on the page of that address. `shortcuts.on` says whether keys work, and
 * may be set. The focus goes back to where it was.
 */
export async function show(shortcuts, address) {
  making ??= make(shortcuts, address);
  const { dialog, toggle } = await making.catch((problem) => {
    making = undefined; // the next press tries again
    throw problem;
  });
  toggle.checked = shortcuts.on;
  if (!dialog.open) dialog.showModal();
}

async function make(shortcuts, address) {
  const [keys] = await Promise.all([read(address), style()]);
  const dialog = element("dialog", "keys");
  const [title, list] = keys.children;
  const toggle = element("input");
  const label = element("label");
  const close = element("button", "", keys.dataset.close);
  toggle.type = "checkbox";
  toggle.addEventListener("change", () => (shortcuts.on = toggle.checked));
  label.append(toggle, ` ${keys.dataset.switch}`);
  close.type = "button";
  close.autofocus = true;
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close()); // beside it
  title.className = "";
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
  const there = new DOMParser().parseFromString(await response.text(), "text/html");
  return document.importNode(there.getElementById("keys"), true);
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
