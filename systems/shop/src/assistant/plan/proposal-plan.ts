import type { Understanding } from '../../domain/constraints.ts'
import { anyOf, grammarOf } from '../../language/grammar.ts'
import type { LanguageCode } from '../../language/languages.ts'
import type { ProposalPlan, WantedOption } from './plan.ts'

/** Whether a message waits for something to be there again, and says nothing of a price. */
function waitsForStock(message: string, code: LanguageCode): boolean {
  const grammar = grammarOf(code)
  const says = (phrases: readonly string[]) => new RegExp(anyOf(phrases), 'iu').test(message)
  return (
    says(grammar.back) && !says([...grammar.price, ...grammar.cheaper, ...grammar.cheap, ...grammar.below])
  )
}

export function proposalOf(message: string, understanding: Understanding, code: LanguageCode): ProposalPlan {
  const wanted = wantedOptions(understanding)
  const price = understanding.constraints.find((constraint) => constraint.kind === 'price')
  const bound = price?.max ?? price?.min ?? null
  const quantity = quantityIn(message)
  if (understanding.intent === 'alert') {
    const isRestock = bound === null && waitsForStock(message, code)
    return { action: 'price-alert', wanted, targetMajor: bound, ...(isRestock ? { isRestock } : {}) }
  }
  if (understanding.intent === 'auto-buy') return { action: 'auto-buy', quantity, wanted, maxMajor: bound }
  return { action: 'add-to-cart', quantity, wanted }
}

function wantedOptions(understanding: Understanding): WantedOption[] {
  const stated = understanding.constraints.flatMap((constraint) =>
    constraint.kind === 'facet' && !constraint.negated
      ? [{ name: constraint.name, values: constraint.values }]
      : [],
  )
  const described = understanding.reference?.kind === 'described' ? understanding.reference.facets : []
  return [...stated, ...described.map((facet) => ({ name: facet.name, values: [facet.value] }))]
}

const countWords = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']

/** `2 pairs`, `three of them`, `x4`; 1 when none is said. Never above 99. */
export function quantityIn(message: string): number {
  const unit = String.raw`\s*(?:x\b|×|pairs?\b|pieces?\b|pcs\b|units?\b|of (?:them|these|those|it)\b|packs?\b)`
  const digits =
    new RegExp(String.raw`\b(\d{1,2})${unit}`, 'i').exec(message) ?? /\bx\s?(\d{1,2})\b/i.exec(message)
  if (digits) return Math.max(1, Number(digits[1]))
  const word = new RegExp(String.raw`\b(${countWords.join('|')})${unit}`, 'i').exec(message)
  return word ? countWords.indexOf(word[1]!.toLowerCase()) + 1 : 1
}
