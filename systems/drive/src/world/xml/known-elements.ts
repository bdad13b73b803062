import type { XmlElement } from './xml-element.ts'
import { schemaError } from './xml-element.ts'

/** What a reader makes of an element. Names are separated by blanks. */
export interface ElementRule {
  /** Attributes that are read. */
  reads?: string
  /** Attributes that may stand there because they change nothing; `name=a|b` may only have one of these values, which say what is done anyway. */
  allows?: string
  children?: string
}

interface Known {
  /** Null: whatever its value is. */
  attributes: ReadonlyMap<string, readonly string[] | null>
  children: ReadonlySet<string>
}

const namesOf = (text: string | undefined) => (text ?? '').split(' ').filter(Boolean)

/**
 * Everything that a format's readers know, so that what they do not know is refused by its name rather than passed over. A rule's key is an
 * element, or `parent/element` where it differs by where it stands.
 */
export class KnownElements {
  readonly #known: ReadonlyMap<string, Known>
  readonly #opaque: ReadonlySet<string>
  readonly #checked = new WeakSet<XmlElement>()

  /** `opaque`: elements that change nothing, whatever is in them. */
  constructor(rules: Readonly<Record<string, ElementRule>>, opaque: string) {
    this.#known = new Map(
      Object.entries(rules).map(([name, { reads, allows, children }]) => [
        name,
        {
          attributes: new Map([
            ...namesOf(reads).map((read) => [read, null] as const),
            ...namesOf(allows).map((allowed) => {
              const [attribute = '', values] = allowed.split('=')
              return [attribute, values?.split('|') ?? null] as const
            }),
          ]),
          children: new Set(namesOf(children)),
        },
      ]),
    )
    this.#opaque = new Set(namesOf(opaque))
  }

  /** Throws `drive-file-invalid` for the first element or attribute that no reader knows. A tree that was checked is not looked at again. */
  check(root: XmlElement): void {
    if (this.#checked.has(root)) return
    this.#checkElement(root, this.#known.get(root.name))
    this.#checked.add(root)
  }

  #checkElement(element: XmlElement, known: Known | undefined): void {
    if (!known) return
    for (const name in element.attributes) this.#checkAttribute(element, name, known)
    for (const child of element.children) {
      if (this.#opaque.has(child.name)) continue
      if (!known.children.has(child.name))
        throw schemaError(
          child,
          `is not supported inside <${element.name}>; supported are ${[...known.children].join(', ') || 'none'}`,
        )
      this.#checkElement(
        child,
        this.#known.get(`${element.name}/${child.name}`) ?? this.#known.get(child.name) ?? noneKnown,
      )
    }
  }

  #checkAttribute(element: XmlElement, name: string, known: Known): void {
    if (name.startsWith('xmlns') || name.startsWith('xsi:')) return
    const values = known.attributes.get(name)
    if (values === null) return
    if (values === undefined)
      throw schemaError(
        element,
        `has the attribute ${name}, which is not supported; supported are ${[...known.attributes.keys()].join(', ') || 'none'}`,
      )
    const value = element.attributes[name] as string
    if (!values.includes(value))
      throw schemaError(
        element,
        `is not supported with ${name}="${value}"; supported is ${values.join(', ')}`,
      )
  }
}

const noneKnown: Known = { attributes: new Map(), children: new Set() }
