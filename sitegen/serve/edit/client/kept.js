// What outlives the reload that follows every edit: what is open, what was typed, what there is to say, where the focus was.

const KEY = "sitegen:edit";
const here = {};

function all() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY)) ?? {};
  } catch {
    return here;
  }
}

function change(key, value) {
  const kept = all();
  if (value === undefined) delete kept[key];
  else kept[key] = value;
  Object.assign(here, kept);
  try {
    sessionStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // It lasts as long as the page.
  }
}

export const kept = {
  get: (key) => all()[key],
  set: change,
  take(key) {
    const value = all()[key];
    change(key);
    return value;
  },
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
