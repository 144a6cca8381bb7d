/* What readers keep, in this browser alone: papers read and starred, notes, their last visit. */
(() => {
  const script = document.currentScript;
  const labels = script.dataset;
  const root = new URL("../../../", script.src); // this is assets/<digest>/js/site.js
  const KEY = `sitegen:${root.pathname}`; // sites of one host share its storage. theme.js reads it, too
  const ID = /^[a-z0-9-]{1,80}$/;
  const PAUSE = 240; // minutes after which the next page is another visit

  const loaded = new Set();
  let kept = true; // false: storage is denied or full, and all of this lasts as long as the page
  let state = stored();

  const reader = {
    root,
    labels,
    load,
    draw,
    get kept() {
      return kept;
    },
    get hide() {
      return state.hide;
    },
    set hide(hide) {
      update(() => (state.hide = hide));
      announce();
    },
    seenAt: visit(), // what was added after this day is new; "": nothing is
    valid: (id) => ID.test(id),
    ids: () => [...state.papers.keys()],
    state(id) {
      const [flags, title, note, facts] = state.papers.get(id) ?? [0, "", "", ""];
      return { read: flags % 2 > 0, starred: flags > 1, title, note, facts };
    },
    /** What lists elsewhere show of a paper: its title, and who, where and when. */
    about(item) {
      const all = [item.querySelector(".byline, .authors"), ...(item.querySelector(".facts")?.childNodes ?? [])];
      const facts = all.map((each) => (each && each.nodeName !== "A" ? each.textContent.replace(/[\s·]+$/, "").trim() : ""));
      return { title: item.querySelector("h1, .card-title a").textContent.trim(), facts: facts.filter(Boolean).join(" · ") };
    },
    /** Changes any of read, starred, title, note, facts. */
    set: (id, changes) => reader.setAll([[id, changes]], id),
    /** The same for many papers, at once. `about`: which one is announced as changed; without it, all. */
    setAll(all, about) {
      update(() => {
        for (const [id, changes] of all) {
          const { read, starred, title, note, facts } = { ...reader.state(id), ...changes };
          put(state.papers, id, [read + 2 * starred, title, note, facts]);
        }
      });
      announce(about);
    },
  };
  window.sitegen = { ...window.sitegen, reader };

  draw();
  const results = document.getElementById("results");
  if (results) new MutationObserver(draw).observe(results, { childList: true });
  addEventListener("click", onClick);
  addEventListener("storage", ({ key }) => {
    if (key && key !== KEY) return; // none: everything was cleared
    state = stored();
    announce();
  });

  /** What is kept, as far as it can be trusted: anybody on this host may have written it. */
  function stored() {
    const found = { papers: new Map(), hide: false, visit: ["", 0, ""] };
    try {
      const { v, papers, hide, visit } = JSON.parse(localStorage.getItem(KEY)) ?? {};
      if (v > 1) kept = false; // a later sitegen's, not to be overwritten
      if (v !== 1) return found;
      for (const [id, entry] of Object.entries(papers)) if (Array.isArray(entry)) put(found.papers, id, entry);
      found.hide = hide === true;
      const [since, minute, newest] = visit;
      if (minute > 0 && [since, newest].every((day) => /^(\d{4}-\d\d-\d\d)?$/.test(day))) found.visit = visit;
    } catch {
      // Denied, which writing will find out; or not ours.
    }
    return found;
  }

  function put(papers, id, [flags, ...texts]) {
    const [title, note, facts] = [1000, 10_000, 300].map((most, at) => (typeof texts[at] === "string" ? texts[at].slice(0, most) : ""));
    if (!ID.test(id)) return;
    if (flags & 3 || note) papers.set(id, [flags & 3, title, note, facts]);
    else papers.delete(id);
  }

  function update(act) {
    if (kept) state = stored(); // another tab may have written
    act();
    try {
      if (kept) localStorage.setItem(KEY, JSON.stringify({ v: 1, ...state, papers: Object.fromEntries(state.papers) }));
    } catch {
      kept = false;
    }
  }

  function announce(id) {
    draw();
    document.dispatchEvent(new CustomEvent("reader:change", { detail: { id } }));
    if (!kept) load("lost");
  }

  /**
   * The day after which papers are new, by the content's own days: that of the newest paper seen at the visit before.
   * Who had only seen old ones is taken to know what was older than a week.
   */
  function visit() {
    const now = Math.floor(Date.now() / 60_000);
    const day = (minute) => new Date(minute * 60_000).toISOString().slice(0, 10);
    const [since, minute, newest] = state.visit;
    const before = Math.abs(now - minute) > PAUSE ? newest : since;
    const days = Array.from(document.querySelectorAll("[data-added]"), ({ dataset }) => dataset.added);
    const seen = [day(now - 10_080), newest, ...days].filter((each) => each <= day(now)).sort().at(-1);
    if (before !== since || seen !== newest || Math.abs(now - minute) > 9) update(() => (state.visit = [before, now, seen]));
    return before;
  }

  function draw() {
    for (const item of document.querySelectorAll("[data-paper]")) {
      const { paper, added } = item.dataset;
      const { read, starred, note } = reader.state(paper);
      item.toggleAttribute("data-read", read);
      item.toggleAttribute("data-starred", starred);
      if (reader.seenAt && added > reader.seenAt && !item.matches("[data-new]")) {
        item.dataset.new = "";
        item.querySelector("a").before(made("span", "unseen", labels.newLabel));
      }
      const row = item.querySelector(":scope > .actions, :scope > .lede > .actions");
      if (!row) continue;
      if (!row.querySelector(".star")) {
        row.append(made("button", "star"), made("button", "read"));
        if (item.matches("article")) row.append(made("button", "own-note"));
      }
      row.querySelector(".star").ariaPressed = starred;
      row.querySelector(".read").ariaPressed = read;
      const opener = row.querySelector(".own-note");
      if (opener) opener.textContent = labels.note + (note.trim() && `: ${note.slice(0, 80)}`);
    }
    document.documentElement.classList.toggle("hide-read", state.hide);
    const any = state.hide || state.papers.size || document.querySelector("[data-new]");
    if (any && document.querySelector(".tally, [data-list]")) load("lists");
  }

  function onClick({ target }) {
    const pressed = target.closest?.(".actions button");
    const item = pressed?.closest("[data-paper]");
    const what = { star: "starred", read: "read" }[pressed?.className];
    if (what) {
      reader.set(item.dataset.paper, { ...(item.closest(".reading") ? {} : reader.about(item)), [what]: !reader.state(item.dataset.paper)[what] });
    } else if (pressed?.matches(".own-note")) load("note");
  }

  /** What only some readers need comes when they do, once. No module: browsers run none of those from a file. */
  function load(name) {
    if (loaded.has(name)) return;
    loaded.add(name);
    const onload = () => document.head.append(Object.assign(made("script"), { src: new URL(`reader/${name}.js`, script.src) }));
    const href = new URL("../css/reader.css", script.src);
    document.head.append(Object.assign(made("link"), { rel: "stylesheet", href, onload, onerror: onload }));
  }

  function made(name, className = "", text = "") {
    const element = Object.assign(document.createElement(name), { className, textContent: text });
    if (name === "button") element.type = "button";
    const label = labels[`${className}Label`];
    if (label) element.title = element.ariaLabel = label;
    return element;
  }
})();
