/** From what was typed to terms of the index, as lunr's token sets do it, with as little vocabulary as possible. */


/** Terms that fit a pattern: `*` is any letters, or none. */
export async function fitting(pattern, blocks) {
  const parts = pattern.split("*");
  const [beginning, ending] = [parts[0], parts.at(-1)];
  const byEnding = !beginning && ending;
  const terms = await (byEnding ? blocks.endingWith(ending) : blocks.beginningWith(beginning));
  return [...terms.keys()].filter((term) => fits(term, parts));
}

function fits(term, parts) {
  const ending = parts.at(-1);
  if (!term.startsWith(parts[0]) || !term.endsWith(ending)) return false;
  let at = parts[0].length;
  for (const part of parts.slice(1, -1)) {
    const found = term.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at + ending.length <= term.length;
}

/**
 * Terms at most so many letters away: put in, left out, changed, or two neighbours exchanged.
 * One edit leaves the first or the last half as it is, so one step in each vocabulary finds all of them.
 */
export async function similar(word, edits, blocks) {
  const letters = Array.from(word);
  const half = Math.floor((letters.length - 1) / 2);
  const halves = edits === 1 && half > 0 && !word.includes("*");
  const sources = halves
    ? [blocks.beginningWith(letters.slice(0, half).join("")), blocks.endingWith(letters.slice(half + 1).join(""))]
    : [blocks.beginningWith("")];
  const candidates = new Set((await Promise.all(sources)).flatMap((terms) => [...terms.keys()]));
  return [...candidates].filter((term) => within(Array.from(term), 0, letters, 0, "", edits));
}

/** Is the rest of `term` (from `i`) at most `edits` away from `held` and the rest of `word` (from `j`)? */
function within(term, i, word, j, held, edits) {
  const ahead = term.length - i;
  const wanted = word.length - j + (held ? 1 : 0);
  if (Math.abs(ahead - wanted) > edits) return false;
  if (!wanted) return true;
  const first = held || word[j];
  const rest = held ? j : j + 1;
  const same = (letter) => letter === term[i] || letter === "*"; // lunr: in a word with edits `*` is any one letter
  if (ahead && same(first) && within(term, i + 1, word, rest, "", edits)) return true;
  if (!edits) return false;
  if (within(term, i, word, rest, "", edits - 1)) return true; // left out
  if (!ahead) return false;
  return (
    within(term, i + 1, word, rest, "", edits - 1) || // changed
    within(term, i + 1, word, j, held, edits - 1) || // put in
    (wanted > 1 && same(word[rest]) && within(term, i + 1, word, rest + 1, first, edits - 1)) // exchanged
  );
}

/** The most common terms that begin as the word does, which may have an ending that its stem has not: `learnin`. */
export async function completions(word, most, blocks) {
  for (let size = word.length; size >= Math.max(2, word.length - 3); size--) {
    const terms = [...(await blocks.beginningWith(word.slice(0, size)))];
    if (terms.length) return terms.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, most).map(([term]) => term);
  }
  return [];
}

