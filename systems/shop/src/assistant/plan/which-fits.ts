import type { Understanding } from '../../domain/constraints.ts'
import { asksWhich } from '../../language/asking.ts'
import { clausesOf } from '../../understand/clauses.ts'
import { measuresOfUser } from '../whose-measure.ts'
import { namesOtherNoun } from './effective-search.ts'
import type { OthersWanted } from './others-plan.ts'
import type { PlanContext } from './plan.ts'

/** What a wish for what is as large or strong as somebody or something needs may sound like. */
const mayFit: ReadonlySet<Understanding['intent']> = new Set([
  'search',
  'narrow',
  'product-question',
  'compare',
  'advice',
  'chat',
  'not-ours',
])

/** "My rail is 5 cm thick, which one fits?": those of what was looked for last that are for as much. Null where no such thing is asked. */
export function whichFits(
  message: string,
  understanding: Understanding,
  context: PlanContext,
): OthersWanted | null {
  const { previous, page, named, isRead, isSettled, lexicon } = context
  if (previous === null || page !== null || named !== null || isRead === true || isSettled === true)
    return null
  const isAsked =
    mayFit.has(understanding.intent) &&
    clausesOf(message).some(({ text }) => asksWhich(text, lexicon.language.code)) &&
    measuresOfUser(message, lexicon).length > 0
  if (!isAsked || (context.isTypeSold && namesOtherNoun(understanding, previous, context))) return null
  return { search: previous, said: message }
}
