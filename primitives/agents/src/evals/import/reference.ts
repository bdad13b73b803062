import { loadQuickJs } from '../../sandbox/load-quickjs.ts'
import { referencePrelude } from './reference-prelude.ts'

export interface Sample {
  /** `$json` */
  json: unknown
  /** What each node gave out, by its name. */
  outputs: Record<string, unknown>
  /** `$env` and `$vars` */
  settings: unknown
  /** What each node is set to, by its name. */
  parameters: Record<string, unknown>
  workflow: { id: string; name: string }
  runId: string
  nowMs: number
}

/** JSON, or that there is none: it failed, or it is undefined. */
export type ReferenceValue = { value: unknown } | null

/** Evaluates n8n's expressions as JavaScript in QuickJS, which reaches nothing outside. For evals only. */
export async function openReference(): Promise<{
  evaluate(source: string, sample: Sample): ReferenceValue
  close(): void
}> {
  const runtime = (await loadQuickJs()).newRuntime()
  runtime.setMemoryLimit(64 * 1024 * 1024)
  let deadline = 0
  runtime.setInterruptHandler(() => performance.now() > deadline)
  const context = runtime.newContext()
  deadline = performance.now() + 5_000
  context.unwrapResult(context.evalCode(referencePrelude)).dispose()
  return {
    evaluate(source, sample) {
      deadline = performance.now() + 200
      const code = source.trim().replace(/;\s*$/, '')
      const answer = context.evalCode(
        `evaluate(${JSON.stringify(code)}, JSON.parse(${JSON.stringify(JSON.stringify(sample))}))`,
      )
      if (answer.error) {
        answer.error.dispose()
        return null
      }
      const text: unknown = context.dump(answer.value)
      answer.value.dispose()
      if (text === 'null') return { value: null }
      // JSON writes what is undefined or no number as null, too.
      const [value] = JSON.parse(String(text)) as [unknown]
      return value === null ? null : { value }
    },
    close() {
      context.dispose()
      runtime.dispose()
    },
  }
}
