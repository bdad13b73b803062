import { HeavyliftError } from '@heavylift/core'
import type { ThreadPool } from '@heavylift/core/threads'
import type { CodeInput } from '../sandbox/run-code.ts'
import { pinOf } from './pin.ts'
import type { Tool, ToolOutcome, ToolSource } from './tool.ts'

const run: Omit<Tool, 'pin'> = {
  name: 'run',
  title: 'Run JavaScript',
  description: 'Runs JavaScript in a sandbox without files, network or clock, for a second at most.',
  input: {
    type: 'object',
    required: ['code'],
    properties: { code: { type: 'string' }, input: {} },
    additionalProperties: false,
  },
  effect: 'none',
  takesKey: true,
  canCheck: false,
}

/** The source `code`: JavaScript in QuickJS, each call in a thread of the pool, 64 MiB and a second at most. */
export function codeSource(pool: ThreadPool): ToolSource {
  const tools: readonly Tool[] = [{ ...run, pin: pinOf(run) }]
  return {
    name: 'code',
    list: () => Promise.resolve(tools),
    async call({ args }, { tenantId, signal }): Promise<ToolOutcome> {
      const input: CodeInput = { code: String(args['code']), input: args['input'] }
      try {
        const parts = await pool.run({
          tenantId,
          task: { module: new URL('../sandbox/run-code.ts', import.meta.url).href, export: 'runCode' },
          input,
          signal,
        })
        const chunks: Uint8Array[] = []
        for await (const part of parts) chunks.push(part)
        return { state: 'done', value: JSON.parse(Buffer.concat(chunks).toString('utf8')) }
      } catch (error) {
        const known = HeavyliftError.isInstance(error)
        return {
          state: 'failed',
          code: known ? error.code : 'code-failed',
          message: error instanceof Error ? error.message : String(error),
          isRetryable: known && error.isRetryable,
        }
      }
    },
  }
}
