// The rows of the byline: moved by buttons, by keyboard or by dragging; taken out and brought back before saving.
// inlines.js adds rows; the server reads the order from the position fields, which are written here.

const group = document.getElementById("bylines-group");

function button(words, label, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "row-button";
  made.textContent = words;
  made.title = label;
  made.setAttribute("aria-label", label);
  made.addEventListener("click", act);
  return made;
}

function rows() {
  return [...group.querySelectorAll("tr.form-row:not(.empty-form)")].filter((row) => !row.hidden);
}

function nameOf(row) {
  const select = row.querySelector("select");
  return select?.selectedOptions[0]?.textContent.trim() || "Empty row";
}

function tell(words) {
  group.querySelector("[role=status]").textContent = words;
}

function number() {
  rows().forEach((row, index, all) => {
    row.querySelector("input.position").value = index;
    const [up, down] = row.querySelectorAll(".row-button");
    up.disabled = index === 0;
    down.disabled = index === all.length - 1;
  });
}

function changed() {
  number();
  group.closest("form").dispatchEvent(new Event("input", { bubbles: true }));
}

function move(row, step, from) {
  const all = rows();
  const other = all[all.indexOf(row) + step];
  if (!other) return;
  step < 0 ? other.before(row) : other.after(row);
  changed();
  tell(`${nameOf(row)}: place ${rows().indexOf(row) + 1} of ${all.length}`);
  if (from.disabled) row.querySelector(".row-button:not(:disabled)")?.focus();
  else from.focus();
}

function takeOut(row) {
  const name = nameOf(row);
  const strike = row.querySelector("input[type=checkbox]");
  if (strike) strike.checked = true;
  else row.querySelector("select").value = "";
  row.hidden = true;
  changed();
  tell(`${name} taken out of the byline`);
  (rows().at(-1)?.querySelector(".row-button:last-child") ?? group.querySelector(".add-row a"))?.focus();
}

function drag(row) {
  row.addEventListener("mousedown", (event) => { row.draggable = Boolean(event.target.closest(".handle")); });
  row.addEventListener("dragstart", (event) => {
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", nameOf(row));
    row.classList.add("dragged");
  });
  row.addEventListener("dragend", () => {
    row.classList.remove("dragged");
    row.draggable = false;
    changed();
  });
  row.addEventListener("dragover", (event) => {
    const dragged = group.querySelector(".dragged");
    if (!dragged || dragged === row) return;
    event.preventDefault();
    const box = row.getBoundingClientRect();
    event.clientY < box.top + box.height / 2 ? row.before(dragged) : row.after(dragged);
  });
  row.addEventListener("drop", (event) => event.preventDefault());
}

function equip(row) {
  const cell = row.querySelector("td.delete");
  if (!cell || cell.querySelector(".row-button")) return;
  const up = button("↑", "Move up", () => move(row, -1, up));
  const down = button("↓", "Move down", () => move(row, 1, down));
  const out = button("✕", "Take out of the byline", () => takeOut(row));
  const handle = document.createElement("span");
  handle.className = "handle";
  handle.textContent = "⠿";
  handle.setAttribute("aria-hidden", "true");
  handle.title = "Drag to reorder";
  cell.append(up, down, out);
  row.querySelector("td.original").append(handle);
  drag(row);
}

if (group?.querySelector("input.position")) {
  group.classList.add("equipped");
  rows().forEach(equip);
  number();
  // On the document and after Django's own listener there, which makes the row's search box.
  document.addEventListener("formset:added", (event) => {
    if (!group.contains(event.target)) return;
    equip(event.target);
    number();
    event.target.querySelector(".select2-selection")?.focus();
  });
  group.closest("form").addEventListener("submit", number);
}
