/** The search engine: a query in, papers out. client.js says what it offers and runs it in a worker. */

import { openBlocks } from "./blocks.js";
import { completions, corrections, fitting, hasCjk, partsOf, similar } from "./expand.js";
import { trimmed } from "./mark.js";
import { withPhrase } from "./phrase.js";
import { MOST_EDITS, parse, read, SEPARATORS } from "./query.js";
import { weigh } from "./rank.js";
import { best, weights } from "./score.js";
import { stem } from "./stemmer.js";

const MOST_WORDS = 60;
const RARE = 3; // documents: a word that fewer have may be misspelt

/** The engine over the index at `base`, an absolute address. Only the manifest is loaded now. */
export async function openSearch(base) {
  const blocks = await openBlocks(base.endsWith("/") ? base : base + "/");
  const { manifest } = blocks;
  const names = manifest.fields.map((field) => field.name);
  const stopWords = new Set(manifest.stopWords.split(" "));
  const index = { manifest, longLengths: lengthTable(manifest) };

  async function groupsOf(text, typing) {
    const { clauses, filters } = read(text, names);
    const last = typing && !SEPARATORS.includes(text.at(-1)) && clauses.at(-1);
    const groups = clauses.slice(0, MOST_WORDS).map((clause) => grouped(clause, clause === last));
    return { groups: (await Promise.all(groups)).flat(), filters };
  }

  /** What a clause stands for: one group, or several where signs join several words. */
  async function grouped(clause, typing) {
    const { term, wild, edits, boost, phrase } = clause;
    if (phrase !== undefined) return withPhrase(clause, stopWords, blocks);
    if (wild || edits) return [{ ...clause, variants: await lookUp(clause, blocks) }];
    if (stopWords.has(term)) return [];
    const word = trimmed(term);
    const parts = partsOf(term);
    const joined = parts.join("");
    const power = Number.isInteger(boost) && boost > 1 && boost < 10 ? [joined + boost] : []; // `VILA^2`
    const own = [stem(word), stem(term), stem(joined), ...power];
    const apart = parts.length > 1 && (hasCjk(joined) || parts.every((part) => part.length > 2));
    const variants = apart ? [] : await known(own.map((each) => ({ term: each, quality: 1 })));
    if (parts.length > 1 && !variants.length) {
      const groups = parts.map((part) => grouped({ ...clause, term: part }, typing && part === parts.at(-1)));
      return (await Promise.all(groups)).flat();
    }
    const group = { ...clause, word: joined, variants };
    const documents = Math.max(0, ...variants.flatMap(({ lists }) => lists.map((list) => list?.documents.length ?? 0)));
    if (typing) variants.push(...(await unlike(variants, await completions(joined, blocks))));
    if (documents <= RARE && variants.length < 2) {
      const meant = await unlike(variants, await corrections(joined, documents * 10, blocks));
      group.corrected = variants.length ? "" : (meant[0]?.word ?? "");
      if (variants.length) for (const each of meant) each.quality /= 2;
      variants.push(...meant);
    }
    return [group];
  }

  async function known(terms) {
    const unique = [...new Map(terms.map((each) => [each.term, each])).values()];
    const lists = await Promise.all(unique.map(({ term }) => blocks.postings(term)));
    return unique.map((each, at) => ({ ...each, lists: lists[at] })).filter((each) => each.lists);
  }

  function unlike(variants, terms) {
    return known(terms.filter(({ term }) => !variants.some((variant) => variant.term === term)));
  }

  return {
    count: manifest.documents,
    close() {},
    async search(query, options = {}) {
      const { limit = 10, offset = 0, exact = false, asYouType = false } = options;
      const text = String(query);
      let groups, found;
      if (exact) {
        groups = parse(text, names);
        const lists = await Promise.all(groups.map((clause) => lookUp(clause, blocks)));
        lists.forEach((variants, at) => (groups[at].variants = variants));
        found = weights(groups, index);
      } else {
        ({ groups } = await groupsOf(text, asYouType));
        found = weigh(groups, index);
      }
      const { total, hits } = best(found, groups, index, offset, limit);
      const shown = hits.map(async (hit) => ({
        ...hit,
        card: await card(hit.doc, blocks),
        terms: matchedTerms(hit.doc, groups, names),
      }));
      const message = groups.some(({ edits }) => edits > MOST_EDITS)
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

/** The terms that a clause stands for by lunr's rules, with their postings: [{ term, lists, quality }]. */
async function lookUp({ term, edits, wild }, blocks) {
  const terms = edits
    ? await similar(wild ? term : stem(term), Math.min(edits, MOST_EDITS), blocks)
    : wild
      ? await fitting(term, blocks)
      : [stem(term)];
  const lists = await Promise.all(terms.map((each) => blocks.postings(each)));
  const inTexts = (found) => found?.slice(0, -2).some(Boolean);
  return terms.map((each, at) => ({ term: each, lists: lists[at], quality: 1 })).filter((each) => inTexts(each.lists));
}

/** What a result shows. */
async function card(doc, blocks) {
  const [id, title, authors, authorCount, date, venue, note, tags, lists] = await blocks.card(doc);
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
  };
}

/** By field, the terms through which a document was found. */
function matchedTerms(doc, groups, names) {
  const terms = {};
  for (const { presence, variants, fields } of groups) {
    if (presence === "-") continue;
    for (const { term, lists } of variants) {
      for (const field of fields) {
        const list = lists[field] ?? (field ? lists.at(-1) : lists.at(-2));
        if (!list?.documents || !has(list.documents, doc)) continue;
        const all = (terms[names[field]] ??= []);
        for (const each of term.split(" ")) if (!all.includes(each)) all.push(each);
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
