import type { FineLabel } from '../domain/labels.ts'
import type { AddressForm, LabelledToken } from '../domain/parsed-address.ts'
import { militaryStates } from '../gazetteer/states.ts'
import { isOneSlip } from './near-words.ts'
import { bareWord } from './tokenize.ts'

/** Whether a word is one of these, or one slip from one. */
export const isAnyOf = (word: string, known: readonly string[]) => known.some((one) => isOneSlip(word, one))

export const urbanizationWords = ['URB', 'URBANIZACION', 'URBANIZATION']
export const mailboxWords = ['PMB']
const contractWords = ['HC', 'HCR', 'HIGHWAY', 'HWY', 'STAR', 'CONTRACT']
const generalWords = ['GENERAL', 'GEN', 'DELIVERY', 'DEL']

/** Which form the labels of an address amount to. A box beside a street wins, as mail goes there (USPS Publication 28, 215). */
export function formOf(tokens: readonly LabelledToken[]): AddressForm {
  const wordsOf = (label: FineLabel) =>
    tokens.filter((token) => token.label === label).map(({ text }) => bareWord(text))
  const has = (label: FineLabel) => tokens.some((token) => token.label === label)
  if (
    wordsOf('PlaceName').some((word) => /^(APO|FPO|DPO)$/.test(word)) ||
    wordsOf('StateName').some((word) => militaryStates.has(word))
  )
    return 'military'
  if (wordsOf('SubaddressType').some((word) => isAnyOf(word, urbanizationWords))) return 'urbanization'
  const group = wordsOf('USPSBoxGroupType')
  if (group.length > 0) {
    const isContract =
      group.join('') === 'HC' ||
      group.some((word) => word.length > 1 && isAnyOf(word, contractWords) && !word.startsWith('R'))
    return isContract ? 'highway-contract' : 'rural-route'
  }
  const boxes = wordsOf('USPSBoxType')
  if (boxes.length > 0)
    return boxes.some((word) => word.length > 2 && isAnyOf(word, generalWords))
      ? 'general-delivery'
      : 'po-box'
  if (wordsOf('SubaddressType').some((word) => isAnyOf(word, mailboxWords))) return 'private-mailbox'
  if (has('IntersectionSeparator') || has('CornerOf')) return 'intersection'
  if (has('StreetName') || has('StreetNamePreType')) return 'street'
  return has('PlaceName') || has('StateName') || has('ZipCode') || has('LandmarkName') ? 'place' : 'unknown'
}
