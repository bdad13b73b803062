import type { Atom } from '../facts/condition.ts'
import { shown, whole } from '../facts/expression.ts'
import { allOf } from '../resolve/conditions.ts'
import { placesOf } from '../resolve/places.ts'
import type { Answer } from './observation.ts'

/** What shows who calls, by its name. */
export const isPlainPart = /^(?:header|cookie|query)\.[\w-]+$/

/** `Optional` of Java: whether there is one. */
const heldBy =
  /^(?:header|cookie|query)\.[\w-]+(?:\.\w+\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))*\.(isPresent|isEmpty)\(\)$/

/** A part of what shows who calls, which there is only where that is shown: `header.authorization.slice(6)`, `header.authorization.split(" ")[1]`. */
const takenOf =
  /^(?:header|cookie|query)\.[\w-]+((?:\??\.\w+\((?:[^()"]|"[^"]*")*\)|\[[-\d:]+\]|\??\.(?:value|\d+))+)$/
/** A test that nothing stands. */
const standsFor = /\.(?:startsWith|startswith|endsWith|includes|match|test)\((?=[^)]*\w)[^()]*\)$/

/** What holds only of what is shown: it begins so, or has text. */
const begins =
  /^(?:strings\.(?:HasPrefix|CutPrefix)\((?:header|cookie|query)\.[\w-]+,|(?:header|cookie|query)\.[\w-]+(?:\.(?:trim|toLowerCase|lower|strip)\(\))*\.(?:startsWith|startswith)\(|(?:\w+\.)*StringUtils\.(?:hasText|hasLength|isNotBlank|isNotEmpty)\((?:header|cookie|query)\.[\w-]+\))/

/** Who calls, where code holds that under a name for it: nobody is there where nothing is shown. */
const whoCalls = /^(?:\w+\.)*(?:\w*[_a-z])?(?:user|account|claims?|principal|identity|member|viewer|caller)$/i

/** What else a request is made of. */
const ofRest = /^(?:body|form|path|query)\b/
/** Python: a pattern, and what of the request has to fit it (docs.python.org, "re"). */
const fits =
  /^re\.(?:match|search|fullmatch)\(("(?:[^"\\]|\\.)*"), (?:header|cookie|query)\.[\w-]+\)(?:\.group\(.*\))?$/

/** `name in header`, as Python asks for one of any name. */
const isIn = /^(?:"[\w-]+"|'[\w-]+'|\w+(?:\.\w+)*) in (?:header|cookie)s?$/

/** Whether an answer comes of what is shown and wrong: who shows nothing is let through. */
export function isOnlyWhenShown(answer: Answer): boolean {
  const rows = allOf(answer.conditions)
  return rows.every(asksForShown)
}

/** Whether all of this only holds where something that shows who calls is there. */
export const asksForShown = (row: readonly Atom[]): boolean => row.some(isShown)

// Whether something only holds where what shows who calls is there.
function isShown(atom: Atom): boolean {
  const { op, value } = atom
  const subject = whole(atom.subject)
  if (op === 'present' && whoCalls.test(shown(atom.subject)) && !ofRest.test(shown(atom.subject))) return true
  if ((op === 'true' || op === 'present') && (isIn.test(subject) || fitsNothing(subject) === false))
    return true
  const isHeld = heldBy.exec(subject)?.[1]
  if ((op === 'true' || op === 'present') && begins.test(subject)) return true
  if (isHeld !== undefined) return isHeld === (op === 'true' ? 'isPresent' : op === 'false' ? 'isEmpty' : '')
  if (isPlainPart.test(atom.subject))
    return op === 'present' || op === 'true' || (op === '!=' && value === '')
  const [, calls] = takenOf.exec(subject) ?? []
  if (op === 'true') return calls !== undefined && standsFor.test(calls)
  const isSomething = op === 'present' || (op === '==' && typeof value === 'string' && value !== '')
  return isSomething && (calls !== undefined || isSetFromShown(atom))
}

// Whether nothing fits a pattern that is asked of what is shown; null where that is not known.
function fitsNothing(subject: string): boolean | null {
  const [, pattern] = fits.exec(subject) ?? []
  if (pattern === undefined) return null
  try {
    return new RegExp(JSON.parse(pattern) as string).test('')
  } catch {
    return null
  }
}

/** A name that is set from a header or a cookie: `const [scheme, token] = req.headers.authorization?.split(' ') ?? []`. */
const setFromShown =
  /^\s*(?:(?:const|let|var)\s+)?(\w+|[[{][^=]*[\]}])(?::[^=]+)?\s*=\s*(?:await\s+)?\(?[\w.()]*\b(?:headers?|cookies?)(?:\??\.\w+|\??\.?\[['"][\w-]+['"]\]|\(['"][\w-]+['"]\))+(.*)$/s
/** What stands in its place where it is missing is nothing too. */
const orNothing = /(?:\?\?|\|\|)\s*(?!\[\s*\]|\{\s*\}|''|""|null\b|undefined\b)\S/

// JavaScript: a variable that is nothing where what shows who calls is missing.
function isSetFromShown(atom: Atom): boolean {
  const name = shown(atom.subject)
  if (!/^\w+$/.test(name)) return false
  return placesOf(atom).some(({ module, start, end }) => {
    if (module.language !== 'javascript') return false
    const [, names = '', rest = ''] = setFromShown.exec(module.text.slice(start, end)) ?? []
    return new RegExp(`(?<!\\w)${name}(?!\\w)`).test(names) && !orNothing.test(rest)
  })
}
