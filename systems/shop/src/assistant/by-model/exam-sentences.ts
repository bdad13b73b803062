import { createRandom } from '@heavylift/core/math'
import type { FacetVocabulary } from '../../domain/constraints.ts'
import type { Lexicon } from '../../language/lexicon.ts'
import { turnExamples } from '../../language/turn-examples.ts'
import type { TurnKind } from '../../understand/turn-kind.ts'
import type { ReadKind } from './reading.ts'
import type { ToAnswer } from './prompt.ts'
import type { Product } from '../../domain/product.ts'

/** How a model may call each kind of the examples. Those of `find` tell of people and need guessing, and are left out. */
const right: Partial<Record<TurnKind, readonly ReadKind[]>> = {
  ask: ['question', 'how-to'],
  price: ['price'],
  reviews: ['opinions'],
  compare: ['compare'],
  cheaper: ['cheaper'],
  narrow: ['find'],
  cart: ['act'],
  order: ['act'],
  shipping: ['shipping'],
  returns: ['returns'],
  payment: ['payment'],
  'price-match': ['price-match'],
  warranty: ['warranty'],
  complaint: ['complaint', 'returns', 'act'],
  contact: ['contact'],
  store: ['store'],
  advice: ['advice'],
  assortment: ['assortment'],
  'how-to': ['how-to', 'question'],
  greeting: ['greeting'],
  thanks: ['thanks'],
  identity: ['identity'],
  'not-ours': ['not-ours'],
  'self-harm': ['self-harm', 'emergency'],
  emergency: ['emergency', 'medicine'],
  medicine: ['medicine', 'emergency'],
  violence: ['violence', 'emergency'],
}

export interface ExamSentence {
  input: Pick<
    ToAnswer,
    'goods' | 'isWhole' | 'lines' | 'message' | 'recent' | 'searched' | 'inSight' | 'focusId'
  >
  /** How it may be called. */
  kinds: readonly ReadKind[]
}

/**
 * Sentences whose kind is known, one of each kind, beside two of the goods that the store sells most, and a search for each of those
 * goods. The same each time.
 */
export function examSentences(vocabulary: FacetVocabulary, { language }: Lexicon): ExamSentence[] {
  const random = createRandom(11)
  const titles = [...vocabulary.categories]
    .toSorted((a, b) => b[1] - a[1])
    .slice(0, 2)
    .map(([name]) => name)
  const goods = titles.map((title, at): Product => ({ ...blank, id: String(at), title }))
  const base = {
    goods,
    isWhole: false,
    lines: [],
    recent: titles.slice(0, 1),
    searched: titles[0] ?? null,
    inSight: goods.map(({ id }) => id),
    focusId: null,
  }
  const examples = turnExamples(language).filter(({ text }) => !text.includes('…'))
  const ofKinds = Object.entries(right).flatMap(([kind, kinds]) => {
    const [one] = random.sample(
      examples.filter((example) => example.kind === kind),
      1,
    )
    return one ? [{ input: { ...base, message: one.text }, kinds }] : []
  })
  return [...titles.map((message) => ({ input: { ...base, message }, kinds: ['find' as const] })), ...ofKinds]
}

const blank: Omit<Product, 'id' | 'title'> = {
  brand: null,
  description: '',
  categories: [],
  attributes: {},
  variants: [],
  images: [],
  url: null,
  services: [],
  rating: null,
}
