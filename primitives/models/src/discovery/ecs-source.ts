import { request } from 'undici'
import { z } from 'zod'
import { HeavyliftError } from '@heavylift/core'
import { sleep } from '@heavylift/core/async'
import { awsAuthorizer } from '../providers/aws-signature.ts'
import type { ReadSecret } from '../secret.ts'
import type { DiscoverOf } from './discover-config.ts'
import { readJson } from './read-json.ts'
import type { DiscoverySource, FoundAddress } from './source.ts'

const TIMEOUT_MS = 10_000
/** Most tasks that one call describes. */
const AT_ONCE = 100

const taskList = z.object({ taskArns: z.array(z.string()), nextToken: z.string().nullish() })
const described = z.object({
  tasks: z.array(
    z.object({
      lastStatus: z.string().optional(),
      desiredStatus: z.string().optional(),
      healthStatus: z.string().optional(),
      availabilityZone: z.string().optional(),
      attachments: z
        .array(
          z.object({
            type: z.string(),
            details: z.array(z.object({ name: z.string(), value: z.string().optional() })).optional(),
          }),
        )
        .optional(),
    }),
  ),
})

/**
 * The running tasks of a service by ListTasks and DescribeTasks (Amazon ECS API, AWS JSON 1.1), those that fail their health check
 * left out. The address is that of the task's network interface, so the network mode is `awsvpc`.
 */
export function ecsSource(
  config: DiscoverOf<'ecs'>,
  nowMs: () => number,
  readSecret: ReadSecret,
): DiscoverySource {
  const url = config.endpoint ?? `https://ecs.${config.region}.amazonaws.com/`
  const authorize = awsAuthorizer(config, nowMs, readSecret, 'ecs')
  const call = async (action: string, input: object, signal: AbortSignal): Promise<unknown> => {
    const body = Buffer.from(JSON.stringify(input))
    const headers = {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AmazonEC2ContainerServiceV20141113.${action}`,
    }
    const signed = await authorize({ method: 'POST', url, headers, body })
    const answer = await request(url, {
      method: 'POST',
      headers: { ...headers, ...signed },
      body,
      signal,
      headersTimeout: TIMEOUT_MS,
      bodyTimeout: TIMEOUT_MS,
    })
    if (answer.statusCode === 200) return readJson(answer.body)
    await answer.body.dump()
    throw new HeavyliftError({
      code: 'ecs-refused',
      message: `ECS answered ${action} for ${config.cluster}/${config.service} with ${answer.statusCode}. Check cluster, service and region, and that the key may ecs:ListTasks and ecs:DescribeTasks.`,
    })
  }
  return async function* (signal) {
    while (!signal.aborted) {
      const arns: string[] = []
      let nextToken: string | null | undefined
      do {
        const input = {
          cluster: config.cluster,
          serviceName: config.service,
          desiredStatus: 'RUNNING',
          ...(nextToken ? { nextToken } : {}),
        }
        const page = taskList.parse(await call('ListTasks', input, signal))
        arns.push(...page.taskArns)
        nextToken = page.nextToken
      } while (nextToken)
      const found: FoundAddress[] = []
      for (let at = 0; at < arns.length; at += AT_ONCE) {
        const input = { cluster: config.cluster, tasks: arns.slice(at, at + AT_ONCE) }
        const { tasks } = described.parse(await call('DescribeTasks', input, signal))
        for (const task of tasks) {
          if (task.lastStatus !== 'RUNNING' || task.desiredStatus === 'STOPPED') continue
          if (task.healthStatus === 'UNHEALTHY') continue
          const details = task.attachments?.find(({ type }) => type === 'ElasticNetworkInterface')?.details
          const address = details?.find(({ name }) => name === 'privateIPv4Address')?.value
          if (address === undefined) continue
          found.push({
            address,
            port: config.port,
            ...(task.availabilityZone === undefined ? {} : { zone: task.availabilityZone }),
          })
        }
      }
      yield found
      await sleep(config.refreshSeconds * 1000, signal, { keepsAlive: false })
    }
  }
}
