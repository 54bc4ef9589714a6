// What the server told the scripts of the story form, and the form itself.

export const form = document.getElementById("story_form");
export const keeping = document.getElementById("keeping")?.dataset;

/** Whether something is written here that can be kept: not a form that is only read. */
export const writes = Boolean(keeping && form?.querySelector("button[name=_save]"));
