/* Of a reader who has read something: "hide read", and "7 of 23 read". */
(() => {
  const { reader } = window.sitegen;
  const tally = document.querySelector(".tally");
  const toggle = Object.assign(document.createElement("button"), { type: "button", textContent: tally?.dataset.hide });
  const line = document.createElement("span");

  let members; // promise of { list: [papers] }

  if (tally) {
    toggle.addEventListener("click", () => (reader.hide = !reader.hide));
    tally.append(toggle, line);
  }
  document.addEventListener("reader:change", draw);
  draw();

  async function draw() {
    const read = new Set(reader.ids().filter((id) => reader.state(id).read));
    const shown = Array.from(document.querySelectorAll(".card"), ({ dataset }) => dataset.paper);
    if (tally) count("");
    for (const place of document.querySelectorAll("[data-list]")) {
      const { list, total, progress, label } = place.dataset;
      const whole = place === tally && shown.length === Number(total);
      if (!whole && !read.size && !label) continue; // nothing to ask for, nothing to take back
      const ids = whole ? shown : (await lists())[list];
      const n = Array.isArray(ids) ? ids.filter((id) => read.has(id)).length : 0;
      const said = n ? fill(progress, { read: n, total: Number(total) }) : "";
      if (place === tally) count(said);
      else {
        place.dataset.label ??= place.textContent; // "23 papers"
        place.textContent = said || place.dataset.label;
      }
    }
  }

  function count(progress) {
    const counted = (mark, text) => {
      const n = document.querySelectorAll(`.card[data-${mark}]`).length;
      return n ? fill(text, { n }) : "";
    };
    const hidden = reader.hide ? counted("read", tally.dataset.hidden) : "";
    toggle.setAttribute("aria-pressed", reader.hide);
    line.textContent = [progress, hidden, counted("new", tally.dataset.newLabel)].filter(Boolean).join(" · ");
  }

  /** The papers of every list; none where the site was opened from a file, or cannot be reached. */
  function lists() {
    members ??= fetch(new URL("reading.json", reader.root))
      .then((answer) => (answer.ok ? answer.json() : {}))
      .catch(() => ({}));
    return members;
  }

  function fill(text, values) {
    return text.replace(/\{(\w+)\}/g, (whole, name) => values[name].toLocaleString(document.documentElement.lang));
  }
})();
