import type { XmlElement } from '../xml/xml-element.ts'
import { numberAttribute } from '../xml/xml-element.ts'

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
