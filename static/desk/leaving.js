// What is written and not yet saved: said in the bar below, asked about on leaving; and the keys that save.

const form = document.getElementById("story_form");
const told = form?.querySelector(".unsaved");
let dirty = false;
let leaving = false;

function press(name) {
  const button = form.querySelector(`button[name=${name}]`);
  if (button) form.requestSubmit(button);
}

if (form?.querySelector("button[name=_save]")) {
  const mark = () => {
    if (dirty) return;
    dirty = true;
    told.textContent = "Not saved yet";
  };
  form.addEventListener("input", mark);
  form.addEventListener("change", mark);
  if (document.getElementById("keeping")?.dataset.unsaved !== undefined) mark();
  // Select2 tells jQuery alone.
  window.django?.jQuery?.(form).on("select2:select select2:unselect", (event) => {
    event.target.dispatchEvent(new Event("input", { bubbles: true }));
  });
  form.addEventListener("submit", () => { leaving = true; });

  window.addEventListener("beforeunload", (event) => {
    if (dirty && !leaving) event.preventDefault();
  });
  window.addEventListener("pageshow", () => { leaving = false; });

  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey)) return;
    if (event.key.toLowerCase() === "s" && !event.shiftKey) {
      event.preventDefault();
      press("_save");
    } else if (event.key === "Enter" && event.shiftKey) {
      event.preventDefault();
      press("_send");
    }
  }, true);

  // A summary of what is lacking, or of errors, is where to go on reading.
  (document.querySelector(".summary") ?? document.querySelector(".errornote"))?.focus();
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.(":is(.summary, .missing) a[href^='#']");
    const target = link && document.getElementById(link.hash.slice(1));
    const inner = target?.nextElementSibling?.querySelector?.(".select2-search__field, .select2-selection");
    const field = inner ?? target;
    if (!field) return;
    event.preventDefault();
    target.closest("details")?.setAttribute("open", "");
    field.scrollIntoView({ block: "center" });
    field.focus();
  });
}
