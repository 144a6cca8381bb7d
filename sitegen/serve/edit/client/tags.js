// Tags in one line of text: divided by commas; one that has a comma itself is in "quotes".

export function inOneLine(tags) {
  return tags.map(quoted).join(", ");
}

export function quoted(tag) {
  return /,|^"/.test(tag) ? `"${tag.replaceAll('"', '""')}"` : tag;
}

export function outOfLine(text) {
  const parts = text.matchAll(/\s*("(?:[^"]|"")*"(?=\s*(?:,|$))|[^,]*)\s*(?:,|$)/g);
  return [...parts].map(([, part]) => (/^".*"$/.test(part) ? part.slice(1, -1).replaceAll('""', '"') : part).trim()).filter(Boolean);
}
