// A new export here becomes public API; named exports, not wildcards. Nothing here needs Node: pages use it too.
export { escapeHtml, unescapeHtml, escapeXml } from './escape.ts'
export { plural, listInWords } from './counted.ts'
export { randomId } from './random-id.ts'
export { formatTable } from './table.ts'
