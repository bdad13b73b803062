import { asksWhich, isAsking } from '../language/asking.ts'
import type { Language } from '../language/language.ts'
import { saying } from '../understand/danger-phrases.ts'
import type { Caution } from './by-model/reading.ts'
import { speaksOfChild } from './for-a-child.ts'

/** Whether a message names a danger to a child: "will the shelf tip over on my son of 4?" */
export const namesHazard = (message: string, language: Language): boolean =>
  isPut(message, language) && isOfChild(message, language) && saying(message, language)('hazards')

/** Whether a message is about a child: it says one, or whose it is, where it is kept and what it does with things ("the crib", "in his mouth"). */
export const isOfChild = (message: string, language: Language): boolean =>
  speaksOfChild(message, language) || saying(message, language)('young')

/** Whether a message puts a question, wherever in it. */
export const isPut = (message: string, { code }: Language): boolean =>
  message.includes('?') || isAsking(message, code)

/**
 * What has to be said beside goods: a question whether something may hurt a child ("will the shelf tip over?"), suits one or may be done with one by ("can
 * I run it while the kids play?"), or whether who takes a medicine, carries a device in their body or is pregnant may use it. Asked of one product,
 * whether it is dangerous at all. Null where nothing of the kind is asked: "a helmet for my daughter", "can I get one in white for her?".
 */
export function safetyAsked(message: string, language: Language, isOfOne = false): Caution | null {
  if (!isPut(message, language)) return null
  const says = saying(message, language)
  if (says('treated') && says('may')) return { kind: 'danger', isOfMedicine: true }
  if (isOfOne && says('hazards')) return { kind: 'safety' }
  if (!isOfChild(message, language)) return null
  const isAllowed = says('may') && !says('gets') && (isOfOne || !asksWhich(message, language.code))
  return isAllowed || says('hazards') || says('safe') ? { kind: 'safety' } : null
}
