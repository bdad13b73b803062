import { InvalidInputError, NotFoundError } from '@heavylift/core'
import type { JobRun, JobsService } from '@heavylift/jobs'
import { answerOf } from './answer.ts'
import type { Answer } from './answer.ts'
import type { z } from 'zod'
import { readFloor } from '../floor/read-floor.ts'
import { ownFloorOf } from './own-floor.ts'
import { inputsOf, questionSchema } from './question.ts'
import type { Question, WhatIfInput, askedSchema } from './question.ts'
import type { WhatIfRun } from './what-if-task.ts'

/** Changes with what runs do, so that an old job does not answer for new code. */
const version = '2'
const prefix = 'What if: '

/**
 * The question with its map read.
 * @throws InvalidInputError `question-invalid` with the field, or what is wrong with the map
 */
export function questionOf({ map, ...asked }: z.output<typeof askedSchema>): Question {
  const own = map === null ? null : ownFloorOf(readFloor(map.text, map.name))
  const parsed = questionSchema.safeParse({ ...asked, own })
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new InvalidInputError({
    code: 'question-invalid',
    message: `${issue!.path.join('.') || 'The question'}: ${issue!.message}`,
  })
}

/** Starts the runs of a question, or goes on with them: the same question is the same job. */
export function askWhatIf(jobs: Pick<JobsService, 'run'>, question: Question): Promise<JobRun<WhatIfRun>> {
  return jobs.run<WhatIfInput, WhatIfRun>(
    { module: new URL('what-if-task.ts', import.meta.url).href, export: 'runWhatIf', version },
    inputsOf(question),
    { name: `${prefix}${titleOf(question)}`, system: 'robots', chunkSize: 1, inputTimeoutMs: 1_800_000 },
  )
}

const titleOf = (question: Question): string =>
  ({
    robots: `${question.counts.length} numbers of robots`,
    'closed aisle': 'a closed aisle',
    stations: `${question.stationShares.length} numbers of stations`,
  })[question.ask] + ` on ${question.own?.name ?? `${question.rows} × ${question.columns} cells`}`

export interface WhatIfJob {
  id: string
  name: string
  state: string
  runs: number
  runsDone: number
  createdAtMs: number | null
}

/** What was asked, and what the runs say. */
export interface Answered {
  question: Question
  answer: Answer
}

type Reads = Pick<JobsService, 'list' | 'outcomes' | 'show'>

/** Questions that were asked, newest first. */
export async function listWhatIfs(jobs: Reads): Promise<WhatIfJob[]> {
  const all = await jobs.list()
  return all
    .filter(({ system, name }) => system === 'robots' && name.startsWith(prefix))
    .map(({ id, name, state, inputs, inputsDone, createdAtMs }) => ({
      id,
      name: name.slice(prefix.length),
      state,
      runs: inputs,
      runsDone: inputsDone,
      createdAtMs,
    }))
}

/** What is known of a question. @throws NotFoundError (what-if-unknown) */
export async function readWhatIf(
  jobs: Reads,
  id: string,
): Promise<WhatIfJob & { answered: Answered | null }> {
  const job = (await listWhatIfs(jobs)).find((each) => each.id === id)
  if (job === undefined)
    throw new NotFoundError({ code: 'what-if-unknown', message: `There is no what-if ${id}.` })
  const runs: WhatIfRun[] = []
  for await (const outcome of jobs.outcomes<WhatIfRun>(id)) if (outcome.ok) runs.push(outcome.value)
  const question = runs[0]?.question
  const answer = question === undefined ? null : answerOf(question, runs)
  return { ...job, answered: answer && { question: question!, answer } }
}

/** The recorded run of a variant. @throws NotFoundError where there is none */
export async function readRecording(jobs: Reads, id: string, variant: number) {
  await readWhatIf(jobs, id)
  for await (const outcome of jobs.outcomes<WhatIfRun>(id))
    if (outcome.ok && outcome.value.variant === variant && outcome.value.recording !== null)
      return outcome.value.recording
  throw new NotFoundError({
    code: 'recording-unknown',
    message: `The what-if ${id} has no recorded run of variant ${variant}, or not yet.`,
  })
}
