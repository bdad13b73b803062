import { resolve } from 'node:path'
import { InvalidInputError } from '@heavylift/core'
import type { CommandInput } from '@heavylift/core'
import { plural } from '@heavylift/core/text'
import { extractFacts } from '../extract/extract-facts.ts'
import { readingsOf } from '../extract/kept-facts.ts'
import type { FactSet } from '../facts/fact-set.ts'
import { readDocument } from '../formats/find-documents.ts'
import { changeBetween, writeDelta } from '../plan/change.ts'
import { makePlan } from '../plan/make-plan.ts'
import type { Plan } from '../plan/make-plan.ts'
import {
  assertRoot,
  changeOfEdits,
  editsOfChange,
  editsSinceCommit,
  isAnyChange,
  withFollowed,
} from '../plan/spec-edits.ts'
import type { SpecEdit } from '../plan/spec-edits.ts'

export type PlanInput = Pick<CommandInput, 'args' | 'options' | 'report' | 'print' | 'signal'> &
  Partial<Pick<CommandInput, 'dataDir'>>

export interface PlannedChange {
  root: string
  edits: SpecEdit[]
  /** Files of them in which scenarios are brought to what their sentences say, or sentences to their scenarios. */
  followed: string[]
  plan: Plan
  set: FactSet
}

/** The edits, the facts of the code and the plan. @throws InvalidInputError `nothing-to-plan` */
export async function planChange({
  args,
  options,
  report,
  signal,
  dataDir,
}: PlanInput): Promise<PlannedChange> {
  const root = resolve(args.path ?? '.')
  await assertRoot(root, signal)
  const name = options['change']
  const found =
    typeof name === 'string' ? await editsOfChange(root, name, signal) : await editsSinceCommit(root, signal)
  const edits = withFollowed(found)
  if (!edits.some(isAnyChange))
    throw new InvalidInputError({
      code: 'nothing-to-plan',
      message:
        'No requirement differs from the last commit, nor from what was agreed. Edit a sentence of a spec, or name a change of OpenSpec with --change.',
    })
  const { set } = await extractFacts(root, report, signal, readingsOf(dataDir))
  const followed = edits.filter(({ after }, at) => after !== found[at]?.after).map(({ path }) => path)
  return { root, edits, followed, plan: makePlan(changeOfEdits(edits, set.facts), set.facts), set }
}

/** `heavylift spec plan`: the delta and the tasks. */
export async function runPlan(input: PlanInput) {
  const { edits, followed, plan } = await planChange(input)
  for (const { path, format, before, after } of edits) {
    const read = (text: string) => readDocument(text, { format, kind: 'spec' })
    input.print(`${path}\n\n${writeDelta(changeBetween(read(before), read(after)), read(after))}`)
  }
  if (followed.length > 0)
    input.print(
      `Sentence and scenario are one: where one was edited, the other is changed with it here. \`heavylift spec write\` writes that into ${followed.join(', ')}.`,
    )
  for (const line of sayPlan(plan)) input.print(line)
  return { edits: edits.map(({ path }) => path), plan }
}

export function sayPlan({ tasks, waves, paths }: Plan): string[] {
  if (tasks.length === 0)
    return [
      'Nothing is left to do: the code does what the edited sentences say. `heavylift spec check` compares them; commit both.',
    ]
  return [
    ...tasks.flatMap(({ id, what, requirement, operations, shall, shallNot, spans, after }) => [
      `${id}. ${what} ${requirement}${after.length > 0 ? ` (after ${after.join(', ')})` : ''}`,
      ...(operations.length > 0 ? [`   in ${operations.join(', ')}`] : []),
      ...shallNot.map((one) => `   - ${one}`),
      ...shall.map((one) => `   + ${one}`),
      ...spans.map(({ path, line, symbol }) => `     ${path}:${line}${symbol === '' ? '' : ` ${symbol}`}`),
    ]),
    `${plural(tasks.length, 'task')} in ${plural(waves.length, 'wave')}; files: ${paths.join(', ') || 'any that the tasks need'}.`,
  ]
}
