// The editor's dialogs in the words of the trade. It asks window.gettext, so this must come after Django's catalogue.
"use strict";
{
    const WORDS = {
        "Image URL": "Picture",
        "Alternative Text": "Alternative text",
        "Browse...": "Choose a picture…",
        "Insert Figure": "Insert a picture",
        "Edit Figure": "Edit the picture",
        "Edit Image": "Edit the picture",
        "Edit Link": "Link",
        URL: "Address",
    };
    const plain = window.gettext ?? ((words) => words);
    window.gettext = (words) => WORDS[words] ?? plain(words);
}
