import { z } from 'zod'
import type { CliContext } from '../cli-context.ts'
import { printJson } from '../output.ts'
import { readAnswer } from '../server-client.ts'

/** Prints a link that signs one browser in to the console, once and within an hour. */
export async function signIn(context: CliContext, options: { json?: boolean }): Promise<void> {
  const response = await context.api('/api/heavylift/session/tickets', { method: 'POST' })
  const { ticket } = await readAnswer(response, z.object({ ticket: z.string() }))
  const address = `${new URL(response.url).origin}/#sign-in=${ticket}`
  if (options.json === true) return printJson(context.stdout, { address })
  context.stdout.write(`${address}\n`)
  context.stderr.write('It works once, within an hour, and makes that browser an administrator for a week.\n')
}
