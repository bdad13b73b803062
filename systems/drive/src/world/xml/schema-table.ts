import type { InvalidInputError } from '@heavylift/core'
import type { XmlElement } from './xml-element.ts'
import { schemaError } from './xml-element.ts'

/** What is done with what may stand in an element of a standard. */
export type SchemaClass = 'used' | 'without effect' | 'not supported'

/**
 * What may stand in an element, by what is done with it. Names are separated by blanks; those of attributes begin with `@`. `@name=a|b` among what is not
 * supported is accepted with these values, which say what is done anyway.
 */
export interface ElementRules {
  used?: string
  /** It changes nothing here, whatever is in it: names, and why. */
  idle?: readonly (readonly [names: string, reason: string])[]
  /** It would change what happens: names, and why it is refused. */
  refused?: readonly (readonly [names: string, reason: string])[]
}

/** One thing that may stand in an element, and what is done with it. */
export interface SchemaRow {
  element: string
  /** An attribute, with `@`, or a child. */
  name: string
  class: SchemaClass
  reason: string
  /** Values of an attribute that are accepted where others are not. */
  accepted: readonly string[]
}

/** What a file holds that is not used. */
export interface SchemaFindings {
  /** How often each thing without effect stands there, e.g. `Vehicle/Axles`. */
  ignored: ReadonlyMap<string, number>
  /** What is not supported, in the order of the file. */
  refused: readonly InvalidInputError[]
  /** What the standard does not know, where the table says that such things are only noted; else they are refused. */
  unknown: readonly InvalidInputError[]
}

/** Every element and attribute of a standard with what is done with it. A key is an element, or `parent/element` where it differs by where it stands. */
export class SchemaTable {
  readonly #standard: string
  readonly #elements: ReadonlyMap<string, ReadonlyMap<string, SchemaRow>>
  readonly #found = new WeakMap<XmlElement, SchemaFindings>()

  readonly #unknownIs: 'refused' | 'noted'

  /** `unknown`: what is done with what the standard does not know. */
  constructor(
    standard: string,
    rules: Readonly<Record<string, ElementRules>>,
    { unknown = 'refused' }: { unknown?: 'refused' | 'noted' } = {},
  ) {
    this.#standard = standard
    this.#unknownIs = unknown
    this.#elements = new Map(Object.entries(rules).map(([element, rule]) => [element, rowsOf(element, rule)]))
  }

  /** Everything that may stand anywhere, in the order of the table. */
  rows(): SchemaRow[] {
    return [...this.#elements.values()].flatMap((rows) => [...rows.values()])
  }

  /** What of a tree is passed over, and what is not supported. Found once for a tree. */
  check(root: XmlElement): SchemaFindings {
    const known = this.#found.get(root)
    if (known) return known
    const ignored = new Map<string, number>()
    const refused: InvalidInputError[] = []
    const unknown: InvalidInputError[] = this.#unknownIs === 'noted' ? [] : refused
    this.#checkElement(root, root.name, { ignored, refused, unknown })
    const found = { ignored, refused, unknown: unknown === refused ? [] : unknown }
    this.#found.set(root, found)
    return found
  }

  #checkElement(
    element: XmlElement,
    key: string,
    into: { ignored: Map<string, number>; refused: InvalidInputError[]; unknown: InvalidInputError[] },
  ): void {
    const { ignored, refused, unknown } = into
    const rows = this.#elements.get(key) ?? none
    for (const name in element.attributes) {
      if (name.startsWith('xmlns') || name.startsWith('xsi:') || name.startsWith('xml:')) continue
      const row = rows.get(`@${name}`)
      if (!row) unknown.push(this.#notKnown(element, element, `the attribute ${name}`, rows, '@'))
      else if (row.class === 'without effect') count(ignored, `${element.name}@${name}`)
      else if (row.class === 'not supported' && !row.accepted.includes(element.attributes[name] as string))
        refused.push(refusedAttribute(element, name, row))
    }
    for (const child of element.children) {
      const row = rows.get(child.name)
      if (!row) unknown.push(this.#notKnown(child, element, '', rows, ''))
      else if (row.class === 'without effect') count(ignored, `${element.name}/${child.name}`)
      else if (row.class === 'not supported')
        refused.push(schemaError(child, `is not supported inside <${element.name}>: ${row.reason}`))
      else {
        const own = `${element.name}/${child.name}`
        this.#checkElement(child, this.#elements.has(own) ? own : child.name, into)
      }
    }
  }

  #notKnown(
    at: XmlElement,
    parent: XmlElement,
    attribute: string,
    rows: ReadonlyMap<string, SchemaRow>,
    mark: '@' | '',
  ): InvalidInputError {
    const names = [...rows.keys()].filter((name) => name.startsWith('@') === (mark === '@'))
    const may = names.map((name) => name.replace('@', '')).join(', ') || 'nothing'
    return schemaError(
      at,
      attribute === ''
        ? `is not part of ${this.#standard} inside <${parent.name}>; ${may} may stand there`
        : `has ${attribute}, which is not part of ${this.#standard}; it may have ${may}`,
    )
  }
}

const none: ReadonlyMap<string, SchemaRow> = new Map()

function count(ignored: Map<string, number>, what: string): void {
  ignored.set(what, (ignored.get(what) ?? 0) + 1)
}

function refusedAttribute(element: XmlElement, name: string, row: SchemaRow): InvalidInputError {
  const only = row.accepted.length > 0 ? `; supported is ${row.accepted.join(', ')}` : ''
  return schemaError(
    element,
    `is not supported with ${name}="${element.attributes[name]}": ${row.reason}${only}`,
  )
}

const namesOf = (text: string): string[] => text.split(/\s+/).filter(Boolean)

function rowsOf(
  element: string,
  { used = '', idle = [], refused = [] }: ElementRules,
): Map<string, SchemaRow> {
  const rows = new Map<string, SchemaRow>()
  const add = (text: string, kind: SchemaClass, reason: string) => {
    for (const entry of namesOf(text)) {
      const [name = '', values] = entry.split('=')
      rows.set(name, { element, name, class: kind, reason, accepted: values?.split('|') ?? [] })
    }
  }
  add(used, 'used', '')
  for (const [names, reason] of idle) add(names, 'without effect', reason)
  for (const [names, reason] of refused) add(names, 'not supported', reason)
  return rows
}
