// What Word, Google Docs and web pages put on the clipboard, made into what a story may hold before the editor reads it.
// The server's cleaner (articles/body/office.py) knows the same rules and has the last word; this is so that writers see
// at once what they will get. Styles are read as text, never applied, so the policy need not allow any.

import { Code as PlainCode, Extension, Plugin } from "django-prose-editor/editor"

const KEY = /^[0-9a-f]{32}$/
const HEADINGS = { H1: "h2", H4: "h3", H5: "h3", H6: "h3" }
const UNWANTED = "script, style, meta, link, title, noscript, iframe, object, svg, video, audio"

export const Paste = Extension.create({
  name: "tidyPaste",
  addProseMirrorPlugins() {
    return [new Plugin({ props: { transformPastedHTML: tidied } })]
  },
})

// As the editor has it, code takes every other mark away, links too.
export const Code = PlainCode.extend({ excludes: "" })

export function tidied(html) {
  const { body } = new DOMParser().parseFromString(disarmed(html), "text/html")
  for (const node of body.querySelectorAll(UNWANTED)) node.remove()
  for (const image of body.querySelectorAll("img")) {
    if (!KEY.test(image.getAttribute("data-file") ?? "")) image.remove()
  }
  // What was copied from this editor is as it should be.
  if (body.querySelector("[data-pm-slice]")) return body.innerHTML
  makeLists(body)
  readStyles(body)
  for (const [name, instead] of Object.entries(HEADINGS)) {
    for (const heading of body.querySelectorAll(name)) rename(heading, instead)
  }
  for (const paragraph of body.querySelectorAll("p")) {
    if (!paragraph.textContent.trim() && !paragraph.querySelector("img")) paragraph.remove()
  }
  return body.innerHTML
}

// Even a document that is never shown complains of styles and handlers that the policy forbids: rename them first.
function disarmed(html) {
  const renamed = (_, name) => (name.toLowerCase() === "style" ? " data-style=" : " data-off=")
  const bare = html.replace(/<(style|script)\b[\s\S]*?<\/\1\s*>/gi, "")
  return bare.replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\s(style|on\w+)\s*=/gi, renamed))
}

const style = (element) => (element.getAttribute("data-style") ?? "").toLowerCase()

function rename(element, name) {
  const other = element.ownerDocument.createElement(name)
  other.append(...element.childNodes)
  element.replaceWith(other)
}

// Bold that is only a style (Google Docs), and elements whose style says that they are not what they seem.
function readStyles(body) {
  for (const element of body.querySelectorAll("span, b, strong, i, em, font, a")) {
    const says = style(element)
    const weight = says.match(/(?<![\w-])font-weight:\s*([a-z]+|\d+)/)?.[1]
    const bold = weight && (/^bold/.test(weight) || Number(weight) >= 600)
    const italic = /(?<![\w-])font-style:\s*(italic|oblique)/.test(says)
    const raised = says.match(/vertical-align:\s*(super|sub)\b/)?.[1]
    element.removeAttribute("data-style")
    if (bold && !/^(B|STRONG)$/.test(element.tagName)) within(element, "strong")
    if (italic && !/^(I|EM)$/.test(element.tagName)) within(element, "em")
    if (raised) within(element, raised === "super" ? "sup" : "sub")
    if (weight && !bold && /^(B|STRONG)$/.test(element.tagName)) element.replaceWith(...element.childNodes)
  }
}

function within(element, name) {
  const inner = element.ownerDocument.createElement(name)
  inner.append(...element.childNodes)
  element.append(inner)
}

// Word writes a list as paragraphs that carry a level in their style and a bullet in their text.
function makeLists(body) {
  let open = []
  let last = null
  for (const paragraph of body.querySelectorAll("p")) {
    const level = Number(style(paragraph).match(/mso-list:[^;]*level(\d)/)?.[1] ?? 0)
    const marker = level ? taken(paragraph) : typed(paragraph)
    if (!level && !marker) continue
    if (!last || previous(paragraph) !== last) open = []
    last = added(paragraph, { level: level || 1, number: marker.match(/^\W*(\w{1,4})[.)]/)?.[1], open })
  }
}

const previous = (element) => element.previousElementSibling

function taken(paragraph) {
  let text = ""
  for (const part of paragraph.querySelectorAll("[data-style]")) {
    if (!/mso-list:\s*ignore/.test(style(part))) continue
    text ||= part.textContent.trim()
    part.remove()
  }
  return text || "·"
}

function typed(paragraph) {
  const first = paragraph.ownerDocument.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT).nextNode()
  const found = first?.data.match(/^\s*[·•▪◦]\s+/)
  if (found) first.data = first.data.slice(found[0].length)
  return found ? "·" : ""
}

function added(paragraph, { level, number, open }) {
  const name = number ? "ol" : "ul"
  while (open.length && open.at(-1).level > level) open.pop()
  if (open.length && open.at(-1).level === level && open.at(-1).list.localName !== name) open.pop()
  const item = paragraph.ownerDocument.createElement("li")
  if (!open.length || open.at(-1).level < level) {
    const list = paragraph.ownerDocument.createElement(name)
    if (Number(number) > 1) list.setAttribute("start", number)
    if (open.length) open.at(-1).list.lastElementChild.append(list)
    else paragraph.before(list)
    open.push({ level, list })
  }
  open.at(-1).list.append(item)
  const outermost = open[0].list
  item.append(paragraph)
  return outermost
}
