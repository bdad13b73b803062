import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { z } from 'zod'
import { discoverSchema } from '../../src/discovery/discover-config.ts'
import type { DiscoverOf } from '../../src/discovery/discover-config.ts'
import { ecsSource } from '../../src/discovery/ecs-source.ts'

const ends: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

type Answer = (action: string, input: Record<string, unknown>) => object | number

async function read(answer: Answer) {
  const calls: { action: string; input: Record<string, unknown>; authorization: string }[] = []
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const input = JSON.parse(Buffer.concat(parts).toString()) as Record<string, unknown>
      const action = String(request.headers['x-amz-target']).replace(
        'AmazonEC2ContainerServiceV20141113.',
        '',
      )
      calls.push({ action, input, authorization: request.headers.authorization ?? '' })
      const answered = answer(action, input)
      if (typeof answered === 'number') response.writeHead(answered).end('{}')
      else
        response
          .writeHead(200, { 'content-type': 'application/x-amz-json-1.1' })
          .end(JSON.stringify(answered))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const stop = new AbortController()
  ends.push(async () => {
    stop.abort()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  const config = discoverSchema(z.string()).parse({
    kind: 'ecs',
    region: 'eu-central-1',
    cluster: 'models',
    service: 'vllm',
    port: 8000,
    accessKeyId: 'id',
    secretAccessKey: 'secret',
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    refreshSeconds: 1,
    allow: ['10.0.0.0/8'],
  }) as DiscoverOf<'ecs'>
  const sets = ecsSource(
    config,
    () => Date.UTC(2026, 0, 2),
    async (reference) => reference,
  )(stop.signal)
  const iterator = sets[Symbol.asyncIterator]()
  return { calls, next: async () => (await iterator.next()).value as unknown }
}

const task = (address: string, more: object = {}) => ({
  lastStatus: 'RUNNING',
  desiredStatus: 'RUNNING',
  healthStatus: 'HEALTHY',
  availabilityZone: 'eu-central-1a',
  attachments: [
    {
      type: 'ElasticNetworkInterface',
      status: 'ATTACHED',
      details: [
        { name: 'subnetId', value: 'subnet-1' },
        { name: 'privateIPv4Address', value: address },
      ],
    },
  ],
  ...more,
})

test('running tasks are found page by page, a hundred described at once, with signed calls [MODELS-DISCOVER-03]', async () => {
  const arns = Array.from({ length: 130 }, (_, at) => `arn:aws:ecs:eu-central-1:1:task/models/${at}`)
  const { calls, next } = await read((action, input) => {
    if (action === 'ListTasks')
      return input['nextToken'] === 'more'
        ? { taskArns: arns.slice(100) }
        : { taskArns: arns.slice(0, 100), nextToken: 'more' }
    const asked = input['tasks'] as string[]
    expect(asked.length).toBeLessThanOrEqual(100)
    return {
      failures: [],
      tasks: asked.map((arn) => {
        const at = Number(arn.split('/').at(-1))
        const state = at === 3 ? { lastStatus: 'PENDING' } : at === 4 ? { healthStatus: 'UNHEALTHY' } : {}
        return task(`10.0.0.${at}`, at === 5 ? { attachments: [] } : state)
      }),
    }
  })
  const found = (await next()) as { address: string; port: number; zone: string }[]
  expect(found).toHaveLength(127)
  expect(found[0]).toEqual({ address: '10.0.0.0', port: 8000, zone: 'eu-central-1a' })
  expect(calls.map(({ action }) => action)).toEqual([
    'ListTasks',
    'ListTasks',
    'DescribeTasks',
    'DescribeTasks',
  ])
  expect(calls[0]?.input).toMatchObject({ cluster: 'models', serviceName: 'vllm', desiredStatus: 'RUNNING' })
  for (const { authorization } of calls)
    expect(authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=id\/20260102\/eu-central-1\/ecs\/aws4_request/,
    )
  expect(await next()).toHaveLength(127)
})

test('a refusal says which rights the key needs', async () => {
  await expect((await read(() => 400)).next()).rejects.toThrow(/ecs:ListTasks and ecs:DescribeTasks/)
})
