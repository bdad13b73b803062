import type { Expr, Module, Span, Stmt } from '../parse/ir.ts'

/** A case of a choice; `tests` is null of that which is taken where no other is. */
interface Case {
  tests: Expr[] | null
  body: Stmt[]
}

/** The cases of a choice in the order in which they are asked; null where one may run on into the next. */
export function casesOf(
  { cases }: Extract<Stmt, { k: 'switch' }>,
  { language, text }: Module,
): Case[] | null {
  const isArrow = ({ tests, body }: (typeof cases)[number]) => {
    const [first] = body
    const before = first ? text.slice(tests.at(-1)?.end ?? 0, first.start + 1) : ''
    return /->\s*\{?\s*\S?$/.test(before)
  }
  const runsOn = language === 'javascript' || (language === 'java' && !cases.some(isArrow))
  const isBreak = (stmt: Stmt) => stmt.k === 'jump' && text.startsWith('break', stmt.start)
  const found: Case[] = []
  let above: Expr[] = []
  for (const [at, { tests, body: written }] of cases.entries()) {
    const [only] = written
    const all = written.length === 1 && only?.k === 'block' ? only.body : written
    if (runsOn && all.length === 0 && tests.length > 0) {
      above.push(...tests)
      continue
    }
    const last = all.at(-1)
    const body = runsOn && last && isBreak(last) ? all.slice(0, -1) : all
    const isLast = at === cases.length - 1
    if (runsOn && !isLast && !(last && (isBreak(last) || /^(?:return|throw)$/.test(last.k)))) return null
    if (body.some((stmt) => breaks(stmt, isBreak))) return null
    if (tests.length === 0 && !isLast) return null
    found.push({ tests: tests.length === 0 ? null : [...above, ...tests], body })
    above = []
  }
  return above.length > 0 ? null : found
}

function breaks(stmt: Stmt, isBreak: (stmt: Stmt) => boolean): boolean {
  const any = (all: readonly Stmt[]) => all.some((one) => breaks(one, isBreak))
  switch (stmt.k) {
    case 'jump':
      return isBreak(stmt)
    case 'if':
      return any(stmt.whenTrue) || any(stmt.whenFalse)
    case 'block':
      return any(stmt.body)
    case 'try':
      return any(stmt.body) || stmt.handlers.some(({ body }) => any(body)) || any(stmt.finally)
    default:
      return false
  }
}

/** Methods and functions of the languages' own libraries that only ask something of what they are given. */
const asking: Record<Module['language'], ReadonlySet<string>> = {
  javascript: new Set(
    `includes some every indexOf lastIndexOf startsWith endsWith trim trimStart trimEnd toLowerCase toUpperCase toString
    hasOwnProperty slice concat join split charAt charCodeAt at padStart padEnd replaceAll localeCompare toFixed
    Number String Boolean parseInt parseFloat isNaN isArray isInteger isFinite isSafeInteger keys values entries hasOwn
    getTime toISOString valueOf flat`.split(/\s+/),
  ),
  python: new Set(
    `len isinstance issubclass str int float bool any all min max sum abs lower upper strip lstrip rstrip startswith endswith
    hasattr getattr isdigit isalpha isalnum isnumeric casefold total_seconds sorted round`.split(/\s+/),
  ),
  java: new Set(
    `equals equalsIgnoreCase isEmpty isBlank isPresent contains containsKey containsAll startsWith endsWith length size trim
    strip toLowerCase toUpperCase isNull nonNull compareTo hashCode anyMatch allMatch noneMatch isBefore isAfter isEqual
    charAt indexOf substring hasText hasLength intValue longValue doubleValue booleanValue`.split(/\s+/),
  ),
  go: new Set(
    `len cap Is Contains ContainsAny ContainsRune HasPrefix HasSuffix EqualFold TrimSpace Trim TrimPrefix TrimSuffix TrimLeft TrimRight
    ToLower ToUpper IsZero Before After Equal string int int64 Itoa Split Join Index`.split(/\s+/),
  ),
}

/** Whether a call does nothing but say something of what it is given. */
export function asksOnly({ callee, args }: Extract<Expr, { k: 'call' }>, module: Module): boolean {
  if (callee.k !== 'name' && callee.k !== 'member') return false
  return isAsking(callee.name, { isMethod: callee.k === 'member', given: args.length }, module)
}

/** The same by the name of what is called: in Java also what says a property of what it is called of (JavaBeans, "Properties"). */
export function isAsking(
  name: string,
  { isMethod, given }: { isMethod: boolean; given: number },
  { language }: Module,
): boolean {
  return asking[language].has(name) || (language === 'java' && isMethod && given === 0 && getters.test(name))
}
const getters = /^(?:get(?!And[A-Z])|is)[A-Z]/

/** Whether something is written out there, and nothing is worked out. */
export function isWritten(e: Expr): boolean {
  if (e.k === 'array') return e.items.every(isWritten)
  return e.k === 'str' || e.k === 'num' || e.k === 'bool' || e.k === 'regex'
}

/** Whether an expression of Go is an error that is made there, or that has a name. */
export function isMadeError(e: Expr): boolean {
  if (e.k !== 'call') return e.k === 'name' || e.k === 'object' || e.k === 'unary'
  const { callee } = e
  return (callee.k === 'name' || callee.k === 'member') && /err|^New|^Wrapf?$|^WithStack$/i.test(callee.name)
}

/** Whether there are any words in a span, whatever they count. */
export const saysWords = ({ start, end }: Span, { code }: Module): boolean =>
  code?.words.some((one) => start <= one.start && one.start < end) === true
