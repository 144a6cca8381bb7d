/**
 * What the query language has beyond lunr's: `"exact phrase"`, `year:2023..2025`, `in:collection`, `status:read`, and
 * arXiv ids, DOIs and ids of the ACL Anthology, bare or as addresses.
 */

import { fieldOf, parse } from "./query.js";

const FILTERS = { year: "year", in: "collection", status: "status" };
const YEARS = /^(\d*)(?:\.\.+|[-–—])(\d*)$/;

// As sitegen/text/identifiers.py has them.
const ARXIV = /^(?:\S*[/:]|10\.48550\/arxiv\.)?(?:(\d\d(?:0[1-9]|1[0-2])\.\d{4,5})|([a-z]+(?:-[a-z]+)?)(?:\.[a-z]{2})?(\/\d{7}))(?:v\d+)?(?:\.pdf)?$/;
const DOI = /(?:^|[/:])(10\.\d{4,9}(?:\.\d+)*\/\S*[^\s.,;:'"])/;
const ACL = /^(?:\S*[/:])?(\d{4}\.[a-z0-9_]+-[a-z0-9_]+\.\d+|[a-z]\d\d-\d{4,5})(?:\.pdf|\/)?$/;

/**
 * { clauses, filters }: those of `parse`, before them phrases as { phrase, fields, presence: "+" or "-" } and
 * identifiers as { key, term, fields, presence }, and { facet, value, not } for what limits results.
 */
export function read(text, names) {
  const phrases = [];
  const filters = [];
  const identifiers = [];
  const rest = text
    .replace(/[“”„]/g, '"') // as phones write them
    .replace(/(?<=^|\s)[+-]+(?=\s|$)/g, " ") // a dash between words, as in titles
    .replace(/(?<=^|\s)([+-]?)((?:\w+:)?)([\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)+)(?=\s|$)/gu, (whole, sign, name, word) => {
      // What stands before a compound is meant for all of it.
      if (!(sign || name) || (name && fieldOf(name.slice(0, -1), names) < 0) || keyOf(word.toLowerCase())) return whole;
      const parts = word.split("-");
      if (sign === "-") return ` -${name}"${parts.join(" ")}" `;
      return parts.map((part) => ` ${sign}${name}${part}`).join("");
    })
    .replace(/([+-]?)(?:(\w+):)?"([^"]*)"/g, (_, sign, name, words) => {
      const field = fieldOf(name, names);
      const fields = field < 0 ? names.map((_, at) => at) : [field];
      phrases.push({ phrase: words.toLowerCase(), fields, presence: sign || "+", boost: 1 });
      return " ";
    })
    .replace(/(?<=^|\s)([+-]?)(year|in|status):([\p{L}\p{N}._–—-]+)/giu, (whole, sign, name, given) => {
      const facet = FILTERS[name.toLowerCase()];
      const value = facet === "year" ? yearsOf(given) : given;
      if (!value) return whole; // words
      const not = sign === "-";
      const before = facet === "year" && !not && filters.find((each) => each.facet === facet && !each.not);
      if (before) before.value = [before.value, value].flat(); // a paper is of one year: these or those
      else filters.push({ facet, value, not });
      return " ";
    })
    .replace(/(?<=^|\s)([+-]?)(\S+)/g, (whole, presence, written) => {
      const key = keyOf(written.toLowerCase());
      if (!key) return whole;
      const fields = [...names.keys(), names.length + 1]; // the last: terms that stand in no text
      identifiers.push({ key, term: key.slice(key.indexOf(":") + 1), fields, presence, boost: 1 });
      return " ";
    });
  return { clauses: [...phrases, ...identifiers, ...parse(rest, names).map(named)], filters };
}

/** Years as filter.js has them, undefined for what are none: `2023-2025`, and `2025..2023`, is `2023..2025`. */
function yearsOf(given) {
  if (/^(undated|\d+)$/i.test(given)) return given.toLowerCase();
  const [, from, to] = YEARS.exec(given) ?? [];
  if (!from && !to) return undefined;
  return (from && to ? [from, to].sort() : [from, to]).join("..");
}

/** `A*` is the name of an algorithm, and a star alone nothing: no patterns. */
function named(clause) {
  const letters = clause.term.replaceAll("*", "");
  return /^[a-z]?$/.test(letters) ? { ...clause, term: letters, wild: false } : clause;
}

/** The term of an identifier, as sitegen/search/documents.py has it; undefined for anything else. */
function keyOf(written) {
  const arxiv = (!DOI.test(written) || written.includes("10.48550/arxiv.")) && ARXIV.exec(written);
  if (arxiv) return `arxiv:${arxiv[1] ?? arxiv[2] + arxiv[3]}`;
  for (const [kind, pattern] of Object.entries({ doi: DOI, acl: ACL })) {
    const found = pattern.exec(written);
    if (found) return `${kind}:${found[1]}`;
  }
  return undefined;
}
