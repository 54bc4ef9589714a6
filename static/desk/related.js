// Related stories: found by words, picked, moved and taken out by buttons. Without this, numbers and addresses are typed.

function button(words, label, act) {
  const made = document.createElement("button");
  Object.assign(made, { type: "button", className: "row-button", textContent: words, title: label });
  made.setAttribute("aria-label", label);
  made.addEventListener("click", act);
  return made;
}

class Choice {
  constructor(box) {
    this.box = box;
    this.list = box.querySelector(".picks");
    this.search = box.querySelector("input[type=search]");
    this.found = box.querySelector(".found");
    const first = this.list.querySelector("input");
    this.search.id = first.id; // the label, and what says that something is wrong, lead to where one types
    first.removeAttribute("id");
    for (const row of this.list.children) this.equip(row);
    box.querySelector(".finding").hidden = false;
    box.querySelector(".line button").addEventListener("click", () => this.find());
    this.search.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      this.find();
    });
    this.search.addEventListener("input", (event) => event.stopPropagation()); // what is looked for is no part of the story
    this.number();
  }

  rows() { return [...this.list.children].filter((row) => !row.hidden); }

  tell(words) { this.box.querySelector("[role=status]").textContent = words; }

  equip(row) {
    const input = row.querySelector("input");
    input.type = "hidden";
    row.append(
      button("↑", "Move up", (event) => this.move(row, -1, event.currentTarget)),
      button("↓", "Move down", (event) => this.move(row, 1, event.currentTarget)),
      button("✕", "Take out", () => this.takeOut(row)),
    );
    row.hidden = !input.value;
  }

  name(row) { return row.querySelector(".words").textContent; }

  number() {
    this.rows().forEach((row, index, all) => {
      const [up, down, out] = row.querySelectorAll("button");
      up.disabled = index === 0;
      down.disabled = index === all.length - 1;
      for (const [one, what] of [[up, "Move up"], [down, "Move down"], [out, "Take out"]]) one.setAttribute("aria-label", `${what}: ${this.name(row)}`);
    });
  }

  changed() {
    this.number();
    this.list.querySelector("input").dispatchEvent(new Event("input", { bubbles: true }));
  }

  move(row, step, from) {
    const all = this.rows();
    const other = all[all.indexOf(row) + step];
    if (!other) return;
    step < 0 ? other.before(row) : other.after(row);
    this.changed();
    this.tell(`${this.name(row)}: place ${this.rows().indexOf(row) + 1} of ${all.length}`);
    (from.disabled ? row.querySelector("button:not(:disabled)") : from).focus();
  }

  takeOut(row) {
    const name = this.name(row);
    row.querySelector("input").value = "";
    row.hidden = true;
    this.list.append(row);
    this.changed();
    this.tell(`${name} taken out`);
    (this.rows().at(-1)?.querySelector("button:last-child") ?? this.search).focus();
  }

  async find() {
    try {
      const answer = await fetch(`${this.box.dataset.find}?${new URLSearchParams({ q: this.search.value })}`);
      this.offer((await answer.json()).stories);
    } catch {
      this.tell("The server did not answer. Try again in a moment.");
    }
  }

  offer(stories) {
    const own = location.pathname.match(/\/story\/(\d+)\//)?.[1];
    const offered = stories.filter(({ number }) => String(number) !== own);
    this.found.replaceChildren(...offered.map((story) => {
      const item = document.createElement("li");
      const pick = button(story.words, `Pick: ${story.words}`, () => this.pick(story));
      pick.className = "offered-story";
      item.append(pick);
      return item;
    }));
    const many = offered.length === 1 ? "1 story" : `${offered.length || "No"} stories`;
    this.tell(`${many} found`);
    if (offered.length === 0) this.found.append(Object.assign(document.createElement("li"), { className: "quiet", textContent: "No live or scheduled story has these words." }));
  }

  pick({ number, words }) {
    const rows = this.rows();
    if (rows.some((row) => row.querySelector("input").value === String(number))) return this.tell("That story is picked already.");
    const row = [...this.list.children].find((one) => one.hidden);
    if (!row) return this.tell(`${this.box.dataset.most} stories are picked. Take one out first.`);
    row.querySelector("input").value = number;
    row.querySelector(".words").textContent = words;
    row.hidden = false;
    this.changed();
    this.tell(`${words} picked, place ${rows.length + 1}`);
  }
}

document.querySelectorAll(".related-choice").forEach((box) => new Choice(box));
