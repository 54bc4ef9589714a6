// Several pictures: each goes up by itself, with its progress and its answer; without this file the form sends all in one.

const form = document.querySelector("[data-uploading]");
const section = document.querySelector("[data-answers]");

class Upload {
  constructor(file) {
    this.file = file;
    this.row = document.createElement("li");
    this.row.className = "answer";
    const box = document.createElement("div");
    this.bar = document.createElement("progress");
    this.bar.max = 1;
    this.bar.value = 0;
    this.bar.setAttribute("aria-label", `${file.name}: how much is sent`);
    box.append(heading(file.name), this.bar);
    this.row.append(box);
  }

  send(keepBoth = false) {
    return new Promise((done) => {
      const data = new FormData();
      data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
      data.set("files", this.file);
      if (keepBoth) data.set("keep_both", "on");
      const request = new XMLHttpRequest();
      request.open("POST", form.action);
      request.setRequestHeader("Accept", "application/json");
      request.upload.addEventListener("progress", (event) => this.progress(event));
      request.addEventListener("loadend", () => done(this.answered(request)));
      request.send(data);
    });
  }

  progress(event) {
    if (event.lengthComputable) this.bar.value = event.loaded / event.total;
    if (event.loaded === event.total) this.bar.removeAttribute("value");
  }

  answered(request) {
    const answer = request.status === 200 ? JSON.parse(request.responseText) : { state: "failed" };
    if (answer.html) {
      const made = document.createElement("template");
      made.innerHTML = answer.html.trim();
      this.replace(made.content.firstElementChild);
    } else {
      const said = document.createElement("p");
      said.className = "said";
      said.textContent = request.status === 413 ? "Not taken. This file is too large." : "Not taken. The connection failed, or you are signed out. Try again.";
      this.bar.replaceWith(said);
      this.row.classList.add("refused");
    }
    return answer;
  }

  replace(row) {
    this.row.replaceWith(row);
    this.row = row;
    const keep = row.querySelector("[data-keep-both]");
    if (!keep) return;
    keep.hidden = false;
    keep.addEventListener("click", async () => {
      keep.disabled = true;
      counted(await this.send(true));
      onward();
    });
  }
}

const taken = [];
let sent = 0;

function heading(words) {
  const made = document.createElement("h3");
  made.textContent = words;
  return made;
}

function counted(answer) {
  if (answer.state === "taken") taken.push(answer.pk);
}

function onward() {
  section.querySelector("[data-said]").textContent = `${taken.length} of ${sent} taken.`;
  const link = section.querySelector("[data-onward]");
  link.hidden = taken.length === 0;
  const start = new URL(section.dataset.words, window.location.href);
  start.searchParams.set("pictures", taken.join(","));
  link.querySelector("a").href = start.href;
}

async function sendAll(files) {
  const most = Number(form.dataset.most);
  section.hidden = false;
  if (sent + files.length > most) {
    section.querySelector("[data-said]").textContent = `Choose at most ${most} files at once: none of these ${files.length} was sent.`;
    return;
  }
  sent += files.length;
  const uploads = files.map((file) => new Upload(file));
  section.querySelector(".answers").append(...uploads.map((upload) => upload.row));
  section.querySelector("[data-said]").textContent = `Sending ${files.length === 1 ? "1 file" : `${files.length} files`}…`;
  for (const upload of uploads) counted(await upload.send());
  onward();
  section.querySelector("[data-onward] a")?.focus();
}

function listen() {
  const drop = form.querySelector(".drop");
  const input = form.elements.files;
  for (const part of document.querySelectorAll("[data-without-script]")) part.hidden = true;
  form.querySelector("[data-drop-hint]").hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const files = [...input.files];
    input.value = "";
    if (files.length) sendAll(files);
  });
  for (const kind of ["dragenter", "dragover"]) drop.addEventListener(kind, (event) => over(event, true));
  drop.addEventListener("dragleave", (event) => over(event, false));
  drop.addEventListener("drop", (event) => {
    over(event, false);
    if (event.dataTransfer.files.length) sendAll([...event.dataTransfer.files]);
  });
}

function over(event, is) {
  event.preventDefault();
  form.querySelector(".drop").classList.toggle("over", is);
}

if (form && section) listen();
