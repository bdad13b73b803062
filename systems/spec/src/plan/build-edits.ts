import { InvalidInputError } from '@heavylift/core'
import type { ReportProgress } from '@heavylift/core'
import { extractFacts } from '../extract/extract-facts.ts'
import type { FactSet } from '../facts/fact-set.ts'
import { agreeOn } from './agree.ts'
import { build } from './build.ts'
import type { BuildInput, BuildResult } from './build.ts'
import { eachOperation, makePlan } from './make-plan.ts'
import { changeOfEdits } from './spec-edits.ts'
import type { SpecEdit } from './spec-edits.ts'

export interface EditsBuild extends Pick<
  BuildInput,
  'name' | 'runsFolder' | 'agentCommand' | 'testCommand' | 'onLine' | 'signal'
> {
  root: string
  edits: readonly SpecEdit[]
  /** Facts of the code as it is. */
  set: FactSet
  onStep?: BuildInput['onStep']
  report: ReportProgress
}

/** Builds what edits of a spec ask for (`build`); the branch has code, spec, traces and agreed facts in one commit. */
export async function buildEdits(input: EditsBuild): Promise<BuildResult> {
  const { root, edits, set, report, onStep, ...rest } = input
  // Two gates look at the same worktree, and the agent's turn is over then.
  let extracted: Promise<FactSet> | null = null
  const extract = (folder: string) =>
    (extracted ??= extractFacts(folder, report, input.signal).then((one) => one.set))
  const plan = makePlan(changeOfEdits(edits, set.facts), set.facts)
  if (plan.tasks.length === 0)
    throw new InvalidInputError({
      code: 'nothing-to-build',
      message:
        'The code does what the edited sentences say already. Commit the spec; `heavylift spec check` compares.',
    })
  const subjects = new Set(
    plan.tasks.flatMap(eachOperation).flatMap(({ subject, requirement }) => [subject, requirement]),
  )
  return await build({
    ...rest,
    repository: root,
    plan,
    before: set.facts,
    extract: async (folder) => (await extract(folder)).facts,
    finish: async (worktree) => agreeOn(worktree, edits, set, await extract(worktree), subjects),
    ...(onStep && { onStep }),
  })
}
