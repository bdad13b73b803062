import type { SummarySentence } from './facts.ts'

/** Words that begin a sentence and name nobody. */
const starters = new Set(
  'a after ahead all an and as at both but by despite early even final finally first for from he her his in it its late later no once only over she so that the their then there they this those though three two under up when while with'.split(
    ' ',
  ),
)
const smallNumbers = 'zero one two three four five six seven eight nine ten eleven twelve'.split(' ')

/** Words by which a result is turned round. */
const losing = /\b(lost|loses?|losing|fell|falls|beaten|defeated by|trail\w*|behind|dropped)\b/i
const negating = /\b(not|never|no|nobody|without|n't|failed|almost|nearly)\b/i

const numbersOf = (text: string): string[] => {
  const digits = text.match(/\d+(?:[.:]\d+)?/g) ?? []
  const words = (text.toLowerCase().match(/[a-z]+/g) ?? []).flatMap((word) => {
    const at = smallNumbers.indexOf(word)
    return at > 1 ? [String(at)] : []
  })
  return [...digits, ...words]
}

/** Words with a capital, as they come; one that begins the sentence counts unless it is an ordinary beginning. */
const namesOf = (text: string): string[] =>
  [...text.matchAll(/[\p{Lu}][\p{L}\p{N}.'’-]*/gu)]
    .map((found) => ({ word: found[0].replace(/[.'’-]+$/, ''), at: found.index }))
    .filter(({ word, at }) => !(at === 0 && starters.has(word.toLowerCase())))
    .map(({ word }) => word)

/** Whether the items of `part` stand in `whole` in the same order. */
function isInOrder(part: readonly string[], whole: readonly string[]): boolean {
  let from = 0
  for (const item of part) {
    const at = whole.indexOf(item, from)
    if (at === -1) return false
    from = at + 1
  }
  return true
}

/**
 * The sentence of ours that a model's sentence may stand for; null when there is none. It may only use the numbers of one
 * sentence, its names in their order (so that nobody takes another's part), and neither negate nor turn the result round.
 */
export function groundOf(sentence: string, facts: readonly SummarySentence[]): SummarySentence | null {
  const names = namesOf(sentence)
  const numbers = numbersOf(sentence)
  if (names.length + numbers.length === 0) return null
  return (
    facts.find((fact) => {
      const known = numbersOf(fact.text)
      return (
        isInOrder(names, namesOf(fact.text)) &&
        numbers.every((number) => known.includes(number)) &&
        (!losing.test(sentence) || losing.test(fact.text)) &&
        (!negating.test(sentence) || negating.test(fact.text))
      )
    }) ?? null
  )
}
