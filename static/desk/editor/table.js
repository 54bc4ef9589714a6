// A caption for tables: what the table is about, and the name that screen readers give it.

import { Extension, Table as PlainTable, updateAttrsDialog } from "django-prose-editor/editor"

const ask = updateAttrsDialog(
  { caption: { type: "string", title: "Caption" } },
  { title: "Table caption", submitText: "Save" },
)

export const Table = PlainTable.extend({
  addAttributes() {
    return {
      ...this.parent?.(),
      caption: {
        default: "",
        parseHTML: (element) => element.querySelector("caption")?.textContent.trim() ?? "",
        renderHTML: () => ({}),
      },
    }
  },

  parseHTML() {
    return [{ tag: "table" }, { tag: "caption", ignore: true }]
  },

  renderHTML({ node }) {
    const { caption } = node.attrs
    return ["table", {}, ...(caption ? [["caption", {}, caption]] : []), ["tbody", 0]]
  },

  addNodeView() {
    const make = this.parent()
    return (properties) => {
      const view = make(properties)
      const caption = document.createElement("caption")
      caption.contentEditable = "false"
      const show = ({ attrs }) => {
        caption.textContent = attrs.caption
        caption.hidden = !attrs.caption
      }
      show(properties.node)
      view.table.prepend(caption)
      const update = view.update
      view.update = (node) => {
        const done = update(node)
        if (done) show(node)
        return done
      }
      return view
    }
  },
})

export const TableCaption = Extension.create({
  name: "tableCaption",

  addMenuItems({ buttons, menu }) {
    menu.defineItem({
      name: "table:caption",
      groups: "table",
      button: buttons.material("subtitles", "Table caption"),
      hidden: (editor) => !editor.isActive("table"),
      command(editor) {
        const { caption } = editor.getAttributes("table")
        ask(editor, { caption }).then((answer) => {
          if (answer) editor.chain().focus().updateAttributes("table", { caption: answer.caption.trim() }).run()
        })
      },
    })
  },
})
