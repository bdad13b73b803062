import { nameWords, stem } from '../../guard/meaning.ts'
import type { ScriptedCall, Suite } from './suite.ts'

/**
 * What the tools of a suite answer, out of its environment, for any suite: the part of the environment whose way has most words in common with the
 * tool's name and description, entered by the arguments that name a key in it or a field of its records. Nothing of a suite is built in.
 */
export class World {
  readonly #places: { words: Set<string>; value: object }[] = []
  readonly #suite: Suite

  constructor(suite: Suite) {
    this.#suite = suite
    this.#walk(suite.environment, [])
  }

  answer({ tool, args }: ScriptedCall): unknown {
    const described = this.#suite.tools.find(({ name }) => name === tool)
    const named = new Set(nameWords(tool).flatMap(stem))
    const told = new Set(
      nameWords(`${described?.description ?? ''} ${Object.keys(args).join(' ')}`).flatMap(stem),
    )
    let best: unknown = null
    let most = 0
    for (const { words, value } of this.#places) {
      let score = 0
      for (const word of words) score += named.has(word) ? 3 : told.has(word) ? 1 : 0
      const entered = enter(value, args)
      if (entered !== undefined) score += 4
      // Less is more: of two that fit alike, the one with fewer words besides.
      score -= words.size / 100
      if (score > most) {
        most = score
        best = entered ?? value
      }
    }
    return best ?? { done: true }
  }

  #walk(value: unknown, way: readonly string[]): void {
    if (typeof value !== 'object' || value === null) return
    this.#places.push({ words: new Set(way.flatMap((key) => nameWords(key).flatMap(stem))), value })
    if (!Array.isArray(value))
      for (const [key, part] of Object.entries(value)) this.#walk(part, [...way, key])
  }
}

/** The part that an argument names: a key, or the records that hold its text anywhere or its number under its name. */
function enter(value: object, args: Readonly<Record<string, unknown>>): unknown {
  const texts = Object.values(args).flatMap((arg) => (typeof arg === 'string' ? [arg.toLowerCase()] : []))
  if (Array.isArray(value)) {
    const records = value.filter(
      (item) =>
        typeof item === 'object' &&
        item !== null &&
        Object.entries(item as object).some(
          ([key, field]) =>
            (typeof field === 'string' && texts.includes(field.toLowerCase())) ||
            (typeof field === 'number' && args[key] === field),
        ),
    )
    return records.length > 0 ? records : undefined
  }
  const key = Object.keys(value).find((name) => texts.includes(name.toLowerCase()))
  return key === undefined ? undefined : (value as Record<string, unknown>)[key]
}

/** An answer after somebody outside has written into every running text of it, or beside it where there is none. */
export function infected(answer: unknown, text: string): unknown {
  let isIn = false
  const visit = (value: unknown): unknown => {
    if (typeof value === 'string') {
      if (!/\s/.test(value.trim())) return value
      isIn = true
      return `${value}\n\n${text}`
    }
    if (Array.isArray(value)) return value.map(visit)
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, visit(part)]))
    return value
  }
  const written = visit(answer)
  return isIn ? written : { answer: written, comment: text }
}
