import type { LanguageCode } from './languages.ts'

/** `can't` and `cannot` as `can not`, `won't` as `will not`, `doesn’t` as `does not`: what is denied must not be read as said. */
export function expandContractions(text: string, code: LanguageCode): string {
  if (code !== 'en') return text
  return text
    .replaceAll(/\bcan(?:['’]t|not)\b/gi, 'can not')
    .replaceAll(/\bwon['’]t\b/gi, 'will not')
    .replaceAll(/n['’]t\b/gi, ' not')
}

/** `hes` and `he's` as `he is`, `im` as `i am`, `dont` as `do not`, `gonna` as `going to`: as people write in haste. */
export function expandHasty(text: string, code: LanguageCode): string {
  if (code !== 'en') return text
  return text
    .replaceAll(/\b(he|she)['’]?s\b/gi, '$1 is')
    .replaceAll(/\b(it|there|that|who)['’]s\b/gi, '$1 is')
    .replaceAll(/\btheres\b/gi, 'there is')
    .replaceAll(/\bi['’]?m\b/gi, 'i am')
    .replaceAll(/\b(i|they|we|you)['’]?ve\b/gi, '$1 have')
    .replaceAll(/\bwe['’]re\b/gi, 'we are')
    .replaceAll(/\b(they|you)['’]?re\b/gi, '$1 are')
    .replaceAll(/\b(?:cant|can not)\b/gi, 'can not')
    .replaceAll(/\bwont\b/gi, 'will not')
    .replaceAll(/\b(do|does|did|is|are|was|would|could|should|has|have)nt\b/gi, '$1 not')
    .replaceAll(/\bgonna\b/gi, 'going to')
    .replaceAll(/\bwanna\b/gi, 'want to')
}
