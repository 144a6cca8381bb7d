/** A query in, papers out: what client.js offers. */

import { last, openBlocks } from "./blocks.js";
import { best, commonness, matching, REMINDING, weigh } from "./rank.js";
import { stem } from "./stemmer.js";
import { clauseOf, hasCjk, hasOperators, partsOf, SEPARATORS, tokensOf, trimmed } from "./words.js";

const MOST_WORDS = 60; // of a query
const RARE = 3; // documents: a word that no more have may be misspelt, or be two words elsewhere
const MANY = 3000; // papers for each of these: among fewer, a word that one has is no slip
const FEW = 2000; // papers whose words are so few that any two of a query may be looked up as one
const SHORT = 5; // letters: where papers are many, the first of two words that may be written as one
const SOON = 120; // milliseconds after which what has arrived is shown
const LONG_QUESTION = 5; // words
const REFINED = 10; // hits looked at more closely
const RIVALS = 30; // and of so many those whose titles have all of the words, too
const VERY_WORDS = 0.8; // what the very words of the query in a title are worth
const SIDE_BY_SIDE = 0.05; // what it is worth when they stand there side by side, too

// With these, people ask for papers: in a long question they count for little.
const ASKING = new Set(
  "anybody anyone article articles available describe discuss done explain find give information know paper papers please possible present publications recommend show study studies suggest tell work works".split(" "),
);

// Most queries do without these.
const spelling = () => import("./spelling.js");
const filtering = () => import("./filter.js");
const lunr = () => import("./lunr.js");
const beyond = () => import("./beyond.js");
const together = () => import("./together.js");
const alike = () => import("./alike.js");

/** The engine over the index at an absolute address. */
export async function openSearch(base) {
  const blocks = await openBlocks(base.endsWith("/") ? base : base + "/");
  const { manifest } = blocks;
  const names = manifest.fields.map(({ name }) => name);
  const stopWords = new Set(manifest.stopWords.split(" "));
  const index = { manifest, longLengths: lengthTable(manifest) };
  const slips = Math.min(RARE, manifest.documents / MANY);

  /**
   * What a clause stands for: one group, or several where signs join several words. Before other spellings are looked
   * for, `tell` has what its very word is found by.
   */
  async function groupsOf(clause, typing, tell) {
    const { term, wild, edits, boost, phrase, key } = clause;
    if (key) return [{ ...clause, variants: await known([key, term]) }];
    if (phrase !== undefined) return (await alike()).withPhrase(clause, blocks, stopWords);
    if (wild || edits) return (await lunr()).groupsAsWritten(clause, known, blocks);
    const unfinished = stopWords.has(term); // `for` may become `force`
    if (unfinished && !typing) return [];
    const parts = partsOf(term);
    const word = parts.join("");
    const power = boost % 1 || boost === 1 || boost > 9 ? [] : [word + boost]; // `VILA^2`
    const apart = parts.length > 1 && (hasCjk(word) || parts.every((part) => part.length > 2));
    const variants = apart || unfinished ? [] : await known([stem(trimmed(term)), stem(term), stem(word) || term, ...power]);
    const [field, another] = clause.fields; // titles have other spellings of their own
    if (field && !another) variants.push(...(await (await alike()).alikeIn(trimmed(term), variants, known, blocks)));
    if (parts.length > 1 && !variants.length) {
      const groups = parts.slice(0, MOST_WORDS).map((part) => groupsOf({ ...clause, term: part }, typing && part === parts.at(-1)));
      return (await Promise.all(groups)).flat();
    }
    const fields = withOtherSpellings(clause.fields);
    const group = { ...clause, word, typing, variants, fields, unfinished, boost: unfinished ? boost / 2 : boost };
    tell?.([{ ...group, variants: [...variants] }]);
    const joined = clause.joined && (await (await together()).join(group, known, blocks));
    if (typing) await (await spelling()).complete(group, known, blocks);
    if (unfinished) return variants.length ? [group] : [];
    if (joined || commonness(variants) > RARE) return [group];
    const halves = await (await together()).asTwoWords(word, blocks);
    variants.push(...halves);
    if (!halves.length && commonness(variants) <= slips) await (await spelling()).correct(group, known, blocks);
    return [group];
  }

  /** Tells two neighbours in a query that they may be one word here: `data set`, "dataset"; `GPT-4`, "GPT4". */
  function introduce(left, right) {
    const plain = ({ term, presence, edits }) => !(presence || edits || stopWords.has(term));
    const pair = /^\p{L}{2,15} (?:\p{L}{2,15}|(\d{1,4}))$/u.exec(`${left.term} ${right.term}`);
    if (!pair || !plain(left) || !plain(right) || left.fields.join() !== right.fields.join()) return;
    if (!pair[1] && left.term.length > SHORT && manifest.documents > FEW) return;
    for (const clause of [left, right]) (clause.joined ??= []).push(left.term + right.term);
  }

  /** In the title, and elsewhere. */
  function withOtherSpellings(fields) {
    const title = fields.includes(0) ? [names.length] : [];
    return [...fields, ...title, ...(fields.length === names.length ? [names.length + 1] : [])];
  }

  async function known(terms) {
    const unique = [...new Set(terms)];
    const lists = await Promise.all(unique.map((term) => blocks.postings(term)));
    return unique.map((term, at) => ({ term, lists: lists[at] })).filter((each) => each.lists);
  }

  async function understood(text, asYouType) {
    const { clauses, filters } = hasOperators(text)
      ? (await beyond()).read(text, names)
      : { clauses: tokensOf(text).map(([token]) => clauseOf(token, [...names.keys()])), filters: [] };
    const typed = asYouType && !SEPARATORS.includes(text.at(-1)) && clauses.at(-1);
    if (clauses.length >= LONG_QUESTION) for (const each of clauses) if (ASKING.has(each.term)) each.boost /= 5;
    // Or a phrase. A sign such as `–` stands between words, unless it is all there is, or is wanted or not.
    const isWord = ({ term }) => term === undefined || partsOf(term).length;
    const some = clauses.some(isWord);
    const words = clauses.filter((each) => isWord(each) || (each.term && (!some || each.presence)));
    const asked = words.slice(0, MOST_WORDS);
    asked.slice(1).forEach((right, at) => introduce(asked[at], right));
    return { own: filters, signs: clauses.length - words.length, parts: asked.map((clause) => ({ clause, typing: clause === typed })) };
  }

  /** The groups of all parts; `tell` is called whenever a part has more of them. */
  async function arrived(parts, tell) {
    const has = (part, groups) => ((part.groups = groups), tell());
    await Promise.all(
      parts.map(async (part) => {
        const groups = await groupsOf(part.clause, part.typing, (soFar) => has(part, soFar));
        part.done = true;
        has(part, groups);
      }),
    );
    return groupsSoFar(parts);
  }

  const groupsSoFar = (parts) => parts.flatMap(({ groups = [] }) => groups);

  /** Is there something to show? What must be there, or must not, is waited for. */
  function showable(parts) {
    const found = !parts.length || groupsSoFar(parts).some(({ variants }) => variants.length);
    return found && parts.every(({ clause, done }) => done || !clause.presence);
  }

  return {
    count: manifest.documents,
    close() {},
    async search(query, { exact, onFirst, ...options } = {}) {
      const text = String(query);
      if (exact) return answer(text, await (await lunr()).groupsOf(text, names, known, blocks), [], { ...options, exact });
      const { parts, own, signs } = await understood(text, options.asYouType);
      let late = false;
      let ended = false;
      const begin = async () => {
        if (!late || !showable(parts)) return;
        late = false; // once
        const first = await answer(text, groupsSoFar(parts), own, { ...options, signs, facets: false }).catch(() => ({ hits: [] })); // the whole says it
        if (first.hits.length && !ended) onFirst({ hits: first.hits });
      };
      const timer = onFirst && setTimeout(() => ((late = true), begin()), SOON);
      try {
        return await answer(text, await arrived(parts, begin), own, { ...options, signs });
      } finally {
        clearTimeout(timer);
        ended = true;
      }
    },
  };

  async function answer(text, groups, own, { limit = 10, offset = 0, exact, filters = {}, facets, sort = "relevance", signs }) {
    const { scores, matched } = exact ? (await lunr()).weights(groups, index) : weigh(groups, index, signs);
    const given = own.length || Object.keys(filters).length;
    const limits = given ? await (await filtering()).conditions(filters, own, blocks) : [];
    const wordless = !groups.length && limits.length > 0;
    const order = wordless && sort === "relevance" ? "date" : sort;
    const keys = order === "relevance" ? undefined : await (await filtering()).sortKeys(order, blocks);
    const matches = matching(matched, groups, wordless);
    const fits = (doc) => matches(doc) && limits.every((condition) => condition.fits[doc]);

    const refined = !exact && !keys && offset < RIVALS;
    const { total, hits } = best(scores, keys, fits, refined ? Math.max(RIVALS, offset + limit) : offset + limit);
    const shown = (refined ? await refine(hits, matched, groups, blocks) : hits).slice(offset, offset + limit);
    const help = !exact && (!total || groups.some(({ meant }) => meant)) && (await spelling()).help(text, groups, total);
    return {
      total,
      hits: await Promise.all(
        shown.map(async (hit) => ({
          ...hit,
          card: cardOf(await blocks.card(hit.doc), manifest),
          terms: matchedTerms(hit.doc, groups, names),
          words: index.longLengths[hit.doc],
        })),
      ),
      ...(facets && { facets: await (await filtering()).counted(matches, limits, blocks) }),
      ...help,
      ...(groups.some(({ edits }) => edits > 2) && { message: "edits" }),
      ...(!groups.length && !given && partsOf(text).length && { message: "common" }),
    };
  }
}

/** Documents are numbered by the length of their long field: a table of few entries. */
function lengthTable({ documents, lengths }) {
  const table = new Uint32Array(documents);
  for (let at = 0, doc = 0; at < lengths.length; at += 2) table.fill(lengths[at], doc, (doc += lengths[at + 1]));
  return table;
}

/** More for titles with the very words. */
async function refine(hits, matched, groups, blocks) {
  const asked = groups.filter(({ word, presence }) => word && presence !== "-");
  const closely = async ({ doc, score }) => {
    const written = partsOf((await blocks.card(doc))[1]);
    const has = ({ word, meant = word, typing }) => written.some((each) => each === meant || (typing && each.startsWith(word)));
    const follows = ({ word }, at) => written.some((each, from) => each === asked[at].word && written[from + 1] === word);
    const share = asked.filter(has).length / (asked.length || 1);
    const side = asked.slice(1).filter(follows).length / (asked.length || 1);
    return { doc, score: score * (1 + VERY_WORDS * share ** 3 + SIDE_BY_SIDE * side) };
  };
  const near = ({ doc }, at) => at < REFINED || (at < RIVALS && matched[doc] === REMINDING);
  const refined = await Promise.all(hits.map((hit, at) => (near(hit, at) ? closely(hit) : hit)));
  return refined.sort((a, b) => b.score - a.score || a.doc - b.doc);
}

function cardOf([id, title, authors, authorCount, date, venue, note, tags, lists, added = date], { collections }) {
  return {
    ...{ id, title, authors, authorCount, date, venue, note, added },
    tags: tags.map(([tag, label]) => ({ id: tag, label })),
    collections: lists.map((number) => ({ id: collections[number][0], title: collections[number][1] })),
  };
}

/** By field, the terms through which a document was found. */
function matchedTerms(doc, groups, names) {
  const terms = {};
  for (const { presence, variants, fields } of groups) {
    if (presence === "-") continue;
    for (const { term, lists } of variants) {
      for (const field of fields) {
        const having = lists[field]?.documents ?? [];
        if (having[last(having, (each) => each <= doc)] !== doc) continue;
        // Other spellings stand in the title, or somewhere else.
        const places = field > names.length ? names.slice(1) : [names[field] ?? "title"];
        for (const place of places) terms[place] = [...new Set([...(terms[place] ?? []), ...term.split(" ")])];
      }
    }
  }
  return terms;
}
