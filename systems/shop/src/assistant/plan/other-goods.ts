import type { Product } from '../../domain/product.ts'
import { addressesStore, askedBehindWhich, askedForIt, opensWith } from '../../language/asking.ts'
import { anyOf, grammarOf } from '../../language/grammar.ts'
import { holdsKindOf } from '../../language/joined.ts'
import { headOf, titleNouns } from '../../language/nouns.ts'
import { clausesOf } from '../../understand/clauses.ts'
import { tokenize } from '../../understand/text.ts'
import { isAnsweredBy } from '../compose/extract.ts'
import { contentStems } from '../words.ts'
import type { PlanContext } from './plan.ts'

/**
 * What a message asks for that is none of what is in sight, nor was looked for: goods by which it asks ("which conditioner goes with it?"),
 * or a part or a thing to go with it that is asked for alone ("can I get just the lid?", "is the door sold separately?"). `kind`: what it goes
 * with. Null where it asks for none.
 */
export function otherGoods(message: string, context: PlanContext): { name: string; kind: string } | null {
  const { previous, shown, page, focusId, named, mentions, isNoun, isShelf, lexicon } = context
  const { code } = lexicon.language
  const first = page ?? shown.find(({ id }) => id === focusId) ?? shown[0]
  if (previous === null && first === undefined) return null
  const isGoods = (stem: string) => isNoun(stem) || isShelf?.(stem) === true
  const namesOf = (products: readonly Product[]) =>
    products.flatMap(({ title, categories }) => contentStems(`${title} ${categories.join(' ')}`, lexicon))
  const isOther = (stem: string, products: readonly Product[]) =>
    isGoods(stem) &&
    !holdsKindOf([...contentStems(previous?.text ?? '', lexicon), ...namesOf(products)], stem, code)
  const kind = first?.title ?? previous?.productType ?? ''
  // "Which oak shelf goes below?" asks for shelves.
  const which = askedBehindWhich(message, code)
    .slice(0, mostOfName)
    .find((word) => contentStems(word, lexicon).some((stem) => isOther(stem, first ? [first] : [])))
  const asked = which === undefined ? [] : contentStems(which, lexicon)
  // "Which lenses fit?" asks for them, however few there are that are called so.
  const isNamedAlone =
    mentions[0]?.own.every((word) => contentStems(word, lexicon).some((stem) => asked.includes(stem))) ??
    false
  // "Let it be the Wren then. Which shelf goes below?" names what it is to go with.
  const calling = contentStems(mentions.flatMap(({ own }) => own).join(' '), lexicon)
  const isNamedBefore = clausesOf(message).some(({ text }) => {
    const stems = contentStems(text, lexicon)
    return asked.every((stem) => stems.includes(stem)) && !calling.some((stem) => stems.includes(stem))
  })
  // Where some of each lie in sight, it asks for what does not stand first.
  if (which !== undefined && (named === null || isNamedAlone || isNamedBefore) && previous !== null)
    return { name: which, kind: isNamedBefore && named !== null ? named.title : kind }
  const inSight = [...shown, ...(page ? [page] : [])]
  if (inSight.length === 0) return null
  const tokens = tokenize(message, lexicon)
  const isApart = new RegExp(anyOf(grammarOf(code).apart), 'iu').test(message)
  // A part of what is in sight is no goods of the catalog's by its number: its listing names it, and nothing in sight is called so.
  const isPart = (stem: string) =>
    first !== undefined &&
    contentStems(first.description, lexicon).includes(stem) &&
    !contentStems(valuesOf(first).join(' '), lexicon).includes(stem) &&
    !inSight.some(({ title, brand }) =>
      holdsKindOf(
        [...titleNouns(title, brand, lexicon.language)].map((noun) => lexicon.meaning(noun)),
        stem,
        code,
      ),
    )
  for (const [at, { word, stem, kind: of, isContent }] of tokens.entries()) {
    if (of !== 'word' || !isContent || !(isOther(stem, inSight) || isPart(stem))) continue
    const before = tokens.slice(0, at).map((token) => token.word)
    const isAlone = before.some(
      (_, place) =>
        place >= before.length - farthestOnly &&
        opensWith(before.slice(place), [['only'], ['the', 'article', 'some']], code) ===
          before.length - place &&
        opensWith(before.slice(place), [['only']], code) > 0,
    )
    if (isAlone || isApart) return { name: word, kind }
  }
  return null
}

/** Words behind "which" that may be the name of what is asked for. */
const mostOfName = 3

const valuesOf = ({ attributes, variants }: Product): string[] => [
  ...Object.values(attributes).flat(),
  ...variants.flatMap(({ options }) => Object.values(options)),
]

/** "Just the lid": so many words lie between what says that it is alone and the thing. */
const farthestOnly = 3

/**
 * The goods that a message asks for to go with what is in sight ("is there a bag for it?"), where its listing says nothing of them, and what
 * that is called.
 */
export function goodsForIt(message: string, context: PlanContext): { name: string; kind: string } | null {
  const { lexicon, currency, isNoun, page, shown, focusId } = context
  const product = page ?? shown.find(({ id }) => id === focusId) ?? shown[0]
  const { code } = lexicon.language
  // "Oak it is. Is there a mat for it?"
  const name =
    askedForIt(message, code) ??
    clausesOf(message).reduce<string | null>((found, { text }) => found ?? askedForIt(text, code), null)
  const noun = headOf(contentStems(name ?? '', lexicon), lexicon.language)
  return product !== undefined &&
    name !== null &&
    noun !== undefined &&
    // Whoever asks the store for a stool to go with drums is told if it has none.
    (isNoun(noun) || addressesStore(message, code)) &&
    !contentStems(`${product.title} ${product.categories.join(' ')}`, lexicon).includes(noun) &&
    !isAnsweredBy(message, product, currency, lexicon)
    ? { name, kind: context.previous?.productType ?? product.categories.at(-1) ?? '' }
    : null
}
