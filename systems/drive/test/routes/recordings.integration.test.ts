import { ThreadPool } from '@heavylift/core/threads'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { caseOf } from '../../src/clearance/suites/case-of.ts'
import { recordCase } from '../../src/clearance/suites/run-case.ts'
import { encodeRun } from '../../src/clearance/recordings/encode-run.ts'
import { checkTask, collectBytes } from '../../src/clearance/recordings/sent-recording-task.ts'
import { recordTask } from '../../src/clearance/suites/simulation-tasks.ts'
import { versionNamed } from '../../src/driver/versions/versions.ts'

const pool = new ThreadPool({
  threads: 1,
  threadsPerTenant: 1,
  tasksPerTenant: 4,
  timeLimitMs: 60_000,
  memoryLimitMb: 1024,
})
afterAll(() => pool.close())

const record = (name: string, set: string, signal = new AbortController().signal) => {
  const input = { one: caseOf({ name, isFile: false, set, seed: 1 }), version: versionNamed('pdm') }
  return pool.run({ tenantId: 'main', task: recordTask, input, signal })
}

describe('recordings that are asked for', () => {
  test('are the same from a thread as from here, to the last byte [DRIVE-LOAD-01]', async () => {
    const told = await new Response(await record('cut-in', 'ttcS=2')).text()
    const here = await recordCase(
      caseOf({ name: 'cut-in', isFile: false, set: 'ttcS=2', seed: 1 }),
      versionNamed('pdm'),
    )
    expect(told).toBe(await new Response(new Blob([...encodeRun(here)])).text())
    expect(JSON.parse(told)).toMatchObject({ recording: { version: 'pdm' }, result: { outcome: 'passed' } })
  })

  test('say what is wrong with their words [DRIVE-LOAD-01]', async () => {
    await expect(record('cut-in', 'ttcS=99')).rejects.toMatchObject({ code: 'parameter-range', status: 400 })
    await expect(record('nothing', '')).rejects.toMatchObject({ code: 'scenario-unknown' })
  })

  test('end with the client who asked for them [DRIVE-LOAD-02]', async () => {
    const client = new AbortController()
    const heavy = record('town-traffic', 'vehicles=80,people=40,egoSpeedMps=5,goalM=240', client.signal)
    const heard = expect(heavy).rejects.toThrow('left')
    expect(pool.load).toEqual({ running: 1, waiting: 0 })
    client.abort(new Error('left'))
    await heard
    await vi.waitFor(() => expect(pool.load).toEqual({ running: 0, waiting: 0 }), { timeout: 10_000 })
  })

  test('that are sent in are checked in a thread, and kept as they were understood [DRIVE-LOAD-03]', async () => {
    const check = async (text: string) => {
      const bytes = await collectBytes(new Blob([text]).stream(), 1024 * 1024)
      const signal = new AbortController().signal
      return new Response(
        await pool.run({ tenantId: 'main', task: checkTask, input: { bytes }, signal }),
      ).json()
    }
    const run = await new Response(await record('cut-in', 'ttcS=2')).json()
    const { recording, map } = run as { recording: { frames: unknown[] }; map: object }
    const sent = { recording: { ...recording, frames: recording.frames.slice(0, 3) }, map }
    expect(await check(JSON.stringify({ ...sent, more: 1 }))).toEqual(sent)
    await expect(check('{"recording":')).rejects.toMatchObject({ code: 'recording-invalid', status: 400 })
    await expect(check('{"recording":{}}')).rejects.toThrow(/recording\./)
  })
})
