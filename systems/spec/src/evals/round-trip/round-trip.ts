import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Measure, MeasureInput } from '@heavylift/core'
import { checkSpec } from '../../check/check-spec.ts'
import { extractFacts } from '../../extract/extract-facts.ts'
import { sentencesOf } from '../../plan/change.ts'
import { agentByName, literalAgent } from '../../plan/agents.ts'
import { buildEdits } from '../../plan/build-edits.ts'
import { projectTests } from '../../plan/project-tests.ts'
import { makeSample, sampleRepositories } from '../../studio/open-samples.ts'
import { editSentences, repositorySpecs } from '../../studio/repository-specs.ts'

/** Statuses as a person might change them; which comes next is all the same. */
const otherStatus: Record<string, string> = {
  '200': '202',
  '201': '202',
  '204': '200',
  '404': '410',
  '409': '422',
  '422': '400',
  '403': '404',
  '401': '403',
  '400': '422',
}
const perSample = 8

/**
 * `spec.round-trip`: of the sample services, sentences with a status are edited one at a time, planned, built by the agent that needs no model, and
 * judged by the gates; what passed is extracted again and must agree with its own spec.
 */
export async function runRoundTripEval({ report, signal }: MeasureInput): ReturnType<Measure['run']> {
  const folder = await mkdtemp(join(tmpdir(), 'heavylift-round-trip-'))
  const counts = { edits: 0, built: 0, agree: 0 }
  const failures: string[] = []
  try {
    for (const sample of sampleRepositories) {
      const root = join(folder, sample.id)
      await makeSample(sample, root, signal)
      const { set } = await extractFacts(root, () => undefined, signal)
      const specs = await repositorySpecs(root, set, signal)
      const edits = specs.flatMap(({ path, document }) =>
        document.requirements.flatMap((one) =>
          sentencesOf(one).flatMap((from) => {
            const status = /SHALL answer (\d{3})/.exec(from)?.[1] ?? ''
            const to = from.replace(`SHALL answer ${status}`, `SHALL answer ${otherStatus[status] ?? ''}`)
            return otherStatus[status] === undefined ? [] : [{ path, requirement: one.key, from, to }]
          }),
        ),
      )
      // Spread over the spec, so that every kind of status has its turn.
      const step = Math.max(1, Math.floor(edits.length / perSample))
      const chosen = edits.filter((_, at) => at % step === 0).slice(0, perSample)
      for (const [at, edit] of chosen.entries()) {
        report({ stage: sample.id, done: at, total: chosen.length, unit: 'edits' })
        counts.edits++
        const { state } = await buildEdits({
          name: `edit-${at}`,
          root,
          runsFolder: join(folder, 'runs', sample.id),
          edits: editSentences(specs, [edit]),
          set,
          agentCommand: agentByName(literalAgent, {}),
          testCommand: await projectTests(root),
          onLine: () => undefined,
          report: () => undefined,
          signal,
        })
        if (state.step !== 'done') {
          failures.push(`${sample.id}: ${edit.to} ${state.gates.at(-1)?.reasons.join(' ') ?? ''}`)
          continue
        }
        counts.built++
        const { drifts } = await checkSpec(state.worktree, () => undefined, signal)
        if (drifts.length === 0) counts.agree++
        else failures.push(`${sample.id}: ${edit.to} built, and drifts`)
      }
    }
    return {
      n: counts.edits,
      metrics: {
        ...counts,
        builtRate: counts.built / counts.edits,
        agreeRate: counts.agree / Math.max(1, counts.built),
      },
      failures,
      notes: [
        'built: passed the gates (paths, tests, spec, others). An edit that the agent can not do is refused, not lost: its reasons are listed.',
        'agree: the branch, extracted again, has no drift from the spec and the facts in it.',
      ],
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
