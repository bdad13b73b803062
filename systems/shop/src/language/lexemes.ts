import { fold } from './fold.ts'
import { grammarOf } from './grammar.ts'
import { languageOf } from './language.ts'
import type { LanguageCode } from './languages.ts'

/** A word, number or sign of a text, with where it stood. */
export interface Lexeme {
  /** Folded, without possessives: `Women's` → `women`, `Café` → `cafe`. Numbers and signs as they are. */
  word: string
  kind: 'word' | 'number' | 'sign'
  start: number
  end: number
  /** Whether something that ends a phrase (comma, stop, line end) stands before it. */
  breakBefore: boolean
  /** Whether nothing at all stands between it and the one before: `5` and `mm` in `5mm`. */
  joined: boolean
  /** Whether only a hyphen stands between it and the one before: `pull` in `no-pull`. */
  hyphenated: boolean
}

const pattern =
  /\d+(?:[.,]\d+)*(?:\/\d+)?|[\p{L}\p{M}][\p{L}\p{M}\p{N}]*(?:['’](?:s|m|re|ve|ll|d|t)?(?![\p{L}\p{N}]))?|[+%"″”$€£₱¥₹<>≤≥~&#]/gu
const breakPattern = /[,;!?|\n]|\.(?:\s|$)|\s[-–—]\s/

/** Splits a text. Numbers part from letters that follow (`500ml`), not from letters before (`a7`). */
export function lexemesOf(text: string, code: LanguageCode = 'en'): Lexeme[] {
  const lexemes: Lexeme[] = []
  const free = freeEnding(code)
  let lastEnd = 0
  for (const match of text.matchAll(pattern)) {
    const raw = match[0]
    const start = match.index
    const end = start + raw.length
    const first = raw.charCodeAt(0)
    const kind = first >= 48 && first <= 57 ? 'number' : /^[\p{L}\p{M}]/u.test(raw) ? 'word' : 'sign'
    const gap = text.slice(lastEnd, start)
    lexemes.push({
      word: kind === 'word' ? fold(raw).replace(/'(?:s|m|re|ve|ll|d|t)?$/, '') : raw,
      kind,
      start,
      end,
      breakBefore: lexemes.length > 0 && breakPattern.test(gap),
      joined: lexemes.length > 0 && gap === '',
      hyphenated: lexemes.length > 0 && /^[-‐‑]$/.test(gap),
    })
    if (free !== null && kind === 'word') splitFree(lexemes, free)
    joinRequest(lexemes, code)
    lastEnd = end
  }
  return lexemes
}

/** `Montre-moi`: a request that is written with a hyphen is one word, and no watch (`montre`). */
function joinRequest(lexemes: Lexeme[], code: LanguageCode): void {
  const [before, last] = [lexemes.at(-2), lexemes.at(-1)]
  if (before === undefined || !last?.hyphenated) return
  const word = `${before.word}-${last.word}`
  if (languageOf(code).isRequestWord(word)) lexemes.splice(-2, 2, { ...before, word, end: last.end })
}

const endings = new Map<LanguageCode, RegExp | null>()

/** `laktosefreie`: languages that write what something is free of and the word for it as one. */
function freeEnding(code: LanguageCode): RegExp | null {
  if (code !== 'de' && code !== 'nl' && code !== 'sv') return null
  const found =
    endings.get(code) ??
    new RegExp(
      `^(\\p{L}{4,}?)(${grammarOf(code)
        .free.map((word) => fold(word))
        .join('|')})$`,
      'u',
    )
  endings.set(code, found)
  return found
}

function splitFree(lexemes: Lexeme[], pattern: RegExp): void {
  const last = lexemes.at(-1)
  const match = last === undefined ? null : pattern.exec(last.word)
  if (last === undefined || match === null || last.end - last.start !== last.word.length) return
  const [, subject = '', ending = ''] = match
  const at = last.start + subject.length
  lexemes.splice(
    -1,
    1,
    { ...last, word: subject, end: at },
    { ...last, word: ending, start: at, breakBefore: false, joined: true, hyphenated: false },
  )
}
