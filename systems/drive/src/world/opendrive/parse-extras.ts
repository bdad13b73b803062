import type { XmlElement } from '../xml/xml-element.ts'
import { numberAttribute, schemaError } from '../xml/xml-element.ts'

/** Known everywhere, without meaning for motion: maintainers' data. */
export const extras = ['userData', 'include', 'dataQuality']

/** Those of `values` that there are. */
export function given<Values extends Record<string, unknown>>(
  values: Values,
): { [Name in keyof Values]?: NonNullable<Values[Name]> } {
  const there = Object.entries(values).filter(([, value]) => value !== undefined)
  return Object.fromEntries(there) as { [Name in keyof Values]?: NonNullable<Values[Name]> }
}

/** A number, or undefined where the attribute is missing. */
export function numberOr(element: XmlElement, name: string): number | undefined {
  return element.attributes[name] === undefined ? undefined : numberAttribute(element, name)
}

/** Longer than any road: a number beyond it is a mistake, and would take forever to sample. */
export const longestM = 1e6

/** A number of at most `most` in size; `fallback` as `numberAttribute` has it. */
export function bounded(element: XmlElement, name: string, most: number, fallback?: number): number {
  const value = numberAttribute(element, name, fallback)
  if (Math.abs(value) > most)
    throw schemaError(element, `needs ${name} to be at most ${most} in size, got ${value}`)
  return value
}
