/** The search engine: a query in, papers out, with lunr's meaning. client.js says what it offers and runs it in a worker. */

import { openBlocks } from "./blocks.js";
import { completions, fitting, similar } from "./expand.js";
import { trimmed } from "./mark.js";
import { MOST_EDITS, parse, SEPARATORS } from "./query.js";
import { rank } from "./score.js";
import { stem } from "./stemmer.js";

const MOST_COMPLETIONS = 20;

/** The engine over the index at `base`, an absolute address. Only the manifest is loaded now. */
export async function openSearch(base) {
  const blocks = await openBlocks(base.endsWith("/") ? base : base + "/");
  const { manifest } = blocks;
  const names = manifest.fields.map((field) => field.name);
  const index = { manifest, longLengths: lengthTable(manifest) };

  return {
    count: manifest.documents,
    close() {},
    async search(query, options = {}) {
      const { limit = 10, offset = 0, exact = false, asYouType = false, abstracts = true } = options;
      const text = String(query);
      const clauses = parse(text, names);
      const typing = asYouType && clauses.length && !SEPARATORS.includes(text.at(-1)) && clauses.at(-1);
      await Promise.all(
        clauses.map(async (clause) => {
          clause.found = await lookUp(clause, { exact, typing: clause === typing }, blocks);
        }),
      );
      const { total, hits } = rank(clauses, index, offset, limit);
      const shown = hits.map(async (hit) => ({
        ...hit,
        card: await card(hit.doc, abstracts, blocks),
        terms: matchedTerms(hit.doc, clauses, names),
      }));
      const message = clauses.some(({ edits }) => edits > MOST_EDITS)
        ? `Words are matched with at most ${MOST_EDITS} letters changed.`
        : undefined;
      return { total, hits: await Promise.all(shown), ...(message && { message }) };
    },
  };
}

/** Documents are numbered by the length of their long field, which therefore is a table of few entries. */
function lengthTable({ documents, lengths }) {
  const table = new Uint32Array(documents);
  for (let at = 0, doc = 0; at < lengths.length; at += 2) table.fill(lengths[at], doc, (doc += lengths[at + 1]));
  return table;
}

/** The terms of the index that a clause stands for, with their postings: [{ term, lists }]. */
async function lookUp({ term, edits, wild }, { exact, typing }, blocks) {
  const known = async (terms) => {
    const lists = await Promise.all(terms.map((each) => blocks.postings(each)));
    return terms.map((each, at) => ({ term: each, lists: lists[at] })).filter((each) => each.lists);
  };
  if (edits) return known(await similar(wild ? term : stem(term), Math.min(edits, MOST_EDITS), blocks));
  if (wild) return known(await fitting(term, blocks));
  let found = await known([stem(term)]);
  if (exact) return found;
  // The index trims signs off its terms, lunr's queries keep them: `learning?` is to find `learning`.
  const word = trimmed(term);
  if (!found.length && word !== term) found = await known([stem(word)]);
  if (!typing) return found;
  const more = (await completions(word, MOST_COMPLETIONS, blocks)).filter((each) => each !== found[0]?.term);
  return [...found, ...(await known(more))];
}

/** What a result shows. */
async function card(doc, withAbstract, blocks) {
  const [written, abstract] = await Promise.all([blocks.card(doc), withAbstract ? blocks.abstract(doc) : undefined]);
  const [id, title, authors, authorCount, date, venue, note, tags, lists] = written;
  return {
    id,
    title,
    authors,
    authorCount,
    date,
    venue,
    note,
    tags: tags.map(([tag, label]) => ({ id: tag, label })),
    collections: lists.map((number) => blocks.manifest.collections[number]).map(([list, name]) => ({ id: list, title: name })),
    ...(withAbstract && { abstract }),
  };
}

/** By field, the terms through which a document was found. */
function matchedTerms(doc, clauses, names) {
  const terms = {};
  for (const { presence, found, fields } of clauses) {
    if (presence === "-") continue;
    for (const { term, lists } of found) {
      for (const field of fields) {
        if (!lists[field] || !has(lists[field].documents, doc)) continue;
        const list = (terms[names[field]] ??= []);
        if (!list.includes(term)) list.push(term);
      }
    }
  }
  return terms;
}

function has(sorted, value) {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return sorted[low] === value;
}
