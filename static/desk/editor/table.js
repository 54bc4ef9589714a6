// Tables that say what they are about: a caption, which screen readers give as the name, and a first row of headings.

import { Extension, Table as PlainTable, updateAttrsDialog } from "django-prose-editor/editor"

const ask = updateAttrsDialog(
  { caption: { type: "string", title: "Caption" } },
  { title: "Table caption", submitText: "Save" },
)

const count = { type: "number", format: "number", default: "3", min: "1", max: "100" }
const askSize = updateAttrsDialog(
  {
    rows: { ...count, title: "Rows" },
    cols: { ...count, title: "Columns" },
    headings: { title: "First row holds headings", enum: ["Yes", "No"], default: "Yes" },
  },
  { title: "Insert a table", submitText: "Insert" },
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

  addCommands() {
    return {
      ...this.parent?.(),
      insertTableWithOptions: () => ({ editor }) => {
        askSize(editor, {}).then((answer) => {
          if (!answer) return
          const size = { rows: Number(answer.rows), cols: Number(answer.cols) }
          editor.chain().focus().insertTable({ ...size, withHeaderRow: answer.headings === "Yes" }).run()
        })
        return true
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
