import { fold } from '../../language/fold.ts'
import type { Product } from '../../domain/product.ts'
import type { SeenAnswer } from '../dialogue/conversation.ts'
import type { StatedExpectation } from './conversation-file.ts'

/** What an answer does not do of what it should; null where it does all of it. `nearTitle`: what goods are headed by that only come near. */
export function failureOf(
  expected: StatedExpectation,
  { text, cards, comparison, parts }: SeenAnswer,
  row: (id: string) => Product | null,
  nearTitle: string,
): string | null {
  const shown = [...cards, ...(comparison?.products ?? [])]
  const titled = parts.find((part) => part.type === 'data-products')
  const quotes = parts.flatMap((part) => (part.type === 'data-citation' ? [part.data.quote] : []))
  const cells = comparison?.rows.flatMap(({ label, values }) => [label, ...values.map((each) => each ?? '')])
  const said = fold([text, ...quotes, ...(cells ?? [])].join('\n'))
  const isCalled = (id: string, name: string) => {
    const title = row(id)?.title ?? ''
    return id === name || fold(title).includes(fold(name))
  }
  const { shows = [], says = [], saysNot = [] } = expected
  const cited = parts.flatMap((part) =>
    part.type === 'data-citation' && 'productId' in part.data.source ? [part.data.source.productId] : [],
  )
  const about = shown.length > 0 ? shown.map(({ productId }) => productId) : cited
  const isShown = (name: string) => about.some((id) => isCalled(id, name)) || said.includes(fold(name))
  if (expected.none && cards.length > 0 && titled?.data.title !== nearTitle) return `shows ${cards[0]?.title}`
  const missing = shows.find((name) => !isShown(name))
  if (missing !== undefined) return `does not show ${missing}`
  const [first] = about
  if (shows.length > 0 && first !== undefined && !shows.some((name) => isCalled(first, name)))
    return `shows ${row(first)?.title ?? first} first`
  const other = shown.find(({ productId }) => !shows.some((name) => isCalled(productId, name)))
  if (expected.only && other) return `shows ${other.title}`
  const { atMost } = expected
  const dear = cards.find(({ price }) => atMost !== undefined && price.minor > atMost * 10 ** digits(price))
  if (dear) return `shows ${dear.title} for more than ${atMost}`
  const holds = (words: string) => words.split('|').some((each) => said.includes(fold(each)))
  const unsaid = says.find((words) => !holds(words))
  if (unsaid !== undefined) return `does not say “${unsaid}”`
  const wrong = saysNot.find(holds)
  return wrong === undefined ? null : `says “${wrong}”`
}

const digits = ({ currency }: { currency: string }): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
