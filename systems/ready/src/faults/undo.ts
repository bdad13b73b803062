import { execFile } from 'node:child_process'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { isStill } from './process-identity.ts'
import { processSchema } from './process-fault.ts'

const run = promisify(execFile)

/** How a fault is taken back, as data: whoever finds it can do it, twice does no harm. */
const undoSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('signal'),
    process: processSchema,
    signal: z.enum(['SIGCONT', 'SIGKILL']),
  }),
  z.strictObject({
    kind: z.literal('limit'),
    process: processSchema,
    resource: z.enum(['fsize', 'nofile']),
    soft: z.string().regex(/^(\d+|unlimited)$/),
  }),
  z.strictObject({ kind: z.literal('remove'), file: z.string() }),
  z.strictObject({ kind: z.literal('write'), file: z.string(), text: z.string() }),
])

export type Undo = z.output<typeof undoSchema>

export async function undo(what: Undo): Promise<void> {
  switch (what.kind) {
    case 'signal':
      if (await isStill(what.process)) process.kill(what.process.pid, what.signal)
      return
    case 'limit':
      if (await isStill(what.process))
        await run('prlimit', ['--pid', String(what.process.pid), `--${what.resource}=${what.soft}:`])
      return
    case 'remove':
      await rm(what.file, { force: true })
      return
    case 'write':
      await writeFile(what.file, what.text)
  }
}

/** Leases that are open, a file each: it is there before its fault begins and gone after it was taken back. */
export class LeaseFiles {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  async keep(id: string, what: readonly Undo[]): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 })
    await writeFile(this.#file(id), JSON.stringify(what), { flush: true, mode: 0o600 })
  }

  forget(id: string): Promise<void> {
    return rm(this.#file(id), { force: true })
  }

  /** Takes back what a keeper left when it was killed itself. Returns how many leases there were. */
  async recover(): Promise<number> {
    const names = await readdir(this.#folder).catch(() => [])
    let count = 0
    for (const name of names.filter((one) => one.endsWith('.lease.json'))) {
      const text = await readFile(join(this.#folder, name), 'utf8').catch(() => '[]')
      // One that was cut while it was written belongs to a fault that had not begun.
      const found = z.array(undoSchema).safeParse(parse(text))
      for (const what of found.success ? found.data : []) await undo(what)
      await rm(join(this.#folder, name), { force: true })
      count++
    }
    return count
  }

  #file(id: string): string {
    return join(this.#folder, `${id.replaceAll(/[^\w-]/g, '_')}.lease.json`)
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return []
  }
}
