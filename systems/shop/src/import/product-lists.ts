import { columnKey } from './columns.ts'
import { priceSense } from './price-senses.ts'
import { nameScore } from './propose-columns.ts'

type Fields = Record<string, unknown>

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isList = (value: unknown): value is Fields[] =>
  Array.isArray(value) && value.length > 0 && value.every(isObject)

/** A step into a document: a member by its name, or every entry of a list. */
type Step = string | typeof everyEntry
const everyEntry = Symbol('every entry')

/** Deeper than this nothing is looked for: text from outside must not exhaust the stack. */
const maxDepth = 6

/** GraphQL wraps each entry as `{ node: … }`. */
export const unwrap = (value: unknown): unknown =>
  isObject(value) && isObject(value['node']) && Object.keys(value).length <= 2 ? value['node'] : value

const partOfProduct =
  /varia|opci|option|size|tall|taille|größ|groess|maat|storlek|tamanh|taglia|format|pack|present|image|imag|bild|foto|review|categ|kateg/i
const goods = /product|produ[kctz]|prodott|artik|articul|articol|artig|item|entries|goods|vara|vare/i

/** How much the entries of a list look like products: by what their members are called, in any language that feeds are in. */
function score(key: string, list: readonly Fields[], depth: number): number {
  const entry = unwrap(list[0])
  if (!isObject(entry)) return 0
  const keys = Object.keys(entry).map(columnKey)
  const has = (test: (name: string) => boolean) => keys.some(test)
  let points = Math.log2(1 + list.length) / 4
  if (has((name) => nameScore(name, 'title') >= 1)) points += 2
  if (has((name) => priceSense(name) !== null || /^(?:variants|sku)$/.test(name))) points += 2
  if (
    has(
      (name) =>
        nameScore(name, 'image') >= 1 || nameScore(name, 'description') >= 1 || /handle|slug/.test(name),
    )
  )
    points += 1
  if (goods.test(key)) points += 2
  if (partOfProduct.test(key)) points -= 3
  // What is nested in a better list belongs to that list's entries.
  return points - depth / 2
}

/** The lists of objects that most look like products, wherever the document nests them; empty where none does. */
export function findProductLists(document: unknown): Fields[] {
  let best: { path: Step[]; list: Fields[] } | null = null
  let bestScore = 1.5
  const visit = (value: unknown, path: Step[], key: string): void => {
    if (path.length > maxDepth) return
    if (Array.isArray(value)) {
      if (isList(value)) {
        const own = score(key, value, path.length)
        if (own > bestScore) {
          bestScore = own
          best = { path, list: value }
        }
      }
      for (const each of value.slice(0, 3)) visit(each, [...path, everyEntry], key)
    } else if (isObject(value))
      for (const [name, own] of Object.entries(value)) visit(own, [...path, name], name)
  }
  visit(document, [], '')
  if (best === null) return []
  const { path, list } = best as { path: Step[]; list: Fields[] }
  return gather(document, path, list)
}

/**
 * All lists at the same place of the document (`categories[].products`), each with the name of what holds it as its category, and beside
 * them lists of the same kind under other names (`{ "starters": […], "desserts": […] }`), or in what has other names there, each with that name.
 */
function gather(document: unknown, path: readonly Step[], like: readonly Fields[]): Fields[] {
  const found: Fields[] = []
  const titles = new Set<string>()
  const kind = new Set(Object.keys(like[0] ?? {}))
  const last = path.at(-1)
  const take = (list: readonly Fields[], category: string) => {
    for (const entry of list) {
      titles.add(titleOf(entry))
      found.push(category === '' ? entry : { category, ...entry })
    }
  }
  /** `isCalledSo`: it has the name of the list itself, so what its entries state beside may be their own. */
  const isAlike = (list: unknown, isCalledSo = false): list is Fields[] => {
    if (!isList(list)) return false
    const names = Object.keys(list[0] ?? {})
    const shared = names.filter((name) => kind.has(name)).length
    if (shared < 2 || (!isCalledSo && shared < 0.5 * Math.max(names.length, kind.size))) return false
    // The same goods once more, such as those that a page features.
    return list.filter((entry) => titles.has(titleOf(entry))).length < list.length / 2
  }
  const walk = (value: unknown, at: number, category: string): void => {
    const step = path[at]
    if (at === path.length) {
      if (isList(value)) take(value, category)
    } else if (step === everyEntry) {
      if (Array.isArray(value))
        for (const each of value) walk(each, at + 1, isObject(each) ? titleOf(each) || category : category)
    } else if (typeof step === 'string' && isObject(value)) {
      const isLast = at === path.length - 1
      const others = Object.entries(value).filter(([name]) => name !== step)
      const beside = isLast ? others.filter(([, own]) => isList(own)) : []
      // What is called by a name of its own, and holds such a list at the same place: `{ tea: { items: […] }, soap: { items: […] } }`.
      const held = isLast ? [] : others.filter(([, own]) => isAlike(below(own, path.slice(at + 1)), true))
      if (held.length > 0)
        for (const [name, own] of [[step, value[step]] as const, ...held])
          walk(own, at + 1, (isObject(own) ? titleOf(own) : '') || name)
      if (held.length > 0) return
      walk(
        value[step],
        at + 1,
        isLast && category === '' && beside.some(([, own]) => isAlike(own)) ? step : category,
      )
      for (const [name, own] of beside) if (isAlike(own)) take(own, category || name)
    }
  }
  walk(document, 0, '')
  return last === undefined && found.length === 0 ? [...like] : found
}

/** What stands at the end of a path of names; undefined where it leads nowhere, or through a list. */
const below = (value: unknown, path: readonly Step[]): unknown =>
  path.reduce<unknown>((at, step) => (typeof step === 'string' && isObject(at) ? at[step] : undefined), value)

/** What an object is called: its title, by any name for one. */
function titleOf(entry: Fields): string {
  let best = ''
  let bestScore = 0.9
  for (const [name, value] of Object.entries(entry)) {
    if (typeof value !== 'string' || value === '') continue
    const own = nameScore(columnKey(name), 'title')
    if (own > bestScore) {
      best = value
      bestScore = own
    }
  }
  return best
}
