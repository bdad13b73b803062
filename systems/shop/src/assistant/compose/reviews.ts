import type { ReviewSummary } from '../../domain/answer.ts'
import type { Product } from '../../domain/product.ts'
import type { ReviewDigest } from '../aspects/aspect-cache.ts'
import { askedBy } from '../aspects/lexicon.ts'
import type { MinedAspect } from '../aspects/mine.ts'
import { formatRating } from '../../domain/money.ts'
import type { Phrases } from '../phrases.ts'
import { contentStems, words, meaningOf } from '../words.ts'
import { excerpt } from './writer.ts'
import type { Citations } from './writer.ts'

/** The aspects that a question asks about, most fitting first; empty when it asks in general. */
export function askedAspects(question: string, aspects: readonly MinedAspect[]): MinedAspect[] {
  const asked = new Set(contentStems(question))
  const byName = aspects.filter((aspect) => contentStems(aspect.aspect).every((word) => asked.has(word)))
  const implied = askedBy
    .filter((entry) => asked.values().some((word) => entry.words.has(word)))
    .flatMap((entry) => entry.aspects)
    .flatMap((name) => aspects.find((aspect) => aspect.aspect === name) ?? [])
  // "comfortable" asks about comfort: names that share a stem's beginning.
  const near = aspects.filter((aspect) =>
    contentStems(aspect.aspect).some(
      (name) =>
        name.length >= 5 &&
        asked.values().some((word) => word.startsWith(name) || (word.length >= 5 && name.startsWith(word))),
    ),
  )
  return [...new Set([...byName, ...implied, ...near])]
}

/** `12 of 41 reviews mention wet grip; 9 say good and 2 say bad`. Counts are what was mined, never rounded. */
export function aspectCounts(aspect: MinedAspect, digest: ReviewDigest, phrases: Phrases): string {
  const mention = phrases.counted('reviews.mention', aspect.mentions, {
    reviews: phrases.counted('rating.reviews', digest.read),
    aspect: aspect.aspect,
  })
  const judged = [
    ...(aspect.positive ? [phrases.counted('reviews.good', aspect.positive)] : []),
    ...(aspect.negative ? [phrases.counted('reviews.bad', aspect.negative)] : []),
  ]
  return judged.length
    ? phrases.say('reviews.judged', { mention, judged: phrases.listing(judged) })
    : phrases.say('reviews.unjudged', { mention })
}

/** Quotes of both sides, each with its review. */
export function aspectQuotes(
  aspect: MinedAspect,
  productId: string,
  citations: Citations,
  phrases: Phrases,
): string[] {
  const quote = (name: string, side: MinedAspect['praise']) =>
    side
      ? [
          phrases.say(name, {
            quote: excerpt(side.text),
            mark: citations.mark({ kind: 'review', productId, reviewId: side.reviewId }, side.text),
          }),
        ]
      : []
  return [...quote('reviews.happy', aspect.praise), ...quote('reviews.unhappy', aspect.blame)]
}

/** What stands out when nothing particular was asked: most praised and most blamed. */
export function prosAndCons(digest: ReviewDigest): { pros: MinedAspect[]; cons: MinedAspect[] } {
  const judged = digest.aspects.filter((aspect) => aspect.positive + aspect.negative >= 2)
  return {
    pros: judged
      .filter((aspect) => aspect.positive > aspect.negative)
      .toSorted((a, b) => b.positive - b.negative - (a.positive - a.negative))
      .slice(0, 2),
    cons: judged
      .filter((aspect) => aspect.negative >= aspect.positive)
      .toSorted((a, b) => b.negative - b.positive - (a.negative - a.positive) || b.negative - a.negative)
      .slice(0, 1),
  }
}

export function reviewSummary(
  product: Product,
  digest: ReviewDigest,
  first: readonly MinedAspect[],
): ReviewSummary {
  const ordered = [...new Set([...first, ...digest.aspects])].slice(0, 6)
  return {
    productId: product.id,
    title: product.title,
    total: digest.read,
    average: digest.average,
    aspects: ordered.map((aspect) => ({
      aspect: aspect.aspect,
      mentions: aspect.mentions,
      positive: aspect.positive,
      negative: aspect.negative,
      quote:
        aspect.positive >= aspect.negative
          ? (aspect.praise ?? aspect.blame)
          : (aspect.blame ?? aspect.praise),
    })),
  }
}

/**
 * The answer out of the reviews: counts for what was asked with a quote of each side; for a question in general, what
 * buyers praise and blame. Null when no review bears on it.
 */
export function answerFromReviews(
  question: string,
  product: Product,
  digest: ReviewDigest,
  citations: Citations,
  phrases: Phrases,
): { sentences: string[]; aspects: MinedAspect[] } | null {
  const asked = askedAspects(question, digest.aspects)
  if (asked.length) {
    const told = asked.slice(0, 2)
    return {
      aspects: told,
      sentences: told.flatMap((aspect, i) => [
        `${aspectCounts(aspect, digest, phrases)}.`,
        ...(i === 0 ? aspectQuotes(aspect, product.id, citations, phrases) : []),
      ]),
    }
  }
  const mentioned = mentionsOf(question, product, digest, citations, phrases)
  if (mentioned) return { sentences: mentioned, aspects: [] }
  if (!asksInGeneral(question, product)) return null
  const { pros, cons } = prosAndCons(digest)
  const opening = phrases.say('reviews.rate', {
    rating: formatRating(digest.average),
    reviews: phrases.counted('rating.reviews', digest.read),
  })
  return {
    aspects: [...pros, ...cons],
    sentences: [
      opening,
      ...pros.map((aspect) => `${aspectCounts(aspect, digest, phrases)}.`),
      ...cons.map((aspect) => phrases.say('reviews.but', { counts: aspectCounts(aspect, digest, phrases) })),
      ...[...pros.slice(0, 1), ...cons].flatMap((aspect) =>
        aspectQuotes(aspect, product.id, citations, phrases).slice(0, 1),
      ),
    ],
  }
}

const generalWords = new Set(
  contentStems(
    'review reviews reviewers buyers customers people say said think good bad any pros cons opinion worth rating rated feedback complaints complain like dislike love hate praise recommend overall product everyone others know tell quality summary summarize summarise',
  ),
)

function asksInGeneral(question: string, product: Product): boolean {
  const named = new Set(contentStems(`${product.title} ${product.categories.join(' ')}`))
  return contentStems(question).every((word) => generalWords.has(word) || named.has(word))
}

/** Reviews that use the question's own words, when no aspect fits: counted, and one quoted. */
function mentionsOf(
  question: string,
  product: Product,
  digest: ReviewDigest,
  citations: Citations,
  phrases: Phrases,
): string[] | null {
  const named = new Set(contentStems(`${product.title} ${product.categories.join(' ')}`))
  const asked = contentStems(question).filter((word) => !generalWords.has(word) && !named.has(word))
  if (!asked.length) return null
  const bearing = digest.reviews.filter((review) => {
    const held = new Set(contentStems(review.text))
    return asked.every((word) => held.has(word))
  })
  const first = bearing[0]
  if (!first) return null
  const shown = words(question)
    .filter((word) => asked.includes(meaningOf(word.text)))
    .map((word) => word.text)
  const mark = citations.mark({ kind: 'review', productId: product.id, reviewId: first.id }, first.text)
  return [
    phrases.counted('reviews.speak', bearing.length, {
      reviews: phrases.counted('rating.reviews', digest.read),
      words: phrases.listing([...new Set(shown)]),
    }),
    phrases.say('reviews.writes', { quote: excerpt(first.text), mark }),
  ]
}
