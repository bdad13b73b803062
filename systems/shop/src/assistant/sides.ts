import { fold } from '../language/fold.ts'
import type { Language } from '../language/language.ts'
import { sidesOf } from '../language/sides.ts'
import type { Side } from '../language/sides.ts'
import type { Evidence } from '../domain/answer.ts'
import { words } from './words.ts'

/** What a listing says of a side: its size; sizes of which it does not say which is which; or a sentence that speaks of it. */
export type SideAnswer =
  | { kind: 'stated'; said: string; evidence: Evidence }
  | { kind: 'unordered'; said: string; evidence: Evidence }
  | { kind: 'quoted'; said: string; evidence: Evidence }

/** The side whose size a question asks for ("how tall is it?"); null where it asks for none. */
export function sideAsked(question: string, language: Language): string | null {
  const asked = words(question).map(({ text }) => fold(text))
  // "How long does it take?" asks for a time.
  if (asked.length > 8 || asked.some((word) => /^(?:take|takes|last|lasts)$/.test(word))) return null
  const found = sidesOf(language).filter(({ words: said }) => asked.some((word) => said.has(word)))
  return found.length === 1 && found[0] ? found[0].name : null
}

const unit = /^(?:mm|cm|m|in|inch|inches|ft|feet|["″”])$/i
const tokenPattern = /\d+(?:[.,]\d+)?|[\p{L}ø]+|["″”×*]|[^\s\p{L}\d]/gu

/** One number of a text with its unit and the side that stands right beside it, where either does. */
interface Size {
  said: string
  unit: string | null
  side: string | null
  /** `Height: 75 cm`. */
  isLabelled: boolean
  /** Place of its first token. */
  from: number
  to: number
}

/** What some passages of a listing say of a side; null where they say nothing of it. */
export function sideIn(name: string, evidence: readonly Evidence[], language: Language): SideAnswer | null {
  const sides = sidesOf(language)
  let quoted: SideAnswer | null = null
  let unordered: SideAnswer | null = null
  for (const one of evidence) {
    const tokens = tokensOf(one.text)
    const runs = runsOf(tokens, sides)
    const lastUnit = runs.flat().findLast((size) => size.unit !== null)?.unit ?? null
    // Sizes of several choices: which of them is meant is for the shopper to say.
    if (runs.filter((run) => run.length > 1).length > 1) {
      quoted ??= { kind: 'quoted', said: one.text, evidence: one }
      continue
    }
    for (const run of runs) {
      const order =
        run.length > 1 && run.every(({ side }) => side === null) ? orderIn(tokens, sides, run.length) : null
      const found = run.find((size, at) => (order?.[at] ?? size.side) === name)
      const unitOf = found?.unit ?? run.findLast((size) => size.unit !== null)?.unit ?? lastUnit
      // A column that is called so states it, be it without a unit.
      const isColumn = one.kind === 'attribute' && found?.isLabelled === true
      if (found && (unitOf !== null || isColumn)) {
        // "The cable is 2 m long" tells the length of a cable: a sentence is told as it stands.
        if (
          run.length === 1 &&
          one.kind === 'listing' &&
          found.side !== null &&
          !found.isLabelled &&
          !isBare(tokens, found)
        )
          quoted ??= { kind: 'quoted', said: one.text, evidence: one }
        else return { kind: 'stated', said: withUnit(found.said, unitOf), evidence: one }
      } else if (
        run.length > 1 &&
        order === null &&
        run.every(({ side }) => side === null) &&
        unitOf !== null
      ) {
        const sizes = run.map(({ said }) => said).join(' × ')
        unordered ??= { kind: 'unordered', said: withUnit(sizes, unitOf), evidence: one }
      }
    }
    if (quoted === null && isNamedNearby(name, tokens, runs.flat(), sides))
      quoted = { kind: 'quoted', said: one.text, evidence: one }
  }
  return quoted ?? unordered
}

const withUnit = (size: string, said: string | null): string =>
  said === null ? size : /["″”]/.test(said) ? `${size}${said}` : `${size} ${said}`

/** `HxWxD` comes apart as `H x W x D` does. */
const tokensOf = (text: string): string[] =>
  (text.match(tokenPattern) ?? []).flatMap((token) =>
    /^\p{L}(?:x\p{L}){1,2}$/iu.test(token) ? token.split('') : [token],
  )

const isCross = (token: string | undefined): boolean => token !== undefined && /^[x×*]$/i.test(token)

function sideOf(token: string | undefined, sides: readonly Side[]): string | null {
  if (token === undefined) return null
  const word = fold(token)
  return sides.find((side) => side.words.has(word) || side.letters.has(word))?.name ?? null
}

/** The numbers of a text, those that a cross joins together: `180 x 80 x 30 cm` is one run of three. */
function runsOf(tokens: readonly string[], sides: readonly Side[]): Size[][] {
  const runs: Size[][] = []
  let taken = 0
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] ?? ''
    if (!/^\d/.test(token)) continue
    const before = tokens[at - 1]
    const isJoint = before !== undefined && /^[:=.]$/.test(before)
    const label = at - (isJoint ? 2 : 1)
    let side = label >= taken ? sideOf(tokens[label], sides) : null
    let to = at + 1
    let own = unit.test(tokens[to] ?? '') ? (tokens[to++] ?? null) : null
    const opened = tokens[to] === '(' ? to + 1 : to
    // `30 cm (H x W x D)` is no 30 cm of height.
    const isOne = opened === to || tokens[opened + 1] === ')'
    const after = side === null && isOne ? sideOf(tokens[opened], sides) : null
    if (after !== null) {
      side = after
      to = opened + 1
      if (own === null && unit.test(tokens[to] ?? '')) own = tokens[to++] ?? null
    }
    const size: Size = {
      said: token,
      unit: own,
      side,
      from: side !== null && after === null ? label : at,
      isLabelled: isJoint && side !== null && after === null,
      to,
    }
    const last = runs.at(-1)
    const previous = last?.at(-1)
    const isJoined = previous !== undefined && size.from - previous.to === 1 && isCross(tokens[previous.to])
    if (last && isJoined) last.push(size)
    else runs.push([size])
    taken = to
  }
  return runs
}

/** `(H x W x D)`: the sides in the order that a text itself says; null where it says none of that many. */
function orderIn(tokens: readonly string[], sides: readonly Side[], count: number): (string | null)[] | null {
  for (let at = 0; at < tokens.length; at++) {
    const names = Array.from({ length: count }, (_, n) => sideOf(tokens[at + n * 2], sides))
    const isList = names.every((name, n) => name !== null && (n === 0 || isCross(tokens[at + n * 2 - 1])))
    if (isList) return names
  }
  return null
}

/** Whether the size stands for itself ("H 180 W 80 cm"), and is none of a sentence with a subject of its own. */
const isBare = (tokens: readonly string[], { from }: Size): boolean =>
  tokens.slice(0, from).every((token) => token.length === 1 || /^\d/.test(token) || unit.test(token))

/** "The seat height goes from 44 to 56 cm": the side's own word within three words of a number with a unit. */
function isNamedNearby(
  name: string,
  tokens: readonly string[],
  sizes: readonly Size[],
  sides: readonly Side[],
): boolean {
  const side = sides.find((one) => one.name === name)
  return sizes.some(({ from, unit: own }) => {
    if (own === null && !sizes.some((size) => size.unit !== null)) return false
    const before = tokens.slice(Math.max(0, from - 4), from)
    const near = before.slice(before.findLastIndex((token) => /^[,;.]$/.test(token)) + 1)
    return near.some((token) => side?.words.has(fold(token)) === true)
  })
}
