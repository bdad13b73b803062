import type { Atom } from '../facts/condition.ts'

/** What an atom asks, in the form in which it bounds an input. `isNone`: whether it also holds where there is nothing. */
export type PlainAtom = Atom & { isNone?: boolean }

/** Java: whether a text or a list has nothing in it; of what comes first nothing is taken where there is none. */
const emptyItself = /^(.*)\.(?:isEmpty|isBlank)\(\)$/
/** Calls of libraries that ask it of nothing too: Spring's, Guava's, Apache's and lodash's. */
const emptyOrNone =
  /^(?:[\w.]*\.)?(?:StringUtils|Strings|CollectionUtils|ObjectUtils|ListUtils|_|lodash)\.(?:isEmpty|isBlank|isNullOrEmpty|isNullOrBlank|isEmptyOrNull|isEmptyString)\((.*)\)$/
const filled =
  /^(?:[\w.]*\.)?(?:StringUtils|CollectionUtils|ObjectUtils|ListUtils)\.(?:hasText|hasLength|isNotEmpty|isNotBlank)\((.*)\)$/
const isThere = /^(.*)\.(isPresent|isEmpty)\(\)$/
/** A question that code asks by a call, as the comparison that it stands for: whether a text is empty, or there. */
export function askedPlainly(atom: Atom): PlainAtom {
  const { subject, op } = atom
  if (op !== 'true' && op !== 'false') return atom
  const isTrue = op === 'true'
  const none = emptyOrNone.exec(subject)?.[1]
  if (none !== undefined && isOne(none))
    return isTrue ? { subject: none, op: '==', value: '', isNone: true } : { subject: none, op: 'present' }
  const some = filled.exec(subject)?.[1]
  if (some !== undefined && isOne(some))
    return isTrue ? { subject: some, op: 'present' } : { subject: some, op: '==', value: '', isNone: true }
  const given = isThere.exec(subject)
  if (given?.[1] !== undefined && given[2] === 'isPresent')
    return { subject: given[1], op: isTrue ? 'present' : 'absent' }
  const empty = emptyItself.exec(subject)?.[1]
  if (empty !== undefined) return { subject: empty, op: isTrue ? '==' : '!=', value: '', isNone: false }
  return atom
}

// One argument: no comma outside of brackets and texts.
function isOne(args: string): boolean {
  let depth = 0
  for (const [sign] of args.matchAll(/"(?:[^"\\]|\\.)*"|./g)) {
    if (sign === '(' || sign === '[') depth++
    if (sign === ')' || sign === ']') depth--
    if (depth < 0 || (depth === 0 && sign === ',')) return false
  }
  return depth === 0
}
