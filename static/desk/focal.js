// The focal point of a picture: set by a click, or by arrow keys; the two number fields keep the value.

const STEP = 0.05;
const KEYS = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };

class Focal {
  constructor(tool, x, y) {
    this.fields = { x, y };
    this.stage = tool.querySelector("[data-stage]").parentElement;
    this.point = tool.querySelector("[data-point]");
    this.crops = tool.querySelectorAll("[data-crop]");
    tool.querySelector("[data-focal-hint]").hidden = false;
    this.stage.classList.add("ready");
    this.prepare();
    this.stage.addEventListener("click", (event) => this.clicked(event));
    this.point.addEventListener("keydown", (event) => this.pressed(event));
    for (const field of [x, y]) field.addEventListener("input", () => this.show());
    this.show();
  }

  // A slider of two directions: its value is said in words at each step.
  prepare() {
    const said = { role: "slider", tabindex: "0", "aria-label": "What must stay in sight", "aria-valuemin": "0", "aria-valuemax": "100", "aria-describedby": "focal-hint" };
    for (const [name, value] of Object.entries(said)) this.point.setAttribute(name, value);
    this.point.hidden = false;
  }

  get place() {
    return { x: bounded(this.fields.x.value), y: bounded(this.fields.y.value) };
  }

  clicked(event) {
    const box = this.stage.getBoundingClientRect();
    this.set((event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
    this.point.focus();
  }

  pressed(event) {
    const step = KEYS[event.key];
    if (!step || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    this.set(this.place.x + step[0], this.place.y + step[1]);
  }

  set(x, y) {
    for (const [name, value] of Object.entries({ x, y })) {
      this.fields[name].value = String(Math.round(bounded(value) * 100) / 100);
      this.fields[name].dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  show() {
    const { x, y } = this.place;
    this.point.style.left = `${x * 100}%`;
    this.point.style.top = `${y * 100}%`;
    this.point.setAttribute("aria-valuenow", String(Math.round(x * 100)));
    this.point.setAttribute("aria-valuetext", `${Math.round(x * 100)} % from the left, ${Math.round(y * 100)} % from the top`);
    const quarter = (value) => `${Math.round(value * 4) * 25}%`;
    for (const crop of this.crops) crop.style.objectPosition = `${quarter(x)} ${quarter(y)}`;
  }
}

function bounded(value) {
  const number = Number(value);
  return Number.isFinite(number) ? Math.min(1, Math.max(0, number)) : 0.5;
}

const fields = ["id_focal_x", "id_focal_y"].map((id) => document.getElementById(id));
const tool = document.querySelector("[data-focal]");
if (tool && fields.every(Boolean)) new Focal(tool, ...fields);
