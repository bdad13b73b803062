import { NotFoundError, RawResponse, route } from '@heavylift/core'
import type { Caller } from '@heavylift/core'
import { z } from 'zod'
import type { DriveContext } from '../context.ts'
import type { DriverVersion } from '../driver/version.ts'
import { builtInVersions, versionNamed } from '../driver/versions/versions.ts'
import { readVersions } from '../driver/versions/versions-file.ts'
import { clearanceSummarySchema, runningClearanceSchema } from '../clearance/clearance-schema.ts'
import { reportSchema } from '../clearance/report/report-schema.ts'
import { librarySuites } from '../clearance/suites/library-suites.ts'

export const clearanceId = z.string()
const params = z.object({ id: clearanceId })
const running = runningClearanceSchema.nullable()

/** As many as the largest suite has. */
const mostCases = 100_000

const words = z.object({
  version: z.string().min(1),
  against: z.string().default(''),
  reference: z.string().default('competent-human'),
  // Files are for the command line: a path from a page would read whatever lies on the server.
  suite: z.string().refine((name) => Object.hasOwn(librarySuites, name), {
    message: `There are the suites ${Object.keys(librarySuites).join(', ')}; suites from files are for heavylift drive clear.`,
  }),
  cases: z
    .int()
    .min(1)
    .max(mostCases, `A server clears at most ${mostCases} cases at once; more are for heavylift drive clear.`)
    .nullable()
    .default(null)
    .describe(`How many to draw, at most ${mostCases}; null: as the suite says.`),
  seed: z.int().default(1),
  limit: z.string().default(''),
})

/** Clearances are the installation's, not a tenant's. */
export function requireMain(caller: Caller): void {
  if (caller.tenantId !== 'main')
    throw new NotFoundError({ code: 'clearance-not-found', message: 'This tenant has no clearances.' })
}

/** The versions that a caller may see and run: the installation's own ones name programs and parameters of whoever runs it. */
export function versionsFor(caller: Caller, configDir: string): Promise<DriverVersion[]> {
  return caller.tenantId === 'main' ? readVersions(configDir) : Promise.resolve([...builtInVersions])
}

/** What was cleared, and what is being cleared. */
export function clearanceRoutes({ clearances, configDir }: DriveContext) {
  return [
    route({
      method: 'get',
      path: '/clearances',
      summary: 'Every clearance, newest first, and the one that runs.',
      access: 'operator',
      response: z.object({ clearances: z.array(clearanceSummarySchema), running }),
      async handle({ caller }) {
        requireMain(caller)
        return { clearances: await clearances.list(), running: await clearances.running() }
      },
    }),
    route({
      method: 'get',
      path: '/suites',
      summary: 'The suites that are built in.',
      access: 'operator',
      response: z.object({
        suites: z.array(z.object({ name: z.string(), summary: z.string(), cases: z.number() })),
      }),
      handle: () => ({
        suites: Object.entries(librarySuites).map(([name, { summary, cases }]) => ({ name, summary, cases })),
      }),
    }),
    route({
      method: 'post',
      path: '/clearances',
      summary: 'Begins to clear a version.',
      access: 'operator',
      body: words,
      response: z.object({ running }),
      async handle({ caller, body: { cases, ...body } }) {
        requireMain(caller)
        const versions = await readVersions(configDir)
        const named = (name: string) => versionNamed(name, versions)
        await clearances.start({
          ...body,
          n: cases,
          version: named(body.version),
          against: body.against === '' ? null : named(body.against),
          reference: body.reference === '' ? null : named(body.reference),
        })
        return { running: await clearances.running() }
      },
    }),
    route({
      method: 'delete',
      path: '/clearances/running',
      summary: 'Stops the clearance that runs. The same request goes on with it.',
      access: 'operator',
      async handle({ caller }) {
        requireMain(caller)
        await clearances.stop()
        return null
      },
    }),
    route({
      method: 'get',
      path: '/clearances/:id',
      summary: 'The report of a clearance.',
      access: 'operator',
      params,
      response: reportSchema,
      async handle({ caller, params: { id } }) {
        requireMain(caller)
        return new RawResponse(await clearances.report(id), { 'content-type': 'application/json' })
      },
    }),
    route({
      method: 'get',
      path: '/clearances/:id/report.html',
      summary: 'The report of a clearance as one page that stands alone.',
      access: 'operator',
      params,
      media: ['text/html'],
      async handle({ caller, params: { id } }) {
        requireMain(caller)
        return new RawResponse(await clearances.page(id), {
          'content-type': 'text/html; charset=utf-8',
          'content-disposition': `attachment; filename="${id}.html"`,
        })
      },
    }),
    route({
      method: 'delete',
      path: '/clearances/:id',
      summary: 'Forgets a clearance.',
      access: 'operator',
      params,
      async handle({ caller, params: { id } }) {
        requireMain(caller)
        await clearances.remove(id)
        return null
      },
    }),
  ]
}
