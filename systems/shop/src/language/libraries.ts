import { stemmer as dutch } from '@orama/stemmers/dutch'
import { stemmer as english } from '@orama/stemmers/english'
import { stemmer as french } from '@orama/stemmers/french'
import { stemmer as german } from '@orama/stemmers/german'
import { stemmer as italian } from '@orama/stemmers/italian'
import { stemmer as portuguese } from '@orama/stemmers/portuguese'
import { stemmer as spanish } from '@orama/stemmers/spanish'
import { stemmer as swedish } from '@orama/stemmers/swedish'
import { stopwords as dutchStops } from '@orama/stopwords/dutch'
import { stopwords as englishStops } from '@orama/stopwords/english'
import { stopwords as frenchStops } from '@orama/stopwords/french'
import { stopwords as germanStops } from '@orama/stopwords/german'
import { stopwords as italianStops } from '@orama/stopwords/italian'
import { stopwords as portugueseStops } from '@orama/stopwords/portuguese'
import { stopwords as spanishStops } from '@orama/stopwords/spanish'
import { stopwords as swedishStops } from '@orama/stopwords/swedish'
import type { LanguageCode } from './languages.ts'

/** Snowball's stemmers (snowballstem.org) and lists of function words, from Orama's packages. */
export const libraries: Record<
  LanguageCode,
  { stem: (word: string) => string; stopWords: readonly string[] }
> = {
  en: { stem: english, stopWords: englishStops },
  de: { stem: german, stopWords: germanStops },
  fr: { stem: french, stopWords: frenchStops },
  es: { stem: spanish, stopWords: spanishStops },
  it: { stem: italian, stopWords: italianStops },
  pt: { stem: portuguese, stopWords: portugueseStops },
  nl: { stem: dutch, stopWords: dutchStops },
  sv: { stem: swedish, stopWords: swedishStops },
}
