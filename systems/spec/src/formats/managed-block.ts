import { lineEnding } from './source-text.ts'

const open = '<!-- heavylift:spec -->'
const close = '<!-- /heavylift:spec -->'

/** `AGENTS.md` with our part of it set to `body`; people's own words around it stay. It is put at the end where there was none. */
export function setManagedBlock(text: string, body: string): string {
  const ending = lineEnding(text)
  const block = `${open}\n${body.trim()}\n${close}`.replaceAll(/\r?\n/g, ending)
  const from = text.indexOf(open)
  const to = text.indexOf(close, from)
  if (from !== -1 && to !== -1) return text.slice(0, from) + block + text.slice(to + close.length)
  if (text === '') return block + ending
  return `${text}${text.endsWith('\n') ? '' : ending}${ending}${block}${ending}`
}
