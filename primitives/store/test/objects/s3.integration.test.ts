import { ListMultipartUploadsCommand, S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openS3Objects, type S3Objects } from '../../src/objects/s3.ts'
import { runObjectsContract, type ObjectsContract } from './objects-contract.ts'
import { findCommand, startMoto, startVersitygw, type S3Server } from './s3-servers.ts'

const versitygw = findCommand('versitygw')
const moto = findCommand('moto_server')

if (moto === null) leaveOut('moto', "pip install 'moto[server]'")
else
  describe('moto [STORE-OBJECTS-01]', () => {
    runOn(() => startMoto(moto))
  })

if (versitygw === null) leaveOut('versitygw', 'go install github.com/versity/versitygw/cmd/versitygw@v1.8.0')
else
  describe('versitygw [STORE-OBJECTS-01]', () => {
    runOn(
      () => startVersitygw(versitygw),
      [
        {
          reason: 'its objects are files, and a file cannot be a folder too',
          tests: ['a key may be the beginning of another'],
        },
      ],
    )

    test('refused credentials are an error, not a missing object', async () => {
      const server = await startVersitygw(versitygw)
      const credentials = { ...server.credentials, secretAccessKey: 'wrong' }
      const { objects } = connect({ ...server, credentials }, '')
      await expect(objects.get('a')).rejects.toThrow()
      await expect(objects.head('a')).rejects.toThrow()
      await expect(objects.put('a', 'x')).rejects.toThrow()
      objects.close()
      await server.stop()
    })

    test('an upload that fails leaves no parts behind', async () => {
      const server = await startVersitygw(versitygw)
      const { objects, client } = connect(server, '')
      let sent = 0
      const broken = new ReadableStream<Uint8Array>({
        pull(controller) {
          if (sent++ < 20) controller.enqueue(new Uint8Array(1024 * 1024))
          else controller.error(new Error('the client went away'))
        },
      })
      await expect(objects.put('broken', broken)).rejects.toThrow('the client went away')
      const left = await client.send(new ListMultipartUploadsCommand({ Bucket: server.bucket }))
      expect(left.Uploads ?? []).toEqual([])
      objects.close()
      await server.stop()
    })
  })

function leaveOut(name: string, install: string): void {
  test.skip(`${name} (it is not installed: ${install})`, () => undefined)
}

function connect(server: S3Server, prefix: string): { objects: S3Objects; client: S3Client } {
  const { bucket, endpoint, credentials } = server
  return {
    objects: openS3Objects({ bucket, prefix, endpoint, credentials, region: 'us-east-1' }),
    client: new S3Client({ endpoint, credentials, region: 'us-east-1', forcePathStyle: true }),
  }
}

function runOn(start: () => Promise<S3Server>, skip: ObjectsContract['skip'] = []): void {
  let server: S3Server
  let count = 0
  const opened: S3Objects[] = []
  beforeAll(async () => {
    server = await start()
  })
  afterAll(async () => {
    for (const objects of opened) objects.close()
    await server.stop()
  })

  runObjectsContract({
    name: 's3',
    skip,
    make: async () => {
      const { objects } = connect(server, `test-${count++}/`)
      opened.push(objects)
      return objects
    },
  })

  test('a missing bucket is an error, not a missing object', async () => {
    const { objects } = connect({ ...server, bucket: 'no-such-bucket' }, '')
    opened.push(objects)
    await expect(objects.get('a')).rejects.toThrow(/bucket/i)
  })
}
