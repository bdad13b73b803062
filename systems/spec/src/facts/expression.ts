/*
 * Expressions of the code as facts have them. A long one is shown in part, with a number that stands for the whole of it: `‹find(…).name#123›`.
 */

import { keeping } from './keeping.ts'

const maxShown = 80
/** Of a longer one as many are shown, if that spares to leave out what it is given. */
const maxFolded = 110
const cut = /‹([^‹›]*)(#\d+)›/g
/** The same long expressions come up over and over while code runs. */
const known = new Map<string, string>()
const maxKnown = 5000
const maxCached = 2000

/** Code as it would stand in one line, however a formatter broke and quoted it. */
export const inOneLine = keeping((code) =>
  code
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/(?<=[([{]) | (?=[)\]}])| (?=\.\w)|,(?= ?[)\]}])/g, '')
    .replaceAll(/'([^'"\\]*)'/g, '"$1"'),
)

/** An expression in one line of about 80 characters: the same for the same one, and for one with other names of variables; another for any other. */
export function shortened(text: string): string {
  if (text.length <= maxShown) return text
  const found = known.get(text)
  if (found !== undefined) return found
  const all = shown(text)
  // What is longer by the marks of its parts alone stays whole.
  const made = all.length <= maxShown ? text : kept(`‹${folded(all)}#${hash(nameless(text))}›`, text)
  if (text.length > maxCached) return made
  if (known.size >= maxKnown) known.clear()
  known.set(text, made)
  return made
}

/**
 * A long expression with `…` for what stands between brackets, the longest first: what is called and read, and above all what comes last, is what people
 * have to see. One that is long without brackets is shown by its end.
 */
function folded(text: string): string {
  let all = text
  while (all.length > maxFolded) {
    const group = longestOf(all, innermost) ?? longestOf(all, foldedWithin)
    if (!group) {
      const end = all.slice(2 - maxFolded)
      return `…${end.slice(Math.max(0, end.search(/(?<=\w)[.\s]/)))}`
    }
    all = `${all.slice(0, group.index + 1)}…${all.slice(group.index + group[0].length - 1)}`
  }
  return all
}

/** Brackets with no others in them, and with none but those that are folded. */
const innermost = /[([{][^()[\]{}]{2,}[)\]}]/g
const foldedWithin = /[([{](?!…?[)\]}])(?:[^()[\]{}]|[([{]…?[)\]}])+[)\]}]/g

const longestOf = (text: string, groups: RegExp): RegExpExecArray | null =>
  [...text.matchAll(groups)].reduce<RegExpExecArray | null>(
    (best, one) => (best && best[0].length >= one[0].length ? best : one),
    null,
  )

/** An expression that is shown by what code calls it: `text` is the whole of it. */
export const namedAs = (name: string, text: string): string => kept(`‹${name}#${hash(nameless(text))}›`, text)

/** Shows of a test, which people could not read or find, that there is one and the function that it stands in. */
export const aTestIn = (symbol: string): string => `a test in ${symbol}`

/** The function that a test stands in which is not told; null of an expression that is. */
export const untoldIn = (text: string): string | null => /^a test in (.+)$/.exec(shown(text))?.[1] ?? null

/** Shows an expression with the function whose variables it asks of. */
export const askedIn = (text: string, symbol: string): string => `${text} within ${symbol}`

/** An expression without the function whose variables it asks of, and that function. */
export function partedIn(text: string): { text: string; symbol: string | null } {
  const [, of, symbol] = /^([^]+) within (\S+)$/.exec(shown(text)) ?? []
  return of === undefined || symbol === undefined ? { text, symbol: null } : { text: of, symbol }
}

/** The same for an expression however it is shown. */
export const identityOf = (text: string): string =>
  /^‹[^‹›]*(#\d+)›$/.exec(text)?.[1] ?? `#${hash(nameless(text))}`

/** What variables are shown by: what the code gave them. */
const sourced = new Set<string>()

/** Shows a variable by what the code gave it, until `forgetSources`: outside of its function it is no more than its name. */
export function bySource(gives: string): string {
  sourced.add(gives)
  return gives
}

export const forgetSources = (): void => sourced.clear()

/** Whether an expression is shown by the name of a variable, or by what code gave that, and by nothing else. */
export function isVariable(text: string): boolean {
  const name = /^‹([^‹›]+)#\d+›$/.exec(text)?.[1] ?? ''
  return /^\w+$/.test(name) || sourced.has(name)
}

/** What expressions that are shown in part read of a request, by how they are shown. */
const wholes = new Map<string, string>()

function kept(part: string, text: string): string {
  if (!/\b(?:header|cookie|query)\./.test(text)) return part
  if (wholes.size >= maxKnown) {
    wholes.clear()
    known.clear()
  }
  wholes.set(part, text)
  return part
}

/** All of an expression, where what is shown in part reads headers, cookies or the query. */
export function whole(text: string, depth = 0): string {
  if (depth > 4 || !text.includes('‹')) return text
  const found = text.replaceAll(cut, (part) => wholes.get(part) ?? part)
  return found === text ? text : whole(found, depth + 1)
}

/**
 * Whether people can read what an expression asks, as it is shown: not where it is cut more than once or at an end, may be one of several things, has
 * functions written in it, or is a constant of the code (a text, a list of texts, a class), which asks nothing.
 */
export const isReadable = (text: string): boolean =>
  (text.match(/…/g)?.length ?? 0) <= 1 &&
  !/^…|…$/.test(text) &&
  // What a function gave that a decorator wraps has no name.
  !text.includes('@passed') &&
  // Nor is a text an expression: a right, a key.
  !/^[a-z][\w-]*(?::[\w-]+)+$/.test(text) &&
  // Nor has a part that nobody knows which it is.
  !text.includes('[?]') &&
  // What nothing has, nobody asks.
  !/(?:^|[^\w.])null\.|(?:^|[^\w.])(?:null|true|false)\(\)/.test(text) &&
  // Nor does anybody ask of a request which class the code has a thing of.
  !/\.get(?:Class|ReturnType|Parameter(?:Count|Types)|Declared\w+)\(/.test(text) &&
  // Or which fields it has, and what is written beside them.
  !/\.Tag\.(?:Get|Lookup)\(/.test(text) &&
  !/\breflect\.(?:Indirect|TypeOf|ValueOf)\(.*\)\.(?:Elem|Field|Kind|Num|Type)/.test(text) &&
  // What is made there is there; and without a key nothing is looked for.
  !/(?:^|\.)(?:New\w*Error|Errorf|errors\.New)\(|\[null\]/.test(text) &&
  !/ \| |\$\{(?![\w.]+\})|\bfunction\b|^\{|\{\}|\[\]/.test(text) &&
  // A list that is cut says neither what it is of nor what is in it.
  !text.startsWith('[…]') &&
  !/^(?:"[^"]*"|-?\d+(?:\.\d+)?|\[(?:"[^"]*"(?:, )?)*\]|[A-Z][A-Za-z]*|_?ok\d*|err\d*)$/.test(text)

/** As people read it. */
export const shown = (text: string): string => (text.includes('‹') ? shownOf(text) : text)

const shownOf = keeping((text) => text.replaceAll(cut, '$1'))

// FNV-1a in 32 bits: digits alone, so that no name is found in it.
function hash(text: string): number {
  let sum = 0x811c9dc5
  for (let at = 0; at < text.length; at++) sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193)
  return sum >>> 0
}

/**
 * An expression of the code without the names that its author may change at will: variables and functions. What is read of them
 * (`.isActive`), values, and the request's own names stay.
 */
export const nameless = (text: string): string => namelessOf(text)

const namelessOf = keeping((given) => {
  const subject = given.replaceAll(cut, '$2')
  // A schema's name is its author's.
  if (ofRequest.test(subject)) return subject.replace(/(?<= fits )[A-Z]\w*$/, '$1')
  const names = new Map<string, string>()
  return subject.replaceAll(
    // A package may have dashes in its name: `jwt-go.Parse`.
    /"(?:[^"\\]|\\.)*"|(?<![.\w"'])([A-Za-z_$](?:[\w$]|-(?=[\w-]+\.))*)(\s*\()?/g,
    (all, name: string | undefined, call: string | undefined, at: number) => {
      if (
        name === undefined ||
        /^(?:true|false|null|None|undefined|nil|not|and|or|in|is|typeof|new)$/.test(name) ||
        ofRequest.test(subject.slice(at))
      )
        return all
      const known = names.get(name) ?? `$${names.size + 1}`
      names.set(name, known)
      return `${known}${call ?? ''}`
    },
  )
})

/** A part of the request, and not what a variable of that name does. */
const ofRequest = /^(?:path|query|header|cookie|form|body)\b(?!\.\w+\(|\()/
