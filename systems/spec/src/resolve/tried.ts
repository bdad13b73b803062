import { inOneLine } from '../facts/expression.ts'
import { failing, unsaid } from '../facts/condition.ts'
import type { Condition } from '../facts/condition.ts'
import type { Expr, Module, Span, Stmt } from '../parse/ir.ts'

/** What fails by its own fault alone, or answers, or notes. */
const neverFails =
  /^(?:(?:this\.)?(?:console|log|logger|res|reply|response|ctx|context|c|next|process|Response|NextResponse)\b|(?:String|Number|Boolean|Date|Math|Object|Array|Promise|Symbol|parseInt|parseFloat|isNaN|setTimeout)\b|JSON\.stringify$)/
/** Methods of texts and lists, and of a pattern that is written there. */
const ofLanguage =
  /^\/.*\/\w*\.(?:test|exec)$|\.(?:map|filter|forEach|find|some|every|join|push|slice|reduce|match|replace|replaceAll|trim|split|includes|startsWith|endsWith|toString|toLowerCase|toUpperCase|sort|flat|concat|keys|values|entries|get|set|has|getTime|toISOString)$/
const maxName = 60

/**
 * When a handler of JavaScript, which takes any error, takes one of code that is not here: when the one call that it stands around (`at`) fails. Where it stands
 * around more, which of them that is nobody can tell.
 */
export function whenTried(
  body: readonly Stmt[],
  { text }: Module,
): { condition: Condition; at: Span | null } {
  const calls = new Map<string, Span>()
  const visit = (node: unknown, isCallee = false): void => {
    if (Array.isArray(node)) for (const one of node) visit(one)
    if (typeof node !== 'object' || node === null || Array.isArray(node)) return
    const e = node as Partial<Expr>
    // What is only given is run by what it is given to.
    if (e.k === 'func' || e.k === 'class') return
    // Making an error that is thrown fails of nothing: that one is seen.
    const { k, value: thrown } = node as Partial<Stmt & { k: 'throw' }>
    if (k === 'throw' && thrown?.k === 'call') {
      visit(thrown.args)
      return
    }
    if (e.k === 'call' && !isCallee && e.callee) {
      const name = inOneLine(text.slice(e.callee.start, e.callee.end))
      const isMade = e.isNew === true && !/^(?:URL|RegExp)$/.test(name)
      // What is waited for is done elsewhere, whatever it is called.
      const isAwaited = /\bawait\s+$/.test(text.slice(Math.max(0, e.callee.start - 12), e.callee.start))
      const isPlain = neverFails.test(name) || ofLanguage.test(name) || /(?:Error|Exception)$/.test(name)
      if (isAwaited || (!isMade && !isPlain)) calls.set(name, e as Span)
    }
    for (const [key, value] of Object.entries(node)) visit(value, key === 'callee' && e.k === 'call')
  }
  visit(body)
  const [[only, at] = ['', null]] = calls
  return calls.size === 1 && at !== null && only.length <= maxName && !/[(){}]|=>/.test(only)
    ? { condition: failing(`${only}(…)`), at }
    : { condition: [[{ subject: 'raised error', op: 'true' }, unsaid]], at: null }
}
