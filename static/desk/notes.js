// A passage selected in the preview becomes the quote of a note. Nobody needs this: the passage can be pasted too.

const form = document.querySelector("[data-note-form]");
const frame = document.querySelector("iframe[data-preview]");
const offer = document.querySelector("[data-quote-this]");

const FIELDS = { headline: "h1", standfirst: ".standfirst", body: ".story-body" };

function selected() {
  for (const view of [frame?.contentWindow, window]) {
    const selection = view?.getSelection();
    const within = selection?.anchorNode?.parentElement?.closest(view === window ? ".review-text" : "body");
    const words = within ? selection.toString().trim() : "";
    if (words) return { words, field: view === window ? "" : fieldOf(selection) };
  }
  return null;
}

function fieldOf(selection) {
  const at = selection.getRangeAt(0).commonAncestorContainer;
  const element = at.nodeType === Node.ELEMENT_NODE ? at : at.parentElement;
  return Object.keys(FIELDS).find((name) => element.closest(FIELDS[name])) ?? "";
}

function open() {
  const details = form.closest("details");
  details.open = true;
  details.scrollIntoView({ block: "start" });
}

if (form) {
  const { quote, field, suggests, replacement, note } = form.elements;
  suggests.addEventListener("change", () => {
    if (suggests.checked && !replacement.value) replacement.value = quote.value;
  });
  quote.addEventListener("input", () => { field.value = ""; });

  if (offer && frame) {
    offer.hidden = false;
    const button = offer.querySelector("button");
    button.addEventListener("mousedown", (event) => event.preventDefault()); // keep what is selected
    button.addEventListener("click", () => {
      const passage = selected();
      offer.querySelector("[role=status]").textContent = passage ? "" : "Select some words in the text first.";
      if (!passage) return;
      if (suggests.checked && replacement.value === quote.value) replacement.value = passage.words;
      quote.value = passage.words;
      field.value = passage.field;
      open();
      note.focus();
    });
  }
}
