/**
 * The index on disk: a manifest, and families of compressed blocks (sitegen/search/blocks.py says what is in them).
 * Only what a query needs is fetched, and the last blocks are kept.
 */

const FORMAT = 1;
const KEPT = 300; // unpacked blocks, of some 15 KB each
const text = new TextDecoder("utf-8", { ignoreBOM: true }); // a term may begin with U+FEFF

/** The blocks at an absolute address that ends in a slash. */
export async function openBlocks(base) {
  const bytes = await load(new URL("manifest.json", base), { cache: "no-cache" });
  let manifest;
  try {
    manifest = JSON.parse(text.decode(bytes));
  } catch {
    throw new Error("The search index is damaged: its manifest cannot be read. Please reload the page.");
  }
  if (manifest?.format !== FORMAT) {
    throw new Error("The search index was made by another version of this site. Please reload the page.");
  }
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
      Object.entries(manifest.blocks).map(([family, { digests, starts }]) => [
        family,
        { digests: digests.match(/.{6}/g) ?? [], starts: digests && starts.split("\n") },
      ]),
    );
  }

  /** The postings of a term: for each field { documents, counts, lengths }, or null; undefined for an unknown term. */
  async postings(term) {
    const number = last(this.#families.postings.starts, (start) => start <= term);
    return number < 0 ? undefined : (await this.#block("postings", number)).get(term);
  }

  /** Terms with the given beginning: Map of term → how common. All of them for "". */
  beginningWith(prefix) {
    return this.#range("vocabulary", prefix);
  }

  /** Terms with the given ending. */
  async endingWith(suffix) {
    const reversed = await this.#range("endings", backwards(suffix));
    return new Map([...reversed.keys()].map((term) => [backwards(term), 0]));
  }

  /** The card of a document, as it was written. */
  card(document) {
    return this.#line("cards", document);
  }

  /** The abstract of a document. */
  abstract(document) {
    return this.#line("abstracts", document);
  }

  async #range(family, prefix) {
    const { starts } = this.#families[family];
    const first = Math.max(0, last(starts, (start) => start <= prefix));
    const end = last(starts, (start) => start <= prefix || start.startsWith(prefix));
    const numbers = Array.from({ length: end - first + 1 }, (_, at) => first + at);
    const blocks = await Promise.all(numbers.map((number) => this.#block(family, number)));
    return new Map(blocks.flatMap((block) => [...block].filter(([term]) => term.startsWith(prefix))));
  }

  async #line(family, document) {
    const each = this.manifest[family];
    const lines = await this.#block(family, Math.floor(document / each));
    return JSON.parse(lines[document % each]);
  }

  #block(family, number) {
    const path = `${family}/${number}.${this.#families[family].digests[number]}.bin`;
    const block = this.#kept.get(path) ?? this.#fetch(family, number, path);
    this.#kept.delete(path);
    this.#kept.set(path, block);
    if (this.#kept.size > KEPT) this.#kept.delete(this.#kept.keys().next().value);
    return block;
  }

  async #fetch(family, number, path) {
    try {
      const bytes = await inflate(await load(new URL(path, this.#base)));
      const expected = this.#families[family].starts[number];
      return READERS[family](bytes, this.manifest, expected);
    } catch (problem) {
      this.#kept.delete(path); // the next query tries again
      if (problem instanceof Unavailable) throw problem;
      throw new Error(`The search index is damaged: ${path} cannot be read. Please reload the page.`);
    }
  }
}

class Unavailable extends Error {}

async function load(address, options) {
  let response;
  try {
    response = await fetch(address, options);
  } catch {
    throw new Unavailable("The search index cannot be reached. Is the network there?");
  }
  const name = address.pathname.split("/search/").at(-1);
  if (!response.ok) {
    throw new Unavailable(
      `A part of the search index is not there: ${name} (${response.status}). The site may have changed: please reload the page.`,
    );
  }
  try {
    return new Uint8Array(await response.arrayBuffer());
  } catch {
    throw new Unavailable(`A part of the search index was cut short on its way: ${name}. Please try again.`);
  }
}

async function inflate(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

const READERS = {
  postings: readPostings,
  vocabulary: (bytes, _, start) => new Map(lines(bytes, start).map((line) => line.split("\t"))),
  endings: (bytes, _, start) => new Map(lines(bytes, start).map((line) => [line, 0])),
  cards: (bytes) => lines(bytes, "["),
  abstracts: (bytes) => lines(bytes, '"'),
};

function lines(bytes, start) {
  const read = text.decode(bytes);
  if (!read.startsWith(start)) throw new Error("another build's block");
  return read.split("\n");
}

function readPostings(bytes, { fields, long }, start) {
  let at = 0;
  const next = () => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at++];
      if (byte < 128) return value + byte * scale;
      if (byte === undefined) throw new Error("too short");
      value += (byte - 128) * scale;
    }
  };
  const many = (size) => Uint32Array.from({ length: size }, next);

  const size = next();
  const terms = lines(bytes.subarray(at, at + size), start);
  at += size;
  const list = (found, field) => {
    if (!found) return null;
    let document = -1;
    const documents = many(found).map((gap) => (document += gap));
    return { documents, counts: many(found), lengths: field === long ? null : many(found) };
  };
  return new Map(terms.map((term) => [term, Array.from(many(fields.length), list)]));
}

/** Position of the last item that fits, where those that fit stand first; -1 for none. */
function last(sorted, fits) {
  let [low, high] = [-1, sorted.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(sorted[middle])) low = middle;
    else high = middle - 1;
  }
  return low;
}

function backwards(term) {
  return Array.from(term).reverse().join("");
}
