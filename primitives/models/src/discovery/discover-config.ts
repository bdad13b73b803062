import { networkList } from '@heavylift/core/safe-fetch'
import { z } from 'zod'
import { replicaTraits } from '../table/replica-traits.ts'

const host = z
  .string()
  .max(253)
  .regex(
    /^[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?(?:\.[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?)*\.?$/,
    {
      error: 'expected a host name, such as vllm.models.svc.cluster.local',
    },
  )
const kubernetesName = z.string().regex(/^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/, {
  error: 'expected a name as Kubernetes has them: lower case, digits, - and .',
})
const port = z.int().min(1).max(65_535)

/** What every kind says of the addresses that it finds. */
const foundBy = (reference: z.ZodType<string>) => ({
  allow: z
    .array(
      z.string().superRefine((network, context) => {
        try {
          networkList([network])
        } catch (error) {
          context.addIssue({ code: 'custom', message: (error as Error).message })
        }
      }),
    )
    .min(1)
    .describe(
      'Networks that replicas may be in, such as 10.0.0.0/8; whatever is found elsewhere is left out. Link-local addresses, where clouds keep credentials, never count.',
    ),
  path: z
    .string()
    .regex(/^\/(?!\/)[A-Za-z0-9._~/-]*$/, 'expected a path that begins with one /')
    .default('/v1')
    .describe('Of the base address of each replica.'),
  ...replicaTraits(reference),
})

/** `reference`: of a secret, as everywhere in the table. */
export function discoverSchema(reference: z.ZodType<string>) {
  const found = foundBy(reference)
  return z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('dns').describe('Every address that a name resolves to is a replica.'),
      name: host,
      record: z.enum(['A', 'AAAA', 'SRV']).default('A'),
      port: port.nullable().default(null).describe('Of A and AAAA; SRV says it itself.'),
      refreshSeconds: z
        .int()
        .min(1)
        .max(3600)
        .nullable()
        .default(null)
        .describe('Null for as long as the answer says (5 s to 5 min), 30 s for SRV.'),
      ...found,
    }),
    z.strictObject({
      kind: z
        .literal('kubernetes')
        .describe('The ready endpoints of a service, watched by its EndpointSlices.'),
      namespace: kubernetesName,
      service: kubernetesName,
      port: z
        .union([port, kubernetesName])
        .nullable()
        .default(null)
        .describe('By number or by its name in the service; null for the first.'),
      server: z
        .url({ protocol: /^https?$/ })
        .nullable()
        .default(null)
        .describe('Null inside a cluster, with the account of the pod.'),
      token: reference
        .nullable()
        .default(null)
        .describe('For a server that is named; the account of the pod goes to its own cluster only.'),
      ca: reference.nullable().default(null).describe('Certificate (PEM) of a server that is named.'),
      ...found,
    }),
    z.strictObject({
      kind: z.literal('ecs').describe('The running tasks of an ECS service in awsvpc mode.'),
      region: z.string().regex(/^[a-z0-9-]+$/),
      cluster: z.string().min(1).max(255),
      service: z.string().min(1).max(255),
      port,
      accessKeyId: reference,
      secretAccessKey: reference,
      sessionToken: reference.nullable().default(null),
      endpoint: z
        .url({ protocol: /^https?$/ })
        .nullable()
        .default(null)
        .describe("Another one than AWS's own for the region."),
      refreshSeconds: z.int().min(1).max(3600).default(15),
      ...found,
    }),
  ])
}

export type DiscoverConfig = z.output<ReturnType<typeof discoverSchema>>
export type DiscoverOf<Kind extends DiscoverConfig['kind']> = Extract<DiscoverConfig, { kind: Kind }>
