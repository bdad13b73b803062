import { describeConstraint } from '../cards.ts'
import type { Facts } from '../facts.ts'
import type { Topic } from '../../domain/constraints.ts'
import type { PolicySection } from '../../domain/ports.ts'
import type { Product } from '../../domain/product.ts'
import type { Phrases } from '../phrases.ts'
import { serviceLine } from '../listed-service.ts'
import { excerptOf, mostOfRule } from '../store-rules.ts'
import { quoteOf } from './extract.ts'
import { asSentence, excerpt } from './writer.ts'
import type { Citations } from './writer.ts'

export function orderSentences({ orders, phrases }: Facts): string[] {
  if (!orders?.length) return [phrases.say('orders.none')]
  return orders.slice(0, 3).flatMap((order) => [
    phrases.say('orders.is', {
      id: order.orderId,
      day: phrases.day(order.placedAtMs),
      items: phrases.listing(order.items.slice(0, 3).map((item) => `${item.quantity} × ${item.title}`)),
      status: order.status,
    }) + (order.tracking ? ` ${phrases.say('orders.tracking', { tracking: order.tracking })}` : ''),
  ])
}

/** The store's own words on what was asked; else that it has said nothing, and whom to ask. */
export function policySentences(
  question: string,
  topic: Topic | null,
  facts: Facts,
  phrases: Phrases,
  citations: Citations,
): string[] {
  const policies = facts.policies ?? []
  const sorry = topic === 'complaint' ? [phrases.say('service.sorry')] : []
  const marked = (policy: PolicySection, quote: string) =>
    citations.mark({ kind: 'policy', section: policy.section }, quote)
  if (!policies.length) {
    const contact = facts.contact
    const how = contact ? excerptOf(contact, '', facts.lexicon) : ''
    const unsaid = () =>
      phrases.say('service.unsaid', { topic: phrases.say(topic === null ? 'topic.store' : `topic.${topic}`) })
    return [
      ...sorry,
      // That somebody has to say who they are is said of an order.
      ...(topic === 'order' ? [] : [unsaid()]),
      ...(contact ? [phrases.say('service.contact', { quote: how, mark: marked(contact, how) })] : []),
    ]
  }
  return [
    ...sorry,
    ...policies.map((policy) => {
      const quote = excerptOf(policy, question, facts.lexicon)
      return phrases.say('service.said', {
        title: policy.title,
        quote: asSentence(excerpt(quote, mostOfRule)),
        mark: marked(policy, quote),
      })
    }),
  ]
}

/** What the listing of what is looked at, else what most listings, say of a service of which the store has said nothing. */
export function listedService(
  message: string,
  topic: Topic | null,
  product: Product | null,
  { policies, ofListings, lexicon, phrases }: Facts,
  citations: Citations,
): string[] | null {
  if (policies?.length) return null
  const found = product === null ? null : serviceLine(message, topic, product, lexicon)
  if (found !== null) return [quoteOf(found, citations, phrases)]
  const common = ofListings === null ? null : serviceLine(message, topic, ofListings, lexicon)
  return ofListings === null || common === null
    ? null
    : [`${ofListings.title}: ${quoteOf(common, citations, phrases)}`]
}

/** What was asked of the store beside what the answer is about: what it says of it, else what the listing of `product` does. */
export const besideSentences = (product: Product | null, facts: Facts, citations: Citations): string[] =>
  facts.beside.flatMap((asked) => {
    const told = { ...facts, ...asked }
    return (
      listedService(asked.text, asked.topic, product, told, citations) ??
      policySentences(asked.text, asked.topic, told, facts.phrases, citations)
    )
  })

export function recallSentences(facts: Facts, nowMs: number, citations: Citations): string[] {
  const { phrases } = facts
  const items = (facts.memories ?? []).filter(
    (item) => item.productId !== null && facts.products.has(item.productId),
  )
  if (!items.length) return [phrases.say('recall.none')]
  const seen = new Set<string>()
  const told = items.filter((item) => {
    const isNew = item.productId !== null && !seen.has(item.productId)
    if (item.productId) seen.add(item.productId)
    return isNew
  })
  const lead = phrases.counted('recall.lead', told.length)
  return told.slice(0, 4).map((item, i) => {
    const title = facts.products.get(item.productId ?? '')?.title ?? ''
    const where = item.device ? ` ${phrases.say('recall.device', { device: item.device })}` : ''
    const mark = citations.mark({ kind: 'memory', memoryId: item.id }, item.text)
    return `${i === 0 ? `${lead} ` : ''}${title}, ${phrases.ago(nowMs - item.atMs)}${where} ${mark}.`
  })
}

export function memorySentences({ memories, phrases }: Facts, citations: Citations): string[] {
  const items = memories ?? []
  if (!items.length) return [phrases.say('memory.none')]
  return [
    phrases.counted('memory.lead', items.length),
    ...items
      .slice(0, 6)
      .map(
        (item) =>
          `${asSentence(item.text).slice(0, -1)} ${citations.mark({ kind: 'memory', memoryId: item.id }, item.text)}.`,
      ),
  ]
}

export function cartSentences({ cart, phrases }: Facts): string[] {
  if (!cart || cart.items.length === 0) return [phrases.say('cart.empty')]
  const count = cart.items.reduce((sum, item) => sum + item.quantity, 0)
  return [
    phrases.say('cart.holds', {
      items: phrases.counted('cart.items', count),
      total: phrases.money(cart.total),
    }),
  ]
}

export function priceHistorySentences(productId: string, facts: Facts): string[] {
  const { phrases } = facts
  const product = facts.products.get(productId)
  const card = facts.cards.get(productId)
  const points = (facts.priceHistory.get(productId) ?? [])
    .filter((point) => point.variantId === card?.variantId)
    .toSorted((a, b) => a.atMs - b.atMs)
  if (!product || !card) return []
  const now = phrases.say('history.now', { title: product.title, price: phrases.money(card.price) })
  const first = points[0]
  if (!first || points.length < 2) return [now, phrases.say('history.none')]
  const low = points.reduce((best, point) => (point.price.minor < best.price.minor ? point : best))
  const high = points.reduce((best, point) => (point.price.minor > best.price.minor ? point : best))
  const range = phrases.say('history.range', {
    day: phrases.day(first.atMs),
    low: phrases.money(low.price),
    lowDay: phrases.day(low.atMs),
    high: phrases.money(high.price),
    highDay: phrases.day(high.atMs),
  })
  const over = card.price.minor - low.price.minor
  const verdict =
    over <= 0
      ? phrases.say('history.lowest')
      : phrases.say('history.above', { over: phrases.money({ ...card.price, minor: over }) })
  return [now, range, verdict]
}

/** Points of the shown variant for the chart, oldest first. */
export function priceHistoryPart(productId: string, facts: Facts) {
  const card = facts.cards.get(productId)
  const points = (facts.priceHistory.get(productId) ?? [])
    .filter((point) => point.variantId === card?.variantId)
    .toSorted((a, b) => a.atMs - b.atMs)
  return points.length >= 2 && card
    ? {
        type: 'data-price-history' as const,
        id: `price-history-${productId}`,
        data: {
          productId,
          points: points.map((point) => ({ atMs: point.atMs, minor: point.price.minor })),
          currency: card.price.currency,
        },
      }
    : null
}

/** What the proposal step came to, in one or two sentences. */
export function proposalSentences(facts: Facts, citations: Citations): string[] {
  const { phrases, proposal } = facts
  if (!proposal) return []
  switch (proposal.kind) {
    case 'confirm':
      return [asSentence(proposal.confirmation.summary), phrases.say('proposal.confirm')]
    case 'refused': {
      const mark = proposal.section
        ? ` ${citations.mark({ kind: 'policy', section: proposal.section }, proposal.reason)}`
        : ''
      return [`${asSentence(proposal.reason).replace(/\.$/, '')}${mark}.`]
    }
    case 'choose-option': {
      const title = facts.products.get(proposal.productId)?.title
      const values = phrases.listing(proposal.values.slice(0, 8), 'disjunction')
      const option = proposal.option.toLowerCase()
      return [
        title === undefined
          ? phrases.say('proposal.options', { option, values })
          : phrases.say('proposal.options-of', { title, option, values }),
        phrases.say('proposal.which'),
      ]
    }
    case 'no-target': {
      const card = facts.cards.get(facts.subjectIds[0] ?? '')
      return [
        phrases.say('proposal.target'),
        ...(card ? [phrases.say('proposal.now', { price: phrases.money(card.price) })] : []),
      ]
    }
    case 'in-stock':
      return [phrases.say('proposal.in-stock')]
    case 'no-restock':
      return [phrases.say('proposal.no-restock')]
    case 'nothing-found':
      return [phrases.say('proposal.nothing')]
  }
}

/** The price of a deal before and now, and the share saved, rounded down so that it never promises too much. */
export function dealSentences(facts: Facts): string[] {
  const { phrases } = facts
  const deals = facts.deals ?? []
  if (!deals.length) return [phrases.say('deals.none')]
  const relaxed = (facts.search?.relaxed ?? []).map(
    (constraint) => `“${describeConstraint(constraint, facts.currency, phrases)}”`,
  )
  const lead = relaxed.length ? [phrases.say('deals.relaxed', { relaxed: phrases.listing(relaxed) })] : []
  return lead.concat(
    deals.slice(0, 3).flatMap((card) =>
      card.compareAt
        ? [
            phrases.say('deals.one', {
              title: card.title,
              price: phrases.money(card.price),
              before: phrases.money(card.compareAt),
              percent: Math.floor((1 - card.price.minor / card.compareAt.minor) * 100),
            }),
          ]
        : [],
    ),
  )
}
