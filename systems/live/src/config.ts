import { z } from 'zod'

/** Options of the live system. */
export const liveConfigSchema = z.object({
  demo: z
    .boolean()
    .default(true)
    .describe(
      'Plays four simulated matches (NFL, race, NBA, soccer) for a first look. They are marked as samples.',
    ),
  natsServers: z
    .array(z.string().min(1))
    .default([])
    .describe(
      'NATS servers with JetStream, e.g. ["127.0.0.1:4222"]. Empty: events are kept where live.keepEventsIn says.',
    ),
  keepEventsIn: z
    .enum(['files', 'database'])
    .nullable()
    .default(null)
    .describe(
      'Without NATS: files are faster and belong to one server; the database is shared by all servers on it. Unset: the database of DATABASE_URL where one is set, else files.',
    ),
  natsSecondServers: z
    .array(z.string().min(1))
    .default([])
    .describe(
      'Servers of a second, separate NATS that gets every event too. With a second Heavylift server that reads from there (the two lists the other way round), the loss of any process shows no gap.',
    ),
  natsReplicas: z
    .union([z.literal(1), z.literal(3)])
    .default(1)
    .describe('Copies of each stream in the NATS cluster: 3 outlives the loss of a node.'),
  processors: z
    .int()
    .min(0)
    .max(4)
    .default(1)
    .describe(
      'Processors that this server runs. With NATS, 0 leaves the work to `heavylift live processor`; two anywhere run active-active.',
    ),
  allowedLatenessMs: z
    .int()
    .min(0)
    .default(600_000)
    .describe('Milliseconds by which an event may be late; later ones go to the dead-letter topic.'),
  aheadOfClockMs: z
    .int()
    .min(0)
    .default(3_600_000)
    .describe(
      "Milliseconds by which an event may be ahead of this server's clock; further ones are refused.",
    ),
  aheadOfMatchMs: z
    .int()
    .min(60_000)
    .default(43_200_000)
    .describe(
      "Milliseconds by which an event may be ahead of its match's newest one; further ones are refused, since every event behind it would be late.",
    ),
  videoOrigins: z
    .array(z.url({ protocol: /^https?$/ }))
    .default([])
    .describe(
      'Origins of video beside the public internet, e.g. ["http://10.1.2.3:8080"]: streams of matches there may be read for recaps.',
    ),
  socketPingMs: z
    .int()
    .min(50)
    .default(30_000)
    .describe('Milliseconds between pings of a WebSocket; one that answered none since the last is closed.'),
  socketIdleMs: z
    .int()
    .min(50)
    .default(3_600_000)
    .describe('A WebSocket that sends a feed is closed when it has sent nothing for so many milliseconds.'),
  socketUnreadBytes: z
    .int()
    .min(128 * 1024)
    .default(256 * 1024)
    .describe(
      'Bytes of insights that are kept for a WebSocket that does not read, in the kernel (on Linux) too; it is closed when it takes nothing for ten seconds.',
    ),
  retentionMb: z
    .int()
    .min(16)
    .default(512)
    .describe('Megabytes of feed events, and of insights, that are kept to be read again.'),
})

export type LiveConfig = z.output<typeof liveConfigSchema>
