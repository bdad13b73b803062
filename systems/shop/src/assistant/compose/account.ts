import { describeConstraint } from '../cards.ts'
import type { Facts } from '../facts.ts'
import { formatMoney, listing, plural } from '../../domain/money.ts'
import type { Topic } from '../../domain/constraints.ts'
import type { PolicySection } from '../../domain/ports.ts'
import type { Phrases } from '../phrases.ts'
import { excerptOf } from '../store-rules.ts'
import { asSentence, excerpt } from './writer.ts'
import type { Citations } from './writer.ts'

const day = new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeZone: 'UTC' })

export function orderSentences(facts: Facts): string[] {
  const orders = facts.orders ?? []
  if (!orders.length) return ['I found no such order in your account.']
  return orders.slice(0, 3).flatMap((order) => {
    const items = listing(order.items.slice(0, 3).map((item) => `${item.quantity} × ${item.title}`))
    const tracking = order.tracking ? ` Its tracking number is ${order.tracking}.` : ''
    return [
      `Order ${order.orderId} of ${day.format(order.placedAtMs)} (${items}) is ${order.status}.${tracking}`,
    ]
  })
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
    const topicName = phrases.say(topic === null ? 'topic.store' : `topic.${topic}`)
    return [
      ...sorry,
      phrases.say('service.unsaid', { topic: topicName }),
      ...(contact ? [phrases.say('service.contact', { quote: how, mark: marked(contact, how) })] : []),
    ]
  }
  return [
    ...sorry,
    ...policies.map((policy) => {
      const quote = excerptOf(policy, question, facts.lexicon)
      return phrases.say('service.said', {
        title: policy.title,
        quote: asSentence(excerpt(quote, 320)),
        mark: marked(policy, quote),
      })
    }),
  ]
}

export function recallSentences(facts: Facts, nowMs: number, citations: Citations): string[] {
  const items = (facts.memories ?? []).filter(
    (item) => item.productId !== null && facts.products.has(item.productId),
  )
  if (!items.length)
    return ['I do not remember any product that fits. Tell me what it was, and I will look for it.']
  const seen = new Set<string>()
  const told = items.filter((item) => {
    const isNew = item.productId !== null && !seen.has(item.productId)
    if (item.productId) seen.add(item.productId)
    return isNew
  })
  const lead =
    told.length === 1 ? 'You looked at this one before:' : `You looked at these ${told.length} before:`
  return told.slice(0, 4).map((item, i) => {
    const title = facts.products.get(item.productId ?? '')?.title ?? ''
    const where = item.device ? ` on your ${item.device}` : ''
    const mark = citations.mark({ kind: 'memory', memoryId: item.id }, item.text)
    return `${i === 0 ? `${lead} ` : ''}${title}, ${ago(nowMs - item.atMs)}${where} ${mark}.`
  })
}

export function memorySentences(facts: Facts, citations: Citations): string[] {
  const items = facts.memories ?? []
  if (!items.length) return ['I remember nothing about you yet.']
  return [
    `I remember ${plural(items.length, 'thing')} that may matter here; you can change or delete each of them.`,
    ...items
      .slice(0, 6)
      .map(
        (item) =>
          `${asSentence(item.text).slice(0, -1)} ${citations.mark({ kind: 'memory', memoryId: item.id }, item.text)}.`,
      ),
  ]
}

function ago(ms: number): string {
  const minutes = Math.floor(ms / 60_000)
  if (minutes < 2) return 'just now'
  if (minutes < 60) return `${minutes} minutes ago`
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return `${plural(hours, 'hour')} ago`
  return `${plural(Math.floor(hours / 24), 'day')} ago`
}

export function cartSentences(facts: Facts): string[] {
  const cart = facts.cart
  if (!cart || cart.items.length === 0) return ['Your cart is empty.']
  const count = cart.items.reduce((sum, item) => sum + item.quantity, 0)
  return [`Your cart holds ${plural(count, 'item')} for ${formatMoney(cart.total)}.`]
}

export function priceHistorySentences(productId: string, facts: Facts): string[] {
  const product = facts.products.get(productId)
  const card = facts.cards.get(productId)
  const points = (facts.priceHistory.get(productId) ?? [])
    .filter((point) => point.variantId === card?.variantId)
    .toSorted((a, b) => a.atMs - b.atMs)
  if (!product || !card) return []
  const now = `${product.title} costs ${formatMoney(card.price)} now.`
  const first = points[0]
  if (!first || points.length < 2) return [now, 'The store has no earlier prices of it.']
  const low = points.reduce((best, point) => (point.price.minor < best.price.minor ? point : best))
  const high = points.reduce((best, point) => (point.price.minor > best.price.minor ? point : best))
  const range = `Since ${day.format(first.atMs)} it was lowest at ${formatMoney(low.price)} (${day.format(low.atMs)}) and highest at ${formatMoney(high.price)} (${day.format(high.atMs)}).`
  const over = card.price.minor - low.price.minor
  const verdict =
    over <= 0
      ? 'That is the lowest price on record.'
      : `That is ${formatMoney({ minor: over, currency: card.price.currency })} above its lowest.`
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
  const proposal = facts.proposal
  if (!proposal) return []
  switch (proposal.kind) {
    case 'confirm':
      return [asSentence(proposal.confirmation.summary), 'Nothing happens until you confirm it.']
    case 'refused': {
      const mark = proposal.section
        ? ` ${citations.mark({ kind: 'policy', section: proposal.section }, proposal.reason)}`
        : ''
      return [`${asSentence(proposal.reason).replace(/\.$/, '')}${mark}.`]
    }
    case 'choose-option': {
      const title = facts.products.get(proposal.productId)?.title ?? 'It'
      return [
        `${title} comes in more than one ${proposal.option.toLowerCase()}: ${listing(proposal.values.slice(0, 8), 'or')}.`,
        'Which one would you like?',
      ]
    }
    case 'no-target': {
      const card = facts.cards.get(facts.subjectIds[0] ?? '')
      const now = card ? ` It costs ${formatMoney(card.price)} now.` : ''
      return [`At which price at most should it be bought?${now}`]
    }
    case 'nothing-found':
      return ['I found nothing that this could apply to.']
  }
}

/** The price of a deal before and now, and the share saved, rounded down so that it never promises too much. */
export function dealSentences(facts: Facts): string[] {
  const deals = facts.deals ?? []
  if (!deals.length) return ['I found no reduction on that right now.']
  const relaxed = (facts.search?.relaxed ?? []).map(
    (constraint) => `“${describeConstraint(constraint, facts.currency)}”`,
  )
  const lead = relaxed.length
    ? [`Nothing reduced meets every condition, so I left out ${listing(relaxed)}.`]
    : []
  return lead.concat(
    deals.slice(0, 3).flatMap((card) => {
      if (!card.compareAt) return []
      const percent = Math.floor((1 - card.price.minor / card.compareAt.minor) * 100)
      return [
        `${card.title} is ${formatMoney(card.price)}, down from ${formatMoney(card.compareAt)} (${percent}% off).`,
      ]
    }),
  )
}
