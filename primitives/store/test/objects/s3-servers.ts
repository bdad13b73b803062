import { spawn, type ChildProcess } from 'node:child_process'
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import { accessSync, constants, mkdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { homedir, tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

export interface S3Server {
  endpoint: string
  credentials: { accessKeyId: string; secretAccessKey: string }
  /** A bucket that exists. */
  bucket: string
  stop(): Promise<void>
}

const BUCKET = 'heavylift-test'

/** The path of a command on PATH or where `go install` puts it; null when it is not there. */
export function findCommand(name: string): string | null {
  for (const folder of [...(process.env['PATH'] ?? '').split(delimiter), join(homedir(), 'go', 'bin')]) {
    const file = join(folder, name)
    try {
      accessSync(file, constants.X_OK)
      return file
    } catch {
      // Not in this folder.
    }
  }
  return null
}

/** Moto, which imitates S3's answers in memory. It does not check signatures. */
export async function startMoto(command: string): Promise<S3Server> {
  const { directory, port } = await prepare()
  const child = spawn(command, ['--host', '127.0.0.1', '--port', String(port)], { stdio: 'ignore' })
  const server = await serve(child, port, directory, { accessKeyId: 'any', secretAccessKey: 'any' })
  const client = new S3Client({ ...server, region: 'us-east-1', forcePathStyle: true })
  await client.send(new CreateBucketCommand({ Bucket: server.bucket }))
  client.destroy()
  return server
}

/** VersityGW, a gateway that people run in production, over a folder. */
export async function startVersitygw(command: string): Promise<S3Server> {
  const { directory, port } = await prepare()
  // A bucket of its posix backend is a folder.
  mkdirSync(join(directory, BUCKET))
  const credentials = { accessKeyId: 'test-access-key', secretAccessKey: 'test-secret-key' }
  const child = spawn(command, ['--port', `127.0.0.1:${port}`, 'posix', directory], {
    stdio: 'ignore',
    env: {
      ...process.env,
      ROOT_ACCESS_KEY: credentials.accessKeyId,
      ROOT_SECRET_KEY: credentials.secretAccessKey,
    },
  })
  return await serve(child, port, directory, credentials)
}

async function prepare(): Promise<{ directory: string; port: number }> {
  const directory = await mkdtemp(join(tmpdir(), 'heavylift-s3-'))
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('A TCP server has a numeric port.')
  return { directory, port: address.port }
}

async function serve(
  child: ChildProcess,
  port: number,
  directory: string,
  credentials: S3Server['credentials'],
): Promise<S3Server> {
  const endpoint = `http://127.0.0.1:${port}`
  const deadline = performance.now() + 20_000
  for (;;) {
    if (child.exitCode !== null) throw new Error(`The S3 server ended with ${child.exitCode}.`)
    if (performance.now() > deadline) throw new Error('The S3 server did not answer.')
    const answer = await fetch(endpoint).catch(() => null)
    await answer?.arrayBuffer()
    if (answer !== null) break
    await wait(50)
  }
  return {
    endpoint,
    credentials,
    bucket: BUCKET,
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGKILL')
      await ended
      await rm(directory, { recursive: true, force: true })
    },
  }
}
