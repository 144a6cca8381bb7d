/**
 * lunr's query language: `word +must -not field:word prefix* *suffix in*fix typo~1 word^2`, `\` before a sign that is
 * meant as such. What lunr reads, this reads alike; where lunr reports an error, what is odd becomes words.
 */

import { clauseOf, SEPARATORS } from "./words.js";

export const MOST_EDITS = 2;
const NAMES = { author: "authors", tag: "tags", note: "notes" };

/** A field's position in the names given, or -1. */
export function fieldOf(name, names) {
  return names.indexOf(NAMES[name] ?? name);
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
  return clauses;
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
