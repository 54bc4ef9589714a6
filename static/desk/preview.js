/* The width that a preview is seen at: a phone, or a desktop made small enough for its place. */
const WIDTHS = { phone: 375, desktop: 1280 };

for (const preview of document.querySelectorAll(".preview")) {
  const frame = preview.querySelector("iframe[data-preview]");
  const place = preview.querySelector("[data-preview-place]");
  const buttons = [...preview.querySelectorAll("[data-width]")];
  if (!frame || !place || !buttons.length) continue;
  let chosen = matchMedia("(min-width: 64rem)").matches ? "desktop" : "phone";

  const fit = () => {
    const width = WIDTHS[chosen];
    const scale = Math.min(1, place.clientWidth / width);
    frame.style.width = chosen === "phone" && scale < 1 ? "100%" : `${width}px`;
    frame.style.transform = chosen === "desktop" && scale < 1 ? `scale(${scale})` : "";
    place.style.height = chosen === "desktop" ? `${Math.ceil(frame.offsetHeight * scale)}px` : "";
  };
  const choose = (width) => {
    chosen = width;
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.width === width));
    place.classList.toggle("preview-phone", width === "phone");
    fit();
  };

  for (const button of buttons) button.addEventListener("click", () => choose(button.dataset.width));
  preview.querySelector("[data-widths]").hidden = false;
  new ResizeObserver(fit).observe(place);
  new ResizeObserver(fit).observe(frame);
  choose(chosen);
}
