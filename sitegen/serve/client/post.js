// Asks the preview's server to do something: `await post("open", { path, line, column })` is the Response.
// Only scripts of our own pages are told the token; the server makes a new one in every run, so it may be asked for again.

let token = "";

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
