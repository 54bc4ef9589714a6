// How long a headline or standfirst is, beside how long it had better be. Advice: nothing is ever cut.

const PAUSE = 900; // ms of rest before a screen reader is told

function count(text) {
  return [...text.trim()].length;
}

function says(length, advice) {
  const over = length - advice;
  return over > 0 ? `${length} characters, ${over} over the ${advice} that show whole` : `${length} of ${advice} characters`;
}

function attach(field) {
  const advice = Number(field.dataset.advice);
  const seen = document.createElement("p");
  seen.className = "counter";
  seen.setAttribute("aria-hidden", "true");
  const heard = document.createElement("p");
  heard.className = "unseen";
  heard.setAttribute("aria-live", "polite");
  field.after(seen, heard);
  let waiting;

  function update() {
    const length = count(field.value);
    seen.textContent = says(length, advice);
    seen.classList.toggle("over", length > advice);
    return seen.textContent;
  }

  field.addEventListener("input", () => {
    const words = update();
    clearTimeout(waiting);
    waiting = setTimeout(() => { heard.textContent = words; }, PAUSE);
  });
  update();
}

document.querySelectorAll("textarea[data-advice]").forEach(attach);
