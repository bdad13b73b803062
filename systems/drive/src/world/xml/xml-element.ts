import { InvalidInputError } from '@heavylift/core'

/** One element of a parsed file, with where it began, so that an error can say where. */
export interface XmlElement {
  name: string
  attributes: Record<string, string>
  children: XmlElement[]
  /** What is written in it beside its children, without blanks around; missing where that is nothing. */
  text?: string
  file: string
  /** From 1. */
  line: number
  /** From 1. */
  column: number
}

/** An error that names file, line, element and what was expected. */
export function schemaError(element: XmlElement, expected: string): InvalidInputError {
  return new InvalidInputError({
    code: 'drive-file-invalid',
    message: `${element.file}:${element.line}:${element.column}: <${element.name}> ${expected}`,
    details: { file: element.file, line: element.line, column: element.column, element: element.name },
  })
}

export function childrenOf(element: XmlElement, name: string): XmlElement[] {
  return element.children.filter((child) => child.name === name)
}

/** The only child of this name, or null. Throws if there are several. */
export function optionalChild(element: XmlElement, name: string): XmlElement | null {
  const found = childrenOf(element, name)
  if (found.length > 1) throw schemaError(found[1] as XmlElement, `may stand once inside <${element.name}>`)
  return found[0] ?? null
}

export function requiredChild(element: XmlElement, name: string): XmlElement {
  const child = optionalChild(element, name)
  if (!child) throw schemaError(element, `needs a <${name}>`)
  return child
}

/** The one child of an element that is a choice. Throws if there is none, or more than one. */
export function onlyChild(element: XmlElement): XmlElement {
  const [child, ...others] = element.children
  if (!child || others.length > 0) throw schemaError(element, 'needs exactly one child')
  return child
}

export function attribute(element: XmlElement, name: string): string {
  const value = element.attributes[name]
  if (value === undefined) throw schemaError(element, `needs the attribute ${name}`)
  return value
}

/** Larger numbers mean nothing in a world of metres and seconds, and lead to ones that are none. */
const mostNumber = 1e12

/** A number, `fallback` where the attribute is missing and a fallback is given. Throws for one that is not finite, or beyond 1e12. */
export function numberAttribute(element: XmlElement, name: string, fallback?: number): number {
  if (fallback !== undefined && element.attributes[name] === undefined) return fallback
  const text = attribute(element, name)
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value))
    throw schemaError(element, `needs a number as ${name}, got "${text}"`)
  if (Math.abs(value) > mostNumber)
    throw schemaError(element, `needs a number of at most ${mostNumber} as ${name}, got "${text}"`)
  return value
}

/** A number from 0; `fallback` as for `numberAttribute`. */
export function positiveAttribute(element: XmlElement, name: string, fallback?: number): number {
  const value = numberAttribute(element, name, fallback)
  if (value < 0)
    throw schemaError(element, `needs ${name} not to be negative, got "${element.attributes[name]}"`)
  return value
}

/** A limit from 0; none, which is infinite, where the attribute is missing, says INF or is beyond 1e12. */
export function limitAttribute(element: XmlElement, name: string): number {
  const text = element.attributes[name]?.trim()
  if (text === undefined || text === 'INF' || Number(text) > mostNumber) return Infinity
  return positiveAttribute(element, name)
}

/** A truth of XML, in any case; `fallback` where the attribute is missing and a fallback is given. */
export function booleanAttribute(element: XmlElement, name: string, fallback?: boolean): boolean {
  if (fallback !== undefined && element.attributes[name] === undefined) return fallback
  const text = attribute(element, name).trim().toLowerCase()
  if (text === 'true' || text === '1') return true
  if (text === 'false' || text === '0') return false
  throw schemaError(element, `needs ${name} to be true or false, got "${text}"`)
}

/** One of `values`; `fallback` where the attribute is missing and a fallback is given. */
export function choiceAttribute<Value extends string>(
  element: XmlElement,
  name: string,
  values: readonly Value[],
  fallback?: Value,
): Value {
  const text = element.attributes[name] ?? fallback ?? attribute(element, name)
  const value = values.find((candidate) => candidate === text)
  if (value === undefined)
    throw schemaError(element, `needs ${name} to be one of ${values.join(', ')}, got "${text}"`)
  return value
}
