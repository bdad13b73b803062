import type { Product, Question, Review, Service, Variant } from '../src/domain/product.ts'
import type { AspectName } from './aspects.ts'
import { brandPools, namePools } from './brands.ts'
import { colours, palettes } from './colours.ts'
import type { Colour } from './colours.ts'
import { imageName } from './images/render-image.ts'
import { pricePath } from './price-history.ts'
import type { PricePath } from './price-history.ts'
import type { ProductType } from './product-type.ts'
import { createRandom } from '@heavylift/core'
import type { Random } from '@heavylift/core'
import { writeReviews } from './reviews.ts'
import type { AspectTruth } from './reviews.ts'
import { sizes } from './sizes.ts'
import { applicable, choose, fillSentence, fillTitle } from './template.ts'
import type { Facts } from './template.ts'
import { productTypes } from './types.ts'

export interface SampleOptions {
  seed: number
  /** How many products; a smaller catalog is the beginning of a larger one. */
  products: number
  /** "Now" of reviews and price histories, in ms since the epoch. */
  asOfMs: number
}

/** A product with all that belongs to it. The import's JSONL format takes it as one line. */
export interface SampleItem {
  product: Product
  reviews: Review[]
  questions: Question[]
  /** Oldest first; variants that always cost the same share the points of the first of them. */
  priceHistory: { variantId: string; minor: number; atMs: number }[]
  /** Exact counts of what the reviews mention. */
  truth: AspectTruth[]
}

const popularTypes = new Set([
  'football-boots',
  'running-shoes',
  'headphones',
  'smartphones',
  'coffee-machines',
])

/** Order in which types come up: football boots first, then each type as often as its weight, mixed by seed. */
function schedule(seed: number): ProductType[] {
  const random = createRandom(`${seed}/schedule`)
  const all = productTypes.flatMap((type) => Array.from({ length: type.weight }, () => type))
  const mixed = random.sample(all, all.length)
  return mixed.sort((a, b) => Number(b.id === 'football-boots') - Number(a.id === 'football-boots'))
}

function combinations(axes: ProductType['axes']): Facts[] {
  return Object.entries(axes).reduce<Facts[]>(
    (rows, [name, values]) => rows.flatMap((row) => values.map((value) => ({ ...row, [name]: value }))),
    [{}],
  )
}

/** Brand, model and the line's member of the `ordinal`-th product of a type. Distinct ordinals give distinct titles. */
function identify(type: ProductType, seed: number, ordinal: number) {
  const combos = combinations(type.axes)
  const perLine = Math.min(4, combos.length)
  const line = Math.floor(ordinal / perLine)
  const brands = brandPools[type.brands]
  const brand = brands[line % brands.length] ?? brands[0]
  const names = createRandom(`${seed}/${type.id}/${brand}`).sample<string>(namePools[type.names], 1000)
  const round = Math.floor(line / brands.length)
  const generation = Math.floor(round / names.length)
  const model = `${names[round % names.length]}${generation === 0 ? '' : ` ${generation + 1}`}`
  const random = createRandom(`${seed}/${type.id}/line${line}`)
  const tier = choose(['value*3', 'core*5', 'premium*3'], {}, random) ?? 'core'
  const member = random.sample(combos, combos.length)[ordinal % perLine] ?? {}
  // Where a line stands between the plainest and the finest is shared by its members.
  const level = { value: 0.05, core: 0.3, premium: 0.65 }[tier] ?? 0.3
  return { brand, model, tier, member, position: level + 0.3 * random.next() }
}

/** A price as shops set them: 9.50, 24.95, 89.00, 349.00. */
function shopPrice(major: number): number {
  if (major >= 300) return Math.max(1, Math.round(major / 10) * 1000 - 100)
  if (major >= 60) return Math.round(major) * 100
  return Math.max(1, Math.round(major)) * 100 - 5
}

function makeVariants(
  type: ProductType,
  id: string,
  facts: Facts,
  regularMajor: number,
  path: PricePath,
  random: Random,
) {
  const palette: readonly Colour[] = type.palette ? palettes[type.palette] : []
  const chosen = random.sample(palette, Math.min(palette.length, random.int(1, 4)))
  const scheme = type.sizes?.find(([condition]) => {
    return condition === '' || applicable([`[${condition}] yes`], facts).length > 0
  })?.[1]
  const list = scheme ? sizes[scheme] : null
  const run = list
    ? list.wholeRun
      ? [...list.values]
      : list.values.slice(0, random.int(2, list.values.length))
    : []
  const variation = random.int(0, 99)
  const fallback = random.pick(Object.keys(colours).slice(0, 8) as Colour[])
  const pictures = (chosen.length > 0 ? chosen : [fallback]).map((colour) => ({
    colour,
    image: `/api/shop/images/${imageName(type.image, colour, variation)}`,
  }))
  const variants: Variant[] = []
  const regular: number[] = []
  for (const { colour, image } of pictures) {
    for (const [label, factor] of run.length > 0 ? run : [['', 1] as const]) {
      const options: Record<string, string> = {}
      if (chosen.length > 0) options['color'] = colour
      if (list) options[list.option] = label
      const full = shopPrice(regularMajor * factor)
      const now = path.nowFactor === 1 ? full : Math.round(full * path.nowFactor)
      const suffix = Object.values(options)
        .join('-')
        .toLowerCase()
        .replaceAll(/[^a-z0-9]+/g, '-')
      variants.push({
        id: suffix === '' ? id : `${id}-${suffix}`,
        options,
        price: { minor: now, currency: 'USD' },
        compareAt: now < full ? { minor: full, currency: 'USD' } : null,
        stock: random.chance(0.09) ? 0 : Math.ceil(Math.exp(2.6 + random.normal())),
        image,
      })
      regular.push(full)
    }
  }
  return { variants, regular, images: pictures.map(({ image }) => image) }
}

function makeServices(random: Random, brand: string, minor: number, reduced: boolean): Service[] {
  const services: Service[] = []
  if (minor >= 4900 || random.chance(0.2)) services.push('free-shipping')
  if (reduced && random.chance(0.5)) services.push('flash-sale')
  if (random.chance(0.3)) services.push('cash-on-delivery')
  // A brand either runs its own store here or does not.
  if (createRandom(`official/${brand}`).chance(0.35)) services.push('official-store')
  return services
}

function makeQuestions(
  type: ProductType,
  id: string,
  facts: Facts,
  brand: string,
  random: Random,
): Question[] {
  return random
    .sample(type.questions, random.int(1, type.questions.length))
    .flatMap(([question, answers], index) => {
      const answer = choose(answers, facts, random)
      if (answer === null) return []
      const text = fillSentence(answer, facts)
      return [
        {
          id: `${id}-q${index + 1}`,
          productId: id,
          question,
          answers: [{ text, author: brand, votes: random.int(0, 14) }],
        },
      ]
    })
}

function makeItem(type: ProductType, ordinal: number, { seed, asOfMs }: SampleOptions): SampleItem {
  const { brand, model, tier, member, position } = identify(type, seed, ordinal)
  const id = `${type.id}-${ordinal + 1}`
  const random = createRandom(`${seed}/${id}`)
  const facts: Facts = { ...member, tier, brand, model, noun: type.noun }
  const attributes: Record<string, string[]> = {}
  for (const [name, value] of Object.entries(member)) attributes[name] = [value]
  for (const [name, values] of Object.entries(type.facts)) {
    const value = choose(values, facts, random)
    if (value === null) continue
    facts[name] = value
    if (value !== 'none') attributes[name] = [value]
  }
  const [low, high] = type.price
  const kids = facts['audience'] === 'kids' ? 0.72 : 1
  const regularMajor = (low + (high - low) * position * (0.94 + 0.12 * random.next())) * kids
  const path = pricePath(random, asOfMs)
  const { variants, regular, images } = makeVariants(type, id, facts, regularMajor, path, random)
  const suffix = choose(type.titleSuffix ?? [], facts, random)
  const intro = choose(type.intro, facts, random) ?? ''
  const details = random.sample(applicable(type.details, facts), random.int(2, 4))
  const product: Product = {
    id,
    title: fillTitle(suffix === null ? type.title : `${type.title} ${suffix}`, facts),
    brand,
    description: [intro, ...details].map((sentence) => fillSentence(sentence, facts)).join(' '),
    categories: [...type.path],
    attributes,
    variants,
    images,
    url: `/store/p/${id}`,
    services: makeServices(random, brand, variants[0]?.price.minor ?? 0, path.nowFactor < 1),
    rating: null,
  }
  const popularity = popularTypes.has(type.id) ? 1 : 0
  const { reviews, truth } = writeReviews(
    `${seed}/${id}/reviews`,
    product,
    applicable(type.aspects, facts) as AspectName[],
    popularity,
    asOfMs,
  )
  if (reviews.length > 0) {
    const sum = reviews.reduce((total, review) => total + review.rating, 0)
    product.rating = { average: Math.round((sum / reviews.length) * 100) / 100, count: reviews.length }
  }
  const priceHistory: SampleItem['priceHistory'] = []
  const seen = new Set<number>()
  for (const [index, variant] of variants.entries()) {
    const full = regular[index] ?? variant.price.minor
    if (seen.has(full)) continue
    seen.add(full)
    for (const point of path.points) {
      priceHistory.push({ variantId: variant.id, minor: Math.round(full * point.factor), atMs: point.atMs })
    }
  }
  return { product, reviews, questions: makeQuestions(type, id, facts, brand, random), priceHistory, truth }
}

/** Makes the catalog one product at a time; the same options give the same bytes on every machine. */
export function* generateSample(options: SampleOptions): Generator<SampleItem> {
  const order = schedule(options.seed)
  const made = new Map<string, number>()
  for (let index = 0; index < options.products; index++) {
    const type = order[index % order.length]
    if (!type) return
    const ordinal = made.get(type.id) ?? 0
    made.set(type.id, ordinal + 1)
    yield makeItem(type, ordinal, options)
  }
}
