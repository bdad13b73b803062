import { basename } from 'node:path'
import type { CommandInput } from '@heavylift/core'
import { InvalidInputError } from '@heavylift/core'
import { followRun, openJobsForCommand } from '@heavylift/jobs'
import { readTextFile } from '../problem/read-file.ts'
import { answerOf } from '../what-if/answer.ts'
import { askWhatIf, questionOf } from '../what-if/ask.ts'
import { askedSchema } from '../what-if/question.ts'
import type { WhatIfRun } from '../what-if/what-if-task.ts'

/** `heavylift robots what-if robots|closed-aisle|stations`: many runs through jobs, and what follows from them. */
export async function runWhatIfCommand(input: CommandInput) {
  const { args, options, print } = input
  const number = (name: string) => (options[name] === undefined ? {} : { [name]: Number(options[name]) })
  const list = (name: string, to = name) =>
    options[name] === undefined ? {} : { [to]: String(options[name]).split(',').map(Number) }
  const box = options['closed'] === undefined ? null : String(options['closed']).split(',').map(Number)
  const path = options['map'] === undefined ? null : String(options['map'])
  const parsed = askedSchema.safeParse({
    ask: (args['ask'] ?? '').replace('-', ' '),
    ...number('rows'),
    ...number('columns'),
    ...number('aisle'),
    ...number('robots'),
    ...number('seeds'),
    ...number('steps'),
    ...number('cellSeconds'),
    ...number('handlingSeconds'),
    ...(path === null ? {} : { map: { text: await readTextFile(path), name: basename(path) } }),
    ...(options['goal'] !== undefined
      ? { goalPerHour: Number(options['goal']) }
      : path === null
        ? {}
        : { goalPerHour: null }),
    ...(options['oneWay'] === true ? { isOneWay: true } : {}),
    ...list('counts'),
    ...list('stations', 'stationShares'),
    ...(box === null ? {} : { closed: { top: box[0], left: box[1], bottom: box[2], right: box[3] } }),
  })
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new InvalidInputError({
      code: 'question-invalid',
      message: `${issue!.path.join('.') || 'The question'}: ${issue!.message}`,
    })
  }
  const question = questionOf(parsed.data)
  const jobs = openJobsForCommand(input)
  try {
    const run = await askWhatIf(jobs, question)
    await followRun(run, input)
    const runs: WhatIfRun[] = []
    for await (const outcome of run.outcomes()) if (outcome.ok) runs.push(outcome.value)
    const answer = answerOf(question, runs)
    if (answer === null) {
      print(`Too few runs came through. The same command goes on; job ${run.id} says why.`)
      return { id: run.id, answer }
    }
    const round = (value: number): string => Math.round(value).toLocaleString('en')
    for (const { name, perHour, interval, robotSecondsATask, waitShare } of answer.points)
      print(
        `${name.padEnd(28)} ${round(perHour).padStart(8)} tasks/h ${interval ? `(${round(interval[0])} to ${round(interval[1])})` : ''}  ${robotSecondsATask.toFixed(0)} robot-seconds a task, ${(waitShare * 100).toFixed(0)} % waiting`,
      )
    print(answer.sentence)
    return { id: run.id, answer }
  } finally {
    await jobs.close()
  }
}
