// Names for what Select2 draws without one: its search fields, and the boxes in the rows of the byline.

function labelOf(select) {
  if (select.closest("#bylines-group")) return "Person in the byline";
  return select.labels?.[0]?.textContent.trim() || select.name;
}

function name(select) {
  const box = select.nextElementSibling;
  if (!box?.classList.contains("select2")) return;
  box.querySelector(".select2-search__field")?.setAttribute("aria-label", labelOf(select));
  const shown = box.querySelector(".select2-selection--single");
  if (!shown) return;
  shown.removeAttribute("aria-labelledby");
  const chosen = select.selectedOptions[0]?.textContent.trim();
  shown.setAttribute("aria-label", chosen ? `${labelOf(select)}: ${chosen}` : labelOf(select));
}

function nameAll() {
  document.querySelectorAll("select.admin-autocomplete").forEach(name);
}

document.addEventListener("formset:added", () => setTimeout(nameAll));

const jQuery = window.django?.jQuery;
jQuery?.(nameAll); // after autocomplete.js, which asked to be called before this
jQuery?.(document).on("select2:open", (event) => {
  const field = document.querySelector(".select2-container--open .select2-dropdown .select2-search__field");
  field?.setAttribute("aria-label", labelOf(event.target));
  field?.focus();
});
// Select2 draws its search field anew after each choice.
jQuery?.(document).on("select2:select select2:unselect select2:close", (event) => setTimeout(() => name(event.target)));
