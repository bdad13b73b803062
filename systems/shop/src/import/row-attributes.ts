import { plainText, wellFormed } from './clean-text.ts'
import { parsePairs } from './nested-row.ts'
import { facetLabel } from './propose-columns.ts'

/** The texts of a cell: of a list those of its entries, of an object none. */
export const texts = (value: unknown): string[] => {
  if (typeof value === 'string') return [value]
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint')
    return [String(value)]
  if (Array.isArray(value)) return value.flatMap(texts)
  return []
}

/** `17.0` is a number that an exporter wrote as a decimal. */
export const attributeText = (text: string) =>
  wellFormed(plainText(/^\d+\.0$/.test(text.trim()) ? text.trim().slice(0, -2) : text))

/** Attributes of one product, in the order of the file, told apart without case. */
export class Attributes {
  readonly #stated = new Map<string, string[]>()
  readonly #facets: ReadonlySet<string>

  constructor(facets: ReadonlySet<string>) {
    this.#facets = facets
  }

  add(name: string, value: unknown): void {
    const label = facetLabel(name)
    if (!this.#facets.has(label)) return
    const values = texts(value)
    // "Touchscreen: true" tells by its name; "true" tells nothing.
    const words = values.map((text) => text.trim().toLowerCase())
    if (words.length === 1 && /^(?:true|false|yes|no)$/.test(words[0] ?? '')) {
      if (words[0] === 'true' || words[0] === 'yes') this.#put('features', [label.replaceAll('_', ' ')])
      return
    }
    this.#put(label, values.map(attributeText))
  }

  /** Past the choice of facets: what the import itself found (further categories, tags). */
  put(name: string, values: readonly string[]): void {
    this.#put(name, values.map(attributeText))
  }

  #put(label: string, values: readonly string[]): void {
    if (label === '' || (!this.#stated.has(label) && this.#stated.size >= 100)) return
    const kept = this.#stated.get(label) ?? []
    for (const value of values) {
      if (value === '' || value.length > 200 || kept.length >= 50) continue
      if (!kept.some((each) => each.toLowerCase() === value.toLowerCase())) kept.push(value)
    }
    if (kept.length > 0) this.#stated.set(label, kept)
  }

  all(): Record<string, string[]> {
    return Object.fromEntries(this.#stated)
  }
}

/** `{ name: value }`, `[{ attribute_name, attribute_value }]`, `name: value; name: value` or `a=1,b=2`. */
export function addStated(attributes: Attributes, value: unknown): void {
  if (typeof value === 'string') {
    for (const [name, own] of parsePairs(value) ?? []) attributes.add(name, own)
  } else if (Array.isArray(value)) {
    for (const entry of value) {
      if (typeof entry !== 'object' || entry === null) {
        if (typeof entry === 'string') addStated(attributes, entry)
        continue
      }
      const { attribute_name, attribute_value, name, value: own } = entry as Record<string, unknown>
      attributes.add(texts(attribute_name ?? name)[0] ?? '', attribute_value ?? own)
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, own] of Object.entries(value)) attributes.add(name, own)
  }
}
