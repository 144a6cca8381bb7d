/* A reader's own note, below the row of actions of a paper's page. */
(() => {
  const { reader } = window.sitegen;
  const paper = document.querySelector("article[data-paper]");
  const id = paper.dataset.paper;
  const opener = paper.querySelector(".own-note");
  const field = document.createElement("textarea");

  let timer;

  field.hidden = true;
  field.rows = 4;
  field.maxLength = 10_000;
  field.placeholder = reader.labels.write;
  field.setAttribute("aria-label", reader.labels.note);
  opener.parentElement.after(field);
  opener.addEventListener("click", toggle);
  field.addEventListener("keydown", (event) => event.key === "Escape" && toggle());
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, 400);
  });
  field.addEventListener("change", keep);
  addEventListener("pagehide", keep);
  document.addEventListener("reader:change", draw);
  draw();
  toggle(); // the press for which this was loaded

  function draw() {
    if (document.activeElement !== field) field.value = reader.state(id).note;
    if (!field.hidden) opener.textContent = reader.labels.note; // the field says the rest
  }

  function toggle() {
    field.hidden = !field.hidden;
    opener.setAttribute("aria-expanded", !field.hidden);
    (field.hidden ? opener : field).focus();
    keep();
    reader.draw();
    draw();
  }

  function keep() {
    clearTimeout(timer);
    if (field.value !== reader.state(id).note) reader.set(id, { ...reader.about(paper), note: field.value });
  }
})();
