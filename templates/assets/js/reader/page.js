/* "Your reading": what reader.js keeps, as lists; out of here and in again as a file, as BibTeX, as an address.
   No module: browsers run none that were opened from a file. */
(() => {
  const { reader } = window.sitegen;
  const page = document.getElementById("reading");
  const texts = JSON.parse(document.getElementById("reading-texts").textContent);
  const part = (name) => document.getElementById(`reading-${name}`);

  const FORMAT = "sitegen reading";
  const VERSION = 1;
  const LARGEST = 5_000_000; // bytes of a file: about what browsers keep
  const LONGEST = 1000; // papers of an address
  const AT_ONCE = 6; // requests

  const PARTS = {
    starred: ({ starred }) => starred,
    noted: ({ starred, read, note }) => note && !starred && !read,
    read: ({ starred, read }) => read && !starred,
  };
  const ACTS = { add, dismiss, save, open: () => part("file").click(), bibtex, link, ask, clear, keep, undo };

  let before; // what was kept before the last change of many papers
  let offered = [];

  page.addEventListener("click", ({ target }) => ACTS[target.closest("[data-act]")?.dataset.act]?.());
  part("file").addEventListener("change", read);
  // One paper that changes stays where it is, so that nothing moves under the pointer; of many, the lists are new.
  document.addEventListener("reader:change", ({ detail: { id } }) => (id ? count() : list()));
  addEventListener("hashchange", offer);
  if (!reader.kept) tell(texts.lost);
  offer();
  list();

  // Lists

  function list() {
    for (const name of Object.keys(PARTS)) show(name, members(name));
    count();
  }

  function count() {
    for (const name of Object.keys(PARTS)) part(name).querySelector("small").textContent = number(members(name).length);
    part("empty").hidden = reader.ids().length > 0;
  }

  function members(name) {
    return reader.ids().filter((id) => PARTS[name](reader.state(id)));
  }

  function show(name, ids) {
    part(name).hidden = !ids.length;
    part(name).querySelector("small").textContent = number(ids.length);
    part(name).querySelector("ol").replaceChildren(...ids.map(card));
    reader.draw();
    complete(part(name));
  }

  /** A paper as partials/card.html draws it, as far as it is known here. */
  function card(id) {
    const { title, note, facts } = reader.state(id);
    const item = made("li", "card");
    const heading = made("h3", "card-title");
    const anchor = made("a", "", title || id);
    const details = made("details");
    const field = made("textarea");
    item.dataset.paper = id;
    anchor.href = address(id, "html");
    field.value = note;
    field.maxLength = 10_000;
    field.placeholder = texts.write;
    field.setAttribute("aria-label", `${texts.note}: ${title || id}`);
    field.addEventListener("change", () => reader.set(id, { note: field.value }));
    details.open = Boolean(note);
    details.append(made("summary", "", texts.note), field);
    heading.append(anchor);
    const about = made("p", "facts", facts);
    anchor.dir = about.dir = "auto";
    item.append(heading, about, details, made("p", "actions"));
    return item;
  }

  /** Titles that are not known are asked for; an address that leads nowhere, or on, says so and is not followed. */
  async function complete(section) {
    const unknown = Array.from(section.querySelectorAll(".card")).filter(({ dataset }) => !reader.state(dataset.paper).title);
    const found = [];
    await each(unknown, async (item) => {
      const id = item.dataset.paper;
      const answer = await fetch(address(id, "html"));
      const there = new DOMParser().parseFromString(answer.ok ? await answer.text() : "", "text/html");
      const title = there.querySelector("meta[name=citation_title]")?.content;
      if (title) {
        const { facts } = reader.about(there);
        item.querySelector("a").textContent = title;
        item.querySelector(".facts").textContent = facts;
        if (reader.ids().includes(id)) found.push([id, { title, facts }]);
      } else if (answer.ok || answer.status === 404) {
        const target = there.querySelector("meta[http-equiv=refresh]") && there.querySelector("a[href]");
        const facts = item.querySelector(".facts");
        facts.textContent = target ? `${texts.moved} ` : texts.gone;
        if (target) {
          const anchor = made("a", "", target.textContent);
          anchor.href = new URL(target.getAttribute("href"), answer.url);
          facts.append(anchor);
        }
      }
    });
    if (found.length) reader.setAll(found, found[0][0]); // as if one had changed: no list is to be drawn anew
  }

  // An address: reading.html#papers=first,second

  function offer() {
    const given = new URLSearchParams(location.hash.slice(1)).get("papers") ?? "";
    offered = [...new Set(given.split(","))].filter(reader.valid).slice(0, LONGEST);
    show("offer", offered);
  }

  function add() {
    const fresh = offered.filter((id) => !reader.state(id).starred);
    const shown = (id, name) => reader.state(id)[name] || shownOf(part("offer"), id)[name];
    change(fresh.map((id) => [id, { starred: true, title: shown(id, "title"), facts: shown(id, "facts") }]));
    tell(counted("added", fresh.length) || texts.nothing, { undo: fresh.length });
    dismiss();
  }

  function dismiss() {
    history.replaceState(null, "", location.pathname + location.search);
    offer();
  }

  async function link() {
    const ids = members("starred");
    if (!ids.length) return tell(texts.none);
    const shared = new URL(location.href);
    shared.hash = `papers=${ids}`;
    part("address").value = shared.href;
    part("address").hidden = false;
    part("address").select();
    const copied = await navigator.clipboard?.writeText(shared.href).then(() => true, () => false);
    if (!part("address").hidden) tell(copied ? texts.copied : texts.copy, { address: true }); // or something else was said
  }

  // BibTeX

  async function bibtex() {
    const ids = members("starred");
    if (!ids.length) return tell(texts.none);
    const entries = new Map();
    await each(ids, async (id) => {
      const answer = await fetch(address(id, "bib"));
      const text = answer.ok ? (await answer.text()).trim() : "";
      if (text.startsWith("@")) entries.set(id, text);
      tell(fill(texts.bibtex_running, { n: entries.size, total: ids.length }));
    });
    const missing = ids.filter((id) => !entries.has(id));
    if (entries.size) give("starred.bib", "application/x-bibtex", `${ids.flatMap((id) => entries.get(id) ?? []).join("\n\n")}\n`);
    const left = missing.length && fill(texts.bibtex_missing, { papers: missing.map((id) => reader.state(id).title || id).join("; ") });
    tell([counted("bibtex_saved", entries.size), left].filter(Boolean).join(" "));
  }

  // A file

  function save() {
    const papers = Object.fromEntries(reader.ids().map((id) => [id, reader.state(id)]));
    give("reading.json", "application/json", `${JSON.stringify({ format: FORMAT, version: VERSION, site: reader.root.href, papers }, null, 1)}\n`);
    tell(fill(texts.exported, { file: "reading.json" }));
  }

  async function read({ target }) {
    const [file] = target.files;
    if (!file) return;
    const refuse = (why) => tell(fill(why, { file: file.name }));
    let said;
    try {
      if (file.size > LARGEST) return refuse(texts.too_large);
      said = JSON.parse(await file.text());
    } catch {
      return refuse(texts.not_json);
    } finally {
      target.value = ""; // or the same file could not be chosen again
    }
    const { format, version, papers } = said ?? {};
    if (format !== FORMAT || !papers || typeof papers !== "object" || Array.isArray(papers)) return refuse(texts.not_ours);
    if (version !== VERSION) return refuse(version > VERSION ? texts.too_new : texts.not_ours);
    merge(Object.entries(papers));
  }

  /** Marks of both are kept, and notes of both. */
  function merge(entries) {
    const known = new Set(reader.ids());
    const said = entries.filter(([id, entry]) => reader.valid(id) && sensible(entry));
    const changes = [];
    for (const [id, { starred, read, note, title, facts }] of said) {
      const mine = reader.state(id);
      const next = {
        starred: mine.starred || starred === true,
        read: mine.read || read === true,
        note: !note || mine.note.includes(note) ? mine.note : [mine.note, note].filter(Boolean).join("\n\n"),
        title: mine.title || (title ?? ""),
        facts: mine.facts || (facts ?? ""),
      };
      if (next.starred !== mine.starred || next.read !== mine.read || next.note !== mine.note) changes.push([id, next]);
    }
    const fresh = changes.filter(([id]) => !known.has(id)).length;
    change(changes);
    const skipped = entries.length - said.length;
    const summary = [
      counted("added", fresh),
      counted("changed", changes.length - fresh),
      counted("same", said.length - changes.length),
      counted("skipped", skipped),
    ];
    tell(summary.filter(Boolean).join(" ") || texts.nothing, { undo: changes.length });
  }

  function sensible(entry) {
    if (!entry || typeof entry !== "object" || Array.isArray(entry)) return false;
    const { starred = false, read = false, note = "", title = "", facts = "" } = entry;
    const types = [starred, read].every((each) => typeof each === "boolean") && [note, title, facts].every((each) => typeof each === "string");
    return types && (starred || read || note !== "");
  }

  // All at once

  function ask() {
    if (!reader.ids().length) return;
    part("address").hidden = true;
    part("sure").querySelector("span").textContent = counted("clear_question", reader.ids().length);
    part("sure").hidden = false;
    part("sure").querySelector("[data-act=keep]").focus();
  }

  function keep() {
    part("sure").hidden = true;
    page.querySelector("[data-act=ask]").focus();
  }

  function clear() {
    keep();
    change(reader.ids().map((id) => [id, { starred: false, read: false, note: "" }]));
    tell(texts.cleared, { undo: true });
  }

  function change(changes) {
    if (!changes.length) return;
    const kept = new Map(reader.ids().map((id) => [id, reader.state(id)]));
    const nothing = { starred: false, read: false, note: "" };
    before = () => [...changes.map(([id]) => [id, kept.get(id) ?? nothing])];
    reader.setAll(changes);
  }

  function undo() {
    reader.setAll(before());
    tell(texts.undone);
  }

  /** A message, and what belongs to this one: that a change can be undone, the address that was asked for. */
  function tell(text, { undo = false, address = false } = {}) {
    part("status").textContent = text;
    page.querySelector("[data-act=undo]").hidden = !undo;
    part("address").hidden = !address;
  }

  /** The text for so many; "" for none. */
  function counted(name, n) {
    return n ? fill(texts[`${name}_${n === 1 ? "one" : "other"}`], { n }) : "";
  }

  function shownOf(section, id) {
    const item = section.querySelector(`[data-paper="${id}"]`);
    const title = item.querySelector("h3").textContent;
    return title === id ? { title: "", facts: "" } : { title, facts: item.querySelector(".facts").textContent };
  }

  function address(id, ending) {
    return new URL(`papers/${id}.${ending}`, reader.root);
  }

  /** Does all, few at a time; what fails is left out. */
  async function each(items, act) {
    const rest = [...items];
    const work = async () => {
      while (rest.length) await act(rest.shift()).catch(() => {});
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  }

  function give(name, type, text) {
    const anchor = made("a");
    anchor.download = name;
    anchor.href = URL.createObjectURL(new Blob([text], { type }));
    anchor.click();
    setTimeout(() => URL.revokeObjectURL(anchor.href), 60_000);
  }

  function fill(text, values) {
    return text.replace(/\{(\w+)\}/g, (whole, name) => (typeof values[name] === "number" ? number(values[name]) : values[name]));
  }

  function number(n) {
    return n.toLocaleString(document.documentElement.lang);
  }

  function made(name, className = "", text = "") {
    const element = document.createElement(name);
    element.className = className;
    element.textContent = text;
    return element;
  }
})();
