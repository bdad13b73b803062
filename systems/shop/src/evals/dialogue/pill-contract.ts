import { lowest, singular, words } from './catalog-facts.ts'
import type { Moment, Verdict } from './conversation.ts'
import { cheaper, compares, service, signIn } from './expect.ts'

/** What tapping a pill has to do, told from its words alone. */
export function checkPill(pill: string, moment: Moment): Verdict {
  const { answer, shown } = moment
  const everything = { name: '', members: moment.facts.products }
  if (/\bcompare\b/i.test(pill)) return compares(0, 1).check(moment)
  if (/\bcheaper\b/i.test(pill)) {
    const limit = Math.min(...shown.map((card) => card.price.minor))
    const isAnyCheaper = moment.facts.products.some((product) => lowest(product) < limit)
    if (answer.cards.length === 0) return isAnyCheaper ? 'useless' : 'right'
    return answer.cards.every((card) => card.price.minor < limit)
      ? 'right'
      : cheaper(everything).check(moment)
  }
  const aspect = /\breviews? say about (.+?)\?/i.exec(pill)?.[1]
  if (aspect !== undefined) {
    const said = words(answer.text).map(singular)
    const summary = answer.parts.find((part) => part.type === 'data-review-summary')
    const isOfShown =
      summary === undefined ||
      shown.length === 0 ||
      shown.some((card) => card.productId === summary.data.productId)
    return isOfShown &&
      words(aspect)
        .map(singular)
        .every((word) => said.includes(word))
      ? 'right'
      : 'wrong'
  }
  const option = /\bwhich (.+?)(?:e?s)? (?:are in stock|does it come in|is in stock)/i.exec(pill)?.[1]
  if (option !== undefined) {
    const values = shown.flatMap(
      (card) =>
        moment.row(card.productId)?.variants.flatMap((variant) => Object.values(variant.options)) ?? [],
    )
    const text = answer.text.toLowerCase()
    return values.some((value) => text.includes(value.toLowerCase())) || /\bstock\b/i.test(text)
      ? 'right'
      : 'wrong'
  }
  if (/\bprice changed\b/i.test(pill))
    return /\b(?:costs?|lowest|earlier prices?)\b/i.test(answer.text) && answer.comparison === null
      ? 'right'
      : 'wrong'
  if (/\bon sale\b|\breduced\b/i.test(pill))
    return answer.cards.every((card) => card.compareAt !== null && card.compareAt.minor > card.price.minor) &&
      answer.text !== ''
      ? 'right'
      : 'wrong'
  if (/\breturn/i.test(pill)) return service(/return/i).check(moment)
  if (/\b(?:ship|deliver)/i.test(pill)) return service(/ship|deliver/i).check(moment)
  if (/\bmy order\b/i.test(pill)) return signIn().check(moment)
  return answer.text.trim() === '' || /\bI do not know\b/i.test(answer.text) ? 'useless' : 'right'
}
