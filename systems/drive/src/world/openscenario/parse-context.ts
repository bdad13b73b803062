import type { XmlElement } from '../xml/xml-element.ts'
import { schemaError } from '../xml/xml-element.ts'
import { isKnownConstant } from './parameters.ts'

/** What was made from parts of a file that name no parameter: they are the same for every combination of values. */
export class ParseMemo {
  #kept = new WeakMap<XmlElement, unknown>()
  #names = ''

  /** What is kept holds indices of entities, and so for these names only. */
  useFor(names: readonly string[]): void {
    const joined = names.join('\n')
    if (joined === this.#names) return
    this.#names = joined
    this.#kept = new WeakMap()
  }

  /** What `make` gives for an element, made once where nothing below it changes. */
  of<Made extends object>(element: XmlElement, make: (element: XmlElement) => Made): Made {
    if (!isKnownConstant(element)) return make(element)
    const known = this.#kept.get(element)
    if (known) return known as Made
    const made = make(element)
    this.#kept.set(element, made)
    return made
  }
}

/** What readers of parts of a scenario need to know of the whole. */
export class ParseContext {
  readonly memo: ParseMemo
  /** Gives the entry of a catalog, with its parameters resolved. */
  readonly fromCatalog: (reference: XmlElement) => XmlElement
  readonly #indices = new Map<string, number>()

  constructor(names: readonly string[], memo: ParseMemo, fromCatalog: (reference: XmlElement) => XmlElement) {
    this.fromCatalog = fromCatalog
    for (const [index, name] of names.entries()) this.#indices.set(name, index)
    this.memo = memo
  }

  /** Index of an entity by name. Throws `drive-file-invalid` with the place where there is none. */
  entityOf(element: XmlElement, name: string): number {
    const index = this.#indices.get(name)
    if (index === undefined) throw schemaError(element, `names the entity ${name}, which is not there`)
    return index
  }
}
