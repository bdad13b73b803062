import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openDeadLetters, nameDeadLetterTopic, openDiskLog } from '../../src/index.ts'
import { readAll } from './log-contract.ts'
import { event } from './test-events.ts'

test('keeps a dead event whole, once for all who give it up at the same place [STREAMS-CODEC-02]', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'heavylift-dead-'))
  const log = await openDiskLog({ folder })
  await log.append('feed', [event(1), event(2, { payload: Buffer.from([1, 255]) })])
  const dead = (await readAll(log, 'feed'))[1]!
  const one = await openDeadLetters(log, 'feed').add(dead, 'momentum', new Error('The score went down.'))
  const two = await openDeadLetters(log, 'feed').add(dead, 'momentum', 'again')
  const elsewhere = await openDeadLetters(log, 'feed').add(dead, 'sink', 'no table')
  expect([one, two, elsewhere]).toEqual([
    { offset: 1, duplicate: false },
    { offset: 1, duplicate: true },
    { offset: 2, duplicate: false },
  ])
  const [letter] = await readAll(log, nameDeadLetterTopic('feed'))
  const { codec } = openDeadLetters(log, 'feed')
  expect(letter!.key).toBe(dead.key)
  expect(codec.decode(letter!.payload, letter!.schemaVersion)).toEqual({
    kind: 'refused',
    reason: 'The score went down.',
    code: null,
    timer: null,
    where: 'momentum',
    topic: 'feed',
    offset: 2,
    id: 'event-2',
    key: dead.key,
    eventTimeMs: dead.eventTimeMs,
    schemaVersion: 1,
    payloadBase64: Buffer.from([1, 255]).toString('base64'),
  })
  await log.close()
  await rm(folder, { recursive: true })
})
