/** Results that come in two steps, so that nothing moves under somebody's hand. */

const HELD = ":hover, :focus-within, [aria-selected=true]";

/**
 * Puts items in a list's place. Where somebody is at one that stands there already, that one and those before it stay,
 * and the others follow. `name(item)` says which items are the same.
 */
export function follow(list, items, name) {
  const shown = [...list.children];
  const kept = shown.slice(0, shown.findLastIndex((item) => item.matches(HELD)) + 1);
  const names = new Set(kept.map(name));
  for (const item of shown.slice(kept.length)) item.remove();
  list.append(...items.filter((item) => !names.has(name(item))));
}
