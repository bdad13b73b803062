import { HeavyliftError, InvalidInputError } from '@heavylift/core'
import type { CommandInput } from '@heavylift/core'
import { formatTable } from '@heavylift/core/text'
import { z } from 'zod'
import { callRecordSchema } from '../metering/call-record.ts'
import { usageDimensions, usageReportSchema } from '../metering/usage-report.ts'

const dayMs = 86_400_000
const pageOfCalls = z.object({ calls: z.array(callRecordSchema), next: z.string().nullable() })

/** `heavylift models usage`: what was used and what it cost, as a table, as CSV, or every call as a line of JSON. */
export async function usageByCommand({ options, api, print, signal }: CommandInput): Promise<unknown> {
  const days = Number(options['days'] ?? 30)
  const by = String(options['by'] ?? 'model')
  if (!(days > 0) || !usageDimensions.some((dimension) => dimension === by)) {
    throw new InvalidInputError({
      code: 'option-invalid',
      message: `--days is a number above 0, and --by one of ${usageDimensions.join(', ')}.`,
    })
  }
  const ask = async (path: string): Promise<Response> => {
    const answer = await api(path, { signal })
    if (answer.ok) return answer
    const { error } = (await answer.json()) as { error: { code: string; message: string } }
    throw new HeavyliftError({ ...error, status: answer.status })
  }
  const from = Date.now() - days * dayMs
  if (options['calls'] === true) {
    for (let before: string | null = ''; before !== null;) {
      const page = before === '' ? '' : `&before=${encodeURIComponent(before)}`
      const answer = await ask(`/api/models/calls?from=${from}&limit=500${page}`)
      const { calls, next } = pageOfCalls.parse(await answer.json())
      for (const call of calls) print(JSON.stringify(call))
      before = next
    }
    return undefined
  }
  const path = `/api/models/usage?from=${from}&by=${by}`
  if (options['csv'] === true) {
    print((await (await ask(`${path}&format=csv`)).text()).trimEnd())
    return undefined
  }
  const report = usageReportSchema.parse(await (await ask(path)).json())
  if (report.total.calls === 0) print(`No call in ${days} days.`)
  else {
    const rows = [...report.groups, { ...report.total, name: 'together' }].map((row) => [
      row.name === '' ? '(none)' : row.name,
      row.calls.toLocaleString('en'),
      row.failed.toLocaleString('en'),
      (row.inputTokens + row.cacheReadTokens + row.cacheWriteTokens).toLocaleString('en'),
      row.outputTokens.toLocaleString('en'),
      `$${(row.costMicros / 1e6).toFixed(2)}`,
    ])
    const numbers = ['calls', 'failed', 'prompt tokens', 'answer tokens', 'cost']
    print(formatTable([by, ...numbers], rows, numbers))
  }
  return report
}
