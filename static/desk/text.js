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

document.addEventListener("prose-editor:ready", (event) => {
  named(event.detail.textarea);
  // The editor writes its textarea without telling anybody: say it, so that leaving.js knows.
  let first = true;
  event.detail.editor.on("update", () => {
    if (!first) event.detail.textarea.dispatchEvent(new Event("input", { bubbles: true }));
    first = false;
  });
  event.detail.editor.on("focus", () => { first = false; });
});
named(document.getElementById("id_body"));
