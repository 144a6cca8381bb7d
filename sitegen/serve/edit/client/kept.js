// What outlives the reload that follows every edit: what is open, what was typed, what there is to say, where the focus was.

const KEY = "sitegen:edit";
let here; // what the browser would not keep: for as long as the page

function all() {
  if (here) return here;
  try {
    return JSON.parse(sessionStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}

function change(key, value) {
  const kept = all();
  if (value === undefined) delete kept[key];
  else kept[key] = value;
  try {
    sessionStorage.setItem(KEY, JSON.stringify(kept));
    here = undefined;
  } catch {
    here = kept;
  }
}

export const kept = {
  get: (key) => all()[key],
  set: change,
};

/** What was typed into a form and not written yet: { field: value }, and the digest of the file that the form was made from. */
export function draft(name) {
  const key = `draft:${name}`;
  return {
    get: () => all()[key],
    set: (values) => change(key, values),
    drop: () => change(key),
  };
}
