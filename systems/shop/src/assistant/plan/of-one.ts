import type { Product } from '../../domain/product.ts'
import { fold } from '../../language/fold.ts'
import { anyOf, grammarOf } from '../../language/grammar.ts'
import { tokenize } from '../../understand/text.ts'
import type { Token } from '../../understand/text.ts'
import { isCalled } from '../twins.ts'
import type { PlanContext } from './plan.ts'

/** Whether a wish is for another of one product, and not for any of what was found: "a bigger one" after a list is any of those, "anything smaller" any of all. */
export function isOfOne(message: string, of: Product, context: PlanContext): boolean {
  const { lexicon } = context
  const tokens = tokenize(message, lexicon)
  const isOfAny = new RegExp(anyOf(grammarOf(lexicon.language.code).something), 'iu').test(message)
  const isOfList = context.page === null && context.shown.length > 1
  return (
    (!isOfList && !isOfAny) ||
    pointsAtIt(tokens, context) ||
    (!isOfAny && tokens.some(({ stem }) => isCalled(of, stem, lexicon)))
  )
}

/** Whether a message says "it", or an article that stands for it: "gibt's das auch kürzer?". */
function pointsAtIt(tokens: readonly Token[], { lexicon }: PlanContext): boolean {
  const { it, the, this: these } = grammarOf(lexicon.language.code)
  const setOf = (phrases: readonly string[]) => new Set(phrases.map((phrase) => fold(phrase)))
  const [pronouns, articles] = [setOf(it), setOf([...the, ...these])]
  return tokens.some(({ word }, at) => {
    const next = tokens[at + 1]
    const isAlone = next === undefined || next.breakBefore || lexicon.isFunctionWord(next.word)
    return pronouns.has(word) || (articles.has(word) && isAlone)
  })
}
