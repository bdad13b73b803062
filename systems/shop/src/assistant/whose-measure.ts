import type { Evidence } from '../domain/answer.ts'
import type { Product } from '../domain/product.ts'
import { fold } from '../language/fold.ts'
import { anyOf, grammarOf } from '../language/grammar.ts'
import type { Lexicon } from '../language/lexicon.ts'
import { typedForms } from '../understand/forms.ts'
import { keepsLimit } from '../understand/measure-limits.ts'
import { tokenize } from '../understand/text.ts'
import type { Token } from '../understand/text.ts'
import { dimensionNamed } from './dimensions.ts'
import { listingEvidence } from './evidence.ts'

/** What somebody weighs, in grams: "my labrador weighs 30 kg", "mein Sohn wiegt 20 Kilo". Null where no message says so, or it limits ("up to 30 kg"). */
export function weightOfSomebody(message: string, lexicon: Lexicon): number | null {
  const { who, own } = grammarOf(lexicon.language.code)
  const persons = new Set([...who, ...own].map((word) => fold(word)))
  const weighs = dimensionNamed('weight', lexicon)?.asks ?? new Set<string>()
  const tokens = tokenize(message, lexicon)
  const forms = typedForms(tokens, lexicon)
  for (const { form, from, to } of forms) {
    const grams = /^mass:([\d.]+)$/.exec(form)?.[1]
    const isLimit = forms.some((one) => limitForm.test(one.form) && one.from < to && one.to > from)
    if (grams === undefined || isLimit) continue
    const clause = clauseAt(tokens, from)
    const isOf = (is: (token: Token) => boolean) => clause.some(is)
    if (isOf(({ word }) => persons.has(word)) && isOf(({ word }) => weighs.has(lexicon.stem(word))))
      return Number(grams)
  }
  return null
}

/** Whether a text says such a weight. */
export const isWeight = (text: string, grams: number, lexicon: Lexicon): boolean =>
  typedForms(tokenize(text, lexicon), lexicon).some(({ form }) => form === `mass:${grams}`)

const limitForm = /^(least|most|above|below):mass:([\d.]+)$/
const rangeForm = /^mass:([\d.]+)-([\d.]+)$/

function clauseAt(tokens: readonly Token[], at: number): Token[] {
  const start = Math.max(
    0,
    tokens.findLastIndex(({ breakBefore }, place) => breakBefore && place <= at),
  )
  const end = tokens.findIndex(({ breakBefore }, place) => breakBefore && place > at)
  return tokens.slice(start, end === -1 ? tokens.length : end)
}

/** What is far lighter or heavier is another thing's: "180 to 230 g a day". */
const farthest = 20

/**
 * The line of a listing that says for what weight the product is, or how much it carries ("for dogs up to 15 kg"), and whether a weight keeps that.
 * Null where no line does.
 */
export function weightAllowed(
  product: Product,
  grams: number,
  lexicon: Lexicon,
): { line: Evidence; isKept: boolean } | null {
  const forWhom = new RegExp(anyOf(grammarOf(lexicon.language.code).for), 'iu')
  const carries = dimensionNamed('load', lexicon)?.told ?? new Set<string>()
  const own = dimensionNamed('weight', lexicon)?.told ?? new Set<string>()
  for (const line of listingEvidence(product, lexicon)) {
    const tokens = tokenize(line.text, lexicon)
    const says = (words: ReadonlySet<string>) =>
      tokens.some(({ word, unit }) => unit === null && words.has(lexicon.stem(word)))
    const isOfUser = forWhom.test(line.text) || says(carries) || (line.kind === 'attribute' && !says(own))
    if (!isOfUser) continue
    const bounds = typedForms(tokens, lexicon).flatMap(({ form }) => {
      const [, side, value] = limitForm.exec(form) ?? []
      const [, least, most] = rangeForm.exec(form) ?? []
      return [
        ...(side === undefined ? [] : [{ side: side as 'least', value: Number(value) }]),
        ...(least === undefined ? [] : [{ side: 'least' as const, value: Number(least) }]),
        ...(most === undefined ? [] : [{ side: 'most' as const, value: Number(most) }]),
      ]
    })
    const near = bounds.filter(({ value }) => value * farthest >= grams && value <= grams * farthest)
    if (near.length > 0) return { line, isKept: near.every((bound) => keepsLimit(grams, bound)) }
  }
  return null
}
