import type { Proposal } from '../domain/proposal.ts'
import type { Product, Variant } from '../domain/product.ts'
import { isInStock } from './cards.ts'
import type { StepSources } from './step-sources.ts'
import type { Facts } from './facts.ts'
import { fromMajor } from '../domain/money.ts'
import type { ProposalPlan, WantedOption } from './plan/plan.ts'

/**
 * Turns what the shopper asked for into a proposal that waits for their confirmation. Product, variant and amounts come
 * from the shopper's words and the catalog; no other text can reach them.
 */
export async function propose(
  wanted: ProposalPlan,

  facts: Facts,
  sources: StepSources,
): Promise<Facts['proposal']> {
  if (!sources.tools || !sources.shopperId) return { kind: 'nothing-found' }
  const made = proposalFor(wanted, facts)
  if ('kind' in made) return made
  const result = await sources.tools.propose(sources.shopperId, {
    key: `${sources.turnId}:0`,
    conversationId: sources.conversationId,
    proposal: made,
  })
  if (!result.ok) return { kind: 'refused', reason: result.reason, section: result.section }
  return {
    kind: 'confirm',
    confirmation: { ...result.confirmation, summary: saidOf(made, facts) ?? result.confirmation.summary },
    productId: 'productId' in made ? made.productId : null,
  }
}

/** What a proposal would do, in the words of the store; null where only the desk words it. */
function saidOf(made: Proposal, { products, phrases }: Facts): string | null {
  if (made.action !== 'price-alert' && made.action !== 'add-to-cart') return null
  const product = products.get(made.productId)
  const variant = product?.variants.find(({ id }) => id === made.variantId)
  if (product === undefined || variant === undefined) return null
  const options = Object.values(variant.options).join(', ')
  const title = options === '' ? product.title : `${product.title} (${options})`
  if (made.action === 'add-to-cart') {
    const price = phrases.money({ ...variant.price, minor: variant.price.minor * made.quantity })
    return phrases.say('proposal.cart', {
      title: made.quantity === 1 ? title : `${made.quantity} × ${title}`,
      price,
    })
  }
  return made.target === null
    ? phrases.say('proposal.alert-below', { title, price: phrases.money(variant.price) })
    : phrases.say('proposal.alert-at', { title, price: phrases.money(made.target) })
}

function proposalFor(wanted: ProposalPlan, facts: Facts): Proposal | NonNullable<Facts['proposal']> {
  switch (wanted.action) {
    case 'return-items':
    case 'cancel-order': {
      const order = facts.orders?.find(
        (candidate) => wanted.orderId === null || candidate.orderId === wanted.orderId,
      )
      if (!order) return { kind: 'nothing-found' }
      return wanted.action === 'cancel-order'
        ? { action: 'cancel-order', orderId: order.orderId }
        : { action: 'return-items', orderId: order.orderId, titles: null }
    }
    case 'forget-memory': {
      if (wanted.text === null) return { action: 'forget-memory', memoryIds: null }
      const ids = (facts.memories ?? []).map((item) => item.id)
      return ids.length ? { action: 'forget-memory', memoryIds: ids } : { kind: 'nothing-found' }
    }
    case 'add-to-cart':
    case 'auto-buy':
    case 'price-alert': {
      const product = facts.products.get(facts.subjectIds[0] ?? '')
      if (!product) return { kind: 'nothing-found' }
      const chosen = chooseVariant(product, wanted.wanted, facts.cards.get(product.id)?.variantId ?? null)
      if ('option' in chosen) return { kind: 'choose-option', productId: product.id, ...chosen }
      const line = { productId: product.id, variantId: chosen.id }
      if (wanted.action === 'add-to-cart')
        return { action: 'add-to-cart', ...line, quantity: wanted.quantity }
      if (wanted.action === 'price-alert') {
        // What is sold out is waited for, and nobody watches for that.
        if (wanted.targetMajor === null && !isInStock(chosen)) return { kind: 'no-restock' }
        if (wanted.isRestock) return { kind: 'in-stock' }
        const target =
          wanted.targetMajor === null ? null : fromMajor(wanted.targetMajor, chosen.price.currency)
        return { action: 'price-alert', ...line, target }
      }
      // Buying without a ceiling is never proposed.
      if (wanted.maxMajor === null) return { kind: 'no-target' }
      const ceiling = fromMajor(wanted.maxMajor * wanted.quantity, chosen.price.currency)
      return { action: 'auto-buy', ...line, quantity: wanted.quantity, ceiling }
    }
  }
}

/**
 * The one variant that the shopper named; else the option that they still have to choose. A variant that was shown on a
 * card counts as named only for options that have a single value in stock.
 */
export function chooseVariant(
  product: Product,
  wanted: readonly WantedOption[],
  shownVariantId: string | null,
): Variant | { option: string; values: string[] } {
  const all = product.variants
  const matches = (variant: Variant) =>
    wanted.every((want) => {
      const held = Object.entries(variant.options).find(
        ([name]) => name.toLowerCase() === want.name.toLowerCase(),
      )?.[1]
      return held === undefined || want.values.some((value) => value.toLowerCase() === held.toLowerCase())
    })
  const named = all.filter(matches)
  const pool = named.length ? named : all
  const open = pool.filter(isInStock)
  const candidates = open.length ? open : pool
  if (candidates.length === 1) return candidates[0]!
  for (const option of Object.keys(candidates[0]?.options ?? {})) {
    const values = [...new Set(candidates.map((variant) => variant.options[option] ?? ''))].filter(Boolean)
    if (values.length > 1) return { option, values }
  }
  const shown = candidates.find((variant) => variant.id === shownVariantId)
  const first = shown ?? candidates[0]
  if (!first) throw new Error(`Product ${product.id} has no variant; the import must not let that through.`)
  return first
}
