import { z } from 'zod'

const rate = (burst: number, perSecond: number, whose: string) =>
  z
    .object({
      burst: z.number().int().min(1).default(burst).describe('Requests that may come at once.'),
      perSecond: z
        .number()
        .positive()
        .default(perSecond)
        .describe('Requests that are added back each second.'),
    })
    .prefault({})
    .describe(`Token bucket of one ${whose}. A request over it answers 429 with Retry-After.`)

/** A page's origin as browsers write it. Never `*`: that would be every page there is. */
export const originSchema = z
  .string()
  .max(300)
  .refine((text) => URL.canParse(text) && new URL(text).origin === text, {
    message: 'Give an origin: scheme, host and port if any, no path, e.g. https://shop.example.com.',
  })

/** Options of the HTTP server. Times are milliseconds. */
export const serverConfigSchema = z.object({
  host: z.string().min(1).default('127.0.0.1').describe('Address to listen on.'),
  port: z.number().int().min(0).max(65535).default(4280).describe('TCP port; 0 takes a free one.'),
  processes: z
    .number()
    .int()
    .min(1)
    .max(64)
    .default(1)
    .describe(
      'Processes that answer on the port, for a gateway of models that one processor is not enough for: the first runs everything, the others what is asked at /v1.',
    ),
  requireKeys: z
    .boolean()
    .default(true)
    .describe(
      'Ask for a key or a sign-in. false, on loopback only: everyone and everything on this machine is an administrator, ' +
        'and so is who reaches it through a proxy that adds no header. For tests and machines of one user.',
    ),
  adminKey: z
    .string()
    .min(32, 'use at least 32 characters, e.g. of `openssl rand -hex 32`')
    .nullable()
    .default(null)
    .describe(
      'A key of the administrator beside those in the database, for a first start in a container: env:NAME or file:/path.',
    )
    .meta({ secret: true }),
  allowedHosts: z
    .array(z.string())
    .default([])
    .describe('Host names that requests may carry, beside loopback names. Empty with keys: any.'),
  allowedOrigins: z
    .array(originSchema)
    .default([])
    .describe(
      'Origins of pages, beside our own, that may call the API and /v1 with any key, e.g. https://ops.example.com.',
    ),
  trustedProxies: z
    .number()
    .int()
    .min(0)
    .default(0)
    .describe('How many reverse proxies stand in front; that many entries of X-Forwarded-For are believed.'),
  rateLimit: z
    .object({ perIp: rate(400, 200, 'client address'), perKey: rate(400, 200, 'API key') })
    .prefault({})
    .describe('Not applied to the key-less caller on loopback.'),
  headersTimeoutMs: z.number().int().min(100).default(10_000).describe('Time to send all request headers.'),
  bodyIdleTimeoutMs: z
    .number()
    .int()
    .min(50)
    .default(30_000)
    .describe('Longest pause within a request body.'),
  requestTimeoutMs: z
    .number()
    .int()
    .min(0)
    .default(3_600_000)
    .describe('Time to send a whole request, uploads included; 0 for no limit.'),
  idleTimeoutMs: z
    .number()
    .int()
    .min(100)
    .default(120_000)
    .describe('A connection on which nothing moves for so long is closed (a reader that stopped reading).'),
  keepAliveTimeoutMs: z
    .number()
    .int()
    .min(0)
    .default(30_000)
    .describe('How long an unused connection is kept.'),
  maxConnections: z
    .number()
    .int()
    .min(1)
    .default(4096)
    .describe('Connections at once. When all are taken, whoever holds most gives way to whoever comes.'),
  connectionsPerAddress: z
    .number()
    .int()
    .min(1)
    .default(1024)
    .describe(
      'Connections of one client address (an IPv6 /64 is one). Past it, its longest idle one is closed for its next. Behind trusted proxies: requests and streams under way of one forwarded address.',
    ),
  requestsPerKey: z
    .number()
    .int()
    .min(1)
    .default(1024)
    .describe('Requests and streams that one API key may have under way; more answer 429 with Retry-After.'),
  reservedConnections: z
    .number()
    .int()
    .min(1)
    .default(64)
    .describe('Connections beside those, on which only /healthz and administrators are answered.'),
  heartbeatMs: z
    .number()
    .int()
    .min(50)
    .default(15_000)
    .describe('Pause in an event stream before a comment is sent.'),
  minFreeMb: z
    .number()
    .int()
    .min(0)
    .default(64)
    .describe(
      'Megabytes that stay free on the disk of the data folder: with less, requests that store something answer 507 until there is room.',
    ),
  maxUnreadBytes: z
    .number()
    .int()
    .min(128 * 1024)
    .default(256 * 1024)
    .describe(
      'Bytes of an event stream that are kept for a reader who does not read, in the kernel (on Linux) too. The event that is being sent may add to it what it has beyond 64 KiB.',
    ),
  stalledReaderMs: z
    .number()
    .int()
    .min(100)
    .default(10_000)
    .describe(
      'A reader of an event stream with as much unread is cut off when it takes nothing for so long.',
    ),
  shutdownGraceMs: z
    .number()
    .int()
    .min(0)
    .default(5_000)
    .describe('How long running requests may finish when the server stops.'),
  consoleDir: z
    .string()
    .nullable()
    .default(null)
    .describe("Folder with the console's build; null for our own."),
})

export type ServerConfig = z.output<typeof serverConfigSchema>

/** True when only this machine can connect to `host`. */
export function isLoopbackHost(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host)
}
