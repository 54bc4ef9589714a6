// Keeps what is typed, every few seconds and on leaving, and says so in the bar below.

import { drop, put } from "./copies.js";
import { form, keeping, writes } from "./keeping.js";
import { beat, show } from "./presence.js";

const REST = 2_000; // ms after the last key
const LONGEST = 8_000; // ms after the first key that is not kept yet
const AGAIN = 12_000; // ms until it is tried once more
const PATIENCE = 1_000; // ms that a save waits for what is on its way
const CARRIED = 60_000; // bytes that browsers still send for a page that is gone (Fetch: 64 KiB)

const told = form?.querySelector(".unsaved");
let changes = 0; // counted, so that what was typed meanwhile is not taken for kept
let kept = 0;
let left = 0;
let since = 0;
let waiting;
let sending = null;
let through = false;
let out = false; // signing out: nothing is to stay behind (signing-out.js)

/** Keep what is typed now; resolves when that is done or cannot be. */
export async function keep() {
  clearTimeout(waiting);
  while (sending) await sending;
  if (changes === kept || form.inert) return;
  sending = send().finally(() => { sending = null; });
  await sending;
}

async function send(again = true) {
  const now = changes;
  since = 0;
  const data = filled();
  let answer;
  try {
    answer = await post(data);
  } catch {
    return fail(data, "No connection.");
  }
  if (answer.ok) return succeed(now, await answer.json());
  if (answer.type === "opaqueredirect") return fail(data, "You have been signed out.", true);
  if (answer.headers.get("Content-Type")?.includes("json")) return fail(data, (await answer.json()).sentence);
  if (answer.status === 403 && again && await beat().catch(() => false)) return send(false);
  return fail(data, answer.status === 404 ? "The story is not there for you any more." : "The server could not keep it.");
}

function filled() {
  form.elements.stamp.value = `${Date.now()}.${changes}`;
  const data = new URLSearchParams(new FormData(form));
  for (const name of new Set(data.keys())) if (name.includes("__prefix__")) data.delete(name);
  return data;
}

function post(data) {
  const keepalive = data.toString().length < CARRIED;
  return fetch(keeping.autosave, { method: "POST", body: data, redirect: "manual", keepalive, signal: AbortSignal.timeout(15_000) });
}

function succeed(now, answer) {
  kept = now;
  drop();
  const time = document.createElement("span");
  time.setAttribute("aria-hidden", "true"); // heard once, not every few seconds
  time.textContent = answer.kept;
  if (told.dataset.says !== "kept") say("kept", "Kept ", time, ", not saved");
  else told.querySelector("span").replaceWith(time);
  show(answer.others);
  lacks(answer);
  document.dispatchEvent(new CustomEvent("story:kept"));
  if (changes !== kept) wait();
}

async function fail(data, why, signIn = false) {
  const copied = await copy(data);
  const parts = [`${why} ${copied ? "Kept in this browser only" : "Not kept anywhere: copy what you need"}`];
  if (signIn) parts.push(". ", link("Sign in again", keeping.signIn), ", then go on here");
  say(`${why}${copied}`, ...parts, ".");
  clearTimeout(waiting);
  waiting = setTimeout(keep, AGAIN);
}

async function copy(data) {
  const said = new URLSearchParams(data);
  said.delete("csrfmiddlewaretoken");
  const copied = !out && await put(said.toString(), said.get("stamp"));
  if (out) drop(); // it was asked for while the copy was made
  return copied && !out;
}

function say(state, ...parts) {
  if (told.dataset.says === state) return;
  told.dataset.says = state;
  told.replaceChildren(...parts);
}

function link(words, href) {
  const made = document.createElement("a");
  Object.assign(made, { href, target: "_blank", rel: "noopener", textContent: words });
  return made;
}

function lacks({ missing, missing_said: said }) {
  const list = document.querySelector(".missing-list");
  if (!list) return;
  if (list.innerHTML.trim() !== missing.trim()) list.innerHTML = missing;
  const line = document.querySelector(".missing-said");
  if (line.textContent !== said) line.textContent = said;
}

function wait() {
  since ||= Date.now();
  clearTimeout(waiting);
  waiting = setTimeout(keep, Math.max(0, Math.min(REST, since + LONGEST - Date.now())));
}

function touched() {
  changes += 1;
  through = out = false;
  wait();
}

// The page may be gone before there is an answer: what is small enough the browser sends all the same.
function leave() {
  if (through || changes === kept || changes === left || form.inert) return;
  left = changes;
  const data = filled();
  post(data).catch(() => {});
  copy(data);
}

// A save waits a moment for what is on its way, lest that arrive after it; and leaves a copy in case it leads to signing in.
async function hold(event) {
  if (event.target.id === "logout-form") through = out = true;
  if (event.target !== form || through) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const data = filled();
  if (!navigator.onLine) return fail(data, "No connection: save again when it is back.");
  clearTimeout(waiting);
  await Promise.race([Promise.all([sending, changes && copy(data)]), new Promise((done) => setTimeout(done, PATIENCE))]);
  setTimeout(() => {
    through = true;
    form.requestSubmit(event.submitter);
  });
}

if (writes) {
  form.addEventListener("input", touched);
  form.addEventListener("change", touched);
  document.addEventListener("submit", hold, true);
  document.addEventListener("visibilitychange", () => { document.hidden ? leave() : keep(); });
  window.addEventListener("pagehide", leave);
  window.addEventListener("online", keep);
  window.addEventListener("pageshow", () => { through = out = false; });
  if (keeping.unsaved !== undefined) touched();
}
