import { cutRaw } from '@heavylift/core/rows'
import type { Product, Variant } from '../domain/product.ts'
import type { FeedEvent, FeedProduct } from './feed-row.ts'

interface Child {
  variant: Variant
  product: Product
  ratingFromFeed: boolean
  line: number
  raw: string
}

interface Family {
  parent: Child | null
  /** Why the parent is not among the products: its children go with it. */
  gone: { kind: 'hidden' | 'reject'; code: string; reason: string } | null
  children: Child[]
  /** Children that have not come up yet. */
  left: number
  /** Children that the shop hides. */
  hidden: number
}

const event = (kind: 'hidden' | 'reject', child: Child, code: string, reason: string): FeedEvent => ({
  kind,
  rows: 1,
  reject: { line: child.line, code, reason, raw: cutRaw(child.raw) },
})

/**
 * Joins rows that name a row as their parent with that row, wherever in the file each of them is. A family is held until
 * its last row has come up, which exports write near each other.
 */
export class Families {
  readonly #expected: ReadonlyMap<string, number>
  readonly #open = new Map<string, Family>()
  readonly #emit: (item: FeedProduct, raw: string) => FeedEvent[]

  /** @param expected how many rows name each parent */
  constructor(expected: ReadonlyMap<string, number>, emit: (item: FeedProduct, raw: string) => FeedEvent[]) {
    this.#expected = expected
    this.#emit = emit
  }

  #family(id: string): Family {
    const known = this.#open.get(id)
    if (known) return known
    const family: Family = {
      parent: null,
      gone: null,
      children: [],
      left: this.#expected.get(id) ?? 0,
      hidden: 0,
    }
    this.#open.set(id, family)
    return family
  }

  parent(id: string, row: Child): FeedEvent[] {
    const family = this.#family(id)
    // The second row of that id is a duplicate, which whoever takes whole products says.
    if (family.parent)
      return [
        event(
          'reject',
          row,
          'duplicate-id',
          `"${id}" was already stated on line ${family.parent.line}; the first one is kept.`,
        ),
      ]
    family.parent = row
    return this.#closeWhenWhole(id, family)
  }

  parentGone(id: string, gone: NonNullable<Family['gone']>): FeedEvent[] {
    const family = this.#family(id)
    family.gone = gone
    return this.#closeWhenWhole(id, family)
  }

  child(id: string, row: Child): FeedEvent[] {
    const family = this.#family(id)
    family.children.push(row)
    family.left--
    return this.#closeWhenWhole(id, family)
  }

  /** A child that is hidden or rejected. */
  childGone(id: string, isHidden = false): FeedEvent[] {
    const family = this.#family(id)
    family.left--
    if (isHidden) family.hidden++
    return this.#closeWhenWhole(id, family)
  }

  end(): FeedEvent[] {
    return [...this.#open].flatMap(([id, family]) => this.#close(id, family))
  }

  #closeWhenWhole(id: string, family: Family): FeedEvent[] {
    return family.left <= 0 && (family.parent ?? family.gone) ? this.#close(id, family) : []
  }

  #close(id: string, family: Family): FeedEvent[] {
    this.#open.delete(id)
    const { parent, gone, children } = family
    if (gone) {
      const reason =
        gone.kind === 'hidden'
          ? `Its product is hidden (${gone.reason}).`
          : `Its product "${id}" was rejected: ${gone.reason}`
      return children.map((child) =>
        event(gone.kind, child, gone.kind === 'hidden' ? 'hidden' : 'parent-rejected', reason),
      )
    }
    if (parent && children.length === 0 && family.hidden > 0)
      return [
        event(
          'hidden',
          parent,
          'hidden',
          'The shop does not show this product (all of its variants are hidden).',
        ),
      ]
    const first = parent ?? children[0]
    if (!first) return []
    const seen = new Set<string>()
    const events: FeedEvent[] = []
    const variants: Variant[] = []
    const images = [...first.product.images]
    let rows = parent ? 1 : 0
    for (const child of children) {
      if (seen.has(child.variant.id)) {
        events.push(
          event(
            'reject',
            child,
            'duplicate-id',
            `Variant "${child.variant.id}" comes twice; the first one is kept.`,
          ),
        )
        continue
      }
      seen.add(child.variant.id)
      variants.push(child.variant)
      rows++
      for (const image of child.product.images)
        if (!images.includes(image) && images.length < 30) images.push(image)
    }
    const product: Product = {
      ...first.product,
      id: parent ? first.product.id : id,
      variants: variants.length > 0 ? variants : [first.variant],
      images,
    }
    const item: FeedProduct = {
      line: first.line,
      rows,
      product,
      ratingFromFeed: first.ratingFromFeed,
      continues: false,
      reviews: [],
      questions: [],
      priceHistory: [],
    }
    return [...events, ...this.#emit(item, first.raw)]
  }
}
