/**
 * lunr's query language: `word +must -not field:word prefix* *suffix in*fix typo~1 word^2`, `\` before a sign that is
 * meant as such. What lunr reads, this reads alike; where lunr reports an error, what is odd becomes words.
 * Beyond lunr: `"exact phrase"`, `year:2023..2025`, `in:collection`, `status:read`.
 */

export const SEPARATORS = " \t\n\r\f\v\u00a0-";
const NAMES = { author: "authors", tag: "tags", note: "notes" };
const FILTERS = { year: "year", in: "collection", status: "status" };
export const MOST_EDITS = 2;

/**
 * { clauses, filters }: those of `parse`, phrases among them as { phrase: their words, fields, presence: "+" or "-" },
 * and { facet, value, not } for what limits results.
 */
export function read(text, names) {
  const phrases = [];
  const filters = [];
  const rest = text
    .replace(/([+-]?)(?:(\w+):)?"([^"]*)"/g, (_, sign, name, words) => {
      const field = fieldOf(name, names);
      const fields = field < 0 ? names.map((_, at) => at) : [field];
      phrases.push({ phrase: words.toLowerCase(), fields, presence: sign || "+", boost: 1 });
      return " ";
    })
    .replace(/(?<=^|\s)([+-]?)(year|in|status):([\p{L}\p{N}._-]+)/gu, (_, sign, name, value) => {
      filters.push({ facet: FILTERS[name], value, not: sign === "-" });
      return " ";
    });
  return { clauses: [...parse(rest, names), ...phrases], filters };
}

function fieldOf(name, names) {
  return names.indexOf(NAMES[name] ?? name);
}

/**
 * Clauses { term, fields, presence, edits, boost, wild } of a query. `fields` are positions in the names given;
 * `presence` is "", "+" or "-"; `term` is in lower case, not yet stemmed; `wild` ones never are.
 */
export function parse(text, names) {
  const clauses = [];
  let presence = "";
  let field = ""; // a known field's name as written, until its term comes
  let clause; // the last one, while signs may still follow it

  const add = (string, fields) => {
    const term = string.toLowerCase();
    clause = { term, fields, presence, edits: 0, boost: 1, wild: term.includes("*") };
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

const EDGES = /^([^\p{L}\p{N}_]*)([\p{L}\p{N}_]+)[^\p{L}\p{N}_]*$/u;

/** A token without the signs around it, as lunr's trimmer leaves it: `(models),` is `models`, `c++11` stays. */
export function trimmed(token) {
  return EDGES.exec(token)?.[2] ?? token;
}

const LETTERS = { ø: "o", æ: "ae", œ: "oe", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i", ħ: "h", ŧ: "t", ŋ: "ng", ß: "ss", ς: "σ" };
const CJK = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff";
const RUNS = new RegExp(`[${CJK}]+|[^${CJK}]+`, "g");
const IS_CJK = new RegExp(`[${CJK}]`);

/** Without accents, in lower case: as sitegen/text/normal.py folds. */
export function fold(text) {
  return text
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/[øæœłđðþıħŧŋßς]/g, (letter) => LETTERS[letter])
    .normalize("NFC");
}

/** What stands between the signs of a word, folded; CJK text as pairs of characters. As sitegen/search/spellings.py. */
export function partsOf(word) {
  const parts = fold(word).match(/[\p{L}\p{N}]+/gu) ?? [];
  return parts.flatMap((part) => part.match(RUNS).flatMap(pairs));
}

export function hasCjk(word) {
  return IS_CJK.test(word);
}

function pairs(run) {
  if (run.length === 1 || !hasCjk(run)) return run;
  return Array.from({ length: run.length - 1 }, (_, at) => run.slice(at, at + 2));
}
