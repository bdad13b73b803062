import type { XmlElement } from '../xml/xml-element.ts'
import { attribute, childrenOf, requiredChild, schemaError } from '../xml/xml-element.ts'
import { isKnownConstant } from './parameters.ts'
import { ReadingNotes } from './reading-notes.ts'
import type { Entity } from './scenario.ts'

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

/** Gives the entry of a catalog, with its parameters resolved. */
export type CatalogLookUp = (reference: XmlElement) => XmlElement

/** What readers of parts of a scenario need to know of the whole. */
export class ParseContext {
  readonly memo: ParseMemo
  readonly notes: ReadingNotes
  readonly fromCatalog: CatalogLookUp
  readonly entities: readonly Entity[]
  readonly #indices = new Map<string, number>()
  /** Members of selections of entities. */
  readonly #selections = new Map<string, number[]>()

  constructor(
    entities: readonly Entity[],
    memo: ParseMemo,
    fromCatalog: CatalogLookUp,
    notes: ReadingNotes = new ReadingNotes(),
  ) {
    this.entities = entities
    this.fromCatalog = fromCatalog
    this.notes = notes
    for (const [index, { name }] of entities.entries()) this.#indices.set(name, index)
    this.memo = memo
  }

  /** Index of an entity by name. Throws `drive-file-invalid` with the place where there is none. */
  entityOf(element: XmlElement, name: string): number {
    const index = this.#indices.get(name)
    if (index === undefined)
      throw schemaError(
        element,
        this.#selections.has(name)
          ? `names the selection ${name}, where one entity is needed`
          : `names the entity ${name}, which is not there`,
      )
    return index
  }

  /** The entity that `entityRef` of an element names. */
  entityRef(element: XmlElement, name = 'entityRef'): number {
    return this.entityOf(element, attribute(element, name))
  }

  /** Indices of an entity, or of the members of a selection, by name. */
  entitiesOf(element: XmlElement, name: string): readonly number[] {
    return this.#selections.get(name) ?? [this.entityOf(element, name)]
  }

  /** Entities that the `<EntityRef>` of an element name, each once. */
  entityRefs(holder: XmlElement): number[] {
    const found = childrenOf(holder, 'EntityRef').flatMap((ref) =>
      this.entitiesOf(ref, attribute(ref, 'entityRef')),
    )
    return [...new Set(found)]
  }

  /** Makes an `<EntitySelection>` known: entities by name, or all of a kind. */
  addSelection(selection: XmlElement): void {
    const members = requiredChild(selection, 'Members')
    const kinds = { vehicle: 'vehicle', pedestrian: 'pedestrian', miscellaneous: 'miscObject' } as const
    const ofKind = childrenOf(members, 'ByType').flatMap((byType) => {
      const type = attribute(byType, byType.attributes.objectType === undefined ? 'type' : 'objectType')
      if (!Object.hasOwn(kinds, type))
        throw schemaError(byType, `needs a type of vehicle, pedestrian or miscellaneous, got "${type}"`)
      const kind = kinds[type as keyof typeof kinds]
      return this.entities.flatMap((entity, index) => (entity.kind === kind ? [index] : []))
    })
    this.#selections.set(attribute(selection, 'name'), [...new Set([...this.entityRefs(members), ...ofKind])])
  }
}
