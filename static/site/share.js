// Two buttons beside the share links: the device's own way to share, and the address copied. The page is whole without.
const own = document.querySelector(".share-own");
const [copy, send] = own.querySelectorAll("button");
const said = own.querySelector("[role=status]");
const address = document.querySelector(".story-address");
const url = address.textContent;

send.hidden = !navigator.share;
own.hidden = false;

send.addEventListener("click", () => {
  // Whoever thinks better of it has said nothing wrong.
  navigator.share({ title: document.querySelector("h1").textContent, url }).catch(() => {});
});

copy.addEventListener("click", async () => {
  said.textContent = "";
  try {
    await navigator.clipboard.writeText(url);
    said.textContent = "Copied";
  } catch {
    address.hidden = false;
    getSelection().selectAllChildren(address);
    said.textContent = "The address is selected below: copy it from there";
  }
});
