import { z } from 'zod'

/** What the table says of a replica beside where it is, whether it is named or looked for. `reference`: of a secret. */
export const replicaTraits = (reference: z.ZodType<string>) => ({
  weight: z.number().min(0.01).max(1000).default(1).describe('Share under the weighted policies.'),
  maxInFlight: z
    .int()
    .min(1)
    .max(100_000)
    .nullable()
    .default(null)
    .describe('Most requests at once; null for no limit. What does not fit waits in the queue.'),
  prefillTokensPerSecond: z
    .number()
    .min(1)
    .default(4000)
    .describe('How fast this replica reads prompts, for the prefill-aware policy.'),
  cacheTokens: z
    .int()
    .min(0)
    .default(200_000)
    .describe('About how many tokens of prefix it keeps, for the prefix-aware policies.'),
  tls: z
    .strictObject({
      serverName: z
        .string()
        .regex(/^[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?$/, 'expected a host name')
        .nullable()
        .default(null)
        .describe(
          'The name that its certificate has to be for; null for the host of its address. Of replicas that are looked for null is "name" by DNS, SERVICE.NAMESPACE.svc in Kubernetes, the address in ECS.',
        ),
      ca: reference
        .nullable()
        .default(null)
        .describe('Certificate (PEM) of who has signed it; null for the usual authorities.'),
    })
    .nullable()
    .default(null)
    .describe(
      'How the certificate of an https address is checked, where that differs. Replicas that are looked for are called by https where this is given, by http where it is null.',
    ),
})
