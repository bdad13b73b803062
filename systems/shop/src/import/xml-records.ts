import type { RawRow } from '@heavylift/core/rows'
import { columnKey } from './columns.ts'
import type { ProductColumn } from './columns.ts'
import { maxCellLength } from './feed-row.ts'
import { nameScore } from './propose-columns.ts'

type Row = RawRow & { fields: Record<string, unknown> }

interface Element {
  line: number
  name: string
  fields: Record<string, unknown>
  text: string
  hasChildren: boolean
  hasRecords: boolean
}

/** So sure is a name of what it states. */
const leastNamed = 2
const beside: readonly ProductColumn[] = ['price', 'id', 'brand', 'stock', 'image', 'description', 'category']
/** So many records of one name leave no doubt that they are the goods. */
const enough = 1000

/** Whether fields call a thing and state more of it, in any of the words that columns have for that. */
function isRecord(fields: Readonly<Record<string, unknown>>): boolean {
  const keys = Object.keys(fields).map(columnKey)
  const titles = keys.filter((key) => nameScore(key, 'title') >= leastNamed)
  return (
    titles.length > 0 &&
    beside.some((role) => keys.some((key) => !titles.includes(key) && nameScore(key, role) >= leastNamed))
  )
}

/**
 * Finds the elements of goods in a document that calls them by no name that is known (`<artikel>`, `<book>`): those whose own elements
 * name and describe something. Of several such names the most frequent is the goods', of as many the one that states most.
 */
export class XmlRecords {
  #open: Element[] = []
  #found = new Map<string, Row[]>()
  #ready: Row[] = []
  #decided: string | null = null

  open(name: string, line: number): void {
    const parent = this.#open.at(-1)
    if (parent) parent.hasChildren = true
    this.#open.push({
      line,
      name,
      fields: Object.create(null) as Record<string, unknown>,
      text: '',
      hasChildren: false,
      hasRecords: false,
    })
  }

  text(piece: string): void {
    const element = this.#open.at(-1)
    if (element && element.text.length <= maxCellLength) element.text += piece
  }

  close(): void {
    const element = this.#open.pop()
    const parent = this.#open.at(-1)
    if (element === undefined) return
    const text = element.text.trim()
    if (!element.hasChildren) {
      if (parent && text !== '' && !(element.name in parent.fields)) parent.fields[element.name] = text
      return
    }
    if (element.hasRecords || !isRecord(element.fields)) {
      if (parent && element.hasRecords) parent.hasRecords = true
      return
    }
    if (parent) parent.hasRecords = true
    this.#add(element)
  }

  #add({ name, line, fields }: Element): void {
    const row = { line, fields, raw: JSON.stringify(fields) }
    if (this.#decided !== null) {
      if (name === this.#decided) this.#ready.push(row)
      return
    }
    const rows = this.#found.get(name) ?? []
    rows.push(row)
    this.#found.set(name, rows)
    if (rows.length >= enough) this.#decide(name, rows)
  }

  #decide(name: string, rows: readonly Row[]): void {
    this.#decided = name
    this.#ready.push(...rows)
    this.#found.clear()
  }

  /** What is known to be goods by now. */
  take(): Row[] {
    const rows = this.#ready
    this.#ready = []
    return rows
  }

  /** The rest at the end of the document. */
  end(): Row[] {
    const stated = (rows: readonly Row[]) => Math.max(...rows.map(({ fields }) => Object.keys(fields).length))
    const [best] = [...this.#found].toSorted(([, a], [, b]) => b.length - a.length || stated(b) - stated(a))
    if (best) this.#decide(...best)
    return this.take()
  }
}
