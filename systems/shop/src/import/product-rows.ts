import { cutRaw } from '@heavylift/core/rows'
import type { RawRow } from '@heavylift/core/rows'
import { Families } from './families.ts'
import type { FeedEvent, FeedFormat, FeedOptions } from './feed-row.ts'
import { createGrouper } from './group-variants.ts'
import { flattenRow } from './nested-row.ts'
import type { FlatRow } from './nested-row.ts'
import { isProductItem, parseProductItem } from './product-item.ts'
import { RowParser } from './product-row.ts'
import type { Failure } from './product-row.ts'
import { createShopifyMapper } from './shopify.ts'
import { FeedSurvey } from './survey.ts'
import type { FeedPlan } from './feed-plan.ts'
import type { FamilyRow } from './row-families.ts'
import { hiddenBy, isPartOnly } from './visibility.ts'

type Row = RawRow & { fields: Record<string, unknown> }

export interface ProductRows {
  read(row: Row): FeedEvent[]
  end(): FeedEvent[]
}

/** Kinds of rows that sell others together and may have no price of their own. */
const composed = /group|bundle|configurable|variable|kit/

/** Turns rows of a feed into products: variants joined, what the shop hides left out, each row accounted for. */
export function createProductRows(format: FeedFormat, options: FeedOptions, plan: FeedPlan): ProductRows {
  const rowOptions = { currency: options.currency, imageBase: options.mapping['imageBase'] ?? '' }
  const parser = new RowParser(format === 'shopify' ? shopifyPlan(plan) : plan, rowOptions)
  const mapShopify = format === 'shopify' ? createShopifyMapper() : null
  const grouper = createGrouper()
  const families = new Families(plan.families, (item, raw) => grouper.addWhole(item, raw))
  /** The row that rows without an id or title of their own continue. */
  let open: { id: string; title: string; flat: FlatRow; count: number; hidden: string | null } | null = null

  const event = (kind: 'reject' | 'hidden', row: Row, code: string, reason: string): FeedEvent => ({
    kind,
    rows: 1,
    reject: { line: row.line, code, reason, raw: cutRaw(row.raw) },
  })
  const reject = (row: Row, { code, reason }: Pick<Failure, 'code' | 'reason'>) =>
    event('reject', row, code, reason)
  const hide = (row: Row, why: string) =>
    event('hidden', row, 'hidden', `The shop does not show this product (${why}).`)

  const readNested = (row: Row, flat: FlatRow, id: string, title: string): FeedEvent[] => {
    const { product, ratingFromFeed } = parser.product(flat, id, title, true)
    const failures: Failure[] = []
    const stated: Map<string, string>[] = []
    const titles: string[] = []
    const seen = new Set<string>()
    let hidden = 0
    for (const [index, each] of flat.variants.entries()) {
      if (hiddenBy(parser.visibility(each)) !== null) {
        hidden++
        continue
      }
      const own = parser.variantId(each, true)
      const variantId = own === '' || seen.has(own) ? `${id}-${index + 1}` : own
      const variant = parser.variant(each, { id: variantId, nested: true, above: flat })
      if (!variant.ok) {
        failures.push(variant)
        continue
      }
      seen.add(variantId)
      product.variants.push(variant.value)
      stated.push(new Map(each.attributes.map(([name, values]) => [name, values.join(', ')])))
      titles.push(parser.variantTitle(each))
      for (const image of parser.images(each, true)) {
        if (!product.images.includes(image) && product.images.length < 30) product.images.push(image)
      }
    }
    if (product.variants.length === 0) {
      const [failure] = failures
      if (failure) return [reject(row, { code: failure.code, reason: `Product "${id}": ${failure.reason}` })]
      if (hidden > 0) return [hide(row, 'all of its variants are hidden')]
    }
    parser.tellApart(product, stated, titles)
    const whole = {
      line: row.line,
      rows: 1,
      product,
      ratingFromFeed,
      continues: false,
      reviews: [],
      questions: [],
      priceHistory: [],
    }
    return grouper.addWhole(whole, row.raw)
  }

  /** Number of the row that is read. */
  let at = 0
  /** The id of each family's product: of its first row. */
  const familyIds = new Map<number, string>()
  const readMember = (row: Row, flat: FlatRow, member: FamilyRow): FeedEvent[] => {
    const own = parser.id(flat)
    if (own === '')
      return [
        reject(row, { code: 'missing-id', reason: 'The row has no id. Fill the id column, or map one.' }),
      ]
    const id = familyIds.get(member.family) ?? own
    familyIds.set(member.family, id)
    const sku = parser.variantId(flat, false)
    const variantId = sku !== '' ? sku : own === id ? variantName(own, member.options, 0) : own
    const variant = parser.variant(flat, { id: variantId, nested: false, above: null })
    if (!variant.ok)
      return [reject(row, { code: variant.code, reason: `Product "${id}": ${variant.reason}` })]
    variant.value.options = member.options
    const shared = { ...flat, fields: { ...flat.fields } }
    for (const name of member.columns) shared.fields[name] = ''
    const { product, ratingFromFeed } = parser.product(shared, id, member.title, true)
    product.variants = [variant.value]
    return grouper.addVariant(product, ratingFromFeed, row.line, row.raw)
  }

  const readFlat = (row: Row, flat: FlatRow): FeedEvent[] => {
    const tooLarge = parser.oversized(flat)
    if (tooLarge) return [reject(row, tooLarge)]
    const member = plan.familyRows.get(at)
    if (member !== undefined) {
      const hidden = hiddenBy(parser.visibility(flat))
      return hidden === null ? readMember(row, flat, member) : [hide(row, hidden)]
    }
    let id = parser.id(flat)
    let title = parser.title(flat)
    const sku = parser.variantId(flat, false)
    // Rows below the first of a product leave out what they share with it.
    const continued: typeof open =
      open && title === '' && (id === '' || (id === open.id && plan.idsRepeat) || parser.isContinued(flat))
        ? open
        : null
    const rowId = continued && id !== continued.id ? id : ''
    const why = hiddenBy(parser.visibility(flat)) ?? (continued ? continued.hidden : null)
    const ref = parser.group(flat)
    const listed = plan.variations.get(id) ?? plan.variations.get(sku)
    const named = plan.parentIds.get(listed?.parent ?? ref)
    const ownKey = plan.parentIds.get(id) ?? plan.parentIds.get(sku) ?? null
    // It has its product's id, and says that it is a variant (Wix).
    const ofId = parser.kind(flat) === 'variant' && ref === '' && plan.families.has(id) ? id : null
    const parent = named !== undefined && named !== ownKey ? named : ofId
    const isPart = parser.visibility(flat).some(([, value]) => isPartOnly(value))
    if (
      why !== null &&
      !(
        parent !== null &&
        isPart &&
        hiddenBy(parser.visibility(flat).filter(([, value]) => !isPartOnly(value))) === null
      )
    ) {
      if (!continued) open = { id, title, flat, count: 0, hidden: why }
      const events = [hide(row, why)]
      if (parent !== null) events.push(...families.childGone(parent, true))
      if (ownKey !== null && parent === null)
        events.push(...families.parentGone(ownKey, { kind: 'hidden', code: 'hidden', reason: why }))
      return events
    }
    const lose = (failure: Pick<Failure, 'code' | 'reason'>): FeedEvent[] => {
      const events = [reject(row, failure)]
      if (parent !== null) events.push(...families.childGone(parent))
      else if (ownKey !== null) events.push(...families.parentGone(ownKey, { kind: 'reject', ...failure }))
      return events
    }
    const above = continued?.flat ?? null
    if (continued) {
      if (
        !parser.hasPrice(flat) &&
        sku === '' &&
        Object.keys(parser.optionsOf(flat, false, above)).length === 0
      ) {
        if (grouper.addImages(continued.id, parser.images(flat))) return []
      }
      continued.count++
      ;({ id, title } = continued)
    }
    if (id === '')
      return lose({ code: 'missing-id', reason: 'The row has no id. Fill the id column, or map one.' })
    if (title === '' && parent === null)
      return lose({ code: 'missing-title', reason: `Product "${id}" has no title.` })
    if (flat.variants.length > 0) return readNested(row, flat, id, title)

    const isChild = parent !== null || continued !== null
    const isParent = ownKey !== null && parent === null
    const group = parent ?? (continued ? id : ref === '' || isParent ? id : ref)
    const own = { ...parser.optionsOf(flat, false, above), ...listed?.options }
    const repeats = (plan.idsRepeat || plan.rowsContinue) && (sku !== '' || Object.keys(own).length > 0)
    const variantId =
      ofId !== null && sku === ''
        ? variantName(id, own, 0)
        : continued || (repeats && plan.idsRepeat && group === id && !isParent)
          ? sku !== '' && sku !== id
            ? sku
            : rowId !== ''
              ? rowId
              : variantName(id, own, continued?.count ?? 0)
          : sku !== '' && !isParent
            ? sku
            : id
    const variant = parser.variant(flat, {
      id: variantId,
      nested: false,
      above,
      isParent: isParent || composed.test(parser.kind(flat)),
    })
    if (!variant.ok) return lose({ code: variant.code, reason: `Product "${id}": ${variant.reason}` })
    variant.value.options = isParent ? {} : listed ? lowerNames(own) : variant.value.options
    const isVariantRow = isChild || group !== id || repeats
    if (!isVariantRow) variant.value.options = parser.colourAndSize(flat)
    const { product, ratingFromFeed } = parser.product(flat, group, title, isVariantRow || isParent)
    product.variants = [variant.value]
    if (!continued) open = { id, title, flat, count: 0, hidden: null }
    const child = { variant: variant.value, product, ratingFromFeed, line: row.line, raw: row.raw }
    if (parent !== null) return families.child(parent, child)
    if (isParent && ownKey !== null) return families.parent(ownKey, child)
    return grouper.addVariant(product, ratingFromFeed, row.line, row.raw)
  }

  return {
    read(row) {
      at++
      if (mapShopify) {
        const mapped = mapShopify(row)
        if (mapped.kind === 'reject') return [reject(row, mapped)]
        if (mapped.kind === 'hidden') return [hide(row, mapped.reason)]
        if (mapped.kind === 'image') {
          if (grouper.addImages(mapped.handle, [mapped.image])) return []
          return [
            reject(row, {
              code: 'image-without-product',
              reason: 'The row holds only an image, and its product was rejected.',
            }),
          ]
        }
        return readShopify(row, mapped.fields)
      }
      if (format === 'jsonl' && isProductItem(row.fields)) {
        const parsed = parseProductItem(row.fields)
        if (!parsed.ok) return [reject(row, parsed)]
        return grouper.addWhole({ ...parsed.item, line: row.line, rows: 1 }, row.raw)
      }
      return readFlat(row, flattenRow(row.fields))
    },
    end: () => [...families.end(), ...grouper.end()],
  }

  function readShopify(row: Row, fields: Record<string, unknown>): FeedEvent[] {
    const { options: stated, attributes, ...rest } = fields
    const flat: FlatRow = {
      fields: rest,
      attributes: Object.entries((attributes ?? {}) as Record<string, string | string[]>).map(
        ([name, value]) => [name, [value].flat()],
      ),
      options: (stated ?? {}) as Record<string, string>,
      optionNames: [],
      variants: [],
    }
    const tooLarge = parser.oversized(flat)
    if (tooLarge) return [reject(row, tooLarge)]
    const id = parser.id(flat)
    const title = parser.title(flat)
    if (title === '') return [reject(row, { code: 'missing-title', reason: `Product "${id}" has no title.` })]
    const variant = parser.variant(flat, {
      id: parser.variantId(flat, false) || id,
      nested: false,
      above: null,
    })
    if (!variant.ok)
      return [reject(row, { code: variant.code, reason: `Product "${id}": ${variant.reason}` })]
    const { product, ratingFromFeed } = parser.product(flat, id, title, true)
    product.variants = [variant.value]
    return grouper.addVariant(product, ratingFromFeed, row.line, row.raw)
  }
}

const variantName = (id: string, own: Record<string, string>, count: number) => {
  const values = Object.values(own).join('-')
  return values === '' ? (count === 0 ? id : `${id}-${count + 1}`) : `${id}-${values}`.slice(0, 300)
}

const lowerNames = (options: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(options).map(([name, value]) => [
      name.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '_'),
      value,
    ]),
  )

const shopifyFields = [
  'id',
  'item_group_id',
  'variant_id',
  'title',
  'description',
  'brand',
  'category',
  'price',
  'compare_at_price',
  'stock',
  'image_link',
  'additional_image_link',
] as const

/** The plan of a Shopify export: its columns are known, what its rows state is learned as elsewhere. */
function shopifyPlan(plan: FeedPlan): FeedPlan {
  const survey = new FeedSurvey()
  const columns = survey.plan({}, 'USD').columns
  const roles = [
    'id',
    'group',
    'variantId',
    'title',
    'description',
    'brand',
    'category',
    'price',
    'compareAt',
    'stock',
    'image',
    'moreImages',
  ] as const
  for (const [index, role] of roles.entries()) columns.set(role, shopifyFields[index] ?? role)
  return {
    ...plan,
    columns,
    optionColumns: [],
    pairColumns: new Set(),
    visibilityColumns: [],
    facets: plan.facets,
  }
}
