import type { ReportProgress } from '@heavylift/core'
import { sleep } from '@heavylift/core/async'
import type { AgentsContext } from '../context.ts'
import { checkFile } from '../files/check-file.ts'
import { isRecord } from '../files/change.ts'

type SampleContext = Pick<
  AgentsContext,
  'agents' | 'cases' | 'evaluations' | 'runs' | 'value' | 'templates' | 'draftsOf'
>

/** What has not come to its end by then is no case. */
const mostWaitMs = 10_000

/**
 * Publishes the templates as agents of a tenant that has none, and runs each on the inputs that come with it; the ids of those runs are
 * always the same, so that a second time adds nothing.
 */
export async function loadSample(
  { agents, cases, evaluations, runs, value, templates, draftsOf }: SampleContext,
  tenantId: string,
  report: ReportProgress,
): Promise<void> {
  const drafts = draftsOf(tenantId)
  if ((await agents.list(tenantId)).length > 0 || (await drafts.list()).length > 0) return
  const all = await templates.list()
  for (const [done, { name, text }] of all.entries()) {
    report({ stage: 'publishing agents', done, total: all.length, unit: 'agents', message: name })
    const { definition } = checkFile(text)
    if (definition === null) continue
    await drafts.create(name, text)
    const { version } = await agents.publish(tenantId, definition, 'As the template has it.')
    await agents.putLive(tenantId, name, version, 1)
    for (const [index, input] of examplesOf(definition.input).entries())
      await runs.start({
        tenantId,
        agent: name,
        id: `sample-${name}-${index + 1}`,
        input,
        trigger: { kind: 'manual', by: 'sample' },
      })
  }
  await value.setBaseline(tenantId, 'classification', {
    minutes: [],
    claimedMinutes: 4,
    errors: null,
    usdPerHour: 40,
    minutesPerApproval: 1,
    source: 'Made up for the first look. Measure your own.',
  })
  await keepCases({ cases, evaluations, runs, templates }, tenantId)
}

/** The first run of each that came to a good end becomes a case, and is played. */
async function keepCases(
  {
    cases,
    evaluations,
    runs,
    templates,
  }: Pick<SampleContext, 'cases' | 'evaluations' | 'runs' | 'templates'>,
  tenantId: string,
): Promise<void> {
  const signal = AbortSignal.timeout(mostWaitMs)
  const all = await templates.list()
  await Promise.all(
    all.map(async ({ name, title }) => {
      const id = `sample-${name}-1`
      let row = await runs.find(tenantId, id)
      while (['queued', 'running'].includes(row.state) && !signal.aborted) {
        await sleep(50)
        row = await runs.find(tenantId, id)
      }
      if (row.state !== 'done') return
      await cases.save(tenantId, id, { title: `${title}: the first example` })
      await evaluations.start(tenantId, { agent: name, version: row.version })
    }),
  )
}

/** The inputs that a definition brings with it, to try it on. */
export function examplesOf(input: unknown): unknown[] {
  const examples = isRecord(input) ? input['examples'] : null
  return Array.isArray(examples) ? examples : []
}
