// The text: the editor's box has no name of its own, and is not the field that its label points to.

const label = document.querySelector("label[for=id_body]");

function named(textarea) {
  const box = textarea?.closest(".prose-editor")?.querySelector(".tiptap");
  if (!box || textarea.id !== "id_body") return;
  box.id = "text";
  box.setAttribute("aria-multiline", "true");
  if (!label) return;
  label.id = "text-label";
  box.setAttribute("aria-labelledby", label.id);
  label.addEventListener("click", (event) => {
    event.preventDefault();
    box.focus();
  });
}

// The tools in the words of the trade; the editor asks no catalogue for these.
const TOOLS = {
  bulletList: "List",
  orderedList: "Numbered list",
  blockquote: "Quote",
  horizontalRule: "Line",
  figure: "Picture",
  bold: "Bold",
  italic: "Italic",
  subscript: "Subscript",
  superscript: "Superscript",
  link: "Link",
  unlink: "Remove the link",
  table: "Table",
  "history:undo": "Undo",
  "history:redo": "Redo",
};
const STYLES = {
  heading2: "Crosshead",
  heading3: "Small crosshead",
  "nodeClass:global:reset": "Plain",
  "nodeClass:blockquote:clear": "Plain quote",
  "nodeClass:blockquote:pull": "Pull quote",
};

function worded(textarea) {
  const bar = textarea?.closest(".prose-editor")?.querySelector(".prose-menubar");
  for (const button of bar?.querySelectorAll("button[data-name]") ?? []) {
    const { name } = button.dataset;
    if (TOOLS[name]) {
      button.title = TOOLS[name];
      button.setAttribute("aria-label", TOOLS[name]);
    }
    if (STYLES[name]) button.firstElementChild.textContent = STYLES[name];
  }
}

document.addEventListener("prose-editor:ready", (event) => {
  named(event.detail.textarea);
  worded(event.detail.textarea);
  event.detail.editor.on("create", () => worded(event.detail.textarea));  // the toolbar may come after
  // The editor writes its textarea without telling anybody: say it, so that leaving.js knows.
  let first = true;
  event.detail.editor.on("update", () => {
    if (!first) event.detail.textarea.dispatchEvent(new Event("input", { bubbles: true }));
    first = false;
  });
  event.detail.editor.on("focus", () => { first = false; });
});
named(document.getElementById("id_body"));
worded(document.getElementById("id_body"));
