/* Told once, when a reader marks something that this browser will not keep. */
(() => {
  const message = document.createElement("p");
  message.className = "told";
  message.setAttribute("role", "status");
  document.body.append(message);
  // A moment later: what is there from the start is not said.
  setTimeout(() => (message.textContent = window.sitegen.reader.labels.lost), 50);
  setTimeout(() => message.remove(), 15_000);
})();
