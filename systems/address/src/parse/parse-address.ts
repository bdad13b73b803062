import type { FineLabel } from '../domain/labels.ts'
import type { AddressForm, LabelledToken, ParsedAddress } from '../domain/parsed-address.ts'
import { directionals } from '../gazetteer/directionals.ts'
import { stateNames, militaryStates } from '../gazetteer/states.ts'
import { streetSuffixes } from '../gazetteer/street-suffixes.ts'
import { unitDesignators } from '../gazetteer/unit-designators.ts'
import { bareWord, tokenize } from './tokenize.ts'

/** Parses a US address of one or more lines. Never throws; text that is no address has the form `unknown`. */
export function parseAddress(input: string): ParsedAddress {
  const spans = tokenize(input)
  const labels = labelWords(spans.map(({ text }) => bareWord(text)))
  const tokens = spans.map((span, at) => ({ ...span, label: labels[at] as FineLabel }))
  return { input, form: formOf(tokens), tokens, parts: partsOf(tokens), confidence: 0.5 }
}

function labelWords(words: readonly string[]): FineLabel[] {
  const labels = words.map((): FineLabel => 'PlaceName')
  let last = words.length - 1
  if (/^\d{5}(-?\d{4})?$/.test(words[last] ?? '') && last > 0) labels[last--] = 'ZipCode'
  const state = words[last] ?? ''
  if (last > 0 && (stateNames.has(state) || militaryStates.has(state))) labels[last--] = 'StateName'
  let at = 0
  if (/^P\.?O\.?$/.test(words[at] ?? '') || words[at] === 'BOX') {
    while (at <= last && /^(P\.?O\.?|BOX)$/.test(words[at] as string)) labels[at++] = 'USPSBoxType'
    if (at <= last) labels[at++] = 'USPSBoxID'
    return labels
  }
  if (/^\d/.test(words[at] ?? '')) labels[at++] = 'AddressNumber'
  if (directionals.has(words[at] ?? '') && at < last) labels[at++] = 'StreetNamePreDirectional'
  const suffix = words.findIndex((word, index) => index > at && index <= last && streetSuffixes.has(word))
  const end = suffix < 0 ? Math.min(at + 1, last + 1) : suffix
  while (at < end) labels[at++] = 'StreetName'
  if (suffix >= 0) labels[at++] = 'StreetNamePostType'
  if (directionals.has(words[at] ?? '')) labels[at++] = 'StreetNamePostDirectional'
  if (unitDesignators.has(words[at] ?? '') || words[at] === '#') {
    labels[at] = words[at++] === '#' ? 'OccupancyIdentifier' : 'OccupancyType'
    if (at <= last) labels[at] = 'OccupancyIdentifier'
  }
  return labels
}

function formOf(tokens: readonly LabelledToken[]): AddressForm {
  const has = (label: FineLabel) => tokens.some((token) => token.label === label)
  if (has('USPSBoxGroupType')) return 'rural-route'
  if (has('USPSBoxType')) return 'po-box'
  if (has('IntersectionSeparator')) return 'intersection'
  if (has('StreetName')) return 'street'
  return has('PlaceName') || has('ZipCode') ? 'place' : 'unknown'
}

function partsOf(tokens: readonly LabelledToken[]): ParsedAddress['parts'] {
  const parts: ParsedAddress['parts'] = {}
  for (const { label, text } of tokens) {
    const word = text.replaceAll(/^[(]+|[.,;)]+$/g, '')
    parts[label] = parts[label] === undefined ? word : `${parts[label]} ${word}`
  }
  return parts
}
