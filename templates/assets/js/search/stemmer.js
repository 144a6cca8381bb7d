/**
 * Words to stems as the index made them: Porter's algorithm (An algorithm for suffix stripping, 1980) with lunr.py's
 * departures: words of one or two letters stay; `bli` and `logi` stand for `abli` and nothing in step 2.
 */

const STEP2 = rules(`ational ate tional tion enci ence anci ance izer ize bli ble alli al entli ent eli e ousli ous
  ization ize ation ate ator ate alism al iveness ive fulness ful ousness ous aliti al iviti ive biliti ble logi log`);
const STEP3 = rules("icate ic ative - alize al iciti ic ical ic ful - ness -");
const STEP4 = "al ance ence er ic able ible ant ement ment ent ion ou ism ate iti ous ive ize".split(" ");

function rules(text) {
  const parts = text.split(/\s+/);
  return parts.flatMap((part, at) => (at % 2 ? [] : [[part, parts[at + 1].replace("-", "")]]));
}

/** The stem of a word in lower case. */
export function stem(word) {
  // A letter beyond U+FFFF has two units, and is one.
  if (/^.{0,2}$/su.test(word)) return word;
  word = plural(word);
  word = pastOrGerund(word);
  if (word.endsWith("y") && hasVowel(word.slice(0, -1))) word = word.slice(0, -1) + "i";
  word = replaced(word, STEP2);
  word = replaced(word, STEP3);
  return finalLetters(withoutSuffix(word));
}

function plural(word) {
  if (word.endsWith("sses") || word.endsWith("ies")) return word.slice(0, -2);
  return word.endsWith("s") && word.at(-2) !== "s" ? word.slice(0, -1) : word;
}

function pastOrGerund(word) {
  if (word.endsWith("eed")) return measure(word.slice(0, -3)) > 0 ? word.slice(0, -1) : word;
  const base = word.endsWith("ed") ? word.slice(0, -2) : word.endsWith("ing") ? word.slice(0, -3) : "";
  if (!hasVowel(base)) return word;
  if (/(at|bl|iz)$/.test(base)) return base + "e";
  if (endsInDouble(base)) return base.replace(/[^lsz]$/u, "");
  return measure(base) === 1 && endsShort(base) ? base + "e" : base;
}

function replaced(word, list) {
  const rule = list.find(([suffix]) => word.endsWith(suffix));
  if (!rule) return word;
  const base = word.slice(0, -rule[0].length);
  return measure(base) > 0 ? base + rule[1] : word;
}

function withoutSuffix(word) {
  const suffix = STEP4.find((each) => word.endsWith(each));
  if (!suffix) return word;
  const base = word.slice(0, -suffix.length);
  return measure(base) > 1 && (suffix !== "ion" || /[st]$/.test(base)) ? base : word;
}

function finalLetters(word) {
  const size = measure(word);
  if (word.endsWith("e") && (size > 1 || (size === 1 && !endsShort(word.slice(0, -1))))) word = word.slice(0, -1);
  return size > 1 && word.endsWith("ll") ? word.slice(0, -1) : word;
}

/** The word as c for consonants and v for vowels; y is a vowel after a consonant. */
function shape(word) {
  let result = "";
  for (const letter of word) {
    const vowel = letter === "y" ? result.endsWith("c") : "aeiou".includes(letter);
    result += vowel ? "v" : "c";
  }
  return result;
}

/** How often a consonant follows a vowel. */
function measure(word) {
  return shape(word).split("vc").length - 1;
}

function hasVowel(word) {
  return shape(word).includes("v");
}

function endsInDouble(word) {
  return /(.)\1$/su.test(word) && shape(word).endsWith("c");
}

function endsShort(word) {
  return shape(word).endsWith("cvc") && !/[wxy]$/.test(word);
}
