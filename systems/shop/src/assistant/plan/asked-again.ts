import { isAsking, opensWith } from '../../language/asking.ts'
import { fold } from '../../language/fold.ts'
import { anyOf, grammarOf } from '../../language/grammar.ts'
import { lexemesOf } from '../../language/lexemes.ts'
import { placeOf } from '../../understand/ordinal.ts'
import { askedIn } from '../asked.ts'
import { dimensionsAsked } from '../dimensions.ts'
import { sideAsked } from '../sides.ts'
import { asksPrice } from '../compose/price-answer.ts'
import { measuredOneIn } from '../by-measure.ts'
import { unnamed } from '../unnamed.ts'
import { contentStems, words } from '../words.ts'
import type { Product } from '../../domain/product.ts'
import { namesField } from './names-part.ts'
import type { Plan, PlanContext } from './plan.ts'

/**
 * The last question, where a message asks it again of another product and says nothing but which: "and the other one?", "y la segunda?", "what about the
 * red one?". `plan` shows that product. Null where nothing was asked, or the message says more.
 */
export function askedAgain(
  message: string,
  plan: Plan,
  context: PlanContext,
): { product: Product; question: string } | null {
  const { asked, lexicon, isRead, isSettled } = context
  if (!asked || isRead === true || isSettled === true || plan.kind !== 'product-answer') return null
  const product = shownBy(plan, context)
  if (product === null || !isPutOn(message, context) || !saysOnlyWhich(message, product, context)) return null
  const others = [...context.shown, ...context.list, ...context.lookedAt].filter(
    ({ id }) => id !== product.id,
  )
  const question = unnamed(asked, others, lexicon)
  return { product, question: contentStems(question, lexicon).length > 0 ? question : asked }
}

function shownBy(plan: Plan, { page, shown, list, lookedAt, named }: PlanContext): Product | null {
  const step = plan.steps.find(({ kind }) => kind === 'products')
  const ids = step?.kind === 'products' && step.subject.from === 'ids' ? step.subject.ids : []
  const inSight = [...(page ? [page] : []), ...(named ? [named] : []), ...shown, ...list, ...lookedAt]
  return ids.length === 1 ? (inSight.find(({ id }) => id === ids[0]) ?? null) : null
}

/** Whether a message goes on: it asks, or begins with "and". */
function isPutOn(message: string, { lexicon }: PlanContext): boolean {
  const { code } = lexicon.language
  const said = lexemesOf(message, code).map(({ word }) => word)
  return isAsking(message, code) || opensWith(said, [['and']], code) > 0
}

/** Whether a message says which product it means, and no more: it calls it, or points at one of several. */
export function saysOnlyWhich(message: string, product: Product, context: PlanContext): boolean {
  const { lexicon, page, focusId } = context
  const { language } = lexicon
  const pointing = [measuredOneIn(message, lexicon)?.said, other(language.code).exec(message)?.[0]]
  const rest = pointing.reduce<string>(
    (text, said) => (said === undefined ? text : text.replace(said, ' ')),
    message,
  )
  // "Was ist alles dabei?" asks in little words alone.
  const asksMore =
    askedIn(message, lexicon).length > 0 ||
    // "And its material?"
    namesField(contentStems(message, lexicon), product, context) ||
    dimensionsAsked(rest, lexicon).length > 0 ||
    sideAsked(rest, language) !== null ||
    asksPrice(message, language)
  if (asksMore) return false
  const { title, brand, categories, attributes, variants } = product
  const values = [Object.values(attributes), variants.map(({ options }) => Object.values(options))].flat(2)
  const own = new Set(contentStems([title, brand ?? '', ...categories, ...values].join(' '), lexicon))
  const said = words(rest).map(({ text }) => ({ text, stems: contentStems(text, lexicon) }))
  const points = ({ text, stems }: (typeof said)[number]): boolean =>
    /^ones?$/.test(text) ||
    placeOf(fold(text), language.code) !== null ||
    (stems.length > 0 && stems.every((stem) => own.has(stem)))
  // "And this?", on another page.
  const isOfPage = page?.id === product.id && page.id !== focusId
  return (
    said.every((word) => word.stems.length === 0 || points(word)) &&
    (isOfPage || pointing.some((each) => each !== undefined) || said.some(points))
  )
}

const other = (code: PlanContext['lexicon']['language']['code']): RegExp =>
  new RegExp(anyOf(grammarOf(code)['other-one']), 'iu')
