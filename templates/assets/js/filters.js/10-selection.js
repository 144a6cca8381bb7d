/* What is chosen, and how it stands in the address: ?year=2023..2025&tag=a&tag=b&sort=date */
const selection = (() => {
  const FACETS = ["mine", "status", "year", "tag", "venue", "collection"];
  const MOST = 50; // values of a facet that an address may have
  const LONGEST = 200; // characters of one
  const UNDATED = "undated"; // the year of what has none

  /** { facet: [values] } without empty ones. Years may be ranges: "2023..2025", "2023..", "..2025". */
  function inAddress(query) {
    const given = new URLSearchParams(query);
    const values = (facet) => [...new Set(given.getAll(facet))].filter((value) => value && value.length <= LONGEST).slice(0, MOST);
    return Object.fromEntries(FACETS.map((facet) => [facet, values(facet)]).filter(([, found]) => found.length));
  }

  /** The address's query with these filters and order instead of its own, from its first page on. */
  function toAddress(query, chosen, sort) {
    const result = new URLSearchParams(query);
    for (const name of [...FACETS, "sort", "page"]) result.delete(name);
    for (const facet of FACETS) for (const value of chosen[facet] ?? []) result.append(facet, value);
    if (sort) result.set("sort", sort);
    return result.toString();
  }

  /** Whether one of the chosen values is this one, or a range of years around it. */
  function has(values = [], facet, id) {
    if (facet !== "year") return values.some((value) => value.toLowerCase() === id.toLowerCase());
    return values.includes(id) || values.map(range).some(([from, to]) => from <= Number(id) && Number(id) <= to);
  }

  /** The chosen values with one more or less. `options`: all that there are, to take one out of a range. */
  function toggled(values = [], facet, id, options) {
    const on = has(values, facet, id);
    if (facet !== "year") return on ? values.filter((value) => value.toLowerCase() !== id.toLowerCase()) : [...values, id];
    const years = options.filter((year) => (year === id ? !on : has(values, facet, year)));
    const dated = years.filter((year) => year !== UNDATED).map(Number);
    return [...ranges(dated.sort((a, b) => a - b)), ...years.filter((year) => year === UNDATED)];
  }

  function range(text) {
    const [from, to = from] = text.split("..");
    return [Number(from) || 0, to === "" ? Infinity : Number(to)];
  }

  /** [2019, 2021, 2022] as ["2019", "2021..2022"] */
  function ranges(years) {
    const found = [];
    for (const year of years) {
      if (found.at(-1)?.[1] === year - 1) found.at(-1)[1] = year;
      else found.push([year, year]);
    }
    return found.map(([from, to]) => (from === to ? `${from}` : `${from}..${to}`));
  }

  const size = (chosen) => Object.values(chosen).flat().length;

  return { FACETS, UNDATED, inAddress, toAddress, has, toggled, size };
})();
