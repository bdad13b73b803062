import vm from 'node:vm'
import type { ModelConfig } from '../../table/gateway-config.ts'
import type { JsonObject } from '../../wire/codec.ts'

export type Accept = NonNullable<ModelConfig['cascade']>['accept']

/** Whether a cheap model's answer will do, and if not, why (`json`, `pattern` …, for the log). */
export type CascadeVerdict = { isGoodEnough: true } | { isGoodEnough: false; reason: string }

export type CascadeCheck = (completion: JsonObject) => CascadeVerdict

/** A refusal stands at the beginning: the pattern sees this much of the text. */
const maxPatternCharacters = 8192
/**
 * A pattern may backtrack for ever on a text that a client had a say in; V8 can be stopped only from outside, which
 * `vm` does. An answer on which it takes longer is not good enough. Costs about 0.1 ms a check.
 */
const maxPatternMs = 50

/**
 * The check of a cascade's `accept`. Looks at the first choice; an answer that only calls tools has no text to judge.
 * Throws `SyntaxError` for a pattern that is none (a parsed gateway table has none such).
 */
export function createCascadeCheck(accept: Accept): CascadeCheck {
  const refuses = accept.refusePattern === null ? null : createBoundedTest(accept.refusePattern)
  return (completion) => {
    const reason = problemOf(completion, accept, refuses)
    return reason === null ? { isGoodEnough: true } : { isGoodEnough: false, reason }
  }
}

function problemOf(
  completion: JsonObject,
  accept: Accept,
  refuses: ((text: string) => 'matches' | 'differs' | 'too-slow') | null,
): string | null {
  const [choice] = (completion['choices'] ?? []) as {
    finish_reason?: string | null
    message?: { content?: unknown; tool_calls?: unknown[] }
  }[]
  if (!choice) return 'no-choice'
  if (!accept.finishReasons.includes(choice.finish_reason ?? '')) return 'finish-reason'
  const text = typeof choice.message?.content === 'string' ? choice.message.content : ''
  if (text === '' && choice.message?.tool_calls?.length) return null
  if (text.trim().length < accept.minCharacters) return 'too-short'
  if (accept.json && !isJson(text)) return 'json'
  const match = refuses?.(text.slice(0, maxPatternCharacters)) ?? 'differs'
  return match === 'differs' ? null : match === 'matches' ? 'pattern' : 'pattern-too-slow'
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function createBoundedTest(source: string): (text: string) => 'matches' | 'differs' | 'too-slow' {
  const global: { pattern: RegExp; text: string } = { pattern: new RegExp(source, 'iu'), text: '' }
  const context = vm.createContext(global)
  const script = new vm.Script('pattern.test(text)')
  return (text) => {
    global.text = text
    try {
      return script.runInContext(context, { timeout: maxPatternMs }) === true ? 'matches' : 'differs'
    } catch {
      return 'too-slow'
    } finally {
      global.text = ''
    }
  }
}
