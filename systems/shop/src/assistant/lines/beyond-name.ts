import type { Product } from '../../domain/product.ts'
import { asksWhat, countAsked, isAskingWord } from '../../language/asking.ts'
import type { Lexicon } from '../../language/lexicon.ts'
import { placeOf } from '../../understand/ordinal.ts'
import { askedWords } from '../asked.ts'
import { dimensionsAsked } from '../dimensions.ts'
import { meaningOf } from '../words.ts'
import { isFormOf, isSame, saidIn } from './said.ts'
import type { Said } from './said.ts'

/**
 * The words of a question that say what is asked, without those that only call the product: its whole listing is about it, so they point at no
 * line. A question that says nothing else keeps them, and what is counted or measured is asked, whatever the product is called.
 */
export function askedBeyondName(question: string, product: Product, lexicon: Lexicon): Said[] {
  const { code } = lexicon.language
  const name = saidIn(`${product.title} ${product.brand ?? ''}`, lexicon)
  const [first] = countAsked(question, code) ?? []
  const counted = first === undefined ? null : meaningOf(first.word, lexicon)
  const measures = dimensionsAsked(question, lexicon)
  const isAsked = (word: Said): boolean =>
    word.meaning === counted ||
    measures.some(({ asks, units }) => asks.has(word.stem) || units.has(word.word))
  const said = saidIn(question, lexicon).filter(
    // "The first, how heavy is it?" points at a place in a list.
    (word) => isAsked(word) || (!isAskingWord(word.word, code) && placeOf(word.word, code) === null),
  )
  const isOfName = (word: Said): boolean =>
    !isAsked(word) && name.some((own) => isSame(own, word) || isFormOf(own, word))
  const called = calledBeside(product, name, lexicon)
  const beyond = said.filter((word, at) => {
    if (isOfName(word)) return false
    // "How big is the shoulder bag Walter", of a listing that speaks of "the shoulder bag Walter".
    const isBeside = [said[at - 1], said[at + 1]].some(
      (other) => other !== undefined && Math.abs(other.at - word.at) === 1 && isOfName(other),
    )
    return isAsked(word) || !(isBeside && called.has(word.meaning))
  })
  if (beyond.length === 0) return said
  // "What is it made of?": no line has to say "made".
  const ofPhrases = askedWords(question, lexicon)
  return beyond.filter((word) => isAsked(word) || !ofPhrases.has(word.meaning))
}

/** Whether a question asks for nothing but a measure of the product: "how heavy is it?", "what size is the vase?". */
export function asksOnlyMeasure(question: string, product: Product, lexicon: Lexicon): boolean {
  const measures = dimensionsAsked(question, lexicon)
  return (
    measures.length > 0 &&
    asksWhat(question, lexicon.language.code) &&
    askedBeyondName(question, product, lexicon).every((word) =>
      measures.some(({ asks, units }) => asks.has(word.stem) || units.has(word.word)),
    )
  )
}

/** Words that stand right beside a product's name in its own description. */
function calledBeside({ description }: Product, name: readonly Said[], lexicon: Lexicon): Set<string> {
  const told = saidIn(description, lexicon)
  return new Set(
    told.flatMap((word, at) => {
      const isBeside = [told[at - 1], told[at + 1]].some(
        (other) =>
          other !== undefined && Math.abs(other.at - word.at) === 1 && name.some((own) => isSame(own, other)),
      )
      return isBeside ? word.meaning : []
    }),
  )
}
