// Where the reader was, over a load of the same page: how far they had scrolled, and what they had opened and closed.
// Browsers scroll back by themselves, but to where things were before what is opened again made the page longer.

import { heightsOfCards, layOutInSight } from "./sight.js";

const KEY = "sitegen-preview-place";
const atFirst = stateOfDetails();

export function keepPlace() {
  const changed = [...stateOfDetails()].filter(([key, open]) => atFirst.get(key) !== open);
  const place = { url: location.href, x: scrollX, y: scrollY, details: changed, heights: heightsOfCards() };
  sessionStorage.setItem(KEY, JSON.stringify(place));
}

export function restorePlace() {
  const place = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
  sessionStorage.removeItem(KEY);
  if (place?.url !== location.href) return;
  layOutInSight(place.heights);
  const wanted = new Map(place.details);
  for (const [key, element] of details()) if (wanted.has(key)) element.open = wanted.get(key);
  const back = () => scrollTo({ left: place.x, top: place.y, behavior: "instant" });
  if (document.readyState === "complete") back();
  else addEventListener("load", back, { once: true });
}

function stateOfDetails() {
  return new Map([...details()].map(([key, element]) => [key, element.open]));
}

// Every <details>, by a name that survives an edit: where it belongs, what it says, the how-manieth of that it is.
function details() {
  const named = new Map();
  for (const element of document.querySelectorAll("details")) {
    const home = element.closest("[id], [data-paper]");
    const name = `${home?.id || home?.dataset.paper || ""} ${element.querySelector("summary")?.textContent.trim()}`;
    let number = 1;
    while (named.has(`${name} ${number}`)) number += 1;
    named.set(`${name} ${number}`, element);
  }
  return named;
}
