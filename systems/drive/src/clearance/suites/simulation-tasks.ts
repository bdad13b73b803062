// What requests ask for that simulates: done in threads, since one run can take a minute.
import type { ThreadPart, ThreadTask } from '@heavylift/core/threads'
import type { DriverVersion } from '../../driver/version.ts'
import type { ScenarioCase } from './scenario-case.ts'

export interface RecordInput {
  one: ScenarioCase
  version: DriverVersion
}

/** Runs a case and gives all that happened as JSON of `recordedRunSchema`. */
export async function* record({ one, version }: RecordInput): AsyncGenerator<ThreadPart> {
  const { recordCase } = await import('./run-case.ts')
  const { encodeRun } = await import('../recordings/encode-run.ts')
  yield* encodeRun(await recordCase(one, version))
}

/** A built-in scenario as one picture, as JSON of `previewSchema`. */
export async function* preview({
  name,
  version,
}: {
  name: string
  version: DriverVersion
}): AsyncGenerator<ThreadPart> {
  const { previewOf } = await import('./preview.ts')
  yield new TextEncoder().encode(JSON.stringify(await previewOf(name, version)))
}

const taskNamed = (name: string): ThreadTask => ({ module: import.meta.url, export: name })

export const recordTask = taskNamed('record')
export const previewTask = taskNamed('preview')
