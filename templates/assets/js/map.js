/* The map of the papers. Without it, and from files, which read no data, the list below it says the same. */
(() => {
  const map = document.getElementById("map");
  const canvas = map.querySelector("canvas");
  const pen = canvas.getContext("2d");
  const tip = map.querySelector(".map-tip");
  const status = map.querySelector("[role=status]");
  const legends = [...map.querySelectorAll(".map-legend")];
  const choice = map.querySelector("select");
  const probe = canvas.parentElement.appendChild(document.createElement("i"));
  const calm = matchMedia("(prefers-reduced-motion: reduce)");

  const SIZE = 4096; // the map's own coordinates
  const PAD = 28; // pixels around it
  const REACH = 24; // pixels by which a pointer may miss
  const TITLES = 120; // dots in view that have titles
  const CROWD = 2000; // dots in view that no name avoids
  const WHOLE = { zoom: 1, x: 0, y: 0 };

  let data;
  let count;
  let width = 0;
  let height = 0;
  let view = WHOLE;
  let goal = WHOLE; // where the view is moving to
  let speed = 1;
  let ink = {}; // colours and fonts of the theme
  let colours = []; // of each paper: a class
  let active = -1;
  let drawing = 0;
  let scrolled = 0;

  map.hidden = location.protocol === "file:";
  if (!map.hidden)
    fetch(map.dataset.source)
      .then((answer) => answer.json())
      .then(start)
      .catch(() => (map.hidden = true));

  function start(read) {
    data = read;
    count = data.titles.length;
    for (const layer of Object.values(data.layers).flat()) layer.forEach((step, at) => (layer[at] += at && layer[at - 1]));
    new ResizeObserver(resize).observe(canvas);
    addEventListener("click", dress); // perhaps on the button for the theme
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", dress);
    addEventListener("hashchange", colour);
    addEventListener("scroll", (event) => (scrolled = event.timeStamp));
    choice?.addEventListener("change", () => (location.hash = choice.value));
    for (const legend of legends) legend.addEventListener("click", choose);
    for (const button of map.querySelectorAll("button")) button.addEventListener("click", () => press(button.value));
    canvas.addEventListener("keydown", onKey);
    canvas.addEventListener("focus", () => canvas.matches(":focus-visible") && move(0, 0));
    canvas.addEventListener("blur", () => select(-1));
    canvas.addEventListener("wheel", onWheel, { passive: false });
    point();
    colour();
  }

  /* Colours */

  function colour() {
    colours = Array(count).fill(choice ? "hue" : "one");
    if (choice) {
      choice.value = location.hash.slice(1);
      const option = choice.selectedOptions[0] ?? choice.options[0];
      const { way, at, papers } = option.dataset;
      const [one] = legends.at(-1).children;
      option.selected = true;
      one.dataset.at = at;
      if (at) one.firstChild.href = map.dataset.root + option.value;
      one.firstChild.textContent = option.label;
      one.lastChild.textContent = papers;
      for (const legend of legends) {
        legend.inert = legend.dataset.way !== (at ? "one" : way);
        if (legend.inert) continue;
        for (const { dataset, className } of legend.children)
          for (const paper of data.layers[way][dataset.at] ?? []) colours[paper] = className;
      }
    }
    dress();
  }

  /** A name in the legend shows its papers alone; alone, it leads to their page. */
  function choose(event) {
    const entry = event.target.closest("a:not(.one *)");
    if (!entry || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    location.hash = entry.getAttribute("href").slice(map.dataset.root.length);
  }

  function dress() {
    const style = getComputedStyle(canvas);
    ink = { back: style.backgroundColor, sans: getComputedStyle(map).fontFamily, serif: style.fontFamily };
    for (const name of new Set(["ink", "muted", "accent", ...colours])) {
      probe.className = name;
      ink[name] = getComputedStyle(probe).color;
    }
    draw();
  }

  /* Places */

  function resize() {
    const scale = devicePixelRatio;
    width = canvas.clientWidth;
    height = canvas.clientHeight;
    canvas.width = width * scale;
    canvas.height = height * scale;
    pen.scale(scale, scale);
    show(WHOLE);
  }

  const place = (x, y) => [
    (PAD + (x / SIZE) * (width - 2 * PAD)) * view.zoom + view.x,
    (PAD + (y / SIZE) * (height - 2 * PAD)) * view.zoom + view.y,
  ];
  const spot = (paper) => place(data.x[paper], data.y[paper]);
  const within = (value, least, most) => Math.min(Math.max(value, least), most);

  /** Within the map's limits. */
  const held = ({ zoom, x, y }) => ({ zoom, x: within(x, width - width * zoom, 0), y: within(y, height - height * zoom, 0) });

  const panned = (x, y) => held({ ...goal, x: goal.x + x, y: goal.y + y });

  function zoomed(by, x = width / 2, y = height / 2) {
    const zoom = within(goal.zoom * by, 1, Math.max(6, Math.sqrt(count) / 2.5));
    by = zoom / goal.zoom;
    return held({ zoom, x: x - (x - goal.x) * by, y: y - (y - goal.y) * by });
  }

  function show(next, gently) {
    goal = next;
    speed = gently && !calm.matches ? 0.3 : 1;
    draw();
  }

  /** The paper for which a measure of its place on the screen is least. */
  function best(measure, least = Infinity) {
    let found = -1;
    for (let paper = 0; paper < count; paper++) {
      const value = measure(...spot(paper));
      if (value < least) [found, least] = [paper, value];
    }
    return found;
  }

  const at = (x, y) => best((px, py) => Math.hypot(px - x, py - y), REACH);

  function draw() {
    drawing ||= requestAnimationFrame(paint);
  }

  function paint() {
    drawing = 0;
    if (!width) return;
    approach();
    pen.clearRect(0, 0, width, height);
    const radius = Math.min(8, within(0.09 * Math.sqrt((width * height) / count), 1.7, 5.5) * view.zoom ** 0.4);
    const papers = [];
    const spots = { hue: [] }; // by colour; what has none lies below
    for (let paper = 0; paper < count; paper++) {
      const [x, y] = spot(paper);
      if (x < -9 || y < -9 || x > width + 9 || y > height + 9) continue;
      papers.push(paper);
      (spots[colours[paper]] ??= []).push([x, y]);
    }
    for (const name in spots) {
      pen.globalAlpha = name === "hue" ? 0.6 : 0.9;
      pen.fillStyle = ink[name];
      pen.beginPath();
      for (const [x, y] of spots[name]) dot(x, y, radius);
      pen.fill();
    }
    pen.globalAlpha = 1;
    const texts = [];
    const all = papers.length > CROWD ? [] : papers.map(spot);
    paintRegions(all, texts);
    if (papers.length <= TITLES) paintTitles(papers, radius, all, texts);
    if (active >= 0) paintActive(radius);
    canvas.style.touchAction = view.zoom > 1 ? "none" : "pan-y"; // a finger scrolls the map or the page
  }

  function approach() {
    const nearer = (key) => view[key] + (goal[key] - view[key]) * speed;
    view = { zoom: nearer("zoom"), x: nearer("x"), y: nearer("y") };
    if (Math.hypot(99 * (goal.zoom - view.zoom), goal.x - view.x, goal.y - view.y) < 1) view = goal;
    else draw();
  }

  function dot(x, y, radius) {
    if (radius < 2) return pen.rect(x - 1.5, y - 1.5, 3, 3); // as good, and fast
    pen.moveTo(x + radius, y);
    pen.arc(x, y, radius, 0, 7);
  }

  /** A ring, lines to those that are most like it, its title below it or above. */
  function paintActive(radius) {
    const [x, y] = spot(active);
    pen.strokeStyle = ink.accent;
    pen.lineWidth = 1;
    pen.beginPath();
    for (const other of data.kin[active]) {
      pen.moveTo(x, y);
      pen.lineTo(...spot(other));
      dot(...spot(other), radius + 2);
    }
    pen.stroke();
    pen.lineWidth = 2.5;
    pen.beginPath();
    dot(x, y, radius + 3);
    pen.stroke();
    tip.style.left = `${within(x - 24, 8, width - tip.offsetWidth - 8)}px`;
    tip.style.top = `${y + 24 + tip.offsetHeight > height ? y - tip.offsetHeight - 14 : y + 14}px`;
  }

  function paintRegions(spots, texts) {
    pen.textAlign = "center";
    pen.font = `600 ${width < 600 ? 12 : 14}px ${ink.serif}`;
    for (const [left, top, words] of data.regions) {
      const name = width < 600 ? words.split(" · ")[0] : words;
      const half = pen.measureText(name).width / 2;
      const [x, y] = place(left, top);
      const from = within(x, half + 8, width - half - 8);
      if (x < 0 || x > width) continue;
      const loss = (aside) => hidden(spots, from - half, from + half, y + aside);
      [0, 16, -16, 32, -32, 48, -48]
        .sort((a, b) => loss(a) - loss(b))
        .some((aside) => write(name, from, y + aside, from - half, from + half, ink.ink, texts));
    }
  }

  function paintTitles(papers, radius, spots, texts) {
    pen.textAlign = "start";
    pen.font = `12px ${ink.sans}`;
    const longest = width < 600 ? 26 : 44;
    for (const paper of papers) {
      const title = data.titles[paper];
      const text = title.length > longest ? `${title.slice(0, longest).trimEnd()}…` : title;
      const [x, y] = spot(paper);
      const left = x + radius + 4;
      const right = left + pen.measureText(text).width;
      if (right < width && !hidden(spots, left, right, y)) write(text, left, y, left, right, ink.muted, texts);
    }
  }

  /** How many dots a text would hide. */
  const hidden = (spots, left, right, at) => spots.filter(([x, y]) => x > left && x < right && Math.abs(y - at) < 11).length;

  /** Text on a halo, unless another text is in the way. */
  function write(text, x, y, left, right, colour, texts) {
    if (y < 10 || y > height - 10) return false;
    if (texts.some((other) => left < other[1] + 6 && right > other[0] - 6 && Math.abs(y - other[2]) < 17)) return false;
    texts.push([left, right, y]);
    pen.textBaseline = "middle";
    pen.lineJoin = "round";
    pen.lineWidth = 4;
    pen.strokeStyle = ink.back;
    pen.strokeText(text, x, y);
    pen.fillStyle = colour;
    pen.fillText(text, x, y);
    return true;
  }

  /* One paper */

  function select(paper) {
    active = paper;
    tip.hidden = paper < 0;
    canvas.classList.toggle("on", paper >= 0);
    if (paper >= 0) {
      const [title, facts] = tip.children;
      tip.href = `${map.dataset.root}papers/${id(paper)}.html`;
      title.textContent = data.titles[paper];
      const names = [...map.querySelectorAll(".map-fact option")].filter(
        ({ dataset: { way, at } }) => data.layers[way][at].includes(paper),
      );
      facts.textContent = names.map((option) => option.label).join(" · ");
    }
    draw();
  }

  /** What the title makes of itself in an address; or so many characters of that, and the rest. */
  function id(paper) {
    const made = data.titles[paper].replace(/[^A-Za-z0-9]+/g, "-").replace(/^-|-$/g, "").toLowerCase();
    const [same, rest] = data.ids[paper].split(/:(.*)/);
    return same ? made.slice(0, same) + rest : made;
  }

  /** On to the nearest paper in a direction; from nowhere, to that in the middle. */
  function move(right, below) {
    const [x, y] = active < 0 ? [width / 2, height / 2] : spot(active);
    const next = best((px, py) => {
      const along = (px - x) * right + (py - y) * below;
      const far = Math.hypot(px - x, py - y);
      return active < 0 ? far : along > 0 ? 3 * far - 2 * along : Infinity;
    });
    if (next < 0) return;
    select(next);
    status.textContent = tip.textContent;
    const [nx, ny] = spot(next);
    show(panned(within(nx, 60, width - 60) - nx, within(ny, 60, height - 60) - ny), true);
  }

  function press(key) {
    const around = active < 0 ? [] : spot(active);
    const by = { "+": 1.6, "=": 1.6, "-": 0.6, 0: 0.01 }[key];
    if (by) show(zoomed(by, ...around), true);
    return by;
  }

  function onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const to = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[event.key];
    if (to) move(...to);
    else if (event.key === "Enter" && active >= 0) tip.click();
    else if (event.key === "Escape") select(-1);
    else if (!press(event.key)) return;
    event.preventDefault();
  }

  function onWheel(event) {
    // The page scrolls on, and where the map cannot get smaller.
    if (!event.ctrlKey && (event.timeStamp - scrolled < 300 || (event.deltaY > 0 && goal.zoom === 1))) return;
    event.preventDefault();
    show(zoomed(Math.exp(-event.deltaY / (event.ctrlKey ? 100 : 400)), event.offsetX, event.offsetY));
  }

  function point() {
    const pointers = new Map();
    let dragged = 0;
    let before = -1;
    canvas.addEventListener("pointerdown", (event) => {
      canvas.setPointerCapture(event.pointerId);
      if (!pointers.size) [dragged, before] = [0, active];
      pointers.set(event.pointerId, [event.offsetX, event.offsetY]);
    });
    canvas.addEventListener("pointermove", ({ pointerId, pointerType, offsetX: x, offsetY: y }) => {
      const last = pointers.get(pointerId);
      if (!last) return pointerType !== "touch" && select(at(x, y));
      pointers.set(pointerId, [x, y]);
      const [[ox, oy] = last] = [...pointers].filter(([other]) => other !== pointerId).map(([, place]) => place);
      const by = pointers.size > 1 ? Math.hypot(x - ox, y - oy) / Math.hypot(last[0] - ox, last[1] - oy) : 1;
      dragged += Math.hypot(x - last[0], y - last[1]);
      if (dragged < 4) return;
      if (by !== 1) goal = zoomed(by, (x + ox) / 2, (y + oy) / 2);
      show(panned((x - last[0]) / pointers.size, (y - last[1]) / pointers.size));
    });
    canvas.addEventListener("pointerup", (event) => {
      if (dragged < 4 && pointers.size === 1 && !event.button) {
        select(at(event.offsetX, event.offsetY));
        // The first tap of a finger shows the title, as hovering does.
        if (active >= 0 && (event.pointerType !== "touch" || active === before)) tip.dispatchEvent(new MouseEvent("click", event));
      }
      pointers.delete(event.pointerId);
    });
    canvas.addEventListener("pointercancel", (event) => pointers.delete(event.pointerId));
    canvas.addEventListener("pointerleave", (event) => event.pointerType !== "touch" && select(-1));
  }
})();
