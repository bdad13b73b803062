import { silentLogger, systemClock } from '@heavylift/core'
import type { ReportProgress } from '@heavylift/core'
import { expect, test } from 'vitest'
import { Pulls } from '../../src/engines/pulls.ts'
import type { FetchModel } from '../../src/engines/pulls.ts'
import { PullError } from '@heavylift/engine'

/** A fetch that tells its progress and ends when the test says so. */
function controlled() {
  const started: string[] = []
  const end = Promise.withResolvers<string>()
  let report: ReportProgress = () => undefined
  const fetch: FetchModel = (source, heard, signal) => {
    started.push(source)
    report = heard
    signal.addEventListener('abort', () => end.reject(signal.reason))
    return end.promise
  }
  return { started, end, fetch, report: (update: Parameters<ReportProgress>[0]) => report(update) }
}

function pullsOf(fetch: FetchModel) {
  const done: string[] = []
  const pulls = new Pulls({
    clock: systemClock,
    log: silentLogger,
    fetch,
    onDone: (model) => Promise.resolve(void done.push(model)),
  })
  return { pulls, done }
}

async function over(pulls: Pulls): Promise<void> {
  while (pulls.list().some(({ state }) => state === 'running')) {
    await pulls.changed.wait({ timeoutMs: 1_000 })
  }
}

test('a pull tells how far it is, and the model is served once it is here [MODELS-PULL-08]', async () => {
  const { started, end, fetch, report } = controlled()
  const { pulls, done } = pullsOf(fetch)
  expect(pulls.start('smollm2')).toMatchObject({ name: 'smollm2', state: 'running', error: null })
  await Promise.resolve()
  report({ stage: 'downloading', done: 10, total: 100, unit: 'bytes' })
  expect(pulls.list()).toMatchObject([{ stage: 'downloading', done: 10, total: 100, unit: 'bytes' }])
  expect(() => pulls.start('smollm2')).toThrow(expect.objectContaining({ code: 'pull-running' }))
  end.resolve('smollm2')
  await over(pulls)
  expect(pulls.list()).toMatchObject([{ state: 'done', done: 100 }])
  expect([started, done]).toEqual([['smollm2'], ['smollm2']])
})

test('a pull is cancelled, and can be begun again [MODELS-PULL-08]', async () => {
  const { started, fetch } = controlled()
  const { pulls, done } = pullsOf(fetch)
  pulls.start('smollm2')
  await Promise.resolve()
  await pulls.cancel('smollm2')
  expect(pulls.list()).toMatchObject([{ state: 'cancelled', error: null }])
  expect(pulls.start('smollm2').state).toBe('running')
  await Promise.resolve()
  await pulls.close()
  expect([started, done]).toEqual([['smollm2', 'smollm2'], []])
  await expect(pulls.cancel('other')).rejects.toMatchObject({ code: 'pull-not-found' })
})

test('a pull that fails says what to do, and one of ours that breaks says where to look [MODELS-PULL-08]', async () => {
  const failures = [
    new PullError('model-disk-full', 'The disk is full. Make room.'),
    new Error('a secret path'),
  ]
  const { pulls } = pullsOf(() => Promise.reject(failures.shift()))
  pulls.start('smollm2')
  await over(pulls)
  expect(pulls.list()[0]).toMatchObject({
    state: 'failed',
    error: { code: 'model-disk-full', message: 'The disk is full. Make room.' },
  })
  pulls.start('smollm2')
  await over(pulls)
  expect(pulls.list()[0]?.error?.message).toMatch(/log says why/)
})

test('files of the server’s machine are not read for a page [MODELS-PULL-09]', () => {
  const { started, fetch } = controlled()
  const { pulls } = pullsOf(fetch)
  for (const name of [
    '/etc/passwd',
    './model.gguf',
    'C:\\model.gguf',
    'http://10.0.0.1/model.gguf',
    'nothing',
  ]) {
    expect(() => pulls.start(name)).toThrow(expect.objectContaining({ code: 'pull-source-refused' }))
  }
  expect(started).toEqual([])
})
