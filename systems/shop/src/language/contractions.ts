import type { LanguageCode } from './languages.ts'

/** `can't` and `cannot` as `can not`, `won't` as `will not`, `doesn’t` as `does not`: what is denied must not be read as said. */
export function expandContractions(text: string, code: LanguageCode): string {
  if (code !== 'en') return text
  return text
    .replaceAll(/\bcan(?:['’]t|not)\b/gi, 'can not')
    .replaceAll(/\bwon['’]t\b/gi, 'will not')
    .replaceAll(/n['’]t\b/gi, ' not')
}
