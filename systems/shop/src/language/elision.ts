import type { LanguageCode } from './languages.ts'

/** A little word that lost its vowel before the next: "l'huile", "dell'olio", "qu'il". */
const little =
  /(?<![\p{L}\p{N}])(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|un|(?:d[ae]|ne|su|a|que|be)ll)['’](?=\p{L})/giu

const eliding: ReadonlySet<LanguageCode> = new Set(['fr', 'it'])

/** A text of a language that elides without what was elided: "savon huile olive" of "savon à l'huile d'olive" but for the little words. */
export const withoutElision = (text: string, code: LanguageCode): string =>
  eliding.has(code) ? text.replace(little, '') : text
