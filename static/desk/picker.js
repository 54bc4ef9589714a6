// Hands the picture that is chosen to the page that opened this one: the editor, or a picture field.

const picker = document.querySelector(".picker");

function hand(data) {
  const number = picker.dataset.function;
  if (number) {
    const words = { id: data.key, alternative_text: data.decorative ? "" : data.alt, caption: data.caption };
    window.opener.CKEDITOR.tools.callFunction(Number(number), data.url, words);
  } else {
    const { pk, key, thumbnail, alt, caption, credit } = data;
    const picture = { pk, key, thumbnail, alt, caption, credit, decorative: Boolean(data.decorative) };
    window.opener.postMessage({ type: "picture", picture }, window.location.origin);
  }
  window.close();
}

picker?.addEventListener("click", (event) => {
  const offered = event.target.closest(".offered");
  if (!offered) return;
  if (window.opener && !window.opener.closed) hand({ ...offered.dataset });
  else document.getElementById("picker-status").textContent = "The story this window belongs to is closed. Open the picker from a story.";
});
