/** Languages that a store may speak (ISO 639-1). One more is a line here, one in `libraries.ts`, and a folder in `data/`. */
export const languageCodes = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'sv'] as const
export type LanguageCode = (typeof languageCodes)[number]

export const languageNames: Record<LanguageCode, string> = {
  en: 'English',
  de: 'German',
  fr: 'French',
  es: 'Spanish',
  it: 'Italian',
  pt: 'Portuguese',
  nl: 'Dutch',
  sv: 'Swedish',
}

/** Languages that write a thing and its kind as one word, the kind last (`Dinkelnudeln` are `Nudeln`), with what may stand between the two. */
export const joinedNouns: Readonly<Partial<Record<LanguageCode, readonly string[]>>> = {
  de: ['', 's', 'n', 'e', 'en', 'es', 'er'],
  nl: ['', 's', 'e', 'en', 'er'],
  sv: ['', 's', 'e', 'a', 'o', 'u'],
}

/** Languages whose adjectives mostly follow the noun: what is asked for stands first, `robe rouge`. */
export const nounFirst: ReadonlySet<LanguageCode> = new Set(['fr', 'es', 'it', 'pt'])
