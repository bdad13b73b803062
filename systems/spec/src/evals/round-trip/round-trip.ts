import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Measure, MeasureInput } from '@heavylift/core'
import { sampleEdits } from '../../../samples/studio/edits.ts'
import type { SampleEdit, SamplePatch } from '../../../samples/studio/edits.ts'
import { checkSpec } from '../../check/check-spec.ts'
import { unshownClaims } from '../../check/unshown-claims.ts'
import { extractFacts } from '../../extract/extract-facts.ts'
import { buildEdits } from '../../plan/build-edits.ts'
import { sentencesOf } from '../../plan/change.ts'
import { projectTests } from '../../plan/project-tests.ts'
import { makeSample, sampleRepositories } from '../../studio/open-samples.ts'
import { editSentences, repositorySpecs } from '../../studio/repository-specs.ts'

const agentFile = fileURLToPath(new URL('./patch-agent-child.ts', import.meta.url))

/**
 * `spec.round-trip`: sentences of the sample services are edited one at a time, planned, and built over ACP by an agent that does what a person
 * wrote for the edit; the branch, extracted again, must agree with its own spec. What sly agents do must be refused, by the gate that it is for.
 */
export async function runRoundTripEval({ report, signal }: MeasureInput): ReturnType<Measure['run']> {
  const folder = await mkdtemp(join(tmpdir(), 'heavylift-round-trip-'))
  const counts = { edits: 0, built: 0, agree: 0, sly: 0, refused: 0, byItsGate: 0 }
  const failures: string[] = []
  const quiet = () => undefined
  try {
    for (const sample of sampleRepositories) {
      const root = join(folder, sample.id)
      await makeSample(sample, root, signal)
      const { set } = await extractFacts(root, quiet, signal)
      const specs = await repositorySpecs(root, set, signal)
      const testCommand = await projectTests(root)
      // The sample has drifted already: that stays, and no more comes.
      const before = await partings(root, signal)
      const buildWith = async (
        { requirement, from, to }: SampleEdit,
        name: string,
        patches: SamplePatch[],
      ) => {
        const edits = specs.flatMap(({ path, document }) =>
          document.requirements
            .filter((one) => one.title === requirement)
            .flatMap((one) =>
              sentencesOf(one)
                .filter((sentence) => sentence.includes(from))
                .map((sentence) => ({
                  path,
                  requirement: one.key,
                  from: sentence,
                  to: sentence.replace(from, to),
                })),
            ),
        )
        if (edits.length === 0) throw new RangeError(`${requirement} says nowhere ${from}`)
        return await buildEdits({
          name,
          root,
          runsFolder: join(folder, 'runs', sample.id),
          edits: editSentences(specs, edits.slice(0, 1)),
          set,
          agentCommand: [process.execPath, '--no-warnings', agentFile, JSON.stringify(patches)],
          testCommand,
          onLine: quiet,
          report: quiet,
          signal,
        })
      }
      const own = sampleEdits.filter((edit) => edit.sample === sample.id)
      for (const [at, edit] of own.entries()) {
        report({ stage: sample.id, done: at, total: own.length, unit: 'edits' })
        const name = `${sample.id}: ${edit.requirement} ${edit.to}`
        counts.edits++
        const { state } = await buildWith(edit, `edit-${at}`, edit.patches)
        if (state.step === 'done') {
          counts.built++
          const after = await partings(state.worktree, signal)
          const fresh = [...after].filter((one) => !before.has(one))
          if (fresh.length === 0 && after.size === before.size) counts.agree++
          else failures.push(`${name}: built, and code and spec part: ${fresh.join(' ')}`)
        } else failures.push(`${name}: ${state.gates.at(-1)?.reasons.join(' ') ?? ''}`)
        if (!edit.sly) continue
        counts.sly++
        const sly = await buildWith(edit, `sly-${at}`, edit.sly.patches)
        const last = sly.state.gates.at(-1)
        if (sly.state.step === 'refused') counts.refused++
        if (sly.state.step === 'refused' && last?.gate === edit.sly.gate) counts.byItsGate++
        else failures.push(`${name}, sly: ${sly.state.step} by ${last?.gate ?? ''}, not ${edit.sly.gate}`)
      }
    }
    return {
      n: counts.edits + counts.sly,
      metrics: {
        ...counts,
        builtRate: counts.built / counts.edits,
        agreeRate: counts.agree / Math.max(1, counts.built),
        refusedRate: counts.refused / counts.sly,
        byItsGateRate: counts.byItsGate / counts.sly,
      },
      failures,
      notes: [
        'built: what the agent did as a person wrote it passed the gates (paths, tests, spec, others); agree: in the branch, extracted again, code and spec part nowhere but where they did before: no drift, no sentence that does not follow from the code.',
        'sly: agents that do something else, or more; byItsGate: refused by the gate that is for it.',
      ],
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Where code and spec of a folder part: its drifts, and sentences that no fact says. */
async function partings(root: string, signal: AbortSignal): Promise<Set<string>> {
  const { drifts, now } = await checkSpec(root, () => undefined, signal, { keep: true })
  const { unshown } = await unshownClaims(root, now.facts, signal)
  return new Set([
    ...drifts.map(
      ({ kind, requirement, after, before }) => `${kind} ${requirement} ${after ?? before ?? ''}`,
    ),
    ...unshown.map(({ requirement, sentence }) => `${requirement} ${sentence}`),
  ])
}
