import { SaxesParser } from 'saxes'
import { cutRaw } from '@heavylift/core/rows'
import type { RawRow, RowReader } from '@heavylift/core/rows'
import { maxCellLength } from './feed-row.ts'
import { XmlRecords } from './xml-records.ts'

/** Fields of these names come more than once or hold others: they become lists. */
const repeated = new Set(['additional_image_link', 'product_detail', 'shipping', 'product_highlight'])
/** What feeds call the element of one product: RSS, Atom, YML, Heureka, and what shops and comparison sites write. */
const products = new Set(['item', 'entry', 'product', 'offer', 'shopitem', 'article', 'listing'])

type Fields = Record<string, unknown>

const newFields = (): Fields => Object.create(null) as Fields

function put(fields: Fields, name: string, value: unknown): void {
  if (repeated.has(name)) {
    const list = fields[name]
    if (Array.isArray(list)) list.push(value)
    else fields[name] = [value]
  } else if (!(name in fields)) {
    fields[name] = value
  }
}

/**
 * Reads a feed in XML with an element for each product: a Google Merchant feed (RSS 2.0 `item` or Atom `entry` with `g:` fields), or
 * one of the `products` that others write; where there is none, whatever element names and describes goods (`xml-records.ts`). What is below such an element is its fields; an `id` of its own and parameters by name
 * (`<param name="Color">`) are fields too. Entities that a document defines itself are never expanded, so that nested definitions cannot
 * grow. After an error the reader goes on with the next product where the file allows it.
 */
export function createMerchantXmlReader(): RowReader {
  let rows: RawRow[] = []
  let item: { line: number; fields: Fields } | null = null
  let group: { name: string; fields: Fields } | null = null
  let text = ''
  let depth = 0
  let itemDepth = 0
  let problem: string | null = null
  /** The name that an element states of itself; empty where it states none. */
  let parameter = ''
  /** Of a document without an element of a known name; null from the first one on. */
  let unnamed: XmlRecords | null = new XmlRecords()
  const parser = new SaxesParser({ xmlns: false, position: true })

  parser.on('error', (error) => {
    problem ??= error.message
  })
  parser.on('opentag', (tag) => {
    depth++
    text = ''
    if (item === null) {
      if (products.has(tag.name.toLowerCase())) {
        item = { line: parser.line, fields: newFields() }
        const { id } = tag.attributes
        if (typeof id === 'string' && id !== '') item.fields['id'] = id
        itemDepth = depth
        problem = null
        unnamed = null
      }
      unnamed?.open(tag.name, parser.line)
      return
    }
    const name = tag.name.replace(/^g:/, '')
    if (depth === itemDepth + 1 && (name === 'shipping' || name === 'product_detail')) {
      group = { name, fields: newFields() }
    }
    const called = tag.attributes['name']
    if (depth === itemDepth + 1) parameter = typeof called === 'string' ? called.trim() : ''
    const href = tag.attributes['href']
    if (name === 'link' && typeof href === 'string') put(item.fields, 'link', href)
  })
  const onText = (piece: string) => {
    unnamed?.text(piece)
    if (item === null || text.length > maxCellLength) return
    text += piece
  }
  parser.on('text', onText)
  parser.on('cdata', onText)
  parser.on('closetag', (tag) => {
    unnamed?.close()
    const name = tag.name.replace(/^g:/, '')
    if (item !== null && depth === itemDepth) {
      const raw = JSON.stringify(item.fields)
      if (problem === null) rows.push({ line: item.line, fields: item.fields, raw })
      else
        rows.push({
          line: item.line,
          code: 'bad-xml',
          reason: `The item is not well-formed: ${problem}`,
          raw: cutRaw(raw),
        })
      item = null
      problem = null
    } else if (item !== null && group !== null && depth === itemDepth + 2) {
      put(group.fields, name, text.trim())
    } else if (item !== null && group !== null && depth === itemDepth + 1) {
      put(item.fields, group.name, group.fields)
      group = null
    } else if (item !== null && depth === itemDepth + 1 && text.trim() !== '') {
      put(item.fields, parameter === '' ? name : `${name}_${parameter}`, text.trim())
    }
    text = ''
    depth--
  })

  const take = () => {
    const out = [...rows, ...(unnamed?.take() ?? [])]
    rows = []
    return out
  }
  let failed = false
  const guard = (run: () => void): RawRow[] => {
    if (failed) return take()
    try {
      run()
    } catch (error) {
      failed = true
      problem = error instanceof Error ? error.message : String(error)
    }
    return take()
  }
  return {
    push: (chunk) => guard(() => parser.write(chunk)),
    end() {
      const out = guard(() => parser.close())
      out.push(...(unnamed?.end() ?? []))
      if (item !== null) {
        const reason = `The file ends in the middle of this item${problem === null ? '' : `: ${problem}`}. Export it again.`
        out.push({ line: item.line, code: 'cut-off', reason, raw: cutRaw(JSON.stringify(item.fields)) })
        item = null
      }
      return out
    },
  }
}
