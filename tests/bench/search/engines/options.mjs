/** How the peers are set up: as their own guides advise for search over titles, abstracts and authors. */

const FIELDS = ["title", "abstract", "authors"];

export const minisearch = { fields: FIELDS, storeFields: ["title"] };
export const minisearchQuery = { fuzzy: 0.2, prefix: true, boost: { title: 2 } };
export const flexsearch = { document: { id: "id", index: FIELDS.map((field) => ({ field, tokenize: "forward" })) } };
