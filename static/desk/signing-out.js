// Who signs out leaves nothing behind in this browser.

document.getElementById("logout-form")?.addEventListener("submit", () => {
  try {
    Object.keys(localStorage).filter((name) => name.startsWith("newsroom.kept.")).forEach((name) => localStorage.removeItem(name));
  } catch { /* no storage, nothing left */ }
});
