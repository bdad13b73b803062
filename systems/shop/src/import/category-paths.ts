import { decodeEntities, plainText } from './clean-text.ts'

/** Where one category path ends and the next begins, and where a step of a path does. */
export interface PathStyle {
  step: RegExp
  /** Null when a cell holds one path. */
  between: RegExp | null
  /** First step of nearly all paths (`Default Category`), which says nothing; null when there is none. */
  root: string | null
}

/** With entities read, whose semicolons and ampersands stand between no paths; a comma behind a backslash is part of a name. */
const cellText = (value: unknown): string =>
  typeof value === 'string' ? decodeEntities(value).replaceAll(/\\,/g, writtenComma) : ''

/** A comma that stands in a name. */
const writtenComma = '\uE000'

/** Learns the style from cells: `A > B, A > C`, `Default Category/A,Default Category/A/B`, `A|B`, `A, B`. */
export class PathStyleLearner {
  #cells: string[] = []

  add(value: unknown): void {
    const text = cellText(value)
    if (text !== '' && this.#cells.length < 5000) this.#cells.push(text)
  }

  style(): PathStyle {
    const share = (pattern: RegExp) =>
      this.#cells.length === 0
        ? 0
        : this.#cells.filter((cell) => pattern.test(cell)).length / this.#cells.length
    const arrow = share(/\s*(?:>|»|›|->)\s*/)
    const slash = share(/[^/\s]\s*\/\s*[^/\s]/)
    const step =
      arrow > 0.05
        ? /\s*(?:>+|»|›|->|\|\|\|)\s*/
        : slash > 0.05 || share(/,/) < 0.05
          ? /\s*[|/]\s*/
          : /\s*\/\s*/
    const between =
      arrow > 0.05
        ? share(/>[^>]*\|[^>]*>/) > 0.02
          ? /\s*\|\s*/
          : share(/>[^>]*;[^>]*>/) > 0.02
            ? /\s*;\s*/
            : share(/>[^>]*,[^>]*>/) > 0.02 || share(/,/) > 0.1
              ? this.#namesStandAlone()
                ? /\s*,\s*/
                : /\s*,(?!\s)\s*|,\s+(?=[^,]*(?:>|$))/
              : null
        : share(/\/[^/]*,[^,]*\//) > 0.02
          ? /\s*,\s*/
          : share(/;/) > 0.1
            ? /\s*;\s*/
            : share(/,/) > 0.2 && this.#commasSeparate()
              ? /\s*,\s*/
              : null
    const style: PathStyle = { step, between, root: null }
    return { ...style, root: this.#root(style) }
  }

  /** Whether every comma ends a path: names hold theirs behind a backslash, or what stands alone between two is where other paths begin. */
  #namesStandAlone(): boolean {
    if (this.#cells.some((cell) => cell.includes(writtenComma))) return true
    const parts = this.#cells.flatMap((cell) => cell.split(/\s*,\s*/))
    const begins = new Set(parts.flatMap((part) => /^[^>]*?(?=\s*>)/.exec(part) ?? []))
    const alone = parts.filter((part) => part !== '' && !part.includes('>'))
    return alone.length > 0 && alone.filter((part) => begins.has(part)).length > alone.length / 2
  }

  /** Whether what stands between commas also stands alone or elsewhere: then they are names in a list. */
  #commasSeparate(): boolean {
    const counts = new Map<string, number>()
    for (const cell of this.#cells)
      for (const part of new Set(cell.split(/\s*,\s*/))) counts.set(part, (counts.get(part) ?? 0) + 1)
    const parts = [...counts.values()]
    return parts.filter((count) => count > 1).length > parts.length / 3
  }

  #root(style: PathStyle): string | null {
    const firsts = new Map<string, number>()
    const seconds = new Set<string>()
    let total = 0
    for (const cell of this.#cells) {
      for (const path of splitPaths(cell, style)) {
        total++
        firsts.set(path[0] ?? '', (firsts.get(path[0] ?? '') ?? 0) + 1)
        if (path[1] !== undefined) seconds.add(path[1])
      }
    }
    const [most] = [...firsts].toSorted((a, b) => b[1] - a[1])
    if (!most || total < 3 || most[1] < total * 0.98 || seconds.size < 2) return null
    // `Home` may be the only department of a small shop; it is where a large one's breadcrumbs begin.
    const isGeneric =
      /^(?:default|root|all|catalog)(?:[ _-]?(?:category|categories|catalog|products))?$/i.test(most[0])
    return isGeneric || (total >= 30 && seconds.size >= 5) ? most[0] : null
  }
}

/** Parts of a shelf's handle; shorter ones belong to one word ("t-shirts"). */
const handle = /^\p{Ll}{3,}(?:[-_]\p{Ll}{3,})+$/u

/** A shelf's name in words, also where it is written as a handle: `cat treats` of "cat-treats". */
const shelfName = (name: string): string => (handle.test(name) ? name.replaceAll(/[-_]/g, ' ') : name)

function splitPaths(text: string, { step, between }: PathStyle): string[][] {
  return (between ? text.split(between) : [text])
    .map((path) =>
      path
        .split(step)
        .map((part) => shelfName(plainText(part.replaceAll(writtenComma, ','))))
        .filter((part) => part !== ''),
    )
    .filter((path) => path.length > 0)
}

/**
 * The deepest path that a cell states, and the names of its other paths' ends. A list whose entries are no paths is one
 * path, from department to leaf.
 */
export function readCategories(value: unknown, style: PathStyle): { path: string[]; others: string[] } {
  const cells = Array.isArray(value) ? value.map(cellText).filter((text) => text !== '') : [cellText(value)]
  const isOnePath = Array.isArray(value) && cells.every((cell) => !/[>»›]/.test(cell))
  const paths = isOnePath
    ? [
        cells
          .map((cell) => shelfName(plainText(cell.replaceAll(writtenComma, ','))))
          .filter((part) => part !== ''),
      ]
    : cells.flatMap((cell) => splitPaths(cell, style))
  const trimmed = paths
    .map((path) => (path[0] === style.root && path.length > 1 ? path.slice(1) : path))
    .filter((path) => path.length > 0)
  const path = trimmed.reduce<string[]>((best, each) => (each.length > best.length ? each : best), [])
  const others = trimmed.filter((each) => each !== path).flatMap((each) => each.slice(-1))
  return {
    path: path.slice(0, 8),
    others: [...new Set(others)].filter((name) => !path.includes(name) && name !== style.root),
  }
}
