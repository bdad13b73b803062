import type { Expr, Span, Stmt } from './ir.ts'
import { at, childOf, childrenOf } from './syntax-tree.ts'
import type { Syntax } from './syntax-tree.ts'

/** What reads the parts of a branch. */
interface GoLowering {
  expr(n: Syntax): Expr
  statement(n: Syntax): Stmt[]
  textOf(span: Span): string
}

/** What a loop that counts through a list goes over; null of any other. */
export function countedList(
  clause: Syntax,
  lower: GoLowering,
): { vars: Expr[]; over: Expr; isBackward: boolean } | null {
  const [, name, from] = /^(\w+)\s*:=\s*(.+?);/.exec(lower.textOf(clause)) ?? []
  if (name === undefined || from === undefined) return null
  const init = childOf(clause, 'initializer')
  const test = childOf(clause, 'condition')
  const left = init && childOf(init, 'left')?.children[0]
  const first = init && childOf(init, 'right')?.children[0]
  if (!left || !first || !test) return null
  const step = lower.textOf(childOf(clause, 'update') ?? clause)
  const bound = lower.textOf(test)
  const isBackward = /^len\(.*\)\s*-\s*1$/s.test(from) && step === `${name}--` && bound === `${name} >= 0`
  const isForward = from === '0' && step === `${name}++` && bound.startsWith(`${name} < len(`)
  const length = isBackward ? childOf(first, 'left') : isForward ? childOf(test, 'right') : null
  const list = length && childOf(length, 'arguments')?.children[0]
  return list ? { vars: [lower.expr(left)], over: lower.expr(list), isBackward } : null
}

/** Go's cases run on into the next only where they say so: a switch without a subject, of a type or of a name is a chain of questions. */
export function lowerSwitch(n: Syntax, lower: GoLowering): Stmt[] {
  const span = at(n)
  const before = childOf(n, 'initializer')
  const value = childOf(n, 'value')
  const subject = value ? lower.expr(value) : null
  const isType = n.type === 'type_switch_statement'
  const alias = isType ? childOf(n, 'alias')?.children[0] : undefined
  const cases = n.children
    .filter(({ type }) => type.endsWith('_case'))
    .map((each) => ({
      tests: (isType ? childrenOf(each, 'type') : (childOf(each, 'value')?.children ?? [])).map((one) =>
        isType ? typeAsked(one, lower) : lower.expr(one),
      ),
      body: each.children
        .filter(({ field }) => field !== 'value' && field !== 'type')
        .flatMap((one) => lower.statement(one)),
      isPassed: statementsOf(each).every(({ type }) => goesOn.has(type)),
      fallsThrough: statementsOf(each).at(-1)?.type === 'fallthrough_statement',
      ...at(each),
    }))
  for (const [index, next] of [...cases.entries()].toReversed()) {
    const above = cases[index - 1]
    if (above?.fallsThrough) above.body.push(...next.body)
  }
  const start = before ? lower.statement(before) : []
  if (n.type === 'select_statement' || (subject && !isType && subject.k !== 'name' && subject.k !== 'member'))
    return [...start, { k: 'switch', subject, cases: cases.map(notRunningOn), ...span }]
  const bound: Stmt[] =
    alias && subject
      ? [{ k: 'let', target: lower.expr(alias), type: null, value: subject, isConst: true, ...span }]
      : []
  const otherwise = cases.find(({ tests }) => tests.length === 0)
  const ask = (test: Expr): Expr =>
    subject
      ? {
          k: 'binary',
          op: isType && test.k !== 'null' ? 'instanceof' : '==',
          left: subject,
          right: test,
          ...span,
        }
      : test
  const chain = cases
    .filter(({ tests }) => tests.length > 0)
    .reduceRight<Stmt[]>(
      (rest, { tests, body, isPassed, start: from, end }) => [
        {
          k: 'if',
          test: tests
            .map(ask)
            .reduce((left, right): Expr => ({ k: 'binary', op: '||', left, right, start: from, end })),
          before: [],
          whenTrue: [...bound, ...withoutBreak(body)],
          whenFalse: rest,
          isPassed,
          start: from,
          end,
        },
      ],
      [...bound, ...withoutBreak(otherwise?.body ?? [])],
    )
  return [{ k: 'block', body: [...start, ...chain], ...span }]
}

// A type without a name of its own is asked for by how it is written.
const typeAsked = (n: Syntax, lower: GoLowering): Expr =>
  /^(?:slice|array|map)_type$/.test(n.type)
    ? { k: 'name', name: lower.textOf(n).replaceAll(/\s/g, ''), ...at(n) }
    : lower.expr(n)

// A case without a statement is one in which nothing is done, not the next one's too.
const notRunningOn = <T extends { body: Stmt[] } & Span>(one: T): T =>
  one.body.length > 0 ? one : { ...one, body: [{ k: 'block', body: [], start: one.start, end: one.end }] }

/** Of a case, also those that nothing is made of. */
const statementsOf = (n: Syntax): Syntax[] =>
  n.children
    .filter(({ field }) => field !== 'value' && field !== 'type')
    .flatMap((one) => (one.type === 'statement_list' ? statementsOf(one) : [one]))

const goesOn: ReadonlySet<string> = new Set(['comment', 'continue_statement', 'break_statement'])

const withoutBreak = (body: Stmt[]) => (body.at(-1)?.k === 'jump' ? body.slice(0, -1) : body)
