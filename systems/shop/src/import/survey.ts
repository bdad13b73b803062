import type { RawRow } from '@heavylift/core/rows'
import { AmountTable } from './amount-table.ts'
import { PathStyleLearner } from './category-paths.ts'
import { columnKey, productColumns } from './columns.ts'
import type { ProductColumn } from './columns.ts'
import { ColumnProfiler } from './column-profile.ts'
import type { ColumnProfile } from './column-profile.ts'
import { flattenRow, parsePairs } from './nested-row.ts'
import { isProductItem } from './product-item.ts'
import type { FlatRow } from './nested-row.ts'
import { findRowFamilies, maxFamilyRows } from './row-families.ts'
import { findOptionColumns, parseVariations } from './option-columns.ts'
import type { OptionColumns } from './option-columns.ts'
import { decidePrices } from './decide-prices.ts'
import { defaultCurrency } from './feed-plan.ts'
import type { FeedPlan } from './feed-plan.ts'
import {
  facetLabel,
  furtherDescriptions,
  furtherPairs,
  furtherTexts,
  isFacet,
  saidOfAll,
  isTagColumn,
  proposeColumns,
  splitTags,
} from './propose-columns.ts'
import { metafield } from './shopify.ts'
import { statesVisibility } from './visibility.ts'

const text = (value: unknown): string =>
  typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : ''

/** `id:123` (WooCommerce) names a row by its number. */
export const parentKey = (value: unknown): string => text(value).replace(/^id:/, '')

const keysOf = (role: ProductColumn): ReadonlySet<string> => new Set<string>(productColumns[role])
const groupNames = keysOf('group')
const kindNames = keysOf('kind')
const idNames = new Set<string>([
  'id',
  'sku',
  'product_id',
  'product_sku',
  'артикул',
  'артикул_sku',
  'artikelnummer',
  'slug',
  'handle_id',
])
const categoryNames = keysOf('category')
const visibilityNames = new Set<string>([
  ...productColumns.status,
  ...productColumns.visibility,
  'deleted_at',
  'archived_at',
  'published_at',
  'discoverable',
])

class Profiles {
  readonly #profilers = new Map<string, ColumnProfiler>()
  /** Rows before a column first came up. */
  add(name: string, value: unknown): void {
    let profiler = this.#profilers.get(name)
    if (!profiler) {
      // A feed that invents a column for every row must not fill the memory.
      if (this.#profilers.size >= 5000) return
      profiler = new ColumnProfiler()
      this.#profilers.set(name, profiler)
    }
    profiler.add(value)
  }
  all(rows: number): Map<string, ColumnProfile> {
    return new Map([...this.#profilers].map(([name, profiler]) => [name, { ...profiler.profile(), rows }]))
  }
}

/** What a variant of a product states, at least one of it. */
const variantRoles: readonly ProductColumn[] = [
  'id',
  'variantId',
  'price',
  'salePrice',
  'stock',
  'availability',
]

/** A feed with fewer prices than this, as a share of its rows, leaves them out on purpose. */
const leastPriced = 0.5

/** Looks at every row of a feed before any is imported. */
export class FeedSurvey {
  #rows = 0
  #variants = 0
  readonly #profiles = new Profiles()
  readonly #variantProfiles = new Profiles()
  readonly #attributes = new Profiles()
  /** Of these, what rows nest as pairs. */
  readonly #stated = new Profiles()
  readonly #amounts = new AmountTable()
  readonly #variantAmounts = new AmountTable()
  /** Of a feed that is not too long for it, to look at side by side. */
  #held: { at: number; fields: FlatRow['fields'] }[] | null = []
  readonly #styles = new Map<string, PathStyleLearner>()
  /** Ids of rows that name no parent → the first of them. */
  readonly #standing = new Map<string, string>()
  readonly #parents = new Map<string, number>()
  readonly #variations: FeedPlan['variations'] = new Map()
  #optionColumns: OptionColumns[] | null = null
  #names = ''

  add(row: RawRow): void {
    if (!('fields' in row)) return
    this.#rows++
    // A whole product says itself what it states.
    if (isProductItem(row.fields)) return
    const flat = flattenRow(row.fields)
    this.#addFlat(flat, this.#profiles)
    this.#amounts.add(flat.fields)
    if (flat.variants.length > 0 || this.#rows > maxFamilyRows) this.#held = null
    this.#held?.push({ at: this.#rows, fields: flat.fields })
    for (const variant of flat.variants) {
      this.#variants++
      this.#addFlat(variant, this.#variantProfiles)
      this.#variantAmounts.add(variant.fields)
    }
    this.#addFamily(flat)
  }

  #addFlat(flat: FlatRow, profiles: Profiles): void {
    for (const [name, value] of Object.entries(flat.fields)) {
      if (isTagColumn(name)) {
        for (const tag of splitTags(value)) this.#attributes.add('tags', tag)
        continue
      }
      profiles.add(name, value)
      const [label, values = []] = (typeof value === 'string' && metafield(name, value.trim())) || []
      if (label !== undefined) this.#stated.add(facetLabel(label), values.length === 1 ? values[0] : values)
      if (categoryNames.has(columnKey(name))) {
        const learner = this.#styles.get(name) ?? new PathStyleLearner()
        for (const each of Array.isArray(value) ? value : [value]) learner.add(each)
        this.#styles.set(name, learner)
      }
      if (typeof value === 'string' && value.length < 20_000 && /[|;,\n]/.test(value) && /[:=]/.test(value)) {
        for (const [label, own] of parsePairs(value) ?? []) this.#attributes.add(facetLabel(label), own)
      }
    }
    for (const [name, values] of flat.attributes) {
      const value = values.length === 1 ? values[0] : values
      this.#attributes.add(facetLabel(name), value)
      this.#stated.add(facetLabel(name), value)
    }
    const names = Object.keys(flat.fields)
    const joined = names.join('\n')
    if (profiles === this.#profiles && (this.#optionColumns === null || joined !== this.#names)) {
      this.#names = joined
      const found = findOptionColumns(names)
      if (this.#optionColumns === null || found.length > this.#optionColumns.length)
        this.#optionColumns = found
    }
    for (const { name, value } of this.#optionColumns ?? []) {
      const label = text(flat.fields[name])
      if (label !== '') this.#attributes.add(facetLabel(label), flat.fields[value])
    }
  }

  #addFamily(flat: FlatRow): void {
    let parent = ''
    let kind = ''
    const ids: string[] = []
    for (const [name, value] of Object.entries(flat.fields)) {
      const key = columnKey(name)
      if (groupNames.has(key)) parent ||= parentKey(value)
      if (kindNames.has(key)) kind ||= text(value).toLowerCase()
      if (idNames.has(key) && text(value) !== '') ids.push(text(value))
      if (key === 'configurable_variations' || key === 'variations') {
        for (const { sku, options } of parseVariations(value) ?? []) {
          const own = ids[0] ?? ''
          if (own === '' || sku === own || this.#variations.has(sku)) continue
          this.#variations.set(sku, { parent: own, options })
          this.#parents.set(own, (this.#parents.get(own) ?? 0) + 1)
        }
      }
    }
    // A row that says that it is a variant, and has its product's id (Wix).
    const [own = ''] = ids
    if (parent === '' && kind === 'variant' && this.#standing.has(own))
      this.#parents.set(own, (this.#parents.get(own) ?? 0) + 1)
    else if (parent === '' || ids.includes(parent)) for (const id of ids) this.#standing.set(id, ids[0] ?? id)
    else this.#parents.set(parent, (this.#parents.get(parent) ?? 0) + 1)
  }

  #families(): Pick<FeedPlan, 'families' | 'parentIds'> {
    const families = new Map<string, number>()
    const parentIds = new Map<string, string>()
    for (const [name, count] of this.#parents) {
      const id = this.#standing.get(name)
      if (id === undefined) continue
      parentIds.set(name, id)
      families.set(id, (families.get(id) ?? 0) + count)
    }
    return { families, parentIds }
  }

  /** @param currency of the store (ISO 4217) */
  plan(mapping: Readonly<Record<string, string>>, currency: string): FeedPlan {
    const profiles = this.#profiles.all(this.#rows)
    const variantProfiles = this.#variantProfiles.all(this.#variants)
    const attributes = this.#attributes.all(this.#rows)
    const optionColumns = this.#optionColumns ?? []
    const paired = new Set(optionColumns.flatMap(({ name, value }) => [name, value]))
    const free = new Map([...profiles].filter(([name]) => !paired.has(name)))
    const columns = proposeColumns(free, mapping)
    const variantColumns = proposeColumns(variantProfiles, pickVariantMapping(mapping))
    const decided = decidePrices(columns, { profiles: free, rows: this.#amounts.rows, mapping, currency })
    // What nests but names, and has no id, price or stock of its own, is a choice that there is ("Colour"), and no variant.
    if (!variantRoles.some((role) => variantColumns.has(role))) variantColumns.delete('title')
    const ofVariants = decidePrices(variantColumns, {
      profiles: variantProfiles,
      rows: this.#variantAmounts.rows,
      mapping: {
        ...pickVariantMapping(mapping),
        ...(mapping['priceUnit'] ? { priceUnit: mapping['priceUnit'] } : {}),
      },
      currency,
    })
    const descriptions = furtherDescriptions(free, columns)
    const used = new Set([...columns.values(), ...descriptions])
    const pairColumns = new Set(
      [...free]
        .filter(
          ([name, p]) =>
            p.pairs > 0.6 &&
            p.link === 0 &&
            p.html < 0.2 &&
            (!used.has(name) || name === columns.get('attributes')),
        )
        .map(([name]) => name),
    )
    const asked = (role: string) => (mapping[role] ?? '').split('|').filter((name) => name !== '')
    const ignored = new Set(asked('ignore').map(facetLabel))
    const chosen = new Set(asked('facet').map(facetLabel))
    const taken = new Set([...used, ...pairColumns])
    const told = [...furtherTexts(free, taken, this.#rows), ...saidOfAll(free, taken, this.#rows)].filter(
      (name) => !ignored.has(facetLabel(name)) && !chosen.has(facetLabel(name)),
    )
    const facets = new Set<string>()
    const consider = (name: string, profile: ColumnProfile, rows: number) => {
      if (isFacet(name, profile, rows)) facets.add(facetLabel(name))
    }
    for (const [name, profile] of free)
      if (!used.has(name) && !pairColumns.has(name)) consider(name, profile, this.#rows)
    for (const [name, profile] of variantProfiles) consider(name, profile, this.#variants)
    for (const [name, profile] of attributes) consider(name, profile, this.#rows)
    for (const name of ignored) facets.delete(name)
    for (const label of chosen) facets.add(label)
    const stated = this.#stated.all(this.#rows)
    const idName = columns.get('id')
    const idProfile = idName === undefined ? undefined : profiles.get(idName)
    const priceNames = [columns.get('price'), variantColumns.get('price'), columns.get('salePrice')]
    const amounts = [...profiles, ...variantProfiles].filter(
      ([name, p]) => priceNames.includes(name) && p.filled > 0 && p.max !== 0,
    )
    const priceName = columns.get('price') ?? variantColumns.get('price') ?? ''
    const statesNoCurrency =
      currency === defaultCurrency &&
      amounts.length > 0 &&
      currencyOfName(priceName) === null &&
      !columns.has('currency') &&
      !variantColumns.has('currency') &&
      amounts.every(([, { examples }]) => examples.every((amount) => !/[\p{L}\p{Sc}]/u.test(amount)))
    const nested = amounts.find(([name]) => name === 'prices.amount')?.[1]
    const style = columns.get('category')
    const families = this.#families()
    const isAlone =
      !columns.has('group') &&
      families.families.size === 0 &&
      this.#variations.size === 0 &&
      optionColumns.length === 0
    return {
      rows: this.#rows,
      columns,
      variantColumns,
      profiles,
      variantProfiles,
      facets,
      descriptions,
      texts: told,
      stated,
      toldPairs: new Set(furtherPairs(stated, facets).filter((label) => !ignored.has(label))),
      optionColumns,
      pairColumns,
      visibilityColumns: visibilityColumns(profiles, variantProfiles),
      categories:
        (style === undefined ? null : this.#styles.get(style)?.style()) ?? new PathStyleLearner().style(),
      isPriceless: amounts.length === 0 && !profiles.has('variants') && !columns.has('surcharge'),
      isSeldomPriced:
        !profiles.has('variants') &&
        !columns.has('surcharge') &&
        amounts.every(([, p]) => p.filled < this.#rows * leastPriced),
      pricesAreMinor:
        decided.isMinor ||
        ofVariants.isMinor ||
        (mapping['priceUnit'] !== 'major' &&
          (/centamount/i.test(priceName) ||
            (nested !== undefined && nested.integer === 1 && nested.min >= 100 && nested.meanLength >= 3.5))),
      currency: currencyOfName(priceName),
      notes: [
        ...([...profiles.keys()].every((name) => /^Column \d+$/.test(name)) && this.#rows > 0
          ? [
              'The first line of the file does not name its columns: they are called Column 1, Column 2 and so on.',
            ]
          : []),
        ...decided.notes,
        ...ofVariants.notes,
        ...(statesNoCurrency
          ? [
              `No price of the file says its currency: all are taken for ${currency}. If they are in another, say so: --currency EUR on the command line, or the field for it in the console.`,
            ]
          : []),
      ],
      ...families,
      familyRows: isAlone ? findRowFamilies(this.#held ?? [], columns, free) : new Map(),
      variations: this.#variations,
      rowsContinue:
        optionColumns.length > 0 &&
        (profiles.get(columns.get('title') ?? '')?.filled ?? this.#rows) < this.#rows,
      idsRepeat: idProfile !== undefined && idProfile.distinctShare < 0.999,
    }
  }
}

/** What is mapped as `variant.price=amount` holds for nested variants. */
function pickVariantMapping(mapping: Readonly<Record<string, string>>): Record<string, string> {
  const own = Object.entries(mapping).flatMap(([role, name]) =>
    role.startsWith('variant.') ? [[role.slice(8), name] as const] : [],
  )
  return Object.fromEntries(own)
}

const inverted = new Set([
  'hidden',
  'is_hidden',
  'disabled',
  'is_disabled',
  'archived',
  'is_archived',
  'is_deleted',
  'deleted',
  'draft',
  'is_draft',
])

function visibilityColumns(...all: ReadonlyMap<string, ColumnProfile>[]): string[] {
  const found = new Set<string>()
  for (const profiles of all) {
    for (const [name, profile] of profiles) {
      const key = columnKey(name)
      if (/^(?:published|deleted|archived)_at$/.test(key) || inverted.has(key)) found.add(name)
      else if (visibilityNames.has(key) && statesVisibility(profile.examples)) found.add(name)
    }
  }
  return [...found]
}

function currencyOfName(name: string): string | null {
  const code =
    /(?:^|[^A-Za-z])([A-Z]{3})$/.exec(name.trim())?.[1] ??
    /_(usd|eur|gbp|inr|jpy|cad|aud|chf|pln|brl|mxn)$/i.exec(name)?.[1]
  return code === undefined || code === 'SKU' || code === 'URL' ? null : code.toUpperCase()
}
