// The preview while writing: the readers' own page of what is typed, beside the form or in its place.

import { keep } from "./autosave.js";
import { keeping, writes } from "./keeping.js";

const DESKTOP = 1280; // px across, made small enough for its place
const REMEMBERED = "newsroom.draft";

const pane = document.getElementById("draft");
const frame = pane?.querySelector("iframe");
const desk = document.querySelector(".desk-story");
const toggle = document.querySelector("[data-draft-toggle]");
let width = "phone";
let scrolled = null;

function open(as) {
  if (as !== width) scrolled = null;
  width = as;
  const first = pane.hidden;
  pane.hidden = false;
  desk.classList.toggle("drafting-phone", width === "phone");
  desk.classList.toggle("drafting-desktop", width === "desktop");
  pane.querySelectorAll("[data-width]").forEach((button) => {
    button.setAttribute("aria-pressed", String(button.dataset.width === width));
  });
  toggle.setAttribute("aria-expanded", "true");
  remember(width);
  fit();
  if (first) keep().finally(refresh);
  else place();
}

function close() {
  pane.hidden = true;
  desk.classList.remove("drafting-phone", "drafting-desktop");
  toggle.setAttribute("aria-expanded", "false");
  remember("");
  toggle.focus();
}

function refresh() {
  if (pane.hidden) return;
  if (scrolled !== null) scrolled = frame.contentWindow.scrollY;
  frame.contentWindow.location.replace(keeping.draft);
}

// Where it was; at first below the masthead, which nobody is writing.
function place() {
  scrolled ??= frame.contentDocument?.querySelector("main")?.offsetTop ?? null;
  if (scrolled !== null) frame.contentWindow.scrollTo(0, scrolled);
}

function fit() {
  const scale = width === "desktop" ? Math.min(1, frame.parentElement.clientWidth / DESKTOP) : 1;
  frame.style.width = width === "desktop" ? `${DESKTOP}px` : "";
  frame.style.height = scale < 1 ? `${100 / scale}%` : "";
  frame.style.transform = scale < 1 ? `scale(${scale})` : "";
}

function remember(what) {
  try { sessionStorage.setItem(REMEMBERED, what); } catch { /* then it is not */ }
}

function remembered() {
  try { return sessionStorage.getItem(REMEMBERED); } catch { return ""; }
}

if (writes && pane) {
  toggle.hidden = false;
  toggle.addEventListener("click", () => { pane.hidden ? open(width) : close(); });
  pane.querySelector("[data-close]").addEventListener("click", close);
  pane.querySelectorAll("[data-width]").forEach((button) => button.addEventListener("click", () => open(button.dataset.width)));
  frame.addEventListener("load", place);
  document.addEventListener("story:kept", refresh);
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || !event.altKey || event.code !== "KeyP") return;
    event.preventDefault();
    pane.hidden ? open(width) : close();
  });
  new ResizeObserver(fit).observe(frame.parentElement);
  if (remembered() && !document.getElementById("offer") && matchMedia("(min-width: 70rem)").matches) open(remembered());
}
