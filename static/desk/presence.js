// Says every half minute that this form is still open, and shows who else has it open.

import { form, keeping } from "./keeping.js";

const BEAT = 25_000; // ms; whoever is silent for three minutes counts as gone
let heard = Date.now();

/** Show the line of an answer; it is announced only where it says something new. */
export function show(others) {
  heard = Date.now();
  const line = document.querySelector(".presence");
  if (line && line.innerHTML.trim() !== others.trim()) line.innerHTML = others;
}

/** Ask the server. Signing in again elsewhere makes the form's token worthless: each answer brings one that is good. */
export async function beat() {
  const answer = await fetch(keeping.presence, { redirect: "manual", signal: AbortSignal.timeout(10_000) });
  if (!answer.ok) return false;
  const { others, token } = await answer.json();
  document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach((input) => { input.value = token; });
  show(others);
  return true;
}

if (keeping && form) {
  setInterval(() => {
    if (!document.hidden && Date.now() - heard >= BEAT - 1000) beat().catch(() => {});
  }, BEAT);
}
