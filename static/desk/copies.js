// The copy in this browser, for when the server cannot be reached or knows its writer no more.
//
// It is locked with a key that the server gives to that person alone, so that on a shared machine the next one finds
// nothing to read; docs/decisions has the reasons, and when it goes.

import { form, keeping, writes } from "./keeping.js";

const PREFIX = "newsroom.kept.";
const FOR = 14 * 24 * 3600 * 1000; // ms after which nobody comes back for it

const place = (name) => `${PREFIX}${keeping.person}.${name}`;
const bytes = (text, base) => Uint8Array.from(base === 16 ? text.match(/../g) : [...atob(text)], (part) => base === 16 ? parseInt(part, 16) : part.charCodeAt(0));
const letters = (data) => btoa(Array.from(new Uint8Array(data), (code) => String.fromCharCode(code)).join(""));

// Without https there is no cryptography in a browser, and then no copy either.
const key = () => crypto.subtle.importKey("raw", bytes(keeping.key, 16), "AES-GCM", false, ["encrypt", "decrypt"]);

/** Keep `text`; false where this browser cannot. */
export async function put(text, stamp) {
  try {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const locked = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await key(), new TextEncoder().encode(text));
    localStorage.setItem(place(keeping.name), JSON.stringify({ at: Date.now(), stamp, iv: letters(iv), locked: letters(locked) }));
    return true;
  } catch {
    return false;
  }
}

export function drop(name = keeping.name) {
  try { localStorage.removeItem(place(name)); } catch { /* no storage, no copy */ }
}

async function read() {
  try {
    const { at, stamp, iv, locked } = JSON.parse(localStorage.getItem(place(keeping.name)));
    const text = await crypto.subtle.decrypt({ name: "AES-GCM", iv: bytes(iv) }, await key(), bytes(locked));
    return { at, stamp, text: new TextDecoder().decode(text) };
  } catch {
    return null;
  }
}

function dropOld() {
  try {
    for (const name of Object.keys(localStorage).filter((one) => one.startsWith(PREFIX))) {
      const { at } = JSON.parse(localStorage.getItem(name));
      if (!(Date.now() - at < FOR)) localStorage.removeItem(name);
    }
  } catch { /* as above */ }
}

// The server makes the form again from what was typed: it gets the copy, and the form is asked for anew.
async function goOn(copy, offer) {
  const data = new URLSearchParams(copy.text);
  data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  const said = offer.querySelector("[role=alert]");
  try {
    const answer = await fetch(keeping.autosave, { method: "POST", body: data, redirect: "manual" });
    if (answer.ok) location.assign("?recover=1");
    else said.textContent = (await answer.json()).sentence;
  } catch {
    said.textContent = "The server does not answer. Try again in a moment; the copy stays here.";
  }
}

function show(copy) {
  document.getElementById("offer")?.remove(); // what the server has is older
  const offer = document.getElementById("copy-offer").content.firstElementChild.cloneNode(true);
  const time = offer.querySelector("time");
  time.dateTime = new Date(copy.at).toISOString();
  time.textContent = new Date(copy.at).toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short" });
  offer.querySelector("[data-go-on]").addEventListener("click", () => goOn(copy, offer));
  offer.querySelector("[data-discard]").addEventListener("click", () => {
    drop();
    offer.remove();
    form.inert = false;
    document.getElementById("id_headline")?.focus();
  });
  document.querySelector(".desk-story").prepend(offer);
}

// Words typed while another text waits to be gone on with would take its place: first one is decided, then the other begun.
function rest() {
  const offer = document.getElementById("offer");
  form.inert = Boolean(offer);
  if (!offer) return;
  history.scrollRestoration = "manual"; // else a page loaded anew goes back to where it was, past the question
  offer.focus();
}

async function begin() {
  keeping.doneWith.split(" ").filter(Boolean).forEach(drop);
  dropOld();
  rest();
  const copy = await read();
  if (!copy) return;
  if (copy.stamp === keeping.keptStamp) drop();
  else if (keeping.posted === undefined) { show(copy); rest(); }
}

if (writes) begin();
else if (keeping) keeping.doneWith.split(" ").filter(Boolean).forEach(drop);
