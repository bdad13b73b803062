import { HeavyliftError, InvalidInputError } from '@heavylift/core'
import { SaxesParser } from 'saxes'
import type { LabelledAddress } from '../../domain/labelled-address.ts'
import { fineLabels } from '../../domain/labels.ts'
import type { FineLabel } from '../../domain/labels.ts'

/** Labels that some public sets use beside the standard's. */
const otherNames: Readonly<Record<string, FineLabel>> = { suffix: 'StreetNamePostDirectional' }

/**
 * Reads labelled addresses in the form of PyPI `usaddress`: `<AddressCollection><AddressString><AddressNumber>1</AddressNumber> …`. What stands
 * between the elements is kept. Throws `xml-invalid` with line and column, `label-unknown` with the label.
 */
export function readLabelledXml(xml: string, name: string): LabelledAddress[] {
  const addresses: LabelledAddress[] = []
  let current: LabelledAddress | null = null
  let label: FineLabel | null = null
  const parser = new SaxesParser()
  parser.on('error', (error) => {
    throw new InvalidInputError({ code: 'xml-invalid', message: `${name}: ${error.message}` })
  })
  parser.on('opentag', ({ name: tag }) => {
    if (tag === 'AddressCollection') return
    if (tag === 'AddressString') {
      current = { pieces: [], gaps: [''] }
      return
    }
    label = fineLabels.find((one) => one === tag) ?? otherNames[tag] ?? null
    if (label === null || current === null)
      throw new InvalidInputError({
        code: 'label-unknown',
        message: `${name}:${parser.line}: <${tag}> is no label of an address. Known: ${fineLabels.join(', ')}.`,
      })
    current.pieces.push({ text: '', label })
    current.gaps.push('')
  })
  parser.on('text', (text) => {
    if (current === null) return
    const last = current.pieces.at(-1)
    if (label !== null && last) last.text += text
    // Between elements, ends of line are the file's, not the address's.
    else current.gaps[current.gaps.length - 1] += text.replaceAll(/\s+/g, ' ')
  })
  parser.on('closetag', ({ name: tag }) => {
    label = null
    if (tag !== 'AddressString' || current === null) return
    if (current.pieces.length > 0) addresses.push(trimmed(current))
    current = null
  })
  try {
    parser.write(xml).close()
  } catch (error) {
    if (error instanceof HeavyliftError) throw error
    throw new InvalidInputError({ code: 'xml-invalid', message: `${name}: ${String(error)}`, cause: error })
  }
  return addresses
}

/** White space at the ends of pieces goes to the gaps. */
function trimmed({ pieces, gaps }: LabelledAddress): LabelledAddress {
  const out = [...gaps]
  const texts = pieces.map(({ text, label }, at) => {
    const bare = text.trim()
    const start = text.indexOf(bare)
    out[at] += text.slice(0, start)
    out[at + 1] = text.slice(start + bare.length) + (out[at + 1] ?? '')
    return { text: bare, label }
  })
  const kept = texts.filter(({ text }) => text !== '')
  return kept.length === texts.length
    ? { pieces: texts, gaps: out }
    : { pieces: kept, gaps: ['', ...kept.map(() => ' ')] }
}
