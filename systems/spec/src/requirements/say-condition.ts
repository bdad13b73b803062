import { withoutImplied } from '../facts/entailed.ts'
import {
  beyondLimit,
  declared,
  isUnknownCaller,
  negateAtom,
  unlessEarlier,
  unsaid,
} from '../facts/condition.ts'
import type { Atom, Condition } from '../facts/condition.ts'
import { isReadable, shown, partedIn, untoldIn } from '../facts/expression.ts'
import { onceFor } from '../facts/once-for.ts'
import { askedWhether, readAs } from './say-known.ts'

const roots: Record<string, string> = {
  path: 'path parameter',
  query: 'query parameter',
  header: 'header',
  cookie: 'cookie',
  form: 'form field',
  body: 'body’s field',
}

/** How a spec says that more has to hold than it tells: two such sentences may be of two cases. */
export const more = 'more that is not told here'
const further = /\bfurther tests? (?:in `[^`]*` )?holds?\b/
/** Whether words leave out what else is asked, so that others of the same words may be of another case. */
export const leavesOut = (words: string): boolean => isUntold(words) || further.test(words)
/** Whether words leave open when they hold. */
export const isUntold = (words: string): boolean =>
  words.includes(more) || /^(?:[A-Z]+ …?\/\S*|any of these operations) is refused$/.test(words)

/** Characters of a condition, and cases in it, past which nobody would check it. */
const maxSaid = 400
const maxCases = 4

/** A condition in words: `the query parameter limit is above 100`; empty where it always holds, and `more` where nothing of it can be told in few words. */
export function sayCondition(condition: Condition): string {
  if (condition.length === 0 || condition.some((row) => row.length === 0)) return ''
  const rows = rowsOf(condition)
  const all = inEachCase(condition) ?? joinedRows(rows)
  return rows.length > maxCases || all.length > maxSaid || rows.includes(more)
    ? [...sayCommon(condition), more].join(' and ')
    : all
}

/** Whether all of a condition can be told, in words that people can read and that are few. */
export function isTold(condition: Condition): boolean {
  if (condition.some((row) => row.length === 0)) return true
  const rows = rowsOf(condition)
  return (
    !condition.some(
      (row) => row.some(isOpen) || deniesItself(row) || toldOf(row).some((atom) => !isClearAtom(atom)),
    ) &&
    rows.length <= maxCases &&
    (inEachCase(condition) ?? joinedRows(rows)).length <= maxSaid
  )
}

/** Of longer cases in which code answers 500, seven in ten could not come so, as people found who read them beside their code. */
const maxAskedOfFailing = 2
/** What a program keeps with a request or asks of the server. Code that answers 500 where it is not as it should be makes sure of what always is. */
const ofProgram = /^(?:c|ctx|context|req|request|r|res|response|reply)\b[.(]/

/** Whether it is known well enough when an error comes. */
export function isSure(row: Condition[number], status: number): boolean {
  if (status !== 500) return true
  const ofCode = withoutImplied(toldOf(row)).filter((atom) =>
    sayAtom(atom)
      .replace(/ fits? `[^`]*`$/, '')
      .includes('`'),
  )
  return (
    ofCode.length === 0 ||
    (withoutImplied(toldOf(row)).length <= maxAskedOfFailing &&
      !ofCode.some(({ subject }) => ofProgram.test(shown(subject))))
  )
}

/** Whether people can read what an atom asks; the name of an error is said as one. */
export const isClear = (subject: string): boolean => {
  const all = shown(subject)
    .replace(
      /^len\((.*)\)$|^(.*)\.length$/,
      (whole, ...parts: (string | undefined)[]) => parts.slice(0, 2).find(isOneThing) ?? whole,
    )
    .replace(/ failed$/, '')
  return isPlainError(all) || isReadable(all)
}

const isClearAtom = onceFor(({ subject }: Atom) => isClear(subject))

/** What holds in each of the cases of a condition, in words: nothing where that is not told either. */
export function sayCommon(condition: Condition): string[] {
  const [first = [], ...others] = condition.map(saidOf)
  const common = first.filter((one) => others.every((other) => other.includes(one)))
  return common.join(' and ').length > maxSaid ? [] : common
}

// What is told apart by more than is shown of it reads the same.
const rowsOf = (condition: Condition): string[] => [...new Set(casesOf(condition).map(sayRows))]

const casesOf = (condition: Condition): Condition[] => {
  const told = condition.filter((row) => !condition.some((other) => saysLess(other, row)))
  return [...Map.groupBy(told, (row) => `${row.some(isOpen)} ${sayNear(row).join('\n')}`).values()]
}

/** Cases that differ in a part alone, what holds in each once: `a, or b, and in each case c`. Null of others, and of those that leave something out. */
function inEachCase(condition: Condition): string | null {
  const cases = casesOf(condition).map(([row = []]) => row)
  if (cases.length < 2 || cases.some((row) => row.some((atom) => isOpen(atom) || atom.isFar === true)))
    return null
  const all = cases.map(sayNear)
  const [first = []] = all
  const common = first.filter((one) => all.every((row) => row.includes(one)))
  const rests = all.map((row) => row.filter((one) => !common.includes(one)))
  return common.length > 0 && rests.every((rest) => rest.length > 0)
    ? `${rests.map((rest) => rest.join(' and ')).join(', or ')}, and in each case ${common.join(' and ')}`
    : null
}

/** Cases as one, what is left out of each of them alike once. */
function joinedRows(rows: readonly string[]): string {
  const left = new RegExp(
    ` and ((?:a|\\d+) further tests? holds?|further tests hold)(?: and ${notRefused})?$`,
  )
  const [first = ''] = rows
  const end = left.exec(first)?.[0] ?? ''
  return end !== '' && rows.length > 1 && rows.every((row) => row.endsWith(end))
    ? `${rows.map((row) => row.slice(0, -end.length)).join(', or ')},${end}`
    : rows.join(', or ')
}

/** Whether people could not tell a case from another one, or one is the other with more asked of it. */
export function isSameCase(a: Condition[number], b: Condition[number]): boolean {
  // Tests that are not told are of no one case.
  if ([...a, ...b].some(({ subject }) => untoldIn(subject) !== null)) return false
  const said = saidOf(a)
  const others = saidOf(b)
  if (said.length === others.length && said.every((one) => others.includes(one))) return true
  const [all, allOthers] = [a, b].map((row) => row.filter((atom) => !isOpen(atom)).map(sayAtom)) as [
    string[],
    string[],
  ]
  const [less, more] = all.length < allOthers.length ? [all, allOthers] : [allOthers, all]
  return less.length > 0 && less.every((one) => more.includes(one))
}

// A case that is another with more asked of it is that one, as far as it is said.
function saysLess(other: Condition[number], row: Condition[number]): boolean {
  if (other === row || other.some(isOpen)) return false
  const said = saidOf(row)
  const less = saidOf(other)
  return less.length < said.length && less.every((one) => said.includes(one))
}

// That nothing before it failed goes without saying, where anything else is said.
const toldOf = onceFor((row: Condition[number]): Condition[number] => {
  const told = row.filter((atom) => !isOpen(atom))
  const rest = told.filter(({ subject, op }) => op !== 'absent' || !isTry(subject) || ofRequest.test(subject))
  return rest.length > 0 ? rest : told
})

const saidOf = onceFor((row: Condition[number]): readonly string[] => [
  ...new Set(withoutImplied(toldOf(row)).map(sayAtom)),
])

/** What a sentence tells of a case, but for how much else is asked. */
export const sayNear = onceFor((row: Condition[number]): readonly string[] =>
  saidOf(row.filter(({ isFar }) => isFar !== true)),
)

// What is shown of both sides of a comparison may be the same: that says nothing.
const isOpen = ({ subject }: Atom) =>
  subject === unsaid.subject || (subject.includes(' == ') && /^(.+) == \1$/.test(shown(subject)))

// As it reads; things that look alike may be told apart by what is not shown.
const deniesItself = (row: Condition[number]): boolean => {
  const told = toldOf(row).filter(({ subject }) => untoldIn(subject) === null)
  if (told.length < 2) return false
  const said = new Set(told.map(sayAtom))
  return told.some((atom) => said.has(sayDenied(atom)))
}
const sayDenied = onceFor((atom: Atom) => sayAtom(negateAtom(atom)))

/** Whether a text is one expression, and no part of a comparison: `a) == len(b` is not. */
function isOneThing(text: string | undefined): text is string {
  if (text === undefined) return false
  let depth = 0
  for (const sign of text.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""')) {
    if ('([{'.includes(sign)) depth++
    else if (')]}'.includes(sign)) depth--
    if (depth < 0) return false
  }
  return depth === 0 && !/ (?:[=!]=|[<>]=?|&&|\|\||and|or|in) /.test(text.replaceAll(/[([{].*[)\]}]/g, ''))
}

const isPlainError = (text: string) => /^err\d*$|^\w*[a-z]Err$/.test(text)

/** What a request does not have fails to be read: that it is there is said. */
const ofRequest = /^(?:query|header|cookie|form)\./

const isTry = (subject: string) => partedIn(shown(subject)).text.endsWith(' failed')

/** Tests that are not told, but for what those say already that are. */
export const countLeft = (row: Condition[number]): number =>
  new Set(
    withoutImplied(toldOf(row).toSorted((a, b) => Number(a.isFar ?? false) - Number(b.isFar ?? false)))
      .filter(({ isFar }) => isFar)
      .map(sayAtom),
  ).size

// Cases that differ in what is left out of them alone.
function sayRows(rows: Condition): string {
  const [row = []] = rows
  const [count = 0, ...others] = new Set(rows.map(countLeft))
  const isAll = count === 0 || others.includes(0)
  const many = others.length > 0 ? 'further tests hold' : `${count} further tests hold`
  const left = isAll ? [] : [count === 1 && others.length === 0 ? 'a further test holds' : many]
  const [near, last] = [sayNear(row), notRefused]
  return [
    ...near.filter((one) => one !== last),
    ...left,
    ...near.filter((one) => one === last),
    ...(row.some(isOpen) ? [more] : []),
  ].join(' and ')
}

const notRefused = 'no earlier check refuses the request'

const sayAtom = onceFor(wordsOf)

function wordsOf({ subject, op, value }: Atom): string {
  const place = untoldIn(subject)
  if (place !== null) return `a further test in \`${place}\` holds`
  const parted = partedIn(subject)
  if (parted.symbol !== null)
    return `${wordsOf({ subject: parted.text, op, ...(value === undefined ? {} : { value }) })} (in \`${parted.symbol}\`)`
  if (isUnknownCaller(subject)) return `the caller is ${op === 'false' ? 'not ' : ''}signed in`
  if (subject === beyondLimit.subject)
    return `the caller asks ${op === 'false' ? 'no more' : 'more'} often than the limit allows`
  if (subject === unlessEarlier.subject)
    return op === 'false' ? notRefused : 'an earlier check refuses the request'
  const setting = /^@setting (.+)$/.exec(subject)?.[1]
  if (setting !== undefined)
    return wordsOf({ subject: setting, op, ...(value === undefined ? {} : { value }) })
  const [, kind, active] = /^@(profile|environment) (.+)$/.exec(subject) ?? []
  if (active !== undefined) return `the ${kind} ${sayValue(active)} is ${op === 'false' ? 'not ' : ''}active`
  const [, part, form] =
    /^((?:path|query|header|cookie|form|body)\.[\w.[\]-]+|body|request) fits (.+)$/.exec(subject) ?? []
  if (part !== undefined && form !== undefined) {
    const what = part === 'request' ? 'the request' : saySubject(part)
    return form.startsWith('as ')
      ? `${what} is ${op === 'false' ? 'not ' : ''}${form.slice(3)}`
      : `${what} ${op === 'false' ? 'does not fit' : 'fits'} ${form === declared ? form : `\`${form}\``}`
  }
  if (subject === '@role') {
    const roles = (Array.isArray(value) ? value : []).map(sayValue)
    const has = op === 'not-in' ? 'does not have' : 'has'
    return roles.length === 1
      ? `the caller ${has} the role ${roles[0]}`
      : `the caller has ${op === 'not-in' ? 'none' : 'one'} of the roles ${roles.join(', ')}`
  }
  const all = shown(subject)
  const [, of, error] = /^(?:errors\.Is\()?(.*) failed(?:,| ==) ([\w./]+(?: or [\w./]+)*)\)?$/.exec(all) ?? []
  if (of !== undefined && error !== undefined && (op === 'true' || op === 'false')) {
    // encoding/json, `Decoder.Decode`: it comes to the end where there is nothing to read.
    if (of === 'body' && error === 'io.EOF') return `the body is ${op === 'true' ? '' : 'not '}empty`
    const read = readAs(of)
    if (read) return `${saySubject(read.of)} is ${op === 'true' ? 'not ' : ''}a ${read.as}`
    return `${saySubject(of)} ${op === 'true' ? 'fails' : 'does not fail'} with ${error
      .split(' or ')
      .map((one) => `\`${one}\``)
      .join(' or ')}`
  }
  // Go's `of.(T)`.
  const [, held, type] = /^(.+)\.\(([\w.]+)\)$/.exec(all) ?? []
  if (held !== undefined && type !== undefined && (op === 'present' || op === 'absent')) {
    const failed = /^(.*) failed$/.exec(held)?.[1]
    return failed === undefined
      ? `${saySubject(held)} is ${op === 'present' ? 'a' : 'no'} \`${type}\``
      : `${saySubject(failed)} ${op === 'present' ? 'fails' : 'does not fail'} with \`${type}\``
  }
  if (op === 'present' || op === 'absent')
    if (isPlainError(all)) return `there is ${op === 'present' ? 'an' : 'no'} error`
  const raised = /^raised (.*)$/.exec(all)?.[1]
  if (raised !== undefined)
    return `${raised === 'error' ? 'an error' : `\`${raised}\``} is ${op === 'true' ? '' : 'not '}caught`
  const tried = /^(.*) failed$/.exec(all)?.[1]
  if (tried !== undefined && (op === 'present' || op === 'absent')) {
    const isPlace = roots[tried] !== undefined && tried !== 'body'
    const read = readAs(tried)
    if (read) return `${saySubject(read.of)} is ${op === 'present' ? 'not ' : ''}a ${read.as}`
    const what = isPlace ? `the ${roots[tried]}s` : saySubject(tried)
    const can = op === 'present' ? 'can not' : 'can'
    return tried === 'body' || isPlace
      ? `${what} ${can} be read`
      : `${what} ${op === 'present' ? 'fails' : 'does not fail'}`
  }
  if (subject === 'request') return `the request ${op === 'false' ? 'does not fit' : 'fits'} what is declared`
  const asked = op === 'true' || op === 'false' ? askedWhether(all) : null
  if (asked && isOneThing(asked.of)) {
    if (asked.is === 'there') return `${saySubject(asked.of)} is ${op === 'true' ? 'there' : 'missing'}`
    return `${saySubject(asked.of)} is ${op === 'true' ? '' : 'not '}${asked.is}`
  }
  // Nothing is shorter than what is empty.
  const measured = [/^len\((.*)\)$/, /^(.*)\.length(?:\(\))?$/, /^(.*)\.size\(\)$/]
    .map((form) => form.exec(all)?.[1])
    .find(isOneThing)
  if (measured !== undefined && value === 0 && (op === '==' || op === '<='))
    return `${saySubject(measured)} is empty`
  if (measured !== undefined && value === 0 && (op === '!=' || op === '>'))
    return `${saySubject(measured)} is not empty`
  if (measured !== undefined && value === undefined)
    return `${saySubject(measured)} is ${op === 'false' || op === 'absent' ? '' : 'not '}empty`
  const what = measured === undefined ? saySubject(subject) : `the length of ${saySubject(measured)}`
  const says = Array.isArray(value) ? value.map(sayValue).join(', ') : sayValue(value ?? null)
  switch (op) {
    case '==':
      return value === '' ? `${what} is empty` : `${what} is ${says}`
    case '!=':
      return value === '' ? `${what} is not empty` : `${what} is not ${says}`
    case '<':
      return `${what} is less than ${says}`
    case '<=':
      return `${what} is at most ${says}`
    case '>':
      return `${what} is greater than ${says}`
    case '>=':
      return `${what} is at least ${says}`
    case 'in':
      return `${what} is one of ${says}`
    case 'not-in':
      return `${what} is none of ${says}`
    case 'matches':
      return `${what} matches ${says}`
    case 'not-matches':
      return `${what} does not match ${says}`
    case 'present':
      return `${what} is there`
    case 'absent':
      return `${what} is missing`
    case 'true':
      return `${what} holds`
    case 'false':
      return `${what} does not hold`
  }
}

/** A value of the request by its place and name; an expression of the code as code. */
function saySubject(subject: string): string {
  const all = shown(subject)
  const read = readAs(all)
  if (read?.as.endsWith('number') === true) return saySubject(read.of)
  const failed = /^(.*) failed\.(?:Error\(\)|Code|Message)$/.exec(all)?.[1]
  if (failed !== undefined) return `the error of ${saySubject(failed)}`
  const match = /^(path|query|header|cookie|form|body)\.([\w.[\]-]+)$/.exec(asFields(all))
  if (!match) return all === 'body' ? 'the body' : `\`${all}\``
  return `the ${roots[match[1] ?? ''] ?? ''} ${match[2] ?? ''}`
}

/** What getters of Java read of a body is a field of it. */
const asFields = (text: string): string =>
  /^body(?:\.(?:get|is)[A-Z]\w*\(\))+$/.test(text)
    ? text.replaceAll(
        /\.(?:get|is)([A-Z])(\w*)\(\)/g,
        (_, first: string, rest: string) => `.${first.toLowerCase()}${rest}`,
      )
    : text

function sayValue(value: string | number | boolean | null): string {
  return typeof value === 'string' ? JSON.stringify(value) : String(value)
}
