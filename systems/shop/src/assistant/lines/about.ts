import { countriesIn } from '../../language/countries.ts'
import { english } from '../../language/lexicon.ts'
import type { Lexicon } from '../../language/lexicon.ts'
import { lexemesOf } from '../../language/lexemes.ts'
import { alikeListings, listingExamples } from '../../language/listing-examples.ts'
import type { ListingExample } from '../../language/listing-examples.ts'
import { withoutElision } from '../../language/elision.ts'
import { sideAsked } from '../sides.ts'
import { fitClassifier } from '../../understand/softmax-regression.ts'
import type { Classifier } from '../../understand/softmax-regression.ts'
import { askedIn, askedNames, saysOf } from '../asked.ts'
import { dimensionsGiven, dimensionsNamed } from '../dimensions.ts'
import { treatmentsAsked } from '../treatments.ts'
import { words } from '../words.ts'
import { saidIn } from './said.ts'

/** What a question or a line of a listing is about, 0–1 by name; null where no word of it tells. */
export type About = ReadonlyMap<string, number> | null

/** Whether a text asks or tells. */
type Role = 'asked' | 'told'

/** Letters of the pieces of a word: so many are left of one that is mistyped or joined to another. */
const pieceLength = 4

// By the lines themselves: a model holds for these examples.
const fitted = new WeakMap<readonly string[], Classifier<string>>()

/**
 * What a text is about, by a multinomial logistic regression over its words, fitted to made listings and what is asked of them. "How long does it
 * last?" is about another thing than "how long does it charge?", whatever words they share.
 */
export function aboutOf(
  text: string,
  role: Role,
  lexicon: Lexicon,
  isLeftOut: (word: string) => boolean = () => false,
): About {
  const lines = lexicon.language.listingLines
  const classifier = fitted.get(lines) ?? fit(lexicon)
  fitted.set(lines, classifier)
  const features = featuresOf(text, role, lexicon, isLeftOut)
  return features.some(
    (feature) => (!feature.startsWith('=') || feature === '=country') && classifier.knows(feature),
  )
    ? classifier.probabilities(features)
    : null
}

interface Example {
  kind: string
  features: string[]
}

const read = new WeakMap<readonly string[], readonly Example[]>()

/** The examples of a language: English ones serve all of them. */
function examplesIn(lexicon: Lexicon): readonly Example[] {
  const { listingLines } = lexicon.language
  const known = read.get(listingLines)
  if (known) return known
  const found = listingExamples(lexicon.language).flatMap((listing) => examplesOf(listing, lexicon))
  read.set(listingLines, found)
  return found
}

/** Examples of the language, and English ones: columns of feeds are called in it, too. */
function fit(lexicon: Lexicon): Classifier<string> {
  const own = lexicon.language.code === english.language.code ? [lexicon] : [lexicon, english]
  const examples = own.flatMap((each) => examplesIn(each))
  return fitClassifier([...new Set(examples.map(({ kind }) => kind))], examples)
}

const examplesOf = ({ fields, sentences, questions }: ListingExample, lexicon: Lexicon): Example[] => [
  ...[...fields, ...sentences].map(({ about, text }) => ({
    kind: about,
    features: featuresOf(text, 'told', lexicon),
  })),
  ...questions.map(({ about, text }) => ({
    kind: about,
    features: featuresOf(text, 'asked', lexicon),
  })),
]

/** Words, their stems and pieces, neighbours, and, alike in both languages (`=`), the measures, phrases and countries that it names or gives. */
function featuresOf(
  text: string,
  role: Role,
  lexicon: Lexicon,
  isLeftOut: (word: string) => boolean = () => false,
): string[] {
  const { language } = lexicon
  const said = lexemesOf(text, language.code).flatMap(({ word, kind }) =>
    kind === 'word' ? withoutElision(word, language.code) : kind === 'number' ? '#' : [],
  )
  const features = new Set<string>([`=${role}`])
  said.forEach((word, at) => {
    if (word === '#' || isLeftOut(word)) return
    if (language.isFunctionWord(word)) {
      if (role === 'asked') features.add(word)
    } else {
      features.add(`~${lexicon.meaning(word)}`)
      // Its beginning and its end are pieces of their own.
      const whole = `<${word}>`
      for (let from = 0; from + pieceLength <= whole.length; from++)
        features.add(`#${whole.slice(from, from + pieceLength)}`)
    }
    const next = said[at + 1]
    if (next !== undefined && next !== '#' && !isLeftOut(next) && role === 'asked')
      features.add(`${word} ${next}`)
  })
  const rest = words(text)
    .flatMap(({ text: word }) => (isLeftOut(word) ? [] : word))
    .join(' ')
  for (const { name } of dimensionsNamed(rest, lexicon)) features.add(`=names ${name}`)
  for (const name of dimensionsGiven(text, lexicon)) features.add(`=gives ${name}`)
  for (const name of role === 'asked'
    ? askedIn(rest, lexicon)
    : askedNames(lexicon).filter((each) => saysOf(each, text, lexicon)))
    features.add(`=says ${name}`)
  if (countriesIn(text, [language.code, english.language.code]).size > 0) features.add('=country')
  if (treatmentsAsked(rest, lexicon).size > 0) features.add('=treats')
  if (role === 'asked' && sideAsked(rest, language) !== null) features.add('=side')
  return [...features]
}

/** What is known of a question and a line by what they are about. */
export interface AboutAnswer {
  aboutSaid: number
  aboutLead: number
  aboutOther: number
}

export const notAbout: AboutAnswer = { aboutSaid: 0, aboutLead: 0, aboutOther: 0 }

const spoken = new WeakMap<readonly string[], ReadonlySet<string>>()

/** The words of content that made questions are put in, by their meanings: what is asked, not of which part of a thing. */
export function wordsOfQuestions(lexicon: Lexicon): ReadonlySet<string> {
  const { language } = lexicon
  const known = spoken.get(language.listingLines)
  if (known) return known
  const found = new Set(
    alikeListings(language).flatMap(({ questions }) =>
      questions.flatMap(({ text }) => saidIn(text, lexicon).map(({ meaning }) => meaning)),
    ),
  )
  spoken.set(language.listingLines, found)
  return found
}

/** How each of some lines answers a question by what both are about. `isOfName`: words that only call the product. */
export function aboutAnswers(
  question: string,
  lines: readonly { text: string }[],
  lexicon: Lexicon,
  isOfName: (word: string) => boolean,
): AboutAnswer[] {
  const asked = aboutOf(question, 'asked', lexicon, isOfName)
  if (asked === null) return lines.map(() => notAbout)
  const told = lines.map(({ text }) => toldIn(text, lexicon))
  const said = told.map((own) => Math.max(...own.map((each) => sharedBy(asked, each))))
  const [best = 0, second = 0] = said.toSorted((a, b) => b - a)
  const sureness = Math.max(...asked.values())
  return told.map((own, at) => {
    const shared = said[at] ?? 0
    return {
      aboutSaid: Math.sqrt(shared),
      aboutLead: Math.sqrt(shared) - Math.sqrt(shared === best ? second : best),
      aboutOther: Math.min(
        ...own.map((each) =>
          each === null ? 0 : sureness * Math.max(...each.values()) * (1 - Math.sqrt(shared)),
        ),
      ),
    }
  })
}

/** Fewer words make no part of a line that tells something of its own. */
const leastWords = 3

/** What a line is about, and what each part of it is: "Holds 2 l, made of glass" tells of two things. */
function toldIn(text: string, lexicon: Lexicon): About[] {
  const parts = text.split(/[,;]\s|\s[–—-]\s/u).filter((part) => words(part).length >= leastWords)
  return [text, ...(parts.length > 1 ? parts : [])].map((part) => aboutOf(part, 'told', lexicon))
}

const sharedBy = (one: ReadonlyMap<string, number>, other: About): number =>
  other === null
    ? 0
    : [...one].reduce(
        (sum, [name, value]) => sum + (name === 'other' ? 0 : value * (other.get(name) ?? 0)),
        0,
      )
