import type { FineLabel } from '../domain/labels.ts'
import type { AddressForm, LabelledToken } from '../domain/parsed-address.ts'
import { militaryStates } from '../gazetteer/states.ts'
import { bareWord } from './tokenize.ts'

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
  if (wordsOf('SubaddressType').some((word) => word.startsWith('URB'))) return 'urbanization'
  const [group] = wordsOf('USPSBoxGroupType')
  if (group !== undefined)
    return /^(HC|H|HCR|HIGHWAY|STAR|HWY)/.test(group) ? 'highway-contract' : 'rural-route'
  const boxes = wordsOf('USPSBoxType')
  if (boxes.length > 0) return boxes.some((word) => /^(GEN|DEL)/.test(word)) ? 'general-delivery' : 'po-box'
  if (wordsOf('SubaddressType').includes('PMB')) return 'private-mailbox'
  if (has('IntersectionSeparator') || has('CornerOf')) return 'intersection'
  if (has('StreetName') || has('StreetNamePreType')) return 'street'
  return has('PlaceName') || has('StateName') || has('ZipCode') || has('LandmarkName') ? 'place' : 'unknown'
}
