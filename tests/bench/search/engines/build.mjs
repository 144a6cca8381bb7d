/** node build.mjs ENGINE MODULES DOCUMENTS.json FOLDER: the engine's index as a browser loads it, and what it took. */

import { mkdir, readFile, readdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import * as options from "./options.mjs";

const [, , engine, modules, documentsFile, folder] = process.argv;
const load = (path) => import(pathToFileURL(join(modules, path)));

const BUILDERS = {
  async minisearch(documents) {
    const { default: MiniSearch } = await load("minisearch/dist/es/index.js");
    const index = new MiniSearch(options.minisearch);
    index.addAll(documents);
    await writeFile(join(folder, "index.json"), JSON.stringify(index));
  },

  async flexsearch(documents) {
    const { Document } = await load("flexsearch/dist/flexsearch.bundle.module.min.mjs");
    const index = new Document(options.flexsearch);
    for (const document of documents) index.add(document);
    const parts = [];
    await index.export((key, data) => data !== undefined && parts.push([key, data]));
    await writeFile(join(folder, "index.json"), JSON.stringify(parts));
  },

  async pagefind(documents) {
    const pagefind = await load("pagefind/lib/index.js");
    const { index } = await pagefind.createIndex();
    for (const { id, title, abstract, authors } of documents) {
      const content = [title, abstract, authors].join("\n");
      await index.addCustomRecord({ url: `/${id}`, content, language: "en", meta: { title } });
    }
    await index.writeFiles({ outputPath: folder });
    await pagefind.close();
  },
};

async function sizeOf(path) {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(files.map(async (file) => (await stat(join(file.path, file.name))).size));
  return { files: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}

await mkdir(folder, { recursive: true });
const documents = JSON.parse(await readFile(documentsFile, "utf-8"));
const start = performance.now();
await BUILDERS[engine](documents);
const wall = (performance.now() - start) / 1000;
await new Promise((resolve) => setTimeout(resolve, 500)); // until Pagefind's own process has ended, and is counted
process.stdout.write(JSON.stringify({ wall, ...(await sizeOf(folder)) }));
process.exit();
