import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { sql } from 'kysely'
import { createKysely, createPool } from '../src/database/connect.ts'
import { openS3Objects } from '../src/objects/s3.ts'
import { createTestDatabase, wayTo } from '../src/testing/index.ts'

const ends: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

test('a database that is away is said to be, in the middle of a query too, and is used again when it is back [STORE-OUTAGE-01]', async () => {
  const database = await createTestDatabase({})
  ends.push(() => database.drop())
  const way = await wayTo(database.url)
  ends.push(() => way.close())
  const pool = createPool({ url: way.url, schema: 'public', maxConnections: 2, onError: () => undefined })
  ends.push(() => pool.end())
  const db = createKysely<unknown>(pool)
  const ask = () => sql<{ one: number }>`select 1 as one`.execute(db)
  expect((await ask()).rows).toEqual([{ one: 1 }])

  const sleeping = sql`select pg_sleep(60)`.execute(db)
  const told = expect(sleeping).rejects.toMatchObject({ code: 'database-unavailable', status: 503 })
  await new Promise((resolve) => setTimeout(resolve, 100))
  await way.close()
  await told
  await expect(ask()).rejects.toMatchObject({
    code: 'database-unavailable',
    status: 503,
    retryAfterSeconds: 5,
  })
  await way.open()
  expect((await ask()).rows).toEqual([{ one: 1 }])
  await expect(sql`select 1 from nowhere`.execute(db)).rejects.toMatchObject({ code: '42P01' })
})

test('a bucket that does not answer is said to be away, one that refuses is not [STORE-OUTAGE-01]', async () => {
  let status = 503
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.on('data', () => {
      socket.end(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const objects = openS3Objects({
    bucket: 'any',
    prefix: '',
    endpoint: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
  })
  ends.push(() => objects.close())
  await expect(objects.put('a', 'x')).rejects.toMatchObject({ code: 'objects-unavailable', status: 503 })
  status = 403
  await expect(objects.put('a', 'x')).rejects.not.toHaveProperty('code', 'objects-unavailable')
  await new Promise((resolve) => server.close(resolve))
  await expect(objects.put('a', 'x')).rejects.toMatchObject({ code: 'objects-unavailable', status: 503 })
})
