/* Says on the page that a passkey did not work: allauth's script tells the console alone. */
document.addEventListener("allauth.error", () => {
  document.getElementById("passkey-problem").hidden = false;
});
