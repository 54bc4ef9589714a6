// A picture field: opens the picker, shows what was chosen, and the library's words wherever the story has none.

const WINDOW = "width=900,height=760";

const NONE = { alt: "None yet", caption: "None yet", credit: "None yet" };

class Choice {
  constructor(box) {
    this.box = box;
    this.input = box.querySelector("input");
    this.choose = box.querySelector("[data-choose]");
    this.choose.id = `${this.input.id}_choose`;
    this.remove = box.querySelector("[data-remove]");
    this.choose.addEventListener("click", () => this.open());
    this.remove.addEventListener("click", () => this.set(null));
    this.words();
  }

  open() {
    this.window = window.open(this.box.dataset.picker, "picker", WINDOW);
  }

  set(picture) {
    this.input.value = picture ? picture.pk : "";
    this.box.querySelector(".chosen").hidden = !picture;
    this.box.querySelector(".none").hidden = Boolean(picture);
    this.remove.hidden = !picture;
    if (picture) this.show(picture);
    this.words();
    this.box.querySelector("[role=status]").textContent = picture ? "Picture chosen" : "Picture removed";
    this.input.dispatchEvent(new Event("input", { bubbles: true }));
    this.choose.focus();
  }

  show(picture) {
    this.box.querySelector("img").src = picture.thumbnail;
    for (const word of this.box.querySelectorAll("[data-word]")) {
      const name = word.dataset.word;
      word.textContent = picture[name] || NONE[name];
      if (name === "alt" && picture.decorative) word.textContent = "Decorative: none is needed";
    }
  }

  // Under each field of the story's own words: what readers get while it is empty.
  words() {
    for (const word of this.box.querySelectorAll("[data-word]")) {
      const field = document.getElementById(`id_lead_${word.dataset.word}`);
      if (!field || this.input.name !== "lead_image") continue;
      const update = () => this.fallback(field, word.textContent);
      field.removeEventListener("input", field.fallback);
      field.fallback = update;
      field.addEventListener("input", update);
      update();
    }
  }

  fallback(field, words) {
    let note = field.parentElement.querySelector(".fallback");
    if (!note) {
      note = document.createElement("p");
      note.className = "fallback hint";
      field.after(note);
    }
    note.hidden = !this.input.value || field.value.trim() !== "";
    note.textContent = words === NONE.alt ? "The library has none yet: write it here." : `Used as it stands: ${words}`;
  }
}

const choices = [...document.querySelectorAll(".picture-choice")].map((box) => new Choice(box));

window.addEventListener("message", (event) => {
  if (event.origin !== window.location.origin || event.data?.type !== "picture") return;
  choices.find((choice) => choice.window && choice.window === event.source)?.set(event.data.picture);
});
