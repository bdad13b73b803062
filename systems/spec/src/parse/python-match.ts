import type { Expr, Stmt } from './ir.ts'
import { at, childOf } from './syntax-tree.ts'
import type { Syntax } from './syntax-tree.ts'

/** What reads the parts of a case. */
interface PythonLowering {
  expr(n: Syntax): Expr
  block(n: Syntax | null): Stmt[]
  textOf(span: Syntax): string
}

/** What a pattern asks of the subject, null where it always fits, and the names that it gives the subject. */
interface Asked {
  test: Expr | null
  names: readonly Syntax[]
}

/**
 * Python's `match` of a name ("Structural Pattern Matching: Specification", PEP 634) as a chain of questions, where its cases ask for classes, bind
 * names or have guards; null where all of them are values, or the subject is more than a name.
 */
export function lowerMatch(n: Syntax, lower: PythonLowering): Stmt | null {
  const value = childOf(n, 'subject')
  const subject = value ? lower.expr(value) : null
  const cases = (childOf(n, 'body')?.children ?? []).filter(({ type }) => type === 'case_clause')
  if (!subject || !isName(subject) || !cases.some(asksMore)) return null
  const chain = cases.reduceRight<Stmt[]>((rest, one) => {
    const pattern = one.children.find(({ type }) => type === 'case_pattern')
    const guard = childOf(one, 'guard')?.children[0]
    const { test, names } = pattern ? askedBy(pattern, subject, lower) : { test: null, names: [] }
    const bound = names.map((name): Stmt => ({
      k: 'let',
      target: lower.expr(name),
      type: null,
      value: subject,
      isConst: false,
      ...at(name),
    }))
    const body = [...bound, ...lower.block(childOf(one, 'consequence'))]
    const asked = guard ? joined('&&', [test, lower.expr(guard)], one) : test
    return asked
      ? [
          {
            k: 'if',
            test: asked,
            before: guard ? bound : [],
            whenTrue: body,
            whenFalse: rest,
            ...at(one),
          },
        ]
      : body
  }, [])
  return { k: 'block', body: chain, ...at(n) }
}

const isName = (e: Expr): boolean => e.k === 'name' || (e.k === 'member' && isName(e.of))

const asksMore = (one: Syntax): boolean =>
  childOf(one, 'guard') !== null || one.children.some((each) => each.type === 'case_pattern' && isMore(each))
const isMore = ({ type, children }: Syntax): boolean =>
  type === 'class_pattern' || type === 'as_pattern' || children.some(isMore)

function askedBy(pattern: Syntax, subject: Expr, lower: PythonLowering): Asked {
  const [first, ...rest] = pattern.children
  const span = at(pattern)
  if (pattern.type === 'case_pattern' && first) return askedBy(first, subject, lower)
  if (lower.textOf(pattern) === '_') return { test: null, names: [] }
  if (pattern.type === 'as_pattern' && first) {
    const { test, names } = askedBy(first, subject, lower)
    return { test, names: [...names, ...rest] }
  }
  if (pattern.type === 'union_pattern') {
    const parts = pattern.children.map((one) => askedBy(one, subject, lower))
    const isAny = parts.some(({ test }) => test === null)
    const test = isAny
      ? null
      : joined(
          '||',
          parts.map((one) => one.test),
          pattern,
        )
    return { test, names: parts.flatMap(({ names }) => names) }
  }
  // A name by itself is given the subject, whatever that is.
  if (pattern.type === 'dotted_name' && rest.length === 0) return { test: null, names: [pattern] }
  if (pattern.type !== 'class_pattern' || !first)
    return { test: { k: 'binary', op: '==', left: subject, right: lower.expr(pattern), ...span }, names: [] }
  const isOfClass: Expr = {
    k: 'call',
    callee: { k: 'name', name: 'isinstance', ...span },
    args: [subject, lower.expr(first)].map((value) => ({ name: null, value })),
    isNew: false,
    ...span,
  }
  // What is asked of its members is not told.
  const ofMembers: Expr | null = rest.length > 0 ? { k: 'other', parts: [], ...span } : null
  return { test: joined('&&', [isOfClass, ofMembers], pattern), names: [] }
}

function joined(op: '&&' | '||', parts: readonly (Expr | null)[], n: Syntax): Expr | null {
  const asked = parts.filter((one) => one !== null)
  return asked.length === 0
    ? null
    : asked.reduce((left, right): Expr => ({ k: 'binary', op, left, right, ...at(n) }))
}
