// Asks the editor's server. Every answer is { status, ...what it says }; without an answer, status 0.

import { hold, post } from "../post.js";

/** A page that is to be loaded anew, because of what was just written, first gets the answer. */
export function ask(action, said = {}) {
  return hold(answerTo(action, said));
}

async function answerTo(action, said) {
  let answer;
  try {
    answer = await post(`edit/${action}`, said);
  } catch {
    return failed(0, "The preview does not answer. Is it still running?");
  }
  const text = await answer.text();
  if (answer.headers.get("Content-Type")?.startsWith("application/json")) {
    return { status: answer.status, ...JSON.parse(text) };
  }
  return failed(answer.status, text.trim());
}

function failed(status, message) {
  return { status, refused: [{ code: "", message, place: "", hint: "" }] };
}
