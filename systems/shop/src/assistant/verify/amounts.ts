import { minorDigits } from '../../domain/money.ts'
import type { FactBase, ProductBase } from './fact-base.ts'
import type { ReadSentence } from './read-sentence.ts'

/** Prices, budgets, differences: why one does not hold, or null. */
export function checkAmounts(sentence: ReadSentence, base: FactBase): string | null {
  for (const amount of sentence.amounts) {
    if (!Number.isFinite(amount.minor) || !amount.subjects.length) return 'price'
    const before = sentence.text.slice(Math.max(0, amount.start - 28), amount.start).toLowerCase()
    const after = sentence.text.slice(amount.end, amount.end + 24).toLowerCase()
    if (
      /\b(?:under|below|within|up to|over|above|limit of|budget of|your)\s*(?:your\s*)?$/.test(before) ||
      /^\s*(?:budget|limit)/.test(after)
    ) {
      if (!isBudget(amount.minor, amount.subjects, base)) return 'budget'
      continue
    }
    const isDifference =
      /^\s*(?:less|more|cheaper|pricier|off|below|above|lower|higher|saved?|reduction|discount)\b/.test(
        after,
      ) || /\b(?:save|saves|saving|by|cheaper by|difference of)\s*$/.test(before)
    const isBefore = /\b(?:was|from|before|originally|instead of|down from|list price(?: of)?)\s*$/.test(
      before,
    )
    const holds = amount.subjects.every((subject) =>
      isDifference
        ? differences(subject, sentence, base, after + before).has(amount.minor)
        : isBefore && subject.compareAt !== null
          ? amount.minor === subject.compareAt
          : subject.prices.has(amount.minor),
    )
    if (!holds) return 'price'
  }
  return null
}

/** A bound that the shopper stated, which the products keep. */
function isBudget(minor: number, subjects: readonly ProductBase[], base: FactBase): boolean {
  return base.constraints.some((constraint) => {
    if (constraint.kind !== 'price') return false
    const scale = 10 ** minorDigits(base.currency)
    const isMax = constraint.max !== null && Math.round(constraint.max * scale) === minor
    const isMin = constraint.min !== null && Math.round(constraint.min * scale) === minor
    return (
      (isMax && subjects.every((subject) => subject.shownPrice <= minor)) ||
      (isMin && subjects.every((subject) => subject.shownPrice >= minor))
    )
  })
}

/** By how much a product is cheaper (or dearer, as the words say) than another one here, or than before. */
function differences(
  subject: ProductBase,
  sentence: ReadSentence,
  base: FactBase,
  around: string,
): Set<number> {
  const others = sentence.mentioned.length > 1 ? sentence.mentioned : base.shown
  const saves = /less|cheaper|off|below|lower|save|reduction|discount/.test(around)
  const gaps = others
    .filter((other) => other !== subject)
    .map((other) => other.shownPrice - subject.shownPrice)
    .filter((gap) => (saves ? gap > 0 : gap < 0))
    .map(Math.abs)
  const reduction = subject.compareAt === null ? [] : [subject.compareAt - subject.shownPrice]
  return new Set([...gaps, ...reduction])
}

/** A percentage that a listing states, or by which a price was reduced. */
export function checkPercents(sentence: ReadSentence): string | null {
  for (const percent of sentence.percents) {
    const holds = percent.subjects.every((subject) => {
      if (
        subject.units.some(
          (unit) => unit.evidence.kind === 'listing' && unit.evidence.text.includes(`${percent.value}%`),
        )
      )
        return true
      if (
        Object.values(subject.product.attributes)
          .flat()
          .some((value) => value.includes(`${percent.value}%`))
      )
        return true
      if (subject.compareAt === null) return false
      const exact = (1 - subject.shownPrice / subject.compareAt) * 100
      return percent.value === Math.floor(exact) || percent.value === Math.round(exact)
    })
    if (!holds || !percent.subjects.length) return 'percent'
  }
  return null
}
