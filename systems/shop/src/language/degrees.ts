import type { LanguageCode } from './languages.ts'

/** How words are raised to a degree by an ending, in languages that do so. */
const endings: Partial<Record<LanguageCode, { more: readonly string[]; most: readonly string[] }>> = {
  en: { more: ['er'], most: ['est'] },
  de: { more: ['er', 'ere', 'eren', 'eres', 'erer'], most: ['ste', 'sten', 'ster', 'stes', 'esten', 'este'] },
  nl: { more: ['er', 'ere'], most: ['st', 'ste'] },
  sv: { more: ['are'], most: ['ast', 'aste'] },
}
/** Shorter words are raised to nothing. */
const shortest = 3

/** What a word may be a degree of: `easiest` of `easy`, `sweeter` of `sweet`, `wärmste` of `warm`. `isCompared`: also of the lower of the two. */
export function basesOf(word: string, code: LanguageCode, isCompared: boolean): string[] {
  const own = endings[code]
  if (own === undefined) return []
  return [...own.most, ...(isCompared ? own.more : [])].flatMap((ending) => {
    const base = word.endsWith(ending) ? word.slice(0, -ending.length) : ''
    if (base.length < shortest) return []
    const plain = base.normalize('NFD').replaceAll('\u0308', '')
    return [
      base,
      plain,
      ...(code === 'en' || code === 'nl'
        ? [base.replace(/i$/, 'y'), `${base}e`, base.replace(/(.)\1$/, '$1')]
        : []),
    ]
  })
}
