/** The index on disk, as sitegen/search/blocks.py lays it out. Fetches what a query needs, keeps the last blocks. */

const FORMAT = 2;
const KEPT = 400; // unpacked blocks, of some 15 KB each
const text = new TextDecoder("utf-8", { ignoreBOM: true }); // a term may begin with U+FEFF

/** The blocks at an absolute address that ends in a slash. */
export async function openBlocks(base) {
  const bytes = await load(new URL("manifest.json", base), { cache: "no-cache" });
  const manifest = await new Response(bytes).json().catch(() => {});
  if (manifest && manifest.format !== FORMAT) fail("outdated", "another version of the site made it");
  if (!manifest?.blocks) fail("damaged", "its manifest cannot be read");
  return new Blocks(base, manifest);
}

class Blocks {
  #base;
  #families;
  #kept = new Map(); // path → promise of what the block holds, the longest unused first

  constructor(base, manifest) {
    this.#base = base;
    this.manifest = manifest;
    this.#families = Object.fromEntries(
      Object.entries(manifest.blocks).map(([family, { each, digests, starts }]) => [
        family,
        { each, digests: digests.match(/.{6}/g) ?? [], starts: digests && starts.split("\n") },
      ]),
    );
  }

  /** By field, { documents, counts, lengths } or null: texts, then other spellings; undefined for an unknown term. */
  async postings(term) {
    const number = this.#holding("postings", term);
    return number < 0 ? undefined : (await this.#block("postings", number))(term)?.lists;
  }

  /** By field, where a known term stands in each of its documents. */
  async positions(term) {
    const number = this.#holding("postings", term);
    const [find, gaps] = await Promise.all([this.#block("postings", number), this.#block("positions", number)]);
    let { at, lists } = find(term);
    const places = (count) => {
      let place = 0;
      return gaps.slice(at, (at += count)).map((gap) => (place += gap));
    };
    return lists.map((list) => list && Array.from(list.counts, places));
  }

  /** Terms with the given beginning: Map of term → how common. All of them for "". */
  beginningWith(prefix) {
    return this.#range("vocabulary", prefix);
  }

  /** The same of words as they are written. */
  words(prefix) {
    return this.#range("words", prefix);
  }

  /** The same by ending. */
  async endingWith(suffix) {
    const reversed = await this.#range("endings", backwards(suffix));
    return new Map([...reversed].map(([term, count]) => [backwards(term), count]));
  }

  /** The card of a document, as it was written. */
  async card(document) {
    const each = this.manifest.cards;
    return JSON.parse((await this.#block("cards", Math.floor(document / each)))[document % each]);
  }

  /** { names, values } of a facet, as sitegen/search/facets.py says. */
  facet(name) {
    return this.#block("facets", this.manifest.facets.indexOf(name));
  }

  #holding(family, term) {
    return last(this.#families[family].starts, (start) => start <= term);
  }

  async #range(family, prefix) {
    const { starts } = this.#families[family];
    const first = Math.max(0, this.#holding(family, prefix));
    const end = last(starts, (start) => start <= prefix || start.startsWith(prefix));
    const numbers = Array.from({ length: end - first + 1 }, (_, at) => first + at);
    const blocks = await Promise.all(numbers.map((number) => this.#block(family, number)));
    return new Map(blocks.flatMap((block) => block.filter(([term]) => term.startsWith(prefix))));
  }

  #block(family, number) {
    const { each, digests } = this.#families[family];
    const path = `${family}/${number}.${digests[Math.floor(number / each)]}.bin`;
    const block = this.#kept.get(path) ?? this.#fetch(family, number, path);
    this.#kept.delete(path);
    this.#kept.set(path, block);
    if (this.#kept.size > KEPT) this.#kept.delete(this.#kept.keys().next().value);
    return block;
  }

  async #fetch(family, number, path) {
    try {
      const bytes = await inflate(await load(new URL(path, this.#base)));
      return READERS[family](bytes, this.#families[family].starts[number], this.manifest);
    } catch (problem) {
      this.#kept.delete(path); // the next query tries again
      if (problem.code) throw problem;
      return fail("damaged", `${path} cannot be read`);
    }
  }
}

/** Throws an error with words for people and a `code` for pages. */
function fail(code, what) {
  const first = {
    offline: "The search index cannot be reached",
    missing: "A part of the search index is not there",
    damaged: "The search index is damaged",
    outdated: "The search index does not fit this page",
  }[code];
  throw Object.assign(new Error(`${first}: ${what}. Please reload the page.`), { code });
}

async function load(address, options) {
  const name = address.pathname.split("/search/").at(-1);
  const response = await fetch(address, options).catch(() => fail("offline", name));
  if (!response.ok) fail("missing", `${name} (${response.status})`);
  return new Uint8Array(await response.arrayBuffer().catch(() => fail("offline", name + " was cut short")));
}

async function inflate(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

const READERS = {
  postings: readPostings,
  positions: varints,
  vocabulary: readCounts,
  endings: readCounts,
  words: readCounts,
  cards: (bytes) => lines(bytes, "["),
  facets(bytes) {
    const [head, body] = headed(bytes);
    return { names: JSON.parse(text.decode(head)), values: varints(body) };
  },
};

function lines(bytes, start) {
  const read = text.decode(bytes);
  if (!read.startsWith(start)) throw new Error("another build's block");
  return read.split("\n");
}

function readCounts(bytes, start) {
  return lines(bytes, start).map((line) => {
    const [term, count] = line.split("\t");
    return [term, Number(count)];
  });
}

function readPostings(bytes, start, { fields, long }) {
  const [head, body] = headed(bytes);
  const numbers = varints(body);
  const count = fields.length + 2; // texts, and other spellings in the title and elsewhere
  const terms = new Map(lines(head, start).map((term, number) => [term, number * count]));
  let at = terms.size * count;
  const sizes = numbers.subarray(0, at);
  const take = (size) => numbers.subarray(at, (at += size));
  const entries = sizes.reduce((sum, size) => sum + size, 0);
  const [gaps, counts, lengths] = [take(entries), take(entries), numbers.subarray(at)];
  const inline = (list) => list % count < fields.length && list % count !== long;
  if (counts.length < entries) throw new Error("too short");

  /** The lists of a term, and how many words' positions stand before its own. */
  return (term) => {
    const first = terms.get(term);
    if (first === undefined) return undefined;
    let [entry, own] = [0, 0];
    for (let list = 0; list < first; list++) {
      entry += sizes[list];
      if (inline(list)) own += sizes[list];
    }
    const before = counts.subarray(0, entry).reduce((sum, times) => sum + times, 0);
    const lists = Array.from({ length: count }, (_, field) => {
      const size = sizes[first + field];
      if (!size) return null;
      let document = -1;
      return {
        documents: gaps.subarray(entry, entry + size).map((gap) => (document += gap)),
        counts: counts.subarray(entry, (entry += size)),
        lengths: inline(first + field) ? lengths.subarray(own, (own += size)) : null,
      };
    });
    return { at: before, lists };
  };
}

/** A head of so many bytes, and the body. */
function headed(bytes) {
  const end = bytes.findIndex((byte) => byte < 128) + 1;
  const [size] = varints(bytes.subarray(0, end));
  return [bytes.subarray(end, end + size), bytes.subarray(end + size)];
}

function varints(bytes) {
  const values = new Uint32Array(bytes.length);
  let [count, shift] = [0, 0];
  for (const byte of bytes) {
    values[count] |= (byte & 127) << shift;
    if (byte < 128) {
      count++;
      shift = 0;
    } else {
      shift += 7;
    }
  }
  if (shift) throw new Error("too short");
  return values.subarray(0, count);
}

/** Position of the last item that fits, where those that fit stand first; -1 for none. */
export function last(sorted, fits) {
  let [low, high] = [-1, sorted.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(sorted[middle])) low = middle;
    else high = middle - 1;
  }
  return low;
}

function backwards(term) {
  return [...term].reverse().join("");
}
