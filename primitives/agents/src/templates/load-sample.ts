import type { ReportProgress } from '@heavylift/core'
import type { AgentsContext } from '../context.ts'
import { checkFile } from '../files/check-file.ts'
import { isRecord } from '../files/change.ts'
import { templates } from './templates.ts'

/**
 * Publishes the templates as agents of a tenant that has none, and runs each on the inputs that come with it; the ids of those runs are
 * always the same, so that a second time adds nothing.
 */
export async function loadSample(
  { agents, runs, draftsOf }: Pick<AgentsContext, 'agents' | 'runs' | 'draftsOf'>,
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
}

/** The inputs that a definition brings with it, to try it on. */
export function examplesOf(input: unknown): unknown[] {
  const examples = isRecord(input) ? input['examples'] : null
  return Array.isArray(examples) ? examples : []
}
