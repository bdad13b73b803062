import { fineLabels } from '../domain/labels.ts'
import type { FineLabel } from '../domain/labels.ts'
import type { LabelledToken, ParsedAddress } from '../domain/parsed-address.ts'
import { formOf } from './address-form.ts'
import { committedReader } from './committed-tagger.ts'
import type { AddressReader } from './committed-tagger.ts'
import { readSequence } from './features.ts'
import { mostWords } from './tagger.ts'
import { tokenize } from './tokenize.ts'

/**
 * Parses a US address of one or more lines. Text that is no address has the form `unknown`; words after the hundredth have the label
 * `NotAddress`.
 */
export function parseAddress(input: string, reader: AddressReader = committedReader()): ParsedAddress {
  const spans = tokenize(input)
  const read = spans.slice(0, mostWords)
  const { labels, probabilities } = reader.tagger.tag(
    readSequence(input, read, reader.places, reader.tagger.wordOf),
  )
  const tokens = spans.map((span, at): LabelledToken => ({
    ...span,
    label: fineLabels[labels[at] ?? -1] ?? 'NotAddress',
  }))
  const confidence = probabilities.reduce(
    (least, one) => Math.min(least, one),
    spans.length > mostWords ? 0 : 1,
  )
  return {
    input,
    form: formOf(tokens),
    tokens,
    parts: partsOf(tokens),
    confidence: spans.length === 0 ? 0 : confidence,
  }
}

function partsOf(tokens: readonly LabelledToken[]): ParsedAddress['parts'] {
  const parts: ParsedAddress['parts'] = {}
  let isSecondStreet = false
  for (const { label, text } of tokens) {
    if (label === 'IntersectionSeparator') isSecondStreet = true
    if (isSecondStreet && isStreet(label)) continue
    const word = text.replaceAll(/^[(]+|[.,;)]+$/g, '')
    if (word !== '') parts[label] = parts[label] === undefined ? word : `${parts[label]} ${word}`
  }
  return parts
}

/** Of the name of a street: of a corner, only the first is in `parts`. */
function isStreet(label: FineLabel): boolean {
  return label.startsWith('StreetName')
}
