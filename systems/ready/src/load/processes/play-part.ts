import { InvalidInputError } from '@heavylift/core'
import { generate } from '../generate.ts'
import type { Generated } from '../generate.ts'
import type { MeasuredJson } from '../measure.ts'
import type { GeneratorOrder } from './generator-message.ts'

export interface PlayedPart {
  measured: MeasuredJson
  end: Omit<Generated, 'measured'>
}

/** A job that is taken up again later must not load anything: who asked for it is gone. */
const mostLateMs = 10_000

/**
 * The task of a job: one generator's part of a plan, on whatever machine the job runs. The target was allowed by who started it.
 * @throws InvalidInputError `load-too-late` where its time has passed
 */
export async function playPart({ scenario, target, part, startAtMs }: GeneratorOrder): Promise<PlayedPart> {
  if (Date.now() > startAtMs + mostLateMs)
    throw new InvalidInputError({
      code: 'load-too-late',
      message: 'The time at which all generators began has passed. Start the run again.',
    })
  await new Promise((resolve) => void setTimeout(resolve, Math.max(0, startAtMs - Date.now())))
  const { measured, ...end } = await generate(scenario, target, new AbortController().signal, undefined, part)
  return { measured: measured.toJson(), end }
}
