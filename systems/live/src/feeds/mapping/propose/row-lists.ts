import { isObject } from '../../read-source.ts'
import type { Source } from '../mapping-schema.ts'
import { arraysIn } from '../mapped-rows.ts'

/**
 * Where the rows of a document are: the list with most elements that are objects, with those beside it that are alike (a list for each
 * quarter), in the document's order. None for a table or a bare list.
 */
export function likelyRows(text: string): string[] {
  if (!/^\s*\{/.test(text)) return []
  let document: unknown
  try {
    document = JSON.parse(text)
  } catch {
    return []
  }
  const longest = arraysIn(document)[0]?.replace(/ \(\d+\)$/, '')
  if (longest === undefined) return []
  const keys = longest.split('/').slice(1, -1)
  const key = keys.pop()
  // Inside another list one pattern finds them all.
  if (key === undefined || keys.includes('*')) return [longest]
  let parent: unknown = document
  for (const one of keys) parent = isObject(parent) ? parent[one] : undefined
  if (!isObject(parent)) return [longest]
  const own: unknown = parent[key]
  const lists = Object.entries(parent).filter((entry): entry is [string, unknown[]] =>
    Array.isArray(entry[1]),
  )
  const alike = lists.filter(([, list]) => list.length > 0 && isAlike(list[0], (own as unknown[])[0]))
  // A quarter that is not played yet has none.
  const kept = alike.length < 2 ? alike : lists.filter((one) => one[1].length === 0 || alike.includes(one))
  const before = keys.map((one) => `/${one}`).join('')
  return kept.map(([name]) => `${before}/${name}/*`)
}

/** Whether two elements have nearly the same keys. */
function isAlike(one: unknown, other: unknown): boolean {
  if (!isObject(one) || !isObject(other)) return false
  const [mine, theirs] = [Object.keys(one), Object.keys(other)]
  const shared = mine.filter((key) => theirs.includes(key)).length
  return shared >= 0.8 * Math.max(mine.length, theirs.length)
}

/** A period for each list, in their order; nothing where there is one list. */
export function periodByList(rows: readonly string[]): Source | undefined {
  if (rows.length < 2) return undefined
  return {
    cases: rows.map((pattern, index) => ({
      when: { '@rows': [pattern] },
      use: { constant: index + 1 },
    })),
  }
}
