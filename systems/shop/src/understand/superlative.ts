import { anyOf, grammarOf } from '../language/grammar.ts'
import { askedWhich, asksWhich } from '../language/asking.ts'
import { fold } from '../language/fold.ts'
import { languageOf } from '../language/language.ts'
import { lexemesOf } from '../language/lexemes.ts'
import type { LanguageCode } from '../language/languages.ts'
import { findOrder } from './order.ts'
import { placeOf } from './ordinal.ts'

/** Words that end as superlatives of a language do, and what stands before them there: "am leisesten", "het stilst", "den tystaste". */
const byForm: Partial<Record<LanguageCode, { lead: RegExp | null; form: RegExp }>> = {
  en: { lead: null, form: /^[a-z]{3,}est$/ },
  de: { lead: /^(?:am|der|die|das|den|dem)$/, form: /^\p{L}{2,}(?:st|sst|ßt|zt)e[nrsm]?$/u },
  nl: { lead: /^(?:de|het|is|zijn)$/, form: /^\p{L}{3,}ste?$/u },
  sv: { lead: /^(?:den|det|de|är|som)$/, form: /^\p{L}{2,}(?:ast|aste|sta|rst|gst)$/u },
}

/** "Which of them weighs more": where one of several is asked for, a comparative asks for the most. */
const comparatives: Record<LanguageCode, RegExp> = {
  en: /^(?:more|less|better|cheaper|lighter|heavier)$/,
  de: /^(?:mehr|weniger|besser|\p{L}{3,}er)$/u,
  fr: /^(?:plus|moins|mieux|meilleure?s?)$/,
  es: /^(?:mas|menos|mejor|mayor|menor)$/,
  it: /^(?:piu|meno|meglio|migliore?|maggiore|minore)$/,
  pt: /^(?:mais|menos|melhor|maior|menor)$/,
  nl: /^(?:meer|minder|beter|\p{L}{3,}er)$/u,
  sv: /^(?:mer|mindre|battre|storre|\p{L}{3,}are)$/u,
}

/** English in the words of everybody who compares: "costs less", "the most durable", "worst". */
const english =
  /\b(?:best|worst|(?:the )?(?:most|least) [a-z]+|(?:costs?|weighs?) (?:less|more|least|most)|cheaper|lighter|heavier|better)\b/i

/** Whether a message asks for what has the most or the least of something: "the quietest", "le plus léger", "welches hat den größten Akku". */
export function isSuperlative(text: string, code: LanguageCode): boolean {
  if (code === 'en' && english.test(text)) return true
  const lexemes = lexemesOf(text, code)
  const form = byForm[code]
  const isFormed = lexemes.some(
    ({ word }, at) =>
      form?.form.test(word) === true &&
      placeOf(word, code) === null &&
      (form.lead === null || asksWhich(text, code) || form.lead.test(lexemes[at - 1]?.word ?? '')),
  )
  if (isFormed || findOrder(text, code) !== null) return true
  const { most, least, best } = grammarOf(code)
  if (code !== 'en' && new RegExp(anyOf([...most, ...least, ...best]), 'iu').test(text)) return true
  const measured = measuring(code)
  return (
    asksWhich(text, code) && lexemes.some(({ word }) => comparatives[code].test(word) || measured.has(word))
  )
}

const known = new Map<LanguageCode, ReadonlySet<string>>()

/** Words for more or less of a measure: "higher", "höhere". */
function measuring(code: LanguageCode): ReadonlySet<string> {
  const found =
    known.get(code) ??
    new Set(
      languageOf(code)
        .comparativeLines.flatMap((line) => line.slice(line.indexOf('=') + 1).split(','))
        .map((word) => fold(word.trim())),
    )
  known.set(code, found)
  return found
}

/** The deed of which somebody asks what does it the most or the least: `uses` of "which uses less power?". Null where a message asks for none. */
export function deedCompared(text: string, code: LanguageCode): string | null {
  const asked = askedWhich(text, code)
  if (asked === null) return null
  const said = lexemesOf(text, code).map(({ word }) => word)
  const { the, most, least } = grammarOf(code)
  const isArticle = (word: string) => the.some((article) => fold(article) === word)
  const next = said.slice(said.indexOf(asked) + 1).find((word) => !isArticle(word)) ?? ''
  const isCompared =
    comparatives[code].test(next) || [...most, ...least].some((phrase) => fold(phrase) === next)
  return isCompared ? asked : null
}
