import type { Product } from '../../domain/product.ts'
import { heading } from '../compare.ts'
import { contentStems } from '../words.ts'
import type { PlanContext } from './plan.ts'

/** Whether words name a field or an option of a product, by at least so many words. */
export function namesField(
  asked: readonly string[],
  product: Product,
  { lexicon }: PlanContext,
  least = 1,
): boolean {
  const names = [
    ...Object.keys(product.attributes),
    ...product.variants.flatMap(({ options }) => Object.keys(options)),
  ]
  return [...new Set(names)].some((name) => {
    const words = contentStems(heading(name), lexicon)
    return words.length >= least && words.every((word) => asked.includes(word))
  })
}

/** Whether words are the name of a field and nothing else. */
export function isFieldAlone(asked: readonly string[], product: Product, context: PlanContext): boolean {
  const names = new Set(
    Object.keys(product.attributes).flatMap((name) => contentStems(heading(name), context.lexicon)),
  )
  return asked.length > 0 && asked.every((word) => names.has(word)) && namesField(asked, product, context)
}

/** Whether words name a choice that a product offers. */
export function namesChoice(asked: readonly string[], product: Product, { lexicon }: PlanContext): boolean {
  const values = new Set(product.variants.flatMap(({ options }) => Object.values(options)))
  return [...values].some((value) => {
    const words = contentStems(value, lexicon)
    return words.length > 0 && words.every((word) => asked.includes(word))
  })
}

/** "How much is a cartridge for it?": the thing whose price is asked, where it is not the one in sight. */
export function otherThing(message: string, context: PlanContext): string | null {
  const named =
    /\b(?:is|are|do|does|for|of)\s+(?:an?|some|another|extra|spare|new)\s+([\p{L}][\p{L}\s-]{1,40}?)\s+(?:for|to go with|that fits)\s+(?:it|this|that|them|these)\b/iu.exec(
      message,
    )?.[1]
  return named === undefined || contentStems(named, context.lexicon).length === 0 ? null : named
}

/** "And a conditioner to go with it": the thing that is asked for, beside the one in sight. */
export function companion(message: string, context: PlanContext): string | null {
  const named =
    /^\W*(?:(?:ok(?:ay)?|and|also|plus|now|then|so)[\s,]+){0,3}(?:(?:an?|some|the|matching)\s+)?([\p{L}][\p{L}\s-]{1,40}?)\s+(?:to (?:go with|match)|that (?:goes?|go) with)\s+(?:it|this|that|them|these)\b/iu.exec(
      message,
    )?.[1]
  return named === undefined || contentStems(named, context.lexicon).length === 0 ? null : named
}
