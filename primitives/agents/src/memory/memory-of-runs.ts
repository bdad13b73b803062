import { endStates } from '../run/entry.ts'
import type { Runs } from '../run/runs.ts'
import { names } from './memory-source.ts'
import type { MemoryOfRuns } from './memory-source.ts'

/** More runs than these are not looked through for a subject. */
const mostLooked = 100

export function memoryOfRuns(runs: Runs): MemoryOfRuns {
  return {
    input: async (tenantId, runId) => await runs.read((await runs.find(tenantId, runId)).input),
    async episodes(tenantId, agent, subject, limit) {
      const rows = await runs.list({ tenantId, agent, text: subject, limit: mostLooked })
      const ended = await Promise.all(
        rows
          .filter(({ state, trigger }) => endStates.includes(state) && trigger.kind !== 'case')
          .map(async (row) => ({
            runId: row.id,
            input: await runs.read(row.input),
            output: await runs.read(row.output),
            atMs: row.created_ms,
          })),
      )
      return ended.filter(({ input }) => names(input, subject)).slice(0, limit)
    },
  }
}
