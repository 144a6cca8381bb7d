/* A list that is wholly on its page is filtered where it stands: what its cards show is what there is to filter by. */
const listHere = (() => {
  const MINE = ["unread", "read", "starred"];

  /** ask(chosen, sort) hides what does not fit, and returns what the panel shows. */
  function listHere() {
    const cards = Array.from(document.querySelectorAll(".body .cards > .card"), read);
    const lists = [...document.querySelectorAll(".body .cards")].map((list) => ({ list, written: [...list.children] }));
    for (const { list, written } of lists) if (list.start > 1 || list.matches(".numbered")) written.forEach((item, at) => (item.value = list.start + at));

    function ask(chosen, sort) {
      for (const card of cards) card.mine = mine(card.id);
      const hiding = window.sitegen?.reader?.hide; // what is read
      const facets = Object.keys(chosen).filter((facet) => chosen[facet].length);
      const fits = (card, but) =>
        !(hiding && card.mine.some(({ id }) => id === "read")) &&
        facets.every((facet) => facet === but || card[facet].some(({ id }) => selection.has(chosen[facet], facet, id)));
      let total = 0;
      for (const card of cards) {
        const shown = fits(card);
        card.item.toggleAttribute("data-out", !shown);
        total += shown;
      }
      for (const { list, written } of lists) arrange(list, written, sort);
      for (const section of document.querySelectorAll(".body > section")) {
        section.toggleAttribute("data-out", facets.length > 0 && !section.querySelector(".card:not([data-out])"));
      }
      const groups = Object.fromEntries(selection.FACETS.map((facet) => [facet, counted(cards.filter((card) => fits(card, facet)), facet)]));
      // That nothing is marked yet is no choice.
      if (!groups.mine.some(({ id }) => id !== "unread")) groups.mine = [];
      return { groups, total, of: cards.length };
    }

    /** Within its section, the list as it was written, or the newest or the most discussed first. */
    function arrange(list, written, sort) {
      const value = (item) => cards.find((card) => card.item === item)?.[sort] ?? "";
      const wanted = sort ? written.toSorted((a, b) => (value(a) < value(b) ? 1 : value(a) > value(b) ? -1 : 0)) : written;
      if (wanted.some((item, at) => item !== list.children[at])) list.replaceChildren(...wanted);
    }

    return { ask };
  }

  function read(item) {
    const linked = (places, folder) =>
      Array.from(item.querySelectorAll(places), (link) => ({ id: decodeURIComponent(named(link.pathname, folder)), label: link.textContent.trim() }));
    // Those for which a card has no room: an address and a label a line.
    const unseen = (lines = "", folder) =>
      Array.from(lines.matchAll(/^(\S+) (.+)$/gm), ([, address, label]) => ({ id: named(`/${address.split("#")[0]}`, folder), label }));
    const date = item.querySelector(".facts time")?.dateTime ?? "";
    // Of one list, its own; of lists that papers meet in, what any of theirs says.
    const own = item.querySelector(".marks .status")?.classList ?? [];
    const statuses = item.dataset.status?.split(" ") ?? Array.from(own).filter((name) => name !== "status");
    return {
      item,
      id: item.dataset.paper,
      date,
      discussion: Number(item.dataset.comments ?? 0),
      year: [date.slice(0, 4) || selection.UNDATED].map((id) => ({ id, label: id })),
      tag: [...linked(".actions .tag", "tags"), ...unseen(item.dataset.tags, "tags")],
      collection: [...linked(".also a", "collections"), ...unseen(item.dataset.lists, "collections")],
      status: statuses.map((id) => ({ id, label: id })), // the panel has words for them
      venue: [item.dataset.venue ?? []].flat().map((id) => ({ id, label: id })),
    };
  }

  /** `speech` of `/a/tags/speech.html` or `/a/tags/speech.2.html` */
  const named = (path, folder) => path.slice(path.lastIndexOf(`/${folder}/`) + folder.length + 2).replace(/(\.\d+)?(\.html)?$/, "");

  function mine(id) {
    const state = window.sitegen?.reader?.state(id);
    if (!state) return [];
    return MINE.filter((each) => (each === "unread" ? !state.read : state[each])).map((each) => ({ id: each, label: each }));
  }

  function counted(cards, facet) {
    const found = new Map();
    for (const card of cards) {
      for (const { id, label } of card[facet]) {
        if (!found.has(id)) found.set(id, { id, label, count: 0 });
        found.get(id).count++;
      }
    }
    const by = facet === "year" ? (a, b) => (Number(b.id) || 0) - (Number(a.id) || 0) : (a, b) => b.count - a.count || (a.label < b.label ? -1 : 1);
    return [...found.values()].sort(by);
  }

  return listHere;
})();
