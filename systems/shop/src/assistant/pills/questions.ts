import type { ReviewDigest } from '../aspects/aspect-cache.ts'
import type { Phrases } from '../phrases.ts'
import type { PricePoint, Product, Question } from '../../domain/product.ts'

export const maxPillsPerProduct = 5

/**
 * The questions that shoppers are most likely to ask of a product, best first, each of which the store's own facts
 * answer: what others asked and got answered, what reviews talk about, what there is to choose, and the price. Pure.
 */
export function likelyQuestions(
  product: Product,
  facts: { digest: ReviewDigest; questions: readonly Question[]; prices: readonly PricePoint[] },
  phrases: Phrases,
): string[] {
  const asked = facts.questions
    .filter(({ answers }) => answers.length > 0)
    .map(({ question, answers }) => ({
      question: question.trim(),
      votes: answers.reduce((sum, answer) => sum + answer.votes, 0),
    }))
    .filter(({ question }) => question.length <= 90 && question.endsWith('?'))
    .toSorted((a, b) => b.votes - a.votes)
    .slice(0, 2)
    .map(({ question }) => question)
  const aspects = facts.digest.aspects
    .filter(({ positive, negative }) => positive + negative >= 2)
    .slice(0, 2)
    .map(({ aspect }) => phrases.say('pill.reviews', { aspect }))
  const summary = facts.digest.total >= 3 ? [phrases.say('pill.opinions')] : []
  const choices = optionNames(product).map((name) =>
    phrases.say('pill.stock', { option: name.toLowerCase() }),
  )
  const amounts = new Set(facts.prices.map(({ price }) => price.minor))
  const price = amounts.size > 1 ? [phrases.say('pill.price')] : []
  const all = [...aspects, ...asked, ...summary, ...price, ...choices]
  const seen = new Set<string>()
  const different = all.filter((question) => {
    const key = question.toLowerCase()
    return seen.has(key) ? false : seen.add(key)
  })
  return different.slice(0, maxPillsPerProduct)
}

function optionNames(product: Product): string[] {
  const names = new Map<string, Set<string>>()
  for (const { options } of product.variants) {
    for (const [name, value] of Object.entries(options)) {
      const values = names.get(name) ?? new Set()
      names.set(name, values.add(value))
    }
  }
  return [...names].filter(([, values]) => values.size > 1).map(([name]) => name.replaceAll('_', ' '))
}
