import { withoutElision } from '../../language/elision.ts'
import { fold } from '../../language/fold.ts'
import type { Language } from '../../language/language.ts'
import type { LanguageCode } from '../../language/languages.ts'
import { measure } from './units.ts'

/** One place in a text. `forms` are the ways to write what stands there; the first is the one to show. */
export interface Place {
  forms: string[]
  kind: 'word' | 'number' | 'measure' | 'model'
  /** Index of the place; hyphenated parts and slashed lists take one place each. */
  position: number
  /** True after a comma, semicolon, bracket or full stop: what stands before is another clause. */
  clauseStart: boolean
}

const pattern =
  /(\d+(?:\.\d+)?(?:\s*[/x*-]\s*\d+(?:\.\d+)?)*)\s*("|%|[a-z]+(?![a-z0-9]))?|[a-z][a-z0-9]*(?:'[a-z]+)?(?:[-&][a-z0-9]+)*\+*|[\p{L}\p{N}]+|[,;:.()[\]|!?]/gu

const separators = ',;:.()[]|!?'

/**
 * Reads a text as the places of an index: apostrophes off (`women's` → `woman` once stemmed), hyphens opened and also joined
 * (`t-shirt` → `tshirt`), numbers joined to their unit in one canonical form (`12"`, `12 inches` → `12inch`),
 * lists and dimensions opened (`20/22mm`, `10x12 cm`), letters and digits split where they meet (`iphone14`).
 */
export function readPlaces(text: string, language: Language): Place[] {
  const source = splitGlued(fold(withoutElision(text, language.code))).replace(/(\d),(?=\d{3}(?!\d))/g, '$1')
  const places: Place[] = []
  let position = 0
  let clauseStart = true
  const push = (forms: string[], kind: Place['kind']): void => {
    places.push({ forms: forms.length > 1 ? [...new Set(forms)] : forms, kind, position, clauseStart })
    position += 1
    clauseStart = false
  }
  pattern.lastIndex = 0
  for (let match = pattern.exec(source); match !== null; match = pattern.exec(source)) {
    const [whole, numbers, after] = match
    if (numbers !== undefined) {
      const attached = after !== undefined && !/\s/.test(whole.slice(numbers.length, numbers.length + 1))
      const used = pushNumbers(numbers, after, attached, push, language.code)
      if (!used && after !== undefined) pattern.lastIndex -= after.length
      continue
    }
    if (whole.length === 1 && separators.includes(whole)) {
      clauseStart = true
      continue
    }
    if (/^[a-z]+$/.test(whole)) push([whole], 'word')
    else pushWord(whole, language, push)
  }
  return places
}

type Push = (forms: string[], kind: Place['kind']) => void

/** `5-in-1`, `2 in 1` and the like are one word to a shopper; emoji and the like separate words. */
function splitGlued(text: string): string {
  return text
    .replace(/(\d+)\s*[- ]?\s*in\s*[- ]?\s*(\d+)(?!\d|\s*(?:inch|cm|mm))/g, ' in$1to$2 ')
    .replace(/(\d)\s*-\s*(?=[a-z]{2,})/g, '$1 ')
    .replace(/([a-z])\s*\+(?!\w)/g, '$1 plus ')
}

/** Returns whether `after` was used up as a unit. */
function pushNumbers(
  numbers: string,
  after: string | undefined,
  attached: boolean,
  push: Push,
  language: LanguageCode,
): boolean {
  const parts = numbers.split(/\s*[/x*-]\s*/)
  const unit = after !== undefined && measure('1', after, attached, language) !== null ? after : null
  const fraction = parts.length === 2 && /^\d+\/\d+$/.test(numbers)
  if (after !== undefined && unit === null && attached && parts.length === 1) {
    // `3d`, `4k`, `5g`, `50pro`: a model-like token.
    const forms = [numbers + after]
    if (after.length > 2) forms.push(numbers, after)
    push(forms, 'model')
    return true
  }
  parts.forEach((part, index) => {
    const value = String(Number(part))
    const forms: string[] = []
    if (unit !== null) {
      const measured = measure(value, unit, true, language)
      if (measured !== null) forms.push(measured)
      // "m4", "5l", "2a" are as often models as measures.
      if (attached && unit.length === 1 && parts.length === 1) forms.push(value + unit)
    }
    if (index === 0 && fraction)
      forms.unshift(
        unit === null ? numbers : `${numbers}${measure('1', unit, true, language)?.slice(1) ?? ''}`,
        numbers,
      )
    forms.push(value)
    push(forms, unit === null ? 'number' : 'measure')
  })
  return unit !== null
}

function pushWord(whole: string, language: Language, push: Push): void {
  const word = whole
    .replace(/'(?:s|t|re|ve|ll|d|m)?$/, '')
    .replace(/'/g, '')
    .replace(/\++$/, '')
  if (word === '') return
  const combo = /^in(\d+)to(\d+)$/.exec(word)
  if (combo !== null) return push([`${combo[1]}in${combo[2]}`], 'model')
  const parts = word.split(/[-&]/).filter((part) => part !== '')
  if (parts.length === 1) return pushPart(parts[0] ?? word, [], push)
  const joined = parts.join('')
  // Parts of one letter (t-shirt, x-ray, e-bike) mean nothing alone.
  const meaningful = parts.filter((part) => part.length > 1)
  if (meaningful.length < parts.length) {
    push([joined, ...meaningful], /\d/.test(joined) ? 'model' : 'word')
    return
  }
  parts.forEach((part, index) => {
    // In `over-ear` and `on-ear` the small word is what tells them apart, so it stands for the whole.
    if (index === 0 && language.isFunctionWord(part)) push([joined], 'word')
    else pushPart(part, index === 0 ? [joined] : [], push)
  })
}

function pushPart(part: string, also: string[], push: Push): void {
  if (!/\d/.test(part)) return push([part, ...also], 'word')
  const pieces = part.match(/[a-z]+|\d+/g) ?? []
  const long = pieces.filter((piece) => piece.length > 2 || (/\d/.test(piece) && piece.length > 1))
  push([part, ...(pieces.length === 2 ? long : []), ...also], 'model')
}
