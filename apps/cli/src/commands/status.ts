import { formatTable } from '@heavylift/core/text'
import { z } from 'zod'
import { readAnswer } from '../server-client.ts'
import type { CliContext } from '../cli-context.ts'
import { CliError, exitCodes } from '../exit-codes.ts'
import { printJson } from '../output.ts'

const healthSchema = z.object({
  status: z.string(),
  parts: z.record(z.string(), z.object({ state: z.string() })),
})

const systemsSchema = z.object({
  version: z.string(),
  systems: z.array(z.object({ name: z.string(), title: z.string(), state: z.string() })),
})

/** What runs and whether it is well. Exit code 1 when a part fails, 3 when no server runs. */
export async function showStatus(context: CliContext, options: { json?: boolean }): Promise<void> {
  const healthResponse = await context.api('/healthz')
  // 503 carries the same body: it says which part fails.
  const health = healthSchema.parse(await healthResponse.json())
  const { version, systems } = await readAnswer(await context.api('/api/heavylift/systems'), systemsSchema)
  const address = new URL(healthResponse.url).origin
  if (options.json === true) {
    printJson(context.stdout, { address, version, status: health.status, parts: health.parts, systems })
  } else {
    const titles = new Map(systems.map((system) => [system.name, system.title]))
    const rows = Object.entries(health.parts).map(([name, part]) => [titles.get(name) ?? name, part.state])
    context.stdout.write(
      `${address}  ${health.status}  (version ${version})\n\n${formatTable(['part', 'state'], rows)}\n`,
    )
  }
  if (health.status === 'failing') {
    throw new CliError({
      code: 'unhealthy',
      message: 'A part fails; the log says why.',
      exitCode: exitCodes.failed,
    })
  }
}
