/* The review page without this is complete; with it the preview is as tall as the story, and links to acts open them. */
const fit = (frame) => {
  const root = frame.contentDocument?.documentElement;
  if (!root) return;
  const set = () => { frame.style.height = `${Math.max(480, frame.contentDocument.body.scrollHeight + 16)}px`; };
  set();
  new ResizeObserver(set).observe(frame.contentDocument.body);
};

for (const frame of document.querySelectorAll("iframe[data-preview]")) {
  if (frame.contentDocument?.readyState === "complete" && frame.contentDocument.URL !== "about:blank") fit(frame);
  frame.addEventListener("load", () => fit(frame));
}

const openNamed = () => {
  const named = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!named) return;
  const act = named.closest("details");
  if (act) act.open = true;
  named.scrollIntoView({ block: "start" });
};

addEventListener("hashchange", openNamed);
openNamed();
// Whoever has begun to type, before this was there, goes on.
if (document.activeElement === document.body) document.querySelector("[data-focus]")?.focus();
