import { logistic } from '@heavylift/core/math'
import type { Product, Review } from '../src/domain/product.ts'
import { aspects } from './aspects.ts'
import type { AspectName } from './aspects.ts'
import { createRandom } from '@heavylift/core'
import type { Random } from '@heavylift/core'

const dayMs = 86_400_000

/** What was planted in a product's reviews; evals compare what was mined with it. */
export interface AspectTruth {
  aspect: AspectName
  mentions: number
  positive: number
  negative: number
  neutral: number
}

const firstNames =
  'Ava Ben Carla Dev Elin Farid Grace Hugo Imani Jonas Kiri Leo Mina Noah Olga Priya Quentin Rosa Sam Tara Umar Vera Wes Xenia Yusuf Zoe Anja Bilal Chloe Diego Emeka Fiona'.split(
    ' ',
  )
const openers = {
  high: [
    'Very happy with this.',
    'Exactly what I was looking for.',
    'Would buy again.',
    'Better than I hoped.',
    'A friend recommended it and was right.',
    'Second one I have bought.',
    'Arrived quickly and well packed.',
  ],
  middle: [
    'It does the job.',
    'Decent, with a few niggles.',
    'Not bad, not great.',
    'Mixed feelings after a month.',
    'Fine for what I paid.',
  ],
  low: [
    'I wanted to like this.',
    'Sent it back.',
    'Expected better.',
    'Disappointed.',
    'Would not buy again.',
  ],
}
const kidsOpeners = [
  'Bought for my son.',
  'Bought for my daughter.',
  'For our nine-year-old.',
  'A birthday present for my nephew.',
  'A gift for my niece.',
]
const titles = {
  high: ['Great', 'Love it', 'Highly recommended', 'Really pleased', 'Spot on', 'Excellent'],
  middle: ['Okay', 'Good with some flaws', 'Does the job', 'Average', 'Mixed'],
  low: ['Disappointing', 'Not for me', 'Returned it', 'Poor', 'Expected more'],
}
const closers = [
  'Delivery took two days.',
  'Nicely packed too.',
  'Used it for a month now.',
  'I compared a few before I chose this one.',
  'My neighbour has one as well.',
]

interface AspectRate {
  aspect: AspectName
  mention: number
  positive: number
}

/** Number of reviews: long-tailed, up to 90; some products have none. */
function reviewCount(random: Random, popularity: number): number {
  return Math.min(90, Math.max(0, Math.round(Math.exp(1.5 + 0.95 * random.normal() + popularity)) - 1))
}

function writeReview(
  random: Random,
  product: Product,
  rates: AspectRate[],
  quality: number,
  asOfMs: number,
  index: number,
) {
  const mentioned: { aspect: AspectName; tone: 'good' | 'bad' | 'neutral' }[] = []
  for (const rate of random.sample(rates, rates.length)) {
    if (mentioned.length === 3 || !random.chance(rate.mention)) continue
    const tone = random.chance(0.08) ? 'neutral' : random.chance(rate.positive) ? 'good' : 'bad'
    mentioned.push({ aspect: rate.aspect, tone })
  }
  const good = mentioned.filter(({ tone }) => tone === 'good').length
  const bad = mentioned.filter(({ tone }) => tone === 'bad').length
  const rating = Math.min(
    5,
    Math.max(1, Math.round(4 + 0.35 * quality + 0.5 * good - 1.15 * bad + 0.6 * random.normal())),
  )
  const mood = rating >= 4 ? 'high' : rating === 3 ? 'middle' : 'low'
  const sentences = mentioned.map(({ aspect, tone }) => random.pick<string>(aspects[aspect][tone]))
  const forKids = product.attributes['audience']?.includes('kids') === true
  const opener = forKids && random.chance(0.5) ? random.pick(kidsOpeners) : random.pick(openers[mood])
  const closing = random.chance(0.25) || sentences.length === 0 ? [random.pick(closers)] : []
  const review: Review = {
    id: `${product.id}-r${index + 1}`,
    productId: product.id,
    rating,
    title: random.pick(titles[mood]),
    text: [opener, ...sentences, ...closing].join(' '),
    author: `${random.pick(firstNames)} ${String.fromCharCode(65 + random.int(0, 25))}.`,
    atMs: asOfMs - random.int(1, 540) * dayMs - random.int(0, 86_399) * 1000,
    verified: random.chance(0.85),
  }
  return { review, mentioned }
}

/**
 * Reviews in which each aspect is mentioned, praised and blamed at rates of the product's own, and the exact counts.
 * `popularity` shifts the logarithm of the number of reviews.
 */
export function writeReviews(
  key: string,
  product: Product,
  aspectNames: readonly AspectName[],
  popularity: number,
  asOfMs: number,
): { reviews: Review[]; truth: AspectTruth[] } {
  const random = createRandom(key)
  const quality = random.normal()
  const rates = aspectNames.map((aspect, index) => ({
    aspect,
    // The first aspect of a type is what people talk about most.
    mention: (index === 0 ? 0.24 : 0.12) + 0.3 * random.next(),
    positive: logistic(1.2 + 0.8 * quality + 0.7 * random.normal()),
  }))
  const truth = new Map<AspectName, AspectTruth>(
    aspectNames.map((aspect) => [aspect, { aspect, mentions: 0, positive: 0, negative: 0, neutral: 0 }]),
  )
  const reviews: Review[] = []
  for (let index = 0, count = reviewCount(random, popularity); index < count; index++) {
    const { review, mentioned } = writeReview(random, product, rates, quality, asOfMs, index)
    reviews.push(review)
    for (const { aspect, tone } of mentioned) {
      const row = truth.get(aspect)
      if (!row) continue
      row.mentions++
      if (tone === 'good') row.positive++
      else if (tone === 'bad') row.negative++
      else row.neutral++
    }
  }
  return { reviews, truth: [...truth.values()].filter((row) => row.mentions > 0) }
}
