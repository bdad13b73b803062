import { createJsonlReader, cutRaw } from '@heavylift/core/rows'
import type { RawRow, RowReader } from '@heavylift/core/rows'
import { findProductLists, unwrap } from './product-lists.ts'

/** Longest JSON document in characters that is not one array at its top; it is read as a whole. */
const maxDocumentLength = 200 * 1024 * 1024

/** A list all on one line is cut into its entries as it comes once it is longer than this (characters). */
const longestHead = 8 * 1024 * 1024

type Fields = Record<string, unknown>

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The products of a document: of the list that looks like one, or of products by their id. */
function findProducts(document: unknown): unknown[] {
  const best = findProductLists(document)
  if (best.length > 0) return best
  if (!isObject(document)) return []
  // `{ "artikelen": [ … ] }`: the only list of objects is it, whatever its name.
  const lists = Object.values(document).filter((value) => Array.isArray(value) && value.every(isObject))
  const [only] = lists
  const saysMore = Object.values(document).some((value) => typeof value === 'string')
  if (lists.length === 1 && !saysMore && Array.isArray(only) && only.length > 1) return only
  // `{ "sku-1": { … }, "sku-2": { … } }`: products by their id.
  const entries = Object.entries(document).filter((entry): entry is [string, Fields] => isObject(entry[1]))
  const isMap = entries.length > 1 && entries.length === Object.keys(document).length
  return isMap ? entries.map(([id, own]) => ({ id, ...own })) : [document]
}

/**
 * Reads JSON of any shape: an array of objects (a chunk at a time, however long), one document that holds such a list
 * somewhere, or one object a line.
 */
export function createJsonReader(): RowReader {
  let inner: RowReader | null = null
  let head = ''
  // Decided by the first line and what follows it, so that it is the same however the file is cut.
  const choose = (isLast: boolean): RowReader | null => {
    const start = head.trimStart()
    const end = start.indexOf('\n')
    const next = end === -1 ? '' : start.slice(end + 1).trimStart()
    const isList = /^\[\s*\{/.test(start)
    // Both lines whole, or all there is.
    const isWhole = next !== '' && (next.includes('\n') || next.length > longestHead)
    if (!isWhole && !isLast) return isList && head.length > longestHead ? createArrayReader() : null
    const line = end === -1 ? start : start.slice(0, end)
    const first = parsed(line)
    if (first !== undefined && next !== '') return createJsonlReader()
    if (isList) return createArrayReader()
    if (first !== undefined)
      return isObject(first) && findProducts(first)[0] !== first
        ? createDocumentReader()
        : createJsonlReader()
    // A broken first line of JSONL is followed by another object, a document by its members.
    return start.startsWith('{') && /^(?:"(?:[^"\\]|\\.)*"\s*:|[}\]])/.test(next)
      ? createDocumentReader()
      : createJsonlReader()
  }
  return {
    push(text) {
      if (inner) return inner.push(text)
      head += text
      inner = choose(false)
      if (!inner) return []
      const rows = inner.push(head)
      head = ''
      return rows
    },
    end() {
      inner ??= choose(true) ?? createJsonlReader()
      const rows = inner.push(head)
      head = ''
      return [...rows, ...inner.end()]
    },
  }
}

/** The value of a JSON text; undefined when it is none. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Cuts an array into its entries by brackets and quotes, so that no more than one entry is held. */
function createArrayReader(): RowReader {
  let depth = 0
  let inString = false
  let escaped = false
  let piece = ''
  let line = 1
  let pieceLine = 1
  const take = (rows: RawRow[]) => {
    const text = piece.trim()
    piece = ''
    if (text === '') return
    try {
      const value = unwrap(JSON.parse(text))
      if (isObject(value)) rows.push({ line: pieceLine, fields: value, raw: text })
      else throw new SyntaxError('it is not an object')
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      rows.push({
        line: pieceLine,
        code: 'bad-json',
        reason: `This entry of the array cannot be read: ${why}`,
        raw: cutRaw(text),
      })
    }
  }
  return {
    push(text) {
      const rows: RawRow[] = []
      let from = 0
      for (let at = 0; at < text.length; at++) {
        const character = text[at]
        if (character === '\n') line++
        if (inString) {
          if (escaped) escaped = false
          else if (character === '\\') escaped = true
          else if (character === '"') inString = false
          continue
        }
        if (character === '"') inString = true
        else if (character === '{' || character === '[') {
          depth++
          if (depth === 2) {
            from = at
            pieceLine = line
            piece = ''
          }
        } else if (character === '}' || character === ']') {
          depth--
          if (depth === 1) {
            piece += text.slice(from, at + 1)
            take(rows)
            from = at + 1
          }
        }
      }
      if (depth >= 2) piece += text.slice(from)
      return rows
    },
    end() {
      const rows: RawRow[] = []
      if (depth >= 2) {
        const reason = 'The file ends in the middle of this entry. Export it again.'
        rows.push({ line: pieceLine, code: 'cut-off', reason, raw: cutRaw(piece) })
      }
      return rows
    },
  }
}

function createDocumentReader(): RowReader {
  let pieces: string[] = []
  let length = 0
  return {
    push(text) {
      length += text.length
      if (length <= maxDocumentLength) pieces.push(text)
      return []
    },
    end() {
      const text = pieces.join('')
      pieces = []
      if (length > maxDocumentLength) {
        const reason =
          'The JSON document is too large to be read as one. Write an array of products, or one object a line.'
        return [{ line: 1, code: 'document-too-large', reason, raw: cutRaw(text) }]
      }
      try {
        return findProducts(JSON.parse(text))
          .map(unwrap)
          .map((entry, index): RawRow => {
            const raw = JSON.stringify(entry)
            return isObject(entry)
              ? { line: index + 1, fields: entry, raw }
              : {
                  line: index + 1,
                  code: 'not-an-object',
                  reason: 'Each product must be a JSON object.',
                  raw: cutRaw(raw),
                }
          })
      } catch (error) {
        // A document that is broken or cut off: what is whole on a line of its own still goes in.
        const lines = createJsonlReader()
        const rows = [...lines.push(text), ...lines.end()]
        if (rows.some((row) => 'fields' in row)) return rows
        const why = error instanceof Error ? error.message : String(error)
        return [
          { line: 1, code: 'bad-json', reason: `The file is not valid JSON: ${why}`, raw: cutRaw(text) },
        ]
      }
    },
  }
}
