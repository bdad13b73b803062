import { logistic } from '@heavylift/core/math'
import { fold } from '../language/fold.ts'
import { grammarOf } from '../language/grammar.ts'
import type { GrammarRole } from '../language/grammar.ts'
import type { LanguageCode } from '../language/languages.ts'
import type { Lexicon } from '../language/lexicon.ts'
import type { Token } from './text.ts'
import { talkWords } from './turn-kind.ts'
import { wantedBias, wantedWeights } from './wanted-weights.ts'

/** What is known of the words of a message in a store. */
export interface WordsOfStore {
  /** A noun that the catalog calls goods by. */
  isNoun: (token: Token) => boolean
  /** A word that a title, a category or an attribute of the catalog says. */
  isStated: (token: Token) => boolean
}

/**
 * How likely it is that each word of content of a message says what is wanted, 0–1, and is not part of the story around it ("my old kettle rusted
 * through, we live by the sea"); 1 for the other tokens. A logistic regression over what little words around it are for, where it stands, and
 * whether the catalog says it: it knows no word of content, so one model serves all languages.
 */
export function wantedWords(tokens: readonly Token[], lexicon: Lexicon, store: WordsOfStore): number[] {
  const features = wantedFeatures(tokens, lexicon, store)
  return features.map((own) =>
    own === null ? 1 : logistic(own.reduce((sum, name) => sum + (wantedWeights[name] ?? 0), wantedBias)),
  )
}

/** What little words of a message are for, as far as it tells a wish from a story. */
const roles = [
  'who',
  'speaker',
  'own',
  'the',
  'article',
  'this',
  'it',
  'for',
  'with',
  'without',
  'in',
  'from',
  'made-of',
  'wants',
  'likes',
  'some',
  'something',
  'not',
  'asks',
  'asks-of-it',
  'which',
  'opener',
  'and',
  'or',
  'to',
  'gift',
  'child',
  'rather',
  'too',
  'only',
  'must',
  'spare',
  'age',
  'price',
] as const satisfies readonly GrammarRole[]

const rolesByWord = new Map<LanguageCode, ReadonlyMap<string, readonly string[]>>()

function rolesOf(code: LanguageCode): ReadonlyMap<string, readonly string[]> {
  const known = rolesByWord.get(code)
  if (known) return known
  const found = new Map<string, string[]>()
  for (const role of roles)
    for (const phrase of grammarOf(code)[role])
      for (const word of fold(phrase).split(/[\s'’]+/)) {
        const of = found.get(word) ?? []
        if (!of.includes(role)) found.set(word, [...of, role])
      }
  rolesByWord.set(code, found)
  return found
}

/** What is known of each word of content, as names of features that hold; null for other tokens. */
export function wantedFeatures(
  tokens: readonly Token[],
  lexicon: Lexicon,
  store: WordsOfStore,
): (string[] | null)[] {
  const { language } = lexicon
  const known = rolesOf(language.code)
  const talk = talkWords(language)
  const isAsking = (token: Token) => language.isRequestWord(token.word)
  const kinds = tokens.map((token) => {
    const own = [...(known.get(token.word) ?? [])]
    if (isAsking(token)) own.push('request')
    if (token.kind === 'number') own.push('number')
    else if (language.isFunctionWord(token.word)) own.push('function')
    else if (talk.has(token.word)) own.push('talk')
    else own.push('content')
    return own
  })
  const wishes = kinds.map((own) =>
    own.some((kind) => ['wants', 'request', 'likes', 'some', 'something', 'which'].includes(kind)),
  )
  const clauses: number[] = []
  for (const [at, token] of tokens.entries())
    clauses.push((clauses[at - 1] ?? 0) + (at > 0 && token.breakBefore ? 1 : 0))
  const last = clauses.at(-1) ?? 0
  const clauseOf = (clause: number) => tokens.flatMap((_, at) => (clauses[at] === clause ? [at] : []))
  const places = Array.from({ length: last + 1 }, (_, clause) => clauseOf(clause))
  const content = tokens.filter((token) => isOfContent(token)).length
  const nouns = tokens.filter((token) => store.isNoun(token)).length
  const anyWish = wishes.includes(true)
  return tokens.map((token, at) => {
    if (!isOfContent(token)) return null
    const own: string[] = []
    const clause = clauses[at] ?? 0
    const inClause = places[clause] ?? []
    const around = (name: string, place: number) => {
      const isNear = inClause.includes(place)
      if (!isNear) own.push(`${name}:none`)
      else for (const kind of kinds[place] ?? []) own.push(`${name}:${kind}`)
    }
    around('p1', at - 1)
    around('p2', at - 2)
    around('n1', at + 1)
    around('n2', at + 2)
    for (const kind of kinds[inClause[0] ?? at] ?? []) own.push(`first:${kind}`)
    if (inClause[1] !== undefined && inClause[1] !== at)
      for (const kind of kinds[inClause[1]] ?? []) own.push(`second:${kind}`)
    for (const kind of new Set(inClause.flatMap((place) => (place === at ? [] : (kinds[place] ?? [])))))
      own.push(`clause:${kind}`)
    const wishBefore = inClause.findLast((place) => place < at && wishes[place] === true)
    const wishAfter = inClause.find((place) => place > at && wishes[place] === true)
    own.push(
      wishBefore === undefined ? 'wish-before:none' : `wish-before:${near(at - wishBefore)}`,
      wishAfter === undefined ? 'wish-after:none' : `wish-after:${near(wishAfter - at)}`,
    )
    if (anyWish && wishBefore === undefined && wishAfter === undefined) own.push('wish:elsewhere')
    if (!anyWish) own.push('wish:none')
    own.push(
      last === 0
        ? 'clause-at:only'
        : clause === 0
          ? 'clause-at:first'
          : clause === last
            ? 'clause-at:last'
            : 'clause-at:middle',
      `words:${content < 4 ? 'few' : content < 8 ? 'some' : content < 14 ? 'many' : 'most'}`,
    )
    const ofClause = inClause.filter((place) => isOfContent(tokens[place]))
    own.push(
      ofClause.length < 3
        ? 'clause-words:few'
        : ofClause.length < 6
          ? 'clause-words:some'
          : 'clause-words:many',
    )
    if (ofClause.at(-1) === at) own.push('clause-end')
    if (ofClause[0] === at) own.push('clause-begin')
    for (const kind of kinds[at] ?? []) own.push(`own:${kind}`)
    if (token.isCapital) own.push('capital')
    if (token.unit !== null) own.push('unit')
    if (token.isSizeWord) own.push('size')
    const isNoun = store.isNoun(token)
    const isStated = store.isStated(token)
    own.push(isNoun ? 'noun' : isStated ? 'stated' : 'unstated')
    if (isNoun && nouns === 1) own.push('noun-alone')
    if (isNoun && nouns > 1)
      own.push(tokens.findIndex((each) => store.isNoun(each)) === at ? 'noun-first' : 'noun-later')
    const length = content < 8 ? 'short' : 'long'
    own.push(`${isNoun ? 'noun' : isStated ? 'stated' : 'unstated'}/${length}`)
    if (wishBefore !== undefined) own.push(`${isNoun ? 'noun' : isStated ? 'stated' : 'unstated'}/wished`)
    return [...new Set(own)]
  })
}

const isOfContent = (token: Token | undefined): boolean =>
  token !== undefined &&
  token.kind !== 'sign' &&
  (token.isContent || token.kind === 'number') &&
  !token.isInner

const near = (distance: number): string => (distance <= 2 ? 'next' : distance <= 5 ? 'near' : 'far')
