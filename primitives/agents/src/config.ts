import { z } from 'zod'
import { sourceName, sourceSpec } from './tools/source-spec.ts'

const limits = z.object({
  concurrentRuns: z.int().min(1).optional(),
  runsPerMinute: z.int().min(1).optional(),
  usdPerDay: z.number().positive().optional(),
})

const credential = z.object({
  secret: z
    .string()
    .regex(/^(env|file):/)
    .describe('Where the secret lies: `env:HEAVYLIFT_SECRET_…` or `file:…`, never the secret itself.'),
  header: z.string().default('authorization').describe('The header that takes it.'),
  prefix: z.string().default('Bearer ').describe('What stands before it.'),
  user: z.string().optional().describe('Who signs in with it, at a database or a mailbox.'),
  sources: z.array(z.string()).min(1).describe('The sources that it is for; it is sent to no other.'),
})

const program = z.strictObject({
  command: z.string().min(1).describe('The program; no shell reads it.'),
  args: z.array(z.string()).default([]),
  env: z.record(z.string(), z.string()).default({}).describe('What it is given beside PATH and HOME.'),
  secrets: z
    .record(z.string(), z.string().regex(/^(env|file):/))
    .default({})
    .describe('The same by reference, e.g. `env:HEAVYLIFT_SECRET_FILES`; hidden in what it answers.'),
})

/** Options of the agents system. */
export const agentsConfigSchema = z.object({
  runsAtOnce: z
    .int()
    .min(1)
    .max(10_000)
    .default(200)
    .describe('Runs that one server process works on at once; more wait, and any process takes them.'),
  maxAnswerBytes: z
    .int()
    .min(1024)
    .default(16 * 1024 * 1024)
    .describe('A tool that answers more fails its call; the answer is not held in memory.'),
  toolTimeoutSeconds: z
    .number()
    .positive()
    .default(60)
    .describe('A call of a tool is given up after this, unless its step says otherwise.'),
  limits: z
    .object({
      tenant: limits.default({}).describe('Of each tenant, all its agents together.'),
      teams: z.record(z.string(), limits).default({}).describe('Of a team, by its name.'),
    })
    .prefault({})
    .describe('What runs may use at most beside the limits of their agents; what is over waits.'),
  sources: z
    .record(sourceName, sourceSpec)
    .default({})
    .describe(
      'Sources of tools by their names, e.g. `mcp:files`, `openapi:shop`, `http:crm`, `sql:orders`, `mail:desk`.',
    ),
  programs: z
    .record(
      z.string().regex(/^mcp:[a-z0-9][a-z0-9-]{0,62}$/, '`mcp:` and small letters, digits or hyphens'),
      program,
    )
    .default({})
    .describe(
      'MCP servers that are programs of this machine, by their names as sources, e.g. `mcp:files`. They run with the rights of the server; nothing but this list starts one.',
    ),
  credentials: z
    .record(z.string(), credential)
    .default({})
    .describe('Credentials of sources by their names, beside those that tenants keep in the database.'),
  sealKeys: z
    .array(z.string().regex(/^(env|file):/))
    .default([])
    .describe(
      'Keys that seal credentials and secrets in the database, by reference; the first seals, all open. Default: one that the server makes beside its data. Several servers on one database need the same.',
    ),
  allowNetworks: z
    .array(z.string())
    .default([])
    .describe('Networks (CIDR) that tools may reach although they are not public.'),
  ports: z.array(z.int().min(1).max(65_535)).default([80, 443]).describe('Ports that tools may connect to.'),
  callWaitSeconds: z
    .number()
    .positive()
    .default(300)
    .describe(
      'Who calls an agent by MCP is answered after this at the latest: how to ask for the result later.',
    ),
  callbacks: z
    .object({
      allowNetworks: z
        .array(z.string())
        .default([])
        .describe('Networks (CIDR) where callers may be told of their tasks although they are not public.'),
      ports: z
        .union([z.literal('any'), z.array(z.int().min(1).max(65_535))])
        .default([80, 443])
        .describe('Ports to which callers may be told; `any` for all.'),
    })
    .prefault({})
    .describe('Push notifications of A2A.'),
  publicUrl: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe(
      'Where callers find this server, for the cards of agents. Without it: as the request was addressed.',
    ),
  maxDepth: z.int().min(1).max(32).default(8).describe('How deep agents may call agents.'),
  handoverDays: z
    .number()
    .positive()
    .default(14)
    .describe('Days in which a stand-in takes over an agent whose owner is gone; then it is paused.'),
  drift: z
    .object({
      falseAlarms: z
        .number()
        .min(1e-6)
        .max(0.2)
        .default(0.01)
        .describe(
          'Share of agents that are ever alarmed of although nothing has changed. Less takes more runs to notice.',
        ),
      onDrift: z
        .enum(['tell', 'pause', 'roll-back'])
        .default('tell')
        .describe(
          'What happens when an agent does worse than before. `roll-back`: to the version before where it began with the live one, the end of the canary where it began there, else a pause.',
        ),
    })
    .prefault({})
    .describe('Watching whether runs fail, are refused, are corrected or cost more than before.'),
  keepDays: z.number().positive().default(90).describe('Days for which ended runs are kept.'),
})

export type AgentsConfig = z.output<typeof agentsConfigSchema>
