// The address of a link is told to be none while it is typed: the cleaner drops such a link when the story is saved.

const LEADS = /^(https?:\/\/[^\s/@\\]+|mailto:[^\s\\]|tel:[^\s\\]|www\.[^\s/@\\]|\/(?!\/)|#[^\s#]+$)/i;
const WORDS =
  "A link cannot lead there. Begin with https://, with mailto: or tel:, or with / for a page of this site.";

function judge(field) {
  const address = field.value.trim();
  field.setCustomValidity(!address || (LEADS.test(address) && !address.includes("\\")) ? "" : WORDS);
}

document.addEventListener("input", ({ target }) => {
  if (target.matches(".prose-editor-dialog input[name=href]")) judge(target);
});
