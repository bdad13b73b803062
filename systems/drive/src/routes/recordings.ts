import { NotFoundError, RawResponse, route, uploadRoute } from '@heavylift/core'
import type { Caller } from '@heavylift/core'
import { z } from 'zod'
import { isClearanceId } from '../clearance/clearance-desk.ts'
import { clearancesIn, findCase } from '../clearance/cases/find-case.ts'
import type { DriveContext } from '../context.ts'
import { versionNamed } from '../driver/versions/versions.ts'
import { readVersions } from '../driver/versions/versions-file.ts'
import { createRecordingStore } from '../clearance/recordings/recording-store.ts'
import { recordedRunSchema } from '../clearance/recordings/recording-schema.ts'
import { checkTask, collectBytes } from '../clearance/recordings/sent-recording-task.ts'
import type { SentInput } from '../clearance/recordings/sent-recording-task.ts'
import { caseOf } from '../clearance/suites/case-of.ts'
import { recordTask } from '../clearance/suites/simulation-tasks.ts'
import type { RecordInput } from '../clearance/suites/simulation-tasks.ts'
import { clearanceId, requireMain, versionsFor } from './clearances.ts'

const made = z.object({
  scenario: z.string().min(1).describe('Name of a built-in scenario.'),
  set: z.string().default('').describe('Parameters as name=value, with commas between several.'),
  seed: z.coerce.number().int().default(1),
  version: z.string().default('idm'),
})

const idParams = z.object({ id: z.string() })
const idPattern = /^rec_[0-9a-z]+$/

/** A minute of two hundred agents with all that a driver explains. */
const mostBytes = 128 * 1024 * 1024

/** Recorded runs: made anew from the words of a case (the same words give the same bits), or sent in and kept. */
export function recordingRoutes(drive: DriveContext) {
  const { store, ids, configDir, simulations } = drive
  const kept = createRecordingStore(store.objects, ids)
  async function find(tenantId: string, id: string): Promise<ReadableStream<Uint8Array>> {
    const body = idPattern.test(id) ? await kept.get(tenantId, id) : null
    if (!body)
      throw new NotFoundError({
        code: 'recording-not-found',
        message: `There is no recording ${id}. Send it again: npx heavylift drive view FILE.`,
      })
    return body
  }
  /** Runs a case in a thread; what comes of it is passed on as it comes. */
  async function recorded(
    { caller, signal }: { caller: Caller; signal: AbortSignal },
    input: RecordInput,
  ): Promise<RawResponse> {
    const body = await simulations.run({ tenantId: caller.tenantId, task: recordTask, input, signal })
    return new RawResponse(body, { 'content-type': 'application/json' })
  }
  return [
    route({
      method: 'get',
      path: '/recording',
      summary: 'Runs a built-in scenario with a version and gives all that happened, with the map.',
      access: 'operator',
      query: made,
      response: recordedRunSchema,
      async handle({ query: { scenario, set, seed, version }, caller, signal }) {
        return recorded(
          { caller, signal },
          {
            one: caseOf({ name: scenario, isFile: false, set, seed }),
            version: versionNamed(version, await versionsFor(caller, configDir)),
          },
        )
      },
    }),
    route({
      method: 'get',
      path: '/clearances/:id/recording',
      summary:
        'Runs a case of a clearance once more, with its version or another, and gives all that happened.',
      access: 'operator',
      params: z.object({ id: clearanceId }),
      query: z.object({ case: z.string().default(''), version: z.string().default('') }),
      response: recordedRunSchema,
      async handle({ caller, params, query, signal }) {
        requireMain(caller)
        const ids = isClearanceId(params.id) ? [params.id] : []
        const { ran, version } = await findCase(clearancesIn(drive), ids, query.case)
        const versions = await readVersions(configDir)
        return recorded(
          { caller, signal },
          {
            one: ran.one,
            version: versionNamed(query.version === '' ? version : query.version, versions),
          },
        )
      },
    }),
    // Untouched by the event loop, which would be held for seconds by a large one.
    uploadRoute({
      method: 'post',
      path: '/recordings',
      summary: 'Keeps a recorded run, JSON of { recording, map }, to be looked at in the viewer.',
      access: 'operator',
      maxBodyBytes: mostBytes,
      response: z.object({ id: z.string() }),
      async handle({ caller: { tenantId }, body, signal }) {
        const input: SentInput = { bytes: await collectBytes(body, mostBytes) }
        return {
          id: await kept.put(tenantId, await simulations.run({ tenantId, task: checkTask, input, signal })),
        }
      },
    }),
    route({
      method: 'get',
      path: '/recordings/:id',
      summary: 'A recorded run that was sent.',
      access: 'operator',
      params: idParams,
      response: recordedRunSchema,
      async handle({ caller, params }) {
        const body = await find(caller.tenantId, params.id)
        return new RawResponse(body, { 'content-type': 'application/json' })
      },
    }),
    route({
      method: 'delete',
      path: '/recordings/:id',
      summary: 'Forgets a recorded run that was sent.',
      access: 'operator',
      params: idParams,
      async handle({ caller, params }) {
        await (await find(caller.tenantId, params.id)).cancel()
        await kept.delete(caller.tenantId, params.id)
        return null
      },
    }),
  ]
}
