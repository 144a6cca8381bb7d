/**
 * lunr's query language: `word +must -not field:word prefix* *suffix in*fix typo~1 word^2`, `\` before a sign that is
 * meant as such. What lunr reads, this reads alike; where lunr reports an error, what is odd becomes words.
 */

import { clauseOf, SEPARATORS } from "./words.js";

export const MOST_EDITS = 2;
const MOST_PATTERNS = 8; // of a query: each may read the list of all words
const NAMES = { author: "authors", tag: "tags", note: "notes" };

/** A field's position in the names given, or -1. */
export function fieldOf(name, names) {
  const plain = name?.toLowerCase(); // phones begin with a capital
  return names.indexOf(NAMES[plain] ?? plain);
}

/** The clauses of a query, as words.js has them; `names` are those of the fields. */
export function parse(text, names) {
  const clauses = [];
  let presence = "";
  let field = ""; // a known field's name as written, until its term comes
  let clause; // the last one, while signs may still follow it

  const add = (string, fields) => {
    clause = clauseOf(string, fields, presence);
    clauses.push(clause);
    presence = field = "";
  };
  const all = names.map((_, at) => at);
  const known = (name) => fieldOf(name, names);
  const flush = () => field && add(field, all); // no term came: the name was a word

  for (const { kind, string } of lexemes(text)) {
    if (kind === "term") {
      add(string, field ? [known(field)] : all);
    } else if (kind === "field") {
      flush();
      if (known(string) >= 0) [field, clause] = [string, undefined];
      else if (string) add(string, all);
    } else if (kind === "presence") {
      flush();
      [presence, clause] = [string, undefined];
    } else if (string && !clause) {
      add(string, field ? [known(field)] : all); // a number after a sign that has no word before it
    } else if (string) {
      if (kind === "^") clause.boost = Math.min(Number(string), 1e9);
      else clause.edits = Number(string);
    }
  }
  flush();
  return affordable(clauses);
}

/** Patterns and edits that are the same are one, their boosts added up, as lunr adds them; of others only the first. */
function affordable(clauses) {
  const met = new Map();
  return clauses.filter((clause) => {
    const { term, fields, presence, edits, wild, boost } = clause;
    if (!wild && !edits) return true;
    const key = JSON.stringify([term, fields, presence, edits]);
    const same = met.get(key);
    if (same) same.boost += boost;
    else met.set(key, clause);
    return !same && met.size <= MOST_PATTERNS;
  });
}

/** What lunr's lexer emits: { kind: "term" | "field" | "presence" | "~" | "^", string }. */
function lexemes(text) {
  const found = [];
  let start = 0;
  let at = 0;
  let escapes = [];

  const emit = (kind) => {
    let string = "";
    for (const escape of escapes) {
      string += text.slice(start, escape);
      start = escape + 1;
    }
    found.push({ kind, string: string + text.slice(start, at) });
    [start, escapes] = [at, []];
  };
  const emitTerm = () => at > start && emit("term");
  const skip = () => (start = ++at);

  while (at < text.length) {
    const sign = text[at];
    if (sign === "\\") {
      escapes.push(at);
      at += 2;
    } else if (sign === ":") {
      emit("field");
      skip();
    } else if (sign === "~" || sign === "^") {
      emitTerm();
      skip();
      while (text[at] >= "0" && text[at] <= "9") at++;
      emit(sign);
    } else if ((sign === "+" || sign === "-") && at === start) {
      at++;
      emit("presence");
    } else if (SEPARATORS.includes(sign)) {
      emitTerm();
      skip();
    } else {
      at++;
    }
  }
  emitTerm();
  return found;
}
