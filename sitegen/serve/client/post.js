// Asks the preview's server to do something: `await post("open", { path, line, column })` is the Response.
// Everybody imports it from beside `preview.js`: under another address it would be another module, which knows nothing of this one.
// Only scripts of our own pages are told the token; the server makes a new one in every run, so it may be asked for again.

let token = "";
const open = new Set();

/** Has the page stay as it is until this promise is settled, so that who asked still hears the answer. */
export function hold(promise) {
  const over = () => open.delete(promise);
  open.add(promise);
  promise.then(over, over);
  return promise;
}

/** When nothing is held any more. */
export async function settled() {
  while (open.size) await Promise.allSettled(open);
}

export async function post(action, said) {
  const answer = token ? await send(action, said) : null;
  if (answer && answer.status !== 403) return answer;
  const told = await fetch("/_sitegen/token", { cache: "no-store" });
  if (!told.ok) return told;
  token = (await told.json()).token;
  return send(action, said);
}

function send(action, said) {
  return fetch(`/_sitegen/${action}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Sitegen-Token": token },
    body: JSON.stringify(said),
  });
}
