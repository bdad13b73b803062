import type { FacetVocabulary, Understanding } from '../domain/constraints.ts'
import type { Product } from '../domain/product.ts'
import { languageOf } from '../language/language.ts'
import type { Lexicon } from '../language/lexicon.ts'
import { isNoun } from '../understand/nouns.ts'
import { withoutRefusal } from '../understand/refusal.ts'
import { servedBeside } from '../understand/services-beside.ts'
import type { ServiceAsked } from '../understand/services-beside.ts'
import { understand } from '../understand/understand.ts'
import { compileVocabulary } from '../understand/vocabulary.ts'
import { wishPart } from '../understand/wish-part.ts'
import type { TurnInputs } from './conversations/tables.ts'
import { mendSpelling } from './spelling.ts'
import type { Spelled } from './spelling.ts'
import { phraseOfGoods } from './phrase-of-goods.ts'
import { titleWords } from './title-words.ts'
import type { StepSources } from './step-sources.ts'
import { contentStems } from './words.ts'

/** What is known before a message is answered. */
export interface TurnContext {
  /** By the shop's own rules. */
  understanding: Understanding
  vocabulary: FacetVocabulary
  lexicon: Lexicon
  page: Product | null
  shown: Product[]
  list: Product[]
  /** What answers were about one by one, the last first. */
  lookedAt: Product[]
  /** The message with its misspelt words mended, without what is asked of the store beside. */
  spelled: Spelled
  /** What it asks of the store beside that. */
  beside: readonly ServiceAsked[]
  /** All that was said around a wish, where only a part of the message says it. */
  story: string | null
}

/** What is heard in words that may be a product's name. */
const mayNameGoods: ReadonlySet<Understanding['intent']> = new Set([
  'service',
  'returns',
  'order-status',
  'not-ours',
])

/** What a conversation's first message is taken for by a story that it tells around a wish. */
const mayHoldWish: ReadonlySet<Understanding['intent']> = new Set([
  'search',
  'narrow',
  'product-question',
  'compare',
  'how-to',
  'allergy',
  'advice',
  'assortment',
  'not-ours',
  'chat',
])

/** Reads a message, and brings what it may be about. */
export async function readContext(
  inputs: TurnInputs,
  sources: Pick<StepSources, 'catalog' | 'search' | 'meant'>,
): Promise<TurnContext> {
  const shownIds = inputs.state.shownIds ?? []
  const listIds = inputs.state.listIds ?? shownIds
  const lookedAtIds = inputs.state.lookedAtIds ?? []
  const wanted = [
    ...new Set([...shownIds, ...listIds, ...lookedAtIds]),
    ...(inputs.pageProductId ? [inputs.pageProductId] : []),
  ]
  const [vocabulary, lexicon, products] = await Promise.all([
    sources.catalog.vocabulary(),
    sources.catalog.lexicon(),
    wanted.length ? sources.catalog.products(wanted) : [],
  ])
  const byId = new Map(products.map((product) => [product.id, product]))
  const open = inputs.pageProductId ? (byId.get(inputs.pageProductId) ?? null) : null
  const page = open?.id === inputs.state.leftPageId ? null : open
  const shown = shownIds.flatMap((id) => byId.get(id) ?? [])
  const list = listIds.flatMap((id) => byId.get(id) ?? [])
  const lookedAt = [...lookedAtIds.flatMap((id) => byId.get(id) ?? []), ...(open && !page ? [open] : [])]
  const [spelled, meant] = await Promise.all([
    mendSpelling(withoutRefusal(inputs.message, lexicon.language), {
      catalog: sources.catalog,
      search: sources.search,
      vocabulary,
      lexicon,
    }),
    sources.meant?.(inputs.message) ?? null,
  ])
  const options = {
    vocabulary,
    lexicon,
    context: { shown: shown.length > 0 || page !== null, spoken: inputs.state.spoken ?? null },
    meant,
  }
  const heard = understand(spelled.text, options)
  const goods = mayNameGoods.has(heard.intent)
    ? await wordsOfGoods(spelled.text, { catalog: sources.catalog, search: sources.search, lexicon })
    : new Set<string>()
  // What the store's goods are called is said of them, and of nothing else.
  const byGoods = goods.size === 0 ? options : { ...options, goods }
  const whole = goods.size === 0 ? heard : understand(spelled.text, byGoods)
  const of = { vocabulary, lexicon, page, shown, list, lookedAt }
  const spoken = languageOf(whole.spokenLanguage ?? lexicon.language.code)
  const read = (part: string) => understand(part, { ...byGoods, meant: null })
  const isFirst = shown.length === 0 && page === null && inputs.state.search === undefined
  const compiled = compileVocabulary(vocabulary, lexicon)
  const namesGoods = (part: string) =>
    isFirst && contentStems(part, lexicon).some((stem) => isNoun(stem, compiled))
  const served = whole.intent === 'care' ? null : servedBeside(spelled.text, spoken, read, namesGoods)
  const text = served?.rest ?? spelled.text
  const understanding = served === null ? whole : read(text)
  const wish =
    isFirst &&
    mayHoldWish.has(understanding.intent) &&
    // What somebody is kept from is told of each.
    !(understanding.intent === 'allergy' && understanding.keptFrom.length > 0)
      ? wishPart(text, understanding, spoken, read)
      : null
  return {
    ...of,
    understanding: wish?.understanding ?? understanding,
    spelled: { ...spelled, text: wish?.text ?? text },
    beside: served?.beside ?? [],
    story: wish === null ? null : text,
  }
}

/** Words of a message that name goods of the store. */
async function wordsOfGoods(...asked: Parameters<typeof titleWords>): Promise<ReadonlySet<string>> {
  const [titled, phrase] = await Promise.all([titleWords(...asked), phraseOfGoods(...asked)])
  return new Set([...titled, ...phrase])
}
