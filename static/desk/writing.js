// Everything that keeps what is written. One way in: a module that a page loads under its stored name, and another module
// by its own, would run twice.

import "./autosave.js";
import "./copies.js";
import "./draft.js";
import "./presence.js";
