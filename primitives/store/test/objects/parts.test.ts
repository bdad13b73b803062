import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseS3Url } from '../../src/objects/open-objects.ts'
import { partBytes, cutParts } from '../../src/objects/parts.ts'

test('parts are full but the last, and together the stream', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 20 }),
      fc.integer({ min: 1, max: 17 }),
      async (chunks, size) => {
        const body = new ReadableStream<Uint8Array>({
          start(controller) {
            for (const chunk of chunks) controller.enqueue(chunk)
            controller.close()
          },
        })
        const parts: Uint8Array[] = []
        for await (const part of cutParts(body, () => size)) parts.push(part)
        expect(Buffer.concat(parts)).toEqual(Buffer.concat(chunks))
        for (const part of parts.slice(0, -1)) expect(part.byteLength).toBe(size)
        const last = parts.at(-1)
        if (last) expect(last.byteLength).toBeGreaterThan(0)
      },
    ),
  )
})

test('10,000 parts hold 800 GiB, none smaller than S3 allows', () => {
  let total = 0
  for (let index = 0; index < 10_000; index++) {
    expect(partBytes(index)).toBeGreaterThanOrEqual(5 * 1024 * 1024)
    total += partBytes(index)
  }
  expect(total).toBeGreaterThan(800 * 1024 ** 3)
})

test('reads an S3 address, and says what is wrong with another', () => {
  expect(
    parseS3Url('s3://my-bucket/some/prefix/?region=eu-central-1&endpoint=http://127.0.0.1:9000'),
  ).toEqual({
    bucket: 'my-bucket',
    prefix: 'some/prefix/',
    region: 'eu-central-1',
    endpoint: 'http://127.0.0.1:9000',
    credentials: null,
  })
  expect(parseS3Url('s3://bucket')).toMatchObject({ prefix: '', endpoint: null })
  for (const text of [
    'bucket',
    'https://bucket',
    's3://',
    's3://key:secret@bucket',
    's3://b?x=1',
    's3://bucket?acl=x',
    's3://bucket/a b',
    's3://bucket?endpoint=ftp://x',
  ])
    expect(() => parseS3Url(text), text).toThrow(/s3:\/\/bucket\/prefix/)
})
